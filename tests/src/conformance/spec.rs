//! The spec, for tests that check that nothing in it is left out.

use std::path::Path;

use xtask::spec;
use xtask::spec::model::{Method, Spec};

/// The whole spec.
pub(super) fn load() -> Spec {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let Ok((spec, _)) = spec::load(root, spec::FILE) else {
        panic!("the spec has mistakes");
    };
    spec
}

/// A method of the spec.
pub(super) fn method(name: &str) -> Method {
    let found = methods()
        .into_iter()
        .find(|method| method.name.value == name);
    found.unwrap_or_else(|| panic!("the spec has no {name}"))
}

/// All methods of the spec.
pub(super) fn methods() -> Vec<Method> {
    load().methods
}
