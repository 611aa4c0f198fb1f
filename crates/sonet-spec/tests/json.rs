//! The resolved spec as other tools see it.

use sonet_spec as spec;

const MINI: &str = include_str!("fixtures/mini.toml");

#[test]
fn a_spec_with_everything_is_printed_as_json() {
    let (spec, _) = spec::parse("mini.toml", MINI).unwrap_or_else(|report| panic!("{report}"));
    insta::assert_snapshot!(spec::json::render(&spec).unwrap());
}
