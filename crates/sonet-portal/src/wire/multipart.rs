//! `multipart/form-data` bodies. Part names use the same brackets as form fields.

use super::brackets;
use super::value::{Array, Value};

/// How many parts are read, for the same reason as the number of form fields is bounded.
const MAX_PARTS: usize = 1_000;

/// How long a boundary may be. The standard says 70; the search for a long one in a large body
/// would take their product of time.
const MAX_BOUNDARY: usize = 200;

/// Parses a body with the boundary from its content type; a broken part is skipped.
pub(crate) fn parse(body: &[u8], boundary: &str) -> Array {
    let mut root = Array::default();
    let delimiter = format!("--{boundary}").into_bytes();
    let mut rest = body;
    let Some(first) = find(rest, &delimiter) else {
        return root;
    };
    rest = &rest[first + delimiter.len()..];
    for _ in 0..MAX_PARTS {
        // After the delimiter stands a line break, or `--` at the very end.
        let Some(part) = rest.strip_prefix(b"\r\n") else {
            break;
        };
        let mut end = b"\r\n".to_vec();
        end.extend_from_slice(&delimiter);
        let Some(length) = find(part, &end) else {
            break;
        };
        if let Some((name, content)) = read_part(&part[..length]) {
            let text = String::from_utf8_lossy(content).into_owned();
            brackets::insert(&mut root, &name, Value::Text(text));
        }
        rest = &part[length + end.len()..];
    }
    root
}

/// The boundary in a content type such as `multipart/form-data; boundary=x`.
pub(crate) fn boundary(content_type: &str) -> Option<String> {
    parameter(content_type, "boundary").filter(|boundary| boundary.len() <= MAX_BOUNDARY)
}

fn read_part(part: &[u8]) -> Option<(String, &[u8])> {
    let split = find(part, b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&part[..split]);
    let disposition = head.split("\r\n").find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim()
            .eq_ignore_ascii_case("content-disposition")
            .then_some(value)
    })?;
    Some((parameter(disposition, "name")?, &part[split + 4..]))
}

/// A parameter of a header, with or without quotes.
fn parameter(header: &str, wanted: &str) -> Option<String> {
    header.split(';').skip(1).find_map(|piece| {
        let (name, value) = piece.split_once('=')?;
        let value = value.trim();
        let plain = value
            .strip_prefix('"')
            .and_then(|v| v.strip_suffix('"'))
            .unwrap_or(value);
        (name.trim().eq_ignore_ascii_case(wanted) && !plain.is_empty()).then(|| plain.to_owned())
    })
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::output::Json;

    fn parsed(body: &str) -> String {
        let boundary = boundary("multipart/form-data; charset=utf-8; boundary=\"B\"").unwrap();
        Json::from(&Value::Array(parse(body.as_bytes(), &boundary))).to_string()
    }

    #[test]
    fn reads_parts_with_brackets() {
        let body = "--B\r\nContent-Disposition: form-data; name=\"NAME\"\r\n\r\nA & b\r\n\
                    --B\r\nContent-Type: text/plain\r\ncontent-disposition: form-data; \
                    name=\"IMAGE[0]\"; filename=\"x\"\r\n\r\na.png\r\n--B--\r\n";
        assert_eq!(parsed(body), r#"{"NAME":"A & b","IMAGE":["a.png"]}"#);
    }

    #[test]
    fn broken_bodies_yield_what_is_whole() {
        assert_eq!(parsed(""), "[]");
        assert_eq!(parsed("--B"), "[]");
        assert_eq!(parsed("--B--"), "[]");
        assert_eq!(parsed("--B\r\n\r\n--B--"), "[]");
        assert_eq!(
            parsed("--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--B\r\nbroken"),
            r#"{"a":"1"}"#
        );
        assert_eq!(boundary("multipart/form-data"), None);
        assert_eq!(boundary("multipart/form-data; boundary=\"\""), None);
        let endless = format!("multipart/form-data; boundary={}", "a".repeat(60_000));
        assert_eq!(boundary(&endless), None);
    }
}
