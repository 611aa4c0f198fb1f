//! The requests of examples: commands for `curl`, and addresses.

use serde_json::{Map, Value};

use super::shell::{self, Word};
use super::{form, json};
use crate::markup::{Code, Location, Problem};
use crate::page::facts::{Example, ExampleKind};

/// The flags that a body stands behind.
const BODY: [&str; 6] = [
    "--data",
    "--data-raw",
    "--data-binary",
    "--data-ascii",
    "--data-urlencode",
    "--json",
];

/// Short flags that nothing follows, so that `-sd` is `-s -d`.
const BARE: &str = "sSkLgifvG#";

/// Whether a code block is a command for `curl`, whatever its language is called.
pub(super) fn is_curl(code: &Code) -> bool {
    let text = code.text();
    text.split_whitespace().next() == Some("curl")
}

/// What each `curl` of a code block sends. Methods take their parameters, and `auth` beside them.
pub(super) fn read(code: &Code, problems: &mut Vec<Problem>) -> Vec<Example> {
    let text = code.text();
    let words = match shell::words(&text) {
        Ok(words) => words,
        Err(line) => {
            let message = "a request has a quote without its end";
            problems.push(Problem::new(&below(code, line), message));
            return Vec::new();
        }
    };
    let starts = words.iter().enumerate();
    let starts: Vec<usize> = starts
        .filter(|(_, word)| word.text == "curl")
        .map(|(at, _)| at)
        .collect();
    let mut examples = Vec::new();
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(words.len());
        examples.extend(command(code, &words[start + 1..end], problems));
    }
    examples
}

/// The address of a request: `…/rest/club.get.json?auth=…&FILTER[ID]=1`.
pub(super) fn address(code: &Code, problems: &mut Vec<Problem>) -> Option<Example> {
    let text = code.text();
    let at = below(code, 0);
    let mut params = Map::new();
    if let Err(message) = query(&text, &mut params)? {
        problems.push(Problem::new(&at, message));
        return None;
    }
    Some(Example {
        kind: ExampleKind::Request,
        json: Value::Object(params),
        text,
        at,
    })
}

/// Adds what an address has behind its `?`. `None` if it is no address.
fn query(text: &str, params: &mut Map<String, Value>) -> Option<Result<(), String>> {
    let text = text.trim();
    if !text.starts_with("http") {
        return None;
    }
    let (_, query) = text.split_once('?').unwrap_or((text, ""));
    Some(form::read(query, params))
}

/// The line of a code block that has so many above it.
fn below(code: &Code, lines: usize) -> Location {
    code.at.below(1 + lines)
}

/// A flag with what is sent by it.
struct Body<'w> {
    text: &'w str,
    line: usize,
    /// Whether `curl` itself encodes what stands behind the `=`.
    plain: bool,
}

fn command(code: &Code, words: &[Word], problems: &mut Vec<Problem>) -> Option<Example> {
    let mut wrong = |line: usize, message: &str| {
        problems.push(Problem::new(&below(code, line), message));
        None
    };
    // What a shell computes is not known before it is run.
    if words.iter().any(|word| word.text.contains("$(")) {
        return None;
    }
    let mut bodies = Vec::new();
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        if matches!(word.text.as_str(), "-F" | "--form" | "--form-string") {
            let message = "the body of a request is multipart, which is not read";
            return wrong(word.line, message);
        }
        let Some((flag, inside)) = flag(&word.text) else {
            continue;
        };
        let body = match inside {
            Some(text) => Some((text, word.line)),
            None => rest.next().map(|next| (next.text.as_str(), next.line)),
        };
        let Some((text, line)) = body else {
            return wrong(word.line, &format!("`{flag}` without a body"));
        };
        bodies.push(Body {
            text,
            line,
            plain: flag == "--data-urlencode",
        });
    }
    let is_json = |body: &Body<'_>| body.text.trim_start().starts_with(['{', '[']);
    if let Some(file) = bodies.iter().find(|body| body.text.starts_with('@')) {
        return wrong(file.line, "the body of a request is in a file");
    }
    let first = bodies.first().map_or(0, |body| body.line);
    let mut params = Map::new();
    for word in words {
        if let Some(Err(message)) = query(&word.text, &mut params) {
            return wrong(word.line, &message);
        }
    }
    let mut example = match bodies.as_slice() {
        [body] if is_json(body) => json::parse(
            &relaxed(body.text),
            ExampleKind::Request,
            &below(code, body.line),
            problems,
        )?,
        _ if bodies.iter().any(is_json) => return wrong(first, "a request with several bodies"),
        _ => {
            for body in &bodies {
                if let Err(message) = body.form(&mut params) {
                    return wrong(body.line, &message);
                }
            }
            let lines: Vec<&str> = bodies.iter().map(|body| body.text).collect();
            Example {
                kind: ExampleKind::Request,
                json: Value::Object(Map::new()),
                text: lines.join("&"),
                at: below(code, first),
            }
        }
    };
    if let Value::Object(sent) = &mut example.json {
        sent.remove("auth");
        for (key, value) in params {
            sent.entry(key).or_insert(value);
        }
    }
    Some(example)
}

/// A flag for a body, and what stands in the same word.
fn flag(word: &str) -> Option<(&str, Option<&str>)> {
    if let Some((flag, text)) = word.split_once('=') {
        if BODY.contains(&flag) {
            return Some((flag, Some(text)));
        }
    }
    if BODY.contains(&word) {
        return Some((word, None));
    }
    let short = word
        .strip_prefix('-')?
        .trim_start_matches(|char| BARE.contains(char));
    let text = short.strip_prefix('d')?;
    Some(("-d", Some(text).filter(|text| !text.is_empty())))
}

impl Body<'_> {
    fn form(&self, params: &mut Map<String, Value>) -> Result<(), String> {
        if self.plain {
            if let Some((key, value)) = self.text.split_once('=') {
                return form::add(key, value.to_owned(), params);
            }
        } else if self.text.is_empty() || form::is_form(self.text) {
            return form::read(self.text, params);
        }
        Err("the body of a request is neither JSON nor a form".to_owned())
    }
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
