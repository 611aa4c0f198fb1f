//! The spec's own words, without what only a reader of Rust understands.

use std::collections::BTreeMap;

use sonet_spec::model::Spec;

/// What stands for a value on the wire, by how the spec's descriptions write it in Rust: `` `Mode::Mobile` ``.
pub(super) struct Words<'s>(BTreeMap<String, &'s str>);

impl<'s> Words<'s> {
    pub(super) fn new(spec: &'s Spec) -> Self {
        let enums = spec.enums.iter();
        let values = enums.flat_map(|def| {
            let values = def.values.iter();
            values.map(move |value| {
                let rust = format!("`{}::{}`", *def.name, *value.name);
                (rust, value.wire.value.as_str())
            })
        });
        let uncounted = ("`PageStart::UNCOUNTED`".to_owned(), "-1");
        Self(values.chain([uncounted]).collect())
    }

    /// A description with the wire's names.
    pub(super) fn of(&self, doc: &str) -> String {
        let mut text = doc.trim().to_owned();
        if text.contains("::") {
            for (rust, wire) in &self.0 {
                text = text.replace(rust, &format!("`{wire}`"));
            }
        }
        text
    }

    /// The first line of a description, and the rest of it.
    pub(super) fn summary(&self, doc: &str) -> (String, String) {
        let text = self.of(doc);
        match text.split_once('\n') {
            Some((first, rest)) => (first.to_owned(), rest.trim().to_owned()),
            None => (text, String::new()),
        }
    }
}
