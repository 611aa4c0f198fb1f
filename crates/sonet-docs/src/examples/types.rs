//! The paths of the generated types.

use sonet_spec::model::{Event, Method, Spec};
use sonet_spec::names;

/// The path of a method's type.
pub(super) fn type_of(method: &Method) -> String {
    format!("sonet_types::{}", method.path().path())
}

/// The path of the type that an event brings.
pub(super) fn payload_of(spec: &Spec, event: &Event) -> String {
    let mut objects = spec.objects.iter();
    let object = objects.find(|object| object.name.value == event.payload.value);
    let module = object.and_then(|object| object.module.as_ref());
    let module = module.map_or("", |module| module.as_str());
    format!("sonet_types::{}", names::join(module, &event.payload))
}
