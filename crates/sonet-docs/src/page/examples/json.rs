//! The JSON of requests and answers.

use serde_json::Value;

use crate::markup::{Code, Location, Problem};
use crate::page::facts::{Example, ExampleKind};

/// Reads a code block that must be JSON.
pub(super) fn read(code: &Code, kind: ExampleKind, problems: &mut Vec<Problem>) -> Option<Example> {
    parse(&code.text(), kind, &code.at.below(1), problems)
}

/// Reads a text that must be JSON.
pub(super) fn parse(
    text: &str,
    kind: ExampleKind,
    at: &Location,
    problems: &mut Vec<Problem>,
) -> Option<Example> {
    let read = serde_json::from_str(text);
    match read.or_else(|error| mended(text).ok_or(error)) {
        Ok(json) => Some(Example {
            kind,
            json,
            text: text.to_owned(),
            at: at.clone(),
        }),
        Err(error) => {
            let at = at.below(error.line().saturating_sub(1));
            problems.push(Problem::new(
                &at,
                format!("an example is not JSON: {error}"),
            ));
            None
        }
    }
}

/// What a text is without comments and commas that JSON has none of, and with braces around what has only keys.
fn mended(text: &str) -> Option<Value> {
    let mut out = String::with_capacity(text.len() + 2);
    let mut chars = text.chars().peekable();
    let mut is_text = false;
    while let Some(char) = chars.next() {
        match char {
            '\\' if is_text => {
                out.push(char);
                out.extend(chars.next());
                continue;
            }
            '"' => is_text = !is_text,
            '/' if !is_text && chars.peek() == Some(&'/') => {
                while chars.next_if(|char| *char != '\n').is_some() {}
                continue;
            }
            '}' | ']' if !is_text => {
                let kept = out.trim_end().len();
                if out[..kept].ends_with(',') {
                    out.truncate(kept - 1);
                }
            }
            _ => {}
        }
        out.push(char);
    }
    let text = out.trim().trim_end_matches(',');
    let whole = serde_json::from_str(text).ok();
    let inside = || serde_json::from_str(&format!("{{{text}}}")).ok();
    whole.or_else(|| text.starts_with('"').then(inside)?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_nearly_json_is_read() {
        for text in [
            r#""doors": [{ "id": 1 }]"#,
            "{ \"doors\": [ // all of them\n{ \"id\": 1, }, ], }",
        ] {
            assert_eq!(
                mended(text),
                Some(json!({ "doors": [{ "id": 1 }] })),
                "{text}"
            );
        }
        let address = r#"{ "a": "http://x//y, }", }"#;
        assert_eq!(mended(address), Some(json!({ "a": "http://x//y, }" })));
        for other in ["{ id: 1 }", "\"doors", "{ \"a\": 1 } }", ""] {
            assert_eq!(mended(other), None, "{other}");
        }
    }
}
