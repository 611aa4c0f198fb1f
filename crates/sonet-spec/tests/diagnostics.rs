//! What a maintainer sees for every kind of mistake.

use sonet_spec as spec;

/// One snapshot for each broken spec.
macro_rules! broken {
    ($($name:ident: $what:literal)+) => {
        $(
            #[doc = $what]
            #[test]
            fn $name() {
                let text = include_str!(concat!("fixtures/broken/", stringify!($name), ".toml"));
                let name = concat!(stringify!($name), ".toml");
                let report = spec::parse(name, text).unwrap_err();
                insta::with_settings!({ description => $what, omit_expression => true }, {
                    insta::assert_snapshot!(report.to_string());
                });
            }
        )+
    };
}

broken! {
    brackets: "one bracket instead of two, beside others"
    decisions: "decisions about something that isn't there"
    duplicates: "names that are there twice"
    empty: "an empty file"
    errors: "errors that can't be recognised"
    essential: "fields that a call may not end for"
    filters: "operators and fields to filter by, to sort by and to select"
    inputs: "objects of requests that are used, named or filled as they can't be"
    keys: "keys, and values that have another type in TOML"
    many: "all at once, some of it not valid TOML"
    many_without_syntax: "the same, when it is TOML"
    methods: "pages, names on the wire, lost answers"
    one_bracket: "one bracket instead of two"
    paging: "rows and cursors"
    params: "switches that mean nothing"
    prose: "texts that would be no documentation"
    syntax: "texts that aren't TOML"
    types: "types that don't exist, or not there"
    unclosed: "a list without an end"
    usage: "types that nobody uses, and circles"
}
