//! Parameters arrive in a batch as they do alone, or are refused: checked against a reader of queries that is written from
//! PHP's `parse_str` and shares nothing with the writer.

use proptest::prelude::*;
use serde_json::{Map, Number, Value};

use super::Query;

/// An array of PHP: keys in their order, those of a list being numbers.
#[derive(Debug, Clone, PartialEq)]
enum Php {
    Text(String),
    Array(Vec<(String, Php)>),
}

impl Php {
    /// What PHP makes of JSON. Of scalars, a query has only texts, and of nothing, a list with an empty one in it.
    fn of(value: &Value) -> Self {
        let nothing = || Self::Array(vec![("0".to_owned(), Self::Text(String::new()))]);
        let entries = |entries: Vec<(String, &Value)>| {
            let entries = entries.into_iter();
            Self::Array(entries.map(|(key, value)| (key, Self::of(value))).collect())
        };
        match value {
            Value::Null => Self::Text(String::new()),
            Value::Bool(value) => Self::Text(u8::from(*value).to_string()),
            Value::Number(number) => Self::Text(number.to_string()),
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(list) if list.is_empty() => nothing(),
            Value::Object(map) if map.is_empty() => nothing(),
            Value::Array(list) => entries((0..).map(|n: usize| n.to_string()).zip(list).collect()),
            Value::Object(map) => entries(
                map.iter()
                    .map(|(key, value)| (key.clone(), value))
                    .collect(),
            ),
        }
    }

    /// What PHP reads out of a query.
    fn read(query: &str) -> Self {
        let mut root = Self::Array(Vec::new());
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if let Some(keys) = keys(&name) {
                root.put(&keys, value.into_owned());
            }
        }
        root
    }

    fn put(&mut self, keys: &[Option<String>], value: String) {
        let Some((key, rest)) = keys.split_first() else {
            *self = Self::Text(value);
            return;
        };
        if !matches!(self, Self::Array(_)) {
            *self = Self::Array(Vec::new());
        }
        let Self::Array(entries) = self else { return };
        let next = entries
            .iter()
            .filter_map(|(key, _)| key.parse::<u64>().ok());
        let next = next.max().map_or(0, |last| last + 1);
        let key = key.clone().unwrap_or_else(|| next.to_string());
        let place = entries.iter().position(|(other, _)| *other == key);
        let place = place.unwrap_or_else(|| {
            entries.push((key, Self::Text(String::new())));
            entries.len() - 1
        });
        entries[place].1.put(rest, value);
    }
}

/// `php_register_variable_ex`: the name of a variable, and the keys behind it, of which those without a text are the next
/// number. Nothing, if the variable is dropped.
fn keys(name: &str) -> Option<Vec<Option<String>>> {
    let name = name.split('\0').next().unwrap_or_default();
    let name = name.trim_start_matches(' ');
    let end = name.find('[').unwrap_or(name.len());
    let variable = name[..end].replace([' ', '.'], "_");
    if variable.is_empty() {
        return None;
    }
    let mut keys = vec![Some(variable)];
    let mut rest = &name[end..];
    while let Some(inner) = rest.strip_prefix('[') {
        let blanks = inner.starts_with([' ', '\t', '\n', '\u{b}', '\u{c}', '\r']);
        if inner[usize::from(blanks)..].starts_with(']') {
            keys.push(None);
            rest = &inner[usize::from(blanks) + 1..];
        } else if let Some(close) = inner.find(']') {
            keys.push(Some(inner[..close].to_owned()));
            rest = &inner[close + 1..];
        } else if keys.len() == 1 {
            return Some(vec![Some(name.replace([' ', '.', '['], "_"))]);
        } else {
            break;
        }
    }
    (keys.len() <= 64).then_some(keys)
}

/// Words of the wire, and whatever somebody may call a field of a portal.
fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Za-z_]{1,6}",
        1 => "[0-9]{1,3}",
        1 => "[\\[\\]\\. =&%+\t\n\0#;a-cж0>!]{0,4}",
    ]
}

fn values() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1.0e9..1.0e9_f64).prop_filter_map("a number", |n| Number::from_f64(n).map(Value::from)),
        "[a-z&=%+\\[\\] ж\n]{0,6}".prop_map(Value::from),
    ];
    scalar.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map(names(), inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn params() -> impl Strategy<Value = Map<String, Value>> {
    proptest::collection::btree_map(names(), values(), 1..4)
        .prop_map(|map| map.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_not_refused_arrives_as_it_does_alone(params in params()) {
        let params = Value::Object(params);
        let query = Query::of(&params.to_string()).unwrap();
        let read = Php::read(&query.encode());
        if query.unsayable().is_none() {
            prop_assert_eq!(read, Php::of(&params));
        } else if !has_brackets(&params) {
            // A bracket may arrive, such as one that is never closed. Of everything else, a server would read something else.
            prop_assert_ne!(read, Php::of(&params));
        }
    }
}

/// Whether a key has a bracket, at any depth.
fn has_brackets(value: &Value) -> bool {
    match value {
        Value::Array(list) => list.iter().any(has_brackets),
        Value::Object(map) => map
            .iter()
            .any(|(key, value)| key.contains(['[', ']']) || has_brackets(value)),
        _ => false,
    }
}

/// The first of what would not arrive.
fn first(params: &Value) -> Option<(String, &'static str)> {
    let query = Query::of(&params.to_string()).unwrap();
    let unsayable = query.unsayable()?;
    let why = unsayable.why.split(',').next().unwrap();
    Some((unsayable.name.clone(), why))
}

#[test]
fn what_a_query_cannot_say_is_named() {
    let refused = |params: Value| {
        let (name, why) = first(&params).unwrap();
        format!("{name:?} {why}")
    };
    let json = |text: &str| serde_json::from_str(text).unwrap();
    assert_eq!(
        refused(json(r#"{"a": {"b]": 1}}"#)),
        r#""a[b]]" has a bracket in a key"#
    );
    assert_eq!(
        refused(json(r#"{"a[b]": 1}"#)),
        r#""a[b]" has a bracket in a key"#
    );
    assert_eq!(
        refused(json(r#"{"a": [{"": 1}]}"#)),
        r#""a[0][]" has an empty key"#
    );
    assert_eq!(
        refused(json(r#"{"a": {" ": 1}}"#)),
        r#""a[ ]" has an empty key"#
    );
    assert_eq!(refused(json(r#"{"": 1}"#)), r#""" has an empty key"#);
    assert_eq!(
        refused(json(r#"{"a.b": 1}"#)),
        r#""a.b" has a blank or a dot in its name"#
    );
    assert_eq!(
        refused(json(r#"{"a": {"\u0000": 1}}"#)),
        r#""a[\0]" has a zero byte in a key"#
    );
    let deep = |depth| {
        json(&format!(
            "{{\"a\":{}1{}}}",
            "[".repeat(depth),
            "]".repeat(depth)
        ))
    };
    assert!(refused(deep(64)).ends_with("is nested deeper than a server reads"));
    assert_eq!(first(&deep(63)), None);
    assert_eq!(
        first(&json(r#"{"UF_X": {"a b": 1, ".": 2, "=&": 3}, "n": null}"#)),
        None
    );
}
