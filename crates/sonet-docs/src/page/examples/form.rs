//! `key=value&key=value`, in addresses and in the bodies of requests.

use serde_json::{Map, Value};

use crate::markup::DEPTH;

/// Adds the pairs of a form to what is sent. An `Err` says what can't be read.
pub(super) fn read(text: &str, params: &mut Map<String, Value>) -> Result<(), String> {
    for (key, value) in form_urlencoded::parse(text.as_bytes()) {
        add(&key, value.into_owned(), params)?;
    }
    Ok(())
}

/// Adds one parameter; `auth` is none.
pub(super) fn add(key: &str, value: String, params: &mut Map<String, Value>) -> Result<(), String> {
    if key.contains("[]") {
        return Err(format!("a request has a list in its form: `{key}`"));
    }
    let path: Vec<&str> = key
        .split(['[', ']'])
        .filter(|part| !part.is_empty())
        .collect();
    if path.len() > DEPTH {
        return Err(format!("nested deeper than {DEPTH} levels"));
    }
    if path.first().is_none_or(|first| *first == "auth") {
        return Ok(());
    }
    insert(params, &path, value)
        .ok_or_else(|| format!("a request has `{key}` twice, which no example can show"))
}

/// Whether a body is a form: every pair has a name, and a value behind it.
pub(super) fn is_form(text: &str) -> bool {
    let is_part = |char: char| char.is_ascii_alphanumeric() || "_.-[]%+".contains(char);
    text.split('&').all(|pair| {
        let key = pair.split_once('=').map(|(key, _)| key);
        key.is_some_and(|key| !key.is_empty() && key.chars().all(is_part))
    })
}

fn insert(map: &mut Map<String, Value>, path: &[&str], value: String) -> Option<()> {
    let (key, rest) = path.split_first()?;
    if rest.is_empty() {
        let before = map.insert((*key).to_owned(), Value::String(value));
        return before.is_none().then_some(());
    }
    let inner = map.entry(*key).or_insert_with(|| Value::Object(Map::new()));
    insert(inner.as_object_mut()?, rest, value)
}
