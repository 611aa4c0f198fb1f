//! What a sentence says of a parameter or field.

use super::values::{default, values};
use crate::markup::{Line, inline};
use crate::page::facts::Item;
use crate::words;

/// Values and a default in a sentence.
pub(super) fn read(item: &mut Item, line: &Line) {
    let plain = inline::plain(&line.text);
    // What ends with a colon has its defaults below.
    let introduces = words::introduces_defaults(&plain) && plain.ends_with(':');
    if item.default.is_none() && !introduces {
        item.default = words::default_in(&line.text).map(default);
    }
    for value in values(&line.text, !item.values.is_empty()) {
        item.add_value(value, &line.at);
    }
}

/// `**NAME** - what it is`, in the description of an object.
pub(super) fn field(line: &Line) -> Option<Item> {
    let (name, rest) = line.text.trim().strip_prefix("**")?.split_once("**")?;
    let name = inline::unescaped(name);
    let is_name = name.len() > 1
        && name
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || char == '_');
    let rest = rest.trim_start_matches(['*', '^']).trim_start();
    if !is_name || !rest.starts_with(['-', '—', '–']) {
        return None;
    }
    let mut field = Item::new(name, &line.at);
    field.add_text(rest);
    field.add_sentences(rest);
    read(&mut field, line);
    field.required = words::requiredness(&field.text);
    Some(field)
}
