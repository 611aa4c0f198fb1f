//! The spec, for tests that check that nothing in it is left out.

use std::path::Path;
use std::sync::LazyLock;

use sonet_core::Documented;
use sonet_spec as spec;
use sonet_spec::model::{Method, Spec};

static SPEC: LazyLock<Spec> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let Ok((spec, _)) = spec::load(root, spec::FILE) else {
        panic!("the spec has mistakes");
    };
    spec
});

/// The whole spec.
pub(super) fn load() -> Spec {
    SPEC.clone()
}

/// A method of the spec.
pub(super) fn method(name: &str) -> Method {
    let found = SPEC.methods.iter().find(|method| method.name.value == name);
    found
        .unwrap_or_else(|| panic!("the spec has no {name}"))
        .clone()
}

/// All methods of the spec.
pub(super) fn methods() -> Vec<Method> {
    load().methods
}

/// The HTTP status that a documented error comes with.
pub(super) fn status(name: &str, documented: &Documented) -> u16 {
    let errors = method(name).errors;
    let found = errors.iter().find(|error| {
        error.name.value == documented.name() && error.text.value == documented.text()
    });
    u16::try_from(found.unwrap().status()).unwrap()
}
