//! What nobody has judged yet.

use crate::model::{Spec, Text};

/// A doubt in a spec.
#[derive(Debug, Clone, Copy)]
pub struct Doubt<'s> {
    /// The kind of entry that it stands in: `method`, `object`, `input` or `enum`.
    pub kind: &'static str,
    /// The name of the entry.
    pub entry: &'s Text,
    /// What is in doubt, with its place.
    pub text: &'s Text,
}

/// Every doubt in a spec, in the order in which they stand in the file.
#[must_use]
pub fn doubts(spec: &Spec) -> Vec<Doubt<'_>> {
    let enums = spec
        .enums
        .iter()
        .map(|def| ("enum", &def.name, &def.doubts));
    let objects = spec.objects.iter();
    let objects = objects.map(|object| ("object", &object.name, &object.doubts));
    let inputs = spec.inputs.iter();
    let inputs = inputs.map(|input| ("input", &input.name, &input.doubts));
    let methods = spec.methods.iter();
    let methods = methods.map(|method| ("method", &method.name, &method.doubts));
    let mut all: Vec<_> = enums
        .chain(objects)
        .chain(inputs)
        .chain(methods)
        .flat_map(|(kind, entry, doubts)| {
            doubts.iter().map(move |text| Doubt { kind, entry, text })
        })
        .collect();
    all.sort_by_key(|doubt| doubt.text.span.start);
    all
}

#[cfg(test)]
mod tests {
    #[test]
    fn doubts_come_in_the_order_of_the_file_with_their_entries() {
        let text = r#"
            format = 1
            documentation = "https://example.com/"

            [[method]]
            name = "club.count"
            page = "a.html"
            scope = "club"
            effect = "read"
            who = "any user"
            doc = "Counts."
            result = { type = "Count", doc = "How many." }
            doubts = ["who may call it.", "the scope."]

            [[object]]
            name = "Count"
            doc = "A count."
            fields = [{ name = "n", type = "integer", doc = "How many." }]
            doubts = ["`n`: whether it can be missing."]
        "#;
        let (spec, _) = crate::parse("club.toml", text).unwrap();
        let found = super::doubts(&spec);
        let listed: Vec<_> = found
            .iter()
            .map(|doubt| (doubt.kind, doubt.entry.as_str(), doubt.text.as_str()))
            .collect();
        assert_eq!(
            listed,
            [
                ("method", "club.count", "who may call it."),
                ("method", "club.count", "the scope."),
                ("object", "Count", "`n`: whether it can be missing."),
            ]
        );
        assert_eq!(&text[found[1].text.span.clone()], "\"the scope.\"");
    }
}
