//! What a maintainer sees of a spec that would make no code.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;

use sonet_codegen::Handwritten;

/// One snapshot for each broken spec.
macro_rules! broken {
    ($($name:ident: $what:literal)+) => {
        $(
            #[doc = $what]
            #[test]
            fn $name() {
                let text = include_str!(concat!("fixtures/broken/", stringify!($name), ".toml"));
                let name = concat!(stringify!($name), ".toml");
                let report = sonet_codegen::parse(name, text, &handwritten()).unwrap_err();
                insta::with_settings!({ description => $what, omit_expression => true }, {
                    insta::assert_snapshot!(report.to_string());
                });
            }
        )+
    };
}

broken! {
    collisions: "names that would collide with each other, and with what people wrote"
    generated: "names that would collide in generated files"
    rust_names: "Rust names that are wrong, taken or not needed"
}

fn handwritten() -> Handwritten {
    Handwritten::of_workspace(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).unwrap()
}
