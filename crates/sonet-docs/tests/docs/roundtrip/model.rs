//! Small methods, at random.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// A method.
#[derive(Debug, Clone)]
pub(crate) struct Method {
    pub(crate) params: Vec<Value>,
    pub(crate) filtered: bool,
    pub(crate) operators: Vec<&'static str>,
    pub(crate) filters: Vec<Value>,
    /// Of the object that is answered.
    pub(crate) fields: Vec<Value>,
    pub(crate) listed: bool,
    /// Codes and texts.
    pub(crate) errors: Vec<(String, String)>,
}

/// A parameter or field.
#[derive(Debug, Clone)]
pub(crate) struct Value {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    pub(crate) default: Option<&'static str>,
    pub(crate) fields: Vec<Value>,
}

/// What a value may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Number,
    Boolean,
    Flag,
    Date,
    Id,
    Ids,
    Texts,
    Choice,
    Object,
}

impl Kind {
    /// The type in the spec.
    pub(crate) fn in_spec(self, name: &str) -> String {
        match self {
            Self::Text => "string",
            Self::Number => "integer",
            Self::Boolean => "boolean",
            Self::Flag => "flag",
            Self::Date => "datetime",
            Self::Id => "ClubId",
            Self::Ids => "ClubId[]",
            Self::Texts => "string[]",
            Self::Choice => "Choice",
            Self::Object => return format!("Of{}", name.to_lowercase().replace('_', "")),
        }
        .to_owned()
    }

    /// The type on the page.
    pub(crate) fn on_page(self) -> &'static str {
        match self {
            Self::Text | Self::Flag | Self::Choice => "string",
            Self::Number | Self::Id => "integer",
            Self::Boolean => "boolean",
            Self::Date => "datetime",
            Self::Ids => "integer[]",
            Self::Texts => "array",
            Self::Object => "object",
        }
    }

    pub(crate) fn values(self) -> Vec<&'static str> {
        match self {
            Self::Flag => vec!["Y", "N"],
            Self::Choice => vec!["red", "green", "dark_blue"],
            _ => Vec::new(),
        }
    }
}

const SCALARS: [Kind; 9] = [
    Kind::Text,
    Kind::Number,
    Kind::Boolean,
    Kind::Flag,
    Kind::Date,
    Kind::Id,
    Kind::Ids,
    Kind::Texts,
    Kind::Choice,
];

const COMPARED: [Kind; 4] = [Kind::Text, Kind::Number, Kind::Flag, Kind::Id];

/// No two of them are alike.
const NAMES: [&str; 8] = [
    "ID",
    "CAPTION",
    "OWNER_UID",
    "DATE_BEGIN",
    "hueMode",
    "site",
    "XMLKEY",
    "PLACEMENT",
];
const INNER: [&str; 4] = ["code", "FOUNDED_AT", "weightKg", "LBL"];
const OPERATORS: [&str; 8] = ["=", "!", "!=", ">=", ">", "<=", "<", "><"];
const TEXTS: [&str; 4] = [
    "Wrong club",
    "Access denied!",
    "It can't be done.",
    "No `code` here",
];

fn value(name: &'static str, deep: bool) -> BoxedStrategy<Value> {
    let kinds = if deep {
        prop_oneof![6 => select(&SCALARS[..]), 1 => Just(Kind::Object)].boxed()
    } else {
        select(&SCALARS[..]).boxed()
    };
    let inner = values(&INNER, 1..=3, false);
    (kinds, any::<bool>(), any::<bool>(), inner)
        .prop_map(move |(kind, required, defaults, fields)| Value {
            name: name.to_owned(),
            kind,
            required,
            default: match kind {
                Kind::Flag if defaults => Some("N"),
                Kind::Choice if defaults => Some("green"),
                _ => None,
            },
            fields: if kind == Kind::Object {
                fields
            } else {
                Vec::new()
            },
        })
        .boxed()
}

fn values(
    names: &'static [&'static str],
    count: std::ops::RangeInclusive<usize>,
    deep: bool,
) -> BoxedStrategy<Vec<Value>> {
    subsequence(names, count)
        .prop_flat_map(move |names| {
            let values = names
                .into_iter()
                .map(|name| if deep { value(name, true) } else { flat(name) });
            values.collect::<Vec<_>>()
        })
        .boxed()
}

fn flat(name: &'static str) -> BoxedStrategy<Value> {
    (select(&SCALARS[..]), any::<bool>())
        .prop_map(move |(kind, required)| Value {
            name: name.to_owned(),
            kind,
            required,
            default: None,
            fields: Vec::new(),
        })
        .boxed()
}

/// Fields of answers have neither stars nor defaults.
fn plain(values: Vec<Value>) -> Vec<Value> {
    let values = values.into_iter().map(|value| Value {
        required: false,
        default: None,
        fields: plain(value.fields),
        ..value
    });
    values.collect()
}

/// A method.
pub(crate) fn method() -> impl Strategy<Value = Method> {
    (
        values(&NAMES, 1..=6, true),
        any::<bool>(),
        subsequence(&OPERATORS[..], 1..=5),
        values(&NAMES, 1..=4, false),
        values(&NAMES, 1..=6, true),
        any::<bool>(),
        subsequence(&TEXTS[..], 0..=4),
    )
        .prop_map(
            |(mut params, filtered, operators, filters, fields, listed, texts)| {
                // All that stands in parameters has a setter of one type.
                let mut inside = std::collections::BTreeSet::new();
                for param in &mut params {
                    param
                        .fields
                        .retain(|field| inside.insert(field.name.clone()));
                    if param.kind == Kind::Object && param.fields.is_empty() {
                        param.kind = Kind::Number;
                    }
                }
                let errors = texts.iter().enumerate().map(|(at, text)| {
                    let code = if at % 2 == 0 {
                        String::new()
                    } else {
                        format!("ERROR_{at}")
                    };
                    (code, (*text).replace('`', ""))
                });
                // Filters take single values, and some operators an order.
                let mut filters = plain(filters);
                for filter in &mut filters {
                    if !COMPARED.contains(&filter.kind) {
                        filter.kind = Kind::Number;
                    }
                }
                filters[0].kind = Kind::Date;
                Method {
                    params,
                    filtered,
                    operators,
                    filters,
                    fields: plain(fields),
                    listed,
                    errors: errors.collect(),
                }
            },
        )
}
