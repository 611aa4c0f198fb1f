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
    "Cow",
    "DateTime",
    "Day",
    "Debug",
    "Decimal",
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
    "IntoId",
    "IntoIterator",
    "Invalid",
    "Item",
    "Iterator",
    "MapAccess",
    "Method",
    "NaiveDate",
    "NamedRefusal",
    "None",
    "Ok",
    "OpenEnum",
    "OpenField",
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
#[must_use]
pub fn is_taken(name: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{Handwritten, RootModule};

    /// Every name that a `use` brings into a file from outside of the generated code.
    fn imported(tree: &syn::UseTree, names: &mut BTreeSet<String>) {
        match tree {
            syn::UseTree::Path(path) if path.ident != "crate" => imported(&path.tree, names),
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|tree| imported(tree, names));
            }
            syn::UseTree::Name(name) => {
                names.insert(name.ident.to_string());
            }
            _ => {}
        }
    }

    #[test]
    fn no_type_of_a_spec_hides_one_that_its_code_imports() {
        // Not `include_str`: a package has no other crate beside it.
        let file = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../sonet-spec/tests/fixtures/mini.toml"
        );
        let spec = &std::fs::read_to_string(file).unwrap();
        let (spec, _) = crate::parse("mini.toml", spec, &Handwritten::default()).unwrap();
        let root = RootModule::of_application("crate::mini", "sonet_async", "a test");
        let mut names = BTreeSet::new();
        // A file of modules re-exports what is next to it.
        let generated = crate::generate(&spec, root);
        let of_types = generated
            .iter()
            .filter(|(file, _)| !file.ends_with("mod.rs"));
        for (_, code) in of_types {
            for item in syn::parse_file(code).unwrap().items {
                if let syn::Item::Use(item) = item {
                    imported(&item.tree, &mut names);
                }
            }
        }
        let is_type = |name: &&String| name.starts_with(|first: char| first.is_ascii_uppercase());
        let types: Vec<_> = names.iter().filter(is_type).collect();
        assert!(types.len() > 15, "{types:?}");
        let free: Vec<_> = types.iter().filter(|name| !is_taken(name)).collect();
        assert!(free.is_empty(), "{free:?}");
    }
}
