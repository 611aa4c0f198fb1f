//! How much memory an answer may take once it is decoded.

/// What an object takes: a node of a map with room for eleven keys and values, whatever is in it, or a row as a struct.
const OBJECT: u64 = 768;

/// What a list takes: room for four values at least.
const LIST: u64 = 256;

/// What the key of a member takes, beside its text.
const KEY: u64 = 64;

/// What a value takes, beside its text, with the room that a growing list keeps.
const VALUE: u64 = 96;

/// The most that a byte can stand for: an object and its comma, in `{},`.
const MOST: u64 = (OBJECT + VALUE) / 3 + 1;

/// Whether what is decoded of a JSON text, as values or as rows, may take more than so many bytes: an estimate, on the safe
/// side, that reads no text which is small enough anyhow.
pub(crate) fn decodes_larger_than(text: &[u8], limit: u64) -> bool {
    let bytes = text.len() as u64;
    if bytes.saturating_mul(MOST) <= limit {
        return false;
    }
    let mut weight = bytes;
    let mut rest = text.iter();
    while let Some(byte) = rest.next() {
        weight += match byte {
            b'{' => OBJECT,
            b'[' => LIST,
            b':' => KEY,
            b',' => VALUE,
            b'"' => {
                skip_text(&mut rest);
                0
            }
            _ => 0,
        };
        if weight > limit {
            return true;
        }
    }
    false
}

/// Passes over the rest of a text in quotes.
fn skip_text(rest: &mut std::slice::Iter<'_, u8>) {
    while let Some(byte) = rest.next() {
        match byte {
            b'"' => return,
            b'\\' => {
                rest.next();
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list of so many times the same.
    fn list(element: &str, times: usize) -> String {
        format!("[{}]", vec![element; times].join(","))
    }

    /// The least that JSON values take, which no allocator does with less.
    fn memory(value: &serde_json::Value) -> u64 {
        use serde_json::Value;
        let inner = match value {
            Value::String(text) => text.capacity(),
            Value::Array(items) => {
                let own = (items.capacity() - items.len()) * size_of::<Value>();
                return items.iter().map(memory).sum::<u64>()
                    + own as u64
                    + size_of::<Value>() as u64;
            }
            Value::Object(map) => {
                let entries = map
                    .iter()
                    .map(|(key, value)| key.capacity() as u64 + memory(value) - 32);
                // Nodes have room for eleven keys and values, and are half full where keys come in order.
                let nodes = map.len().div_ceil(6) as u64 * 11 * (24 + 32);
                return entries.sum::<u64>() + nodes + size_of::<Value>() as u64;
            }
            _ => 0,
        };
        (inner + size_of::<Value>()) as u64
    }

    #[test]
    fn the_estimate_is_above_what_values_take() {
        let row = r#"{"ID":"1","NAME":"Rust","OPENED":"Y","A":1,"B":2,"C":3,"D":4,"E":5,"F":6,"G":7,"H":8,"I":9,"J":10}"#;
        for element in [
            r#"{"a":0}"#,
            "{}",
            r#"{"":0}"#,
            "[]",
            "[0]",
            "[[0]]",
            "0",
            r#""""#,
            r#""text""#,
            "null",
            row,
            r#"{"a":{"b":{"c":[]}}}"#,
        ] {
            let json = list(element, 5_000);
            let taken = memory(&serde_json::from_str(&json).unwrap());
            assert!(decodes_larger_than(json.as_bytes(), taken), "{element}");
        }
    }

    #[test]
    fn what_is_in_texts_weighs_nothing() {
        let text = format!(r#"{{"file":"{}\"{{{{[["}}"#, "{[:,".repeat(100_000));
        let bytes = text.len() as u64;
        assert!(!decodes_larger_than(text.as_bytes(), bytes + OBJECT + KEY));
        assert!(decodes_larger_than(
            text.as_bytes(),
            bytes + OBJECT + KEY - 1
        ));
    }

    #[test]
    fn a_text_that_is_cut_is_read_to_its_end() {
        for text in [r#"{"a"#, r#"{"a\"#, "{", ""] {
            assert!(!decodes_larger_than(text.as_bytes(), 10_000), "{text}");
        }
    }

    #[test]
    fn what_is_small_is_not_read() {
        let json = list("{}", 1_000);
        assert!(!decodes_larger_than(
            json.as_bytes(),
            json.len() as u64 * MOST
        ));
        assert!(decodes_larger_than(
            json.as_bytes(),
            1_000 * (OBJECT + VALUE)
        ));
        assert!(!decodes_larger_than(list("1", 1_000).as_bytes(), 100_000));
    }
}
