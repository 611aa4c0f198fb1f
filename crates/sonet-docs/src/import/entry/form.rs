//! In which form a parameter with a table of its own is sent: one object, several of them, or each under a key of its own.

use serde_json::{Map, Value};

use super::sent::has_own_keys;
use crate::page::Item;
use crate::words::types;

/// The form of a parameter with a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// An object with what the table lists.
    One,
    /// An object, of which examples send nothing that the table lists.
    Other,
    /// A list of them.
    Many,
    /// An object whose keys are data, each with what the table lists.
    Keyed,
    /// An object whose keys are languages, of which the table lists some.
    Languages,
    /// A value, of which the table says something else.
    Value,
    /// Nobody knows, for this reason.
    Unclear(&'static str),
}

/// Why an example settles no form.
pub(super) const OTHERWISE: &str = "an example sends it in another form than its table";

/// The form that the types of a page and the examples agree on.
pub(super) fn form(param: &Item, shown: &[&Value]) -> Form {
    let is_structured = |word: &String| types::is_structured(word);
    let is_plain = !param.types.is_empty() && !param.types.iter().any(is_structured);
    if is_plain && !shown.iter().any(|value| holds_objects(value)) {
        return Form::Value;
    }
    let are_objects = shown.iter().all(|value| value.is_object());
    if are_languages(&param.fields) && are_objects {
        return Form::Languages;
    }
    if are_objects && said(param) != Said::Many && has_own_keys(param, shown) {
        return Form::Keyed;
    }
    match (said(param), seen(param, shown)) {
        (_, Seen::Mixed) | (Said::Many | Said::Either, Seen::Other) => Form::Unclear(OTHERWISE),
        (Said::Many | Said::Either, Seen::Many) | (Said::Many, Seen::Nothing) => Form::Many,
        (Said::One | Said::Either, Seen::One) | (Said::One, Seen::Nothing | Seen::Empty) => {
            Form::One
        }
        (Said::One, Seen::Other) => Form::Other,
        (Said::Either, Seen::Nothing | Seen::Empty) => {
            Form::Unclear("nothing shows whether it is a list")
        }
        _ => Form::Unclear("the table and the example differ on whether it is a list"),
    }
}

/// What the types of a page say of a form.
#[derive(PartialEq, Eq)]
enum Said {
    One,
    Many,
    /// An array may have names for keys.
    Either,
}

fn said(param: &Item) -> Said {
    let mut structured = param.types.iter().filter(|word| types::is_structured(word));
    let Some(first) = structured.next() else {
        return Said::One;
    };
    let form = |word: &str| match word {
        "array" => Said::Either,
        word if word.ends_with("[]") => Said::Many,
        _ => Said::One,
    };
    match structured.next() {
        None => form(first),
        Some(_) => Said::Either,
    }
}

/// What examples show of a form.
enum Seen {
    Nothing,
    /// Nothing but `{}`.
    Empty,
    One,
    Many,
    /// Objects without anything of the table.
    Other,
    /// No form, or several.
    Mixed,
}

fn seen(param: &Item, shown: &[&Value]) -> Seen {
    let is_row = |value: &Value| value.as_object().is_some_and(|map| has_any(param, map));
    let maps: Option<Vec<_>> = shown.iter().map(|value| value.as_object()).collect();
    let lists: Option<Vec<_>> = shown.iter().map(|value| value.as_array()).collect();
    match (maps, lists) {
        _ if shown.is_empty() => Seen::Nothing,
        (Some(maps), _) if maps.iter().all(|map| map.is_empty()) => Seen::Empty,
        (Some(maps), _) if maps.iter().any(|map| has_any(param, map)) => Seen::One,
        (_, Some(lists)) if lists.iter().all(|list| list.iter().all(is_row)) => Seen::Many,
        (Some(_), _) => Seen::Other,
        _ => Seen::Mixed,
    }
}

/// Whether an object has any of the fields of a table.
fn has_any(param: &Item, map: &Map<String, Value>) -> bool {
    let has = |key: &String| {
        let mut fields = param.fields.iter();
        fields.any(|field| field.name.eq_ignore_ascii_case(key))
    };
    map.keys().any(has)
}

fn holds_objects(value: &Value) -> bool {
    match value {
        Value::Array(values) => values.iter().any(Value::is_object),
        value => value.is_object(),
    }
}

/// Whether a table lists codes of languages.
fn are_languages(fields: &[Item]) -> bool {
    let is_code = |field: &Item| {
        field.name.len() == 2 && field.name.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    fields.iter().all(is_code) && fields.iter().any(|field| field.name == "en")
}

/// The objects in what examples send.
pub(super) fn objects<'v>(form: Form, shown: &[&'v Value]) -> Vec<&'v Value> {
    let inside = |value: &'v Value| match (form, value) {
        (Form::Many, Value::Array(values)) => values.iter().collect(),
        (Form::Keyed | Form::Languages, Value::Object(map)) => map.values().collect(),
        _ => vec![value],
    };
    shown.iter().copied().flat_map(inside).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::markup::Location;

    fn of(ty: &str, names: &[&str], shown: &[Value]) -> Form {
        let at = Location {
            file: "page.md".into(),
            line: 1,
        };
        let mut item = Item::new("guests", &at);
        item.types = ty
            .split(' ')
            .filter(|ty| !ty.is_empty())
            .map(str::to_owned)
            .collect();
        item.fields = names.iter().map(|name| Item::new(*name, &at)).collect();
        form(&item, &shown.iter().collect::<Vec<_>>())
    }

    #[test]
    fn types_and_examples_agree_on_a_form() {
        let fields = ["NAME", "AGE"];
        let (one, rows) = (json!({ "name": "a" }), json!([{ "NAME": "a" }]));
        let keyed = json!({ "7": { "NAME": "a" } });
        for (ty, shown, form) in [
            ("object[]", vec![], Form::Many),
            ("guest[]", vec![rows.clone(), json!([])], Form::Many),
            ("array", vec![rows.clone()], Form::Many),
            ("array", vec![one.clone()], Form::One),
            ("object", vec![], Form::One),
            ("guest", vec![json!({})], Form::One),
            ("", vec![one.clone()], Form::One),
            ("object", vec![json!({ "UF_7": 1 })], Form::Other),
            ("object", vec![keyed.clone()], Form::Keyed),
            ("array", vec![keyed], Form::Keyed),
            ("string", vec![json!("a")], Form::Value),
            (
                "string",
                vec![rows.clone()],
                Form::Unclear("the table and the example differ on whether it is a list"),
            ),
        ] {
            assert_eq!(of(ty, &fields, &shown), form, "{ty} {shown:?}");
        }
        for (ty, shown) in [
            ("array", vec![]),
            ("object", vec![rows.clone()]),
            ("object[]", vec![one.clone()]),
            ("array", vec![json!({ "UF_7": 1 })]),
            ("object", vec![json!("a")]),
            ("object", vec![one, rows]),
        ] {
            assert!(
                matches!(of(ty, &fields, &shown), Form::Unclear(_)),
                "{ty} {shown:?}"
            );
        }
        let title = json!({ "fr": "x" });
        assert_eq!(of("object", &["de", "en"], &[title]), Form::Languages);
        assert_eq!(of("object", &["id"], &[]), Form::One);
    }
}
