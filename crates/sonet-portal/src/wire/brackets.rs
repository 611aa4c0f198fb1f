//! Query strings and form bodies with PHP's brackets: `a[b][c]=1`, `a[]=1`, `a[0]=1`.
//!
//! The rules are those of the server's language, oddities included: a later name replaces an
//! earlier one, a broken name never fails, and what is nested too deep or comes after too many
//! fields is dropped without a word.

use super::value::{Array, Value};
use percent_encoding::percent_decode;

/// How deep names may nest, as in PHP's `max_input_nesting_level`.
const MAX_DEPTH: usize = 64;

/// How many fields are read. The search for a field's place is linear, so this bounds the work.
const MAX_FIELDS: usize = 5_000;

/// Parses a query string or a form-encoded body.
pub(crate) fn parse(text: &[u8]) -> Array {
    let mut root = Array::default();
    let fields = text
        .split(|byte| *byte == b'&')
        .filter(|field| !field.is_empty());
    for field in fields.take(MAX_FIELDS) {
        let (name, value) = match field.iter().position(|byte| *byte == b'=') {
            Some(at) => (&field[..at], &field[at + 1..]),
            None => (field, &field[..0]),
        };
        insert(&mut root, &decode(name), Value::Text(decode(value)));
    }
    root
}

/// Puts a value where its name with brackets says.
pub(crate) fn insert(root: &mut Array, name: &str, value: Value) {
    let Some((top, keys)) = split(name) else {
        return;
    };
    if keys.len() >= MAX_DEPTH {
        return;
    }
    let Some((last, path)) = keys.split_last() else {
        root.set(&top, value);
        return;
    };
    let mut place = root.array_at(&top);
    for key in path {
        place = if key.is_empty() {
            place.push_array()
        } else {
            place.array_at(key)
        };
    }
    if last.is_empty() {
        place.push(value);
    } else {
        place.set(last, value);
    }
}

/// Splits `a[b][]` into `a` and `["b", ""]`; `None` for a name that is dropped.
fn split(name: &str) -> Option<(String, Vec<String>)> {
    let name = name.trim_start_matches(' ');
    let open = name.find('[').filter(|at| *at > 0);
    // Only the part before the first bracket is a variable's name, in which these can't stand.
    let variable = |text: &str| text.replace([' ', '.', '['], "_");
    let Some(open) = open else {
        return (!name.is_empty()).then(|| (variable(name), Vec::new()));
    };
    let mut keys = Vec::new();
    let mut rest = &name[open..];
    while let Some(inner) = rest.strip_prefix('[') {
        let Some(close) = inner.find(']') else {
            // `a[b` is the variable `a_b`; in `a[b][c` the unclosed part is dropped.
            if keys.is_empty() {
                return Some((variable(name), Vec::new()));
            }
            break;
        };
        keys.push(inner[..close].to_owned());
        rest = &inner[close + 1..];
    }
    Some((variable(&name[..open]), keys))
}

/// Decodes `+` and `%xx`; a broken escape stays as it is, a byte that isn't UTF-8 is replaced.
pub(crate) fn decode(text: &[u8]) -> String {
    let spaced: Vec<u8> = text
        .iter()
        .map(|b| if *b == b'+' { b' ' } else { *b })
        .collect();
    percent_decode(&spaced).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::output::Json;

    fn parsed(text: &str) -> String {
        Json::from(&Value::Array(parse(text.as_bytes()))).to_string()
    }

    #[test]
    fn nests_by_brackets() {
        assert_eq!(
            parsed("a=1&b[c][d]=2&b[c][e]=3"),
            r#"{"a":"1","b":{"c":{"d":"2","e":"3"}}}"#
        );
        assert_eq!(parsed("s[]=x&s[]=y"), r#"{"s":["x","y"]}"#);
        assert_eq!(parsed("s[0]=x&s[1]=y"), r#"{"s":["x","y"]}"#);
        assert_eq!(parsed("s[1]=x&s[]=y"), r#"{"s":{"1":"x","2":"y"}}"#);
        assert_eq!(
            parsed("u[][id]=1&u[][id]=2"),
            r#"{"u":[{"id":"1"},{"id":"2"}]}"#
        );
    }

    #[test]
    fn decodes_names_and_values() {
        assert_eq!(
            parsed("a%5Bb%5D=My+Co%26Co%20Ltd"),
            r#"{"a":{"b":"My Co&Co Ltd"}}"#
        );
        assert_eq!(parsed("FILTER[%3E%3DID]=5"), r#"{"FILTER":{">=ID":"5"}}"#);
        assert_eq!(parsed("a=b=c"), r#"{"a":"b=c"}"#);
        assert_eq!(parsed("a=%D0%AF"), r#"{"a":"\u042f"}"#);
    }

    #[test]
    fn a_later_field_replaces_an_earlier_one() {
        assert_eq!(parsed("a=1&a=2"), r#"{"a":"2"}"#);
        assert_eq!(parsed("a=1&a[b]=2"), r#"{"a":{"b":"2"}}"#);
        assert_eq!(parsed("a[b]=1&a=2"), r#"{"a":"2"}"#);
    }

    #[test]
    fn broken_input_is_read_as_php_reads_it() {
        assert_eq!(parsed(""), "[]");
        assert_eq!(parsed("&&=1&=&a"), r#"{"a":""}"#);
        assert_eq!(parsed("a[b=1"), r#"{"a_b":"1"}"#);
        assert_eq!(parsed("a[b][c=1"), r#"{"a":{"b":"1"}}"#);
        assert_eq!(parsed("a[b]x[c]=1"), r#"{"a":{"b":"1"}}"#);
        assert_eq!(parsed("[a]=1"), r#"{"_a]":"1"}"#);
        assert_eq!(parsed("a.b c=1"), r#"{"a_b_c":"1"}"#);
        assert_eq!(parsed("a=%zz%4"), r#"{"a":"%zz%4"}"#);
        assert_eq!(parsed("a=%ff"), r#"{"a":"\ufffd"}"#);
    }

    #[test]
    fn depth_and_number_are_bounded() {
        let deep = format!("a{}=1&b=2", "[x]".repeat(10_000));
        assert_eq!(parsed(&deep), r#"{"b":"2"}"#);
        let just = format!("a{}=1", "[x]".repeat(MAX_DEPTH - 1));
        assert!(parsed(&just).contains(r#""x":"1""#));
        let many = vec!["a[]=1"; MAX_FIELDS + 10].join("&");
        let array = parse(many.as_bytes());
        assert_eq!(
            array.get("a").and_then(Value::as_array).map(Array::len),
            Some(MAX_FIELDS)
        );
    }
}
