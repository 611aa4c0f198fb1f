//! Names that the generated code has from elsewhere.

use sonet_spec::model::Text;
use sonet_spec::{Context, Symbols};

/// Types that generated code has from elsewhere, and those of every Rust program.
const TAKEN: &[&str] = &[
    "Accepted",
    "AsMut",
    "AsRef",
    "BTreeMap",
    "BesideResult",
    "Box",
    "Clone",
    "Condition",
    "Copy",
    "DateTime",
    "Day",
    "Debug",
    "Decode",
    "Default",
    "Deserialize",
    "Deserializer",
    "Documented",
    "DoubleEndedIterator",
    "Drop",
    "Effect",
    "Eq",
    "Err",
    "Error",
    "ExactSizeIterator",
    "Extend",
    "Field",
    "File",
    "Filter",
    "FixedOffset",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Invalid",
    "Item",
    "Iterator",
    "MapAccess",
    "Method",
    "None",
    "Ok",
    "OpenEnum",
    "Option",
    "Ord",
    "Order",
    "Page",
    "PageStart",
    "Paged",
    "Paging",
    "PartialEq",
    "PartialOrd",
    "Refusal",
    "Result",
    "Secret",
    "Self",
    "Send",
    "Serialize",
    "Serializer",
    "Sized",
    "Some",
    "Sorting",
    "String",
    "Sync",
    "Timestamp",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unknown",
    "Unpin",
    "Value",
    "Vec",
];

/// Whether a type of this name would hide one that the generated code has from elsewhere.
pub(super) fn is_taken(name: &str) -> bool {
    TAKEN.contains(&name)
}

pub(super) fn check(cx: &Context<'_>) {
    for symbol in Symbols::all(cx.spec) {
        taken(cx, symbol.name(), symbol.name());
    }
    for method in &cx.spec.methods {
        taken(cx, &method.path().type_name, method.place());
    }
}

fn taken(cx: &Context<'_>, name: &str, place: &Text) {
    if is_taken(name) {
        cx.wrong(
            place,
            format!("`{name}` already means something else in Rust"),
            "taken",
            "choose another name; a method takes `rust = \"…\"`",
        );
    }
}
