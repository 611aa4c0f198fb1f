//! Parameters as a tree that can be read and compared.

use crate::rest::mask;
use crate::wire::value::{Array, Value};
use serde_json::{Map, Value as Tree};

/// How many values a tree has at most.
const MAX_VALUES: usize = 2_000;

/// How many bytes of a text are kept.
const MAX_TEXT: usize = 2_000;

/// About how many bytes of keys and texts a tree has at most.
const MAX_BYTES: usize = 128 * 1024;

/// What one value uses up of the bytes, so that all together are as many as they may be.
const SHARE: usize = MAX_BYTES / MAX_VALUES;

/// Parameters as a tree, with long texts cut, long lists cut and secrets masked.
pub(super) fn of(fields: &Array) -> Tree {
    let mut left = MAX_VALUES;
    let mut tree = Map::new();
    for (key, value) in fields.iter() {
        if left == 0 {
            tree.insert("…".to_owned(), format!("{} in all", fields.len()).into());
            break;
        }
        tree.insert(clip(key, &mut left), masked(key, value, &mut left));
    }
    Tree::Object(tree)
}

/// About how many bytes a tree takes.
pub(super) fn weight(tree: &Tree) -> usize {
    16 + match tree {
        Tree::String(text) => text.len(),
        Tree::Array(items) => items.iter().map(weight).sum(),
        Tree::Object(fields) => fields
            .iter()
            .map(|(key, value)| key.len() + weight(value))
            .sum(),
        _ => 0,
    }
}

/// The beginning of a body that is not what it says.
pub(super) fn unreadable(body: &[u8]) -> Tree {
    Tree::String(mask::text(&clip_bytes(body, MAX_TEXT)))
}

/// The beginning of a text.
pub(super) fn clip_bytes(bytes: &[u8], limit: usize) -> String {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(limit)]).into_owned();
    if bytes.len() > limit {
        format!("{text}… ({} bytes in all)", bytes.len())
    } else {
        text
    }
}

/// The beginning of a key or a text, which uses up its part of the bytes.
fn clip(text: &str, left: &mut usize) -> String {
    let text = mask::text(&clip_bytes(text.as_bytes(), MAX_TEXT));
    *left = left.saturating_sub(text.len() / SHARE);
    text
}

fn masked(key: &str, value: &Value, left: &mut usize) -> Tree {
    if mask::is_secret(key) {
        *left = left.saturating_sub(1);
        return mask::MASK.into();
    }
    tree(value, left)
}

fn tree(value: &Value, left: &mut usize) -> Tree {
    *left = left.saturating_sub(1);
    match value {
        Value::Null => Tree::Null,
        Value::Bool(flag) => (*flag).into(),
        Value::Int(number) => (*number).into(),
        Value::Float(number) => (*number).into(),
        Value::Text(text) => clip(text, left).into(),
        Value::Array(array) if array.is_list() => {
            let mut items = Vec::new();
            for item in array.values() {
                if *left == 0 {
                    items.push(format!("… {} in all", array.len()).into());
                    break;
                }
                items.push(tree(item, left));
            }
            Tree::Array(items)
        }
        Value::Array(array) => {
            let mut fields = Map::new();
            for (key, value) in array.iter() {
                if *left == 0 {
                    fields.insert("…".to_owned(), format!("{} in all", array.len()).into());
                    break;
                }
                fields.insert(clip(key, left), masked(key, value, left));
            }
            Tree::Object(fields)
        }
    }
}
