//! The JSON of requests and answers.

use serde_json::{Map, Value};

use crate::docs::markup::{Code, Place, Problem};

/// What an example is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The parameters of a call.
    Request,
    /// An answer.
    Response,
    /// An answer that is an error.
    Error,
    /// What the handler of an event receives.
    Event,
}

/// An example.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// What it is.
    pub kind: Kind,
    /// Its JSON; of a request that is an address, its query as JSON.
    pub json: Value,
    /// The text.
    pub text: String,
    /// The line of its first character.
    pub at: Place,
}

impl Example {
    /// The line of a key, given the keys around it.
    #[must_use]
    pub fn line_of(&self, path: &[&str]) -> Place {
        let mut from = 0;
        for key in path {
            let quoted = format!("\"{key}\"");
            if let Some(at) = self.text[from..].find(&quoted) {
                from += at;
            }
        }
        let lines = self.text[..from].matches('\n').count();
        Place {
            line: self.at.line + lines,
            ..self.at.clone()
        }
    }
}

/// Reads a code block that must be JSON.
pub(super) fn json(code: &Code, kind: Kind, problems: &mut Vec<Problem>) -> Option<Example> {
    let at = Place {
        line: code.at.line + 1,
        ..code.at.clone()
    };
    parse(&code.text(), kind, &at, problems)
}

fn parse(text: &str, kind: Kind, at: &Place, problems: &mut Vec<Problem>) -> Option<Example> {
    match serde_json::from_str(text) {
        Ok(json) => Some(Example {
            kind,
            json,
            text: text.to_owned(),
            at: at.clone(),
        }),
        Err(error) => {
            let place = Place {
                line: at.line + error.line().saturating_sub(1),
                ..at.clone()
            };
            problems.push(Problem::new(
                &place,
                format!("an example is not JSON: {error}"),
            ));
            None
        }
    }
}

/// The body that `curl` sends: `-d '{…}'`. Methods take their parameters, and `auth` beside them.
pub(super) fn curl(code: &Code, problems: &mut Vec<Problem>) -> Option<Example> {
    let text = code.text();
    let (start, quote) = quoted_body(&text)?;
    let at = Place {
        line: code.at.line + 1 + text[..start].matches('\n').count(),
        ..code.at.clone()
    };
    let body = if quote == '"' {
        double_quoted(&text[start..])
    } else {
        single_quoted(&text[start..])
    };
    if !body.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let mut example = parse(&relaxed(&body), Kind::Request, &at, problems)?;
    if let Value::Object(params) = &mut example.json {
        params.remove("auth");
    }
    Some(example)
}

/// Where the body begins, and the quote before it: `-d '`, `--data "`, `--data-raw '`.
fn quoted_body(text: &str) -> Option<(usize, char)> {
    let flags = ["-d", "--data", "--data-raw", "--data-binary", "--json"];
    let places = flags.iter().flat_map(|flag| text.match_indices(flag));
    let bodies = places.filter_map(|(at, flag)| {
        let rest = text[at + flag.len()..].trim_start_matches([' ', '=']);
        let quote = rest
            .chars()
            .next()
            .filter(|char| matches!(char, '\'' | '"'))?;
        Some((text.len() - rest.len() + 1, quote))
    });
    bodies.min()
}

/// The shell ends the text at the next quote, but for `'\''`.
fn single_quoted(after: &str) -> String {
    let mut end = after.find('\'').unwrap_or(after.len());
    while after[end..].starts_with("'\\''") {
        let next = after[end + 4..].find('\'').map(|next| end + 4 + next);
        end = next.unwrap_or(after.len());
    }
    after[..end].replace("'\\''", "'")
}

/// The shell ends the text at the next quote without a `\` before it.
fn double_quoted(after: &str) -> String {
    let mut text = String::new();
    let mut chars = after.chars();
    while let Some(char) = chars.next().filter(|char| *char != '"') {
        match char {
            '\\' => text.extend(chars.next()),
            other => text.push(other),
        }
    }
    text
}

/// The body without what nobody's JSON parser has read: lines such as `auth=…`, and commas behind the last element.
/// Every line stays where it is.
fn relaxed(body: &str) -> String {
    let is_auth = |line: &&str| line.trim_start().starts_with("auth=");
    let lines = body.split('\n');
    let lines: Vec<&str> = lines
        .map(|line| Some(line).filter(|line| !is_auth(line)).unwrap_or(""))
        .collect();
    let mut text = String::with_capacity(body.len());
    let mut quoted = false;
    let mut escaped = false;
    for char in lines.join("\n").chars() {
        if !quoted && matches!(char, '}' | ']') {
            let kept = text.trim_end().len();
            if text[..kept].ends_with(',') {
                text.remove(kept - 1);
            }
        }
        quoted ^= char == '"' && !escaped;
        escaped = quoted && char == '\\' && !escaped;
        text.push(char);
    }
    text
}

/// The query of an address: `…/rest/club.get.json?auth=…&FILTER[ID]=1`.
pub(super) fn address(code: &Code) -> Option<Example> {
    let text = code.text();
    let (_, query) = text.trim().split_once('?')?;
    if !text.trim().starts_with("http") {
        return None;
    }
    let mut params = Map::new();
    for pair in query.trim().split('&') {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let key = decoded(key);
        let path: Vec<&str> = key
            .split(['[', ']'])
            .filter(|part| !part.is_empty())
            .collect();
        if !path.is_empty() && path[0] != "auth" {
            insert(&mut params, &path, decoded(value));
        }
    }
    Some(Example {
        kind: Kind::Request,
        json: Value::Object(params),
        text: text.clone(),
        at: Place {
            line: code.at.line + 1,
            ..code.at.clone()
        },
    })
}

fn insert(map: &mut Map<String, Value>, path: &[&str], value: String) {
    match path {
        [] => {}
        [key] => {
            map.insert((*key).to_owned(), Value::String(value));
        }
        [key, rest @ ..] => {
            let inner = map.entry(*key).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                insert(inner, rest, value);
            }
        }
    }
}

/// Undoes `%20` and `+`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match (first, code.and_then(|hex| u8::from_str_radix(hex, 16).ok())) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
                continue;
            }
            (b'+', _) => bytes.push(b' '),
            (other, _) => bytes.push(*other),
        }
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_json_in_a_request_is_left_out() {
        let body = "{\n\"a\": [\"x,]\", 1,],\n  auth=TOKEN\n}";
        assert_eq!(relaxed(body), "{\n\"a\": [\"x,]\", 1]\n\n}");
        for body in [r#"{"a": "\",}"}"#, "{}", r#"{"a": [1, 2]}"#] {
            assert_eq!(relaxed(body), body);
        }
    }
}
