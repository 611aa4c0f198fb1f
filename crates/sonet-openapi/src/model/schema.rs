//! JSON Schema, draft 2020-12, as far as the document has it.

use serde::Serialize;
use serde_json::Value;

use super::Entries;

/// Where schemas with a name stand.
const SCHEMAS: &str = "#/components/schemas/";

/// A schema. Without anything in it, everything is valid.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Schema {
    #[serde(rename = "$ref", skip_serializing_if = "Option::is_none")]
    pub(crate) reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    #[serde(
        rename = "type",
        skip_serializing_if = "Vec::is_empty",
        serialize_with = "one_or_all"
    )]
    pub(crate) kinds: Vec<Kind>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    pub(crate) values: Vec<Value>,
    #[serde(rename = "x-enum-varnames", skip_serializing_if = "Vec::is_empty")]
    pub(crate) value_names: Vec<String>,
    #[serde(rename = "x-enum-descriptions", skip_serializing_if = "Vec::is_empty")]
    pub(crate) value_docs: Vec<String>,
    #[serde(rename = "const", skip_serializing_if = "Option::is_none")]
    pub(crate) constant: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) format: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pattern: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) content_encoding: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) minimum: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) multiple_of: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) min_length: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) min_items: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) max_items: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) min_properties: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) max_properties: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) prefix_items: Vec<Schema>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) items: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) contains: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Entries::is_empty")]
    pub(crate) properties: Entries<Schema>,
    #[serde(skip_serializing_if = "Entries::is_empty")]
    pub(crate) pattern_properties: Entries<Schema>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) additional_properties: Option<Rest>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) required: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) any_of: Vec<Schema>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) not: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) default: Option<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) examples: Vec<Value>,
    /// Whether a call with it must not be repeated, although the method may be.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) deprecated: bool,
    #[serde(rename = "x-once", skip_serializing_if = "std::ops::Not::not")]
    pub(crate) once: bool,
}

/// A type of JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    String,
    Integer,
    Number,
    Boolean,
    Array,
    Object,
    Null,
}

/// What else an object may have.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub(crate) enum Rest {
    /// Nothing: `false`.
    Closed(bool),
    /// Values of this schema.
    Of(Box<Schema>),
}

impl Rest {
    pub(crate) const NOTHING: Self = Self::Closed(false);
}

impl Schema {
    pub(crate) fn of(kind: Kind) -> Self {
        Self::of_any([kind])
    }

    pub(crate) fn of_any(kinds: impl IntoIterator<Item = Kind>) -> Self {
        Self {
            kinds: kinds.into_iter().collect(),
            ..Self::default()
        }
    }

    /// A whole number that PHP has: one of 64 bits.
    pub(crate) fn integer() -> Self {
        Self {
            format: Some("int64"),
            ..Self::of(Kind::Integer)
        }
    }

    /// The schema with a name.
    pub(crate) fn named(name: &str) -> Self {
        Self {
            reference: Some(format!("{SCHEMAS}{name}")),
            ..Self::default()
        }
    }

    pub(crate) fn constant(value: impl Into<Value>) -> Self {
        Self {
            constant: Some(value.into()),
            ..Self::default()
        }
    }

    /// One of these; the only one as it is.
    pub(crate) fn any(schemas: impl IntoIterator<Item = Schema>) -> Self {
        let mut any_of: Vec<_> = schemas.into_iter().collect();
        match (any_of.pop(), any_of.is_empty()) {
            (Some(only), true) => only,
            (last, _) => {
                any_of.extend(last);
                Self {
                    any_of,
                    ..Self::default()
                }
            }
        }
    }

    pub(crate) fn list(items: Schema) -> Self {
        Self {
            items: Some(Box::new(items)),
            ..Self::of(Kind::Array)
        }
    }

    /// An object whose keys are data.
    pub(crate) fn map(values: Schema) -> Self {
        Self {
            additional_properties: Some(Rest::Of(Box::new(values))),
            ..Self::of(Kind::Object)
        }
    }

    pub(crate) fn describe(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.description = Some(text);
        }
        self
    }

    /// The names of the schemas that it leads to.
    pub(crate) fn names(&self) -> Vec<&str> {
        let own = self.reference.as_deref();
        let mut names: Vec<_> = own
            .and_then(|to| to.strip_prefix(SCHEMAS))
            .into_iter()
            .collect();
        let rest = match &self.additional_properties {
            Some(Rest::Of(schema)) => Some(&**schema),
            _ => None,
        };
        let inner = self.prefix_items.iter().chain(&self.any_of);
        let inner = inner
            .chain(self.items.as_deref())
            .chain(self.contains.as_deref())
            .chain(self.not.as_deref());
        let inner = inner.chain(self.properties.values()).chain(rest);
        let inner = inner.chain(self.pattern_properties.values());
        names.extend(inner.flat_map(Schema::names));
        names
    }
}

fn one_or_all<S: serde::Serializer>(kinds: &[Kind], serializer: S) -> Result<S::Ok, S::Error> {
    match kinds {
        [one] => one.serialize(serializer),
        all => all.serialize(serializer),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_wherever_a_schema_may_stand() {
        let named = |name: &str| Box::new(Schema::named(name));
        let mut schema = Schema {
            items: Some(named("items")),
            contains: Some(named("contains")),
            not: Some(named("not")),
            prefix_items: vec![*named("prefix")],
            additional_properties: Some(Rest::Of(named("rest"))),
            any_of: vec![Schema::list(*named("any"))],
            ..Schema::named("own")
        };
        schema.properties.push("key", *named("property"));
        schema.pattern_properties.push("^key", *named("pattern"));
        let mut found = schema.names();
        found.sort_unstable();
        let all = [
            "any", "contains", "items", "not", "own", "pattern", "prefix", "property", "rest",
        ];
        assert_eq!(found, all);
    }

    #[test]
    fn one_of_one_is_that_one() {
        let only = Schema::of(Kind::String);
        assert_eq!(Schema::any([only.clone()]), only);
        let two = Schema::any([only.clone(), Schema::of(Kind::Null)]);
        assert_eq!(two.any_of, [only, Schema::of(Kind::Null)]);
    }
}
