//! What the programs among the examples send: the literal that stands behind the name of the method.
//!
//! One reader serves JavaScript, PHP, Go and Python, whose literals differ in little. What is no literal is left out.

use serde_json::{Map, Value};

use crate::markup::{Code, DEPTH};
use crate::page::facts::{Example, ExampleKind};

/// What a program sends to the method, each call by itself.
pub(super) fn read(code: &Code, method: &str) -> Vec<Example> {
    let text = code.text();
    let mut examples = Vec::new();
    for quote in ['\'', '"'] {
        let name = format!("{quote}{method}{quote}");
        for (at, _) in text.match_indices(&name) {
            let mut reader = Reader {
                text: &text,
                at: at + name.len(),
            };
            let Some(from) = reader.argument() else {
                continue;
            };
            if let Some(json @ Value::Object(_)) = reader.value(0) {
                let above = text[..from].matches('\n').count();
                examples.push(Example {
                    kind: ExampleKind::Request,
                    json,
                    text: text[from..reader.at].to_owned(),
                    at: code.at.below(1 + above),
                });
            }
        }
    }
    examples
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Goes on to where the literal of the parameters begins, behind the name of the method.
    fn argument(&mut self) -> Option<usize> {
        self.blank();
        self.take(",")?;
        self.blank();
        let before = self.at;
        let key = self.key();
        if key.as_deref() != Some("params") || !self.assigns() {
            self.at = before;
        }
        self.blank();
        self.variable();
        Some(self.at)
    }

    /// A variable stands for the literal that it was given further up.
    fn variable(&mut self) {
        let name = self.word();
        let name = name.filter(|name| !matches!(*name, "array" | "function" | "new"));
        let follows = |name: &str| {
            self.rest()[name.len()..]
                .trim_start()
                .starts_with([',', ')'])
        };
        let Some(name) = name.filter(|name| follows(name)) else {
            return;
        };
        for equals in [" = ", " := ", "="] {
            let start = format!("{name}{equals}");
            if let Some(at) = self.text.find(&start) {
                self.at = at + start.len();
                self.blank();
                return;
            }
        }
    }

    fn take(&mut self, mark: &str) -> Option<()> {
        self.rest().starts_with(mark).then(|| self.at += mark.len())
    }

    /// Blanks and comments.
    fn blank(&mut self) {
        loop {
            let rest = self.rest();
            let inner = rest.trim_start();
            self.at += rest.len() - inner.len();
            let end = if inner.starts_with("//") || inner.starts_with("# ") {
                inner.find('\n')
            } else if inner.starts_with("/*") {
                inner.find("*/").map(|end| end + 2)
            } else {
                return;
            };
            self.at += end.unwrap_or(inner.len());
        }
    }

    /// The word that begins here, without going on.
    fn word(&self) -> Option<&'t str> {
        let rest = self.rest();
        let is_part = |char: char| char.is_alphanumeric() || matches!(char, '_' | '$');
        let end = rest.find(|char| !is_part(char)).unwrap_or(rest.len());
        Some(&rest[..end]).filter(|word| !word.is_empty())
    }

    /// A text in quotes.
    fn quoted(&mut self) -> Option<String> {
        let mut chars = self.rest().char_indices();
        let (_, quote) = chars
            .next()
            .filter(|(_, char)| matches!(char, '\'' | '"' | '`'))?;
        let mut text = String::new();
        while let Some((at, char)) = chars.next() {
            if char == quote {
                self.at += at + 1;
                return Some(text);
            }
            let char = if char == '\\' { chars.next()?.1 } else { char };
            text.push(char);
        }
        None
    }

    fn key(&mut self) -> Option<String> {
        if let Some(quoted) = self.quoted() {
            return Some(quoted);
        }
        let word = self.word()?;
        self.at += word.len();
        Some(word.to_owned())
    }

    /// What stands between a key and its value.
    fn assigns(&mut self) -> bool {
        self.blank();
        self.take("=>").is_some() || self.take(":").is_some()
    }

    /// A literal, or `null` for what is none.
    fn value(&mut self, depth: usize) -> Option<Value> {
        self.blank();
        if depth == DEPTH {
            return None;
        }
        let rest = self.rest();
        for (open, close) in [("{", "}"), ("[", "]"), ("array(", ")")] {
            // `[]string{` in Go has its values in the braces.
            let go = open == "[" && self.go().is_some();
            if rest.starts_with(open) && !go {
                self.at += open.len();
                return self.entries(close, depth);
            }
        }
        if let Some(open) = self.go() {
            self.at += open;
            return self.entries("}", depth);
        }
        let text = self.quoted();
        let from = self.at;
        self.expression();
        let whole = self.text[from..self.at].trim().is_empty();
        Some(text.filter(|_| whole).map_or(Value::Null, Value::String))
    }

    /// How long the type is that stands before a literal of Go, with its brace: `b24.Params{`, `[]string{`.
    fn go(&self) -> Option<usize> {
        let rest = self.rest();
        let (ty, _) = rest.split_once('{')?;
        let is_part =
            |char: char| char.is_alphanumeric() || matches!(char, '_' | '.' | '[' | ']' | '*');
        let named = ty.contains(char::is_alphabetic) && ty.chars().all(is_part);
        let empty = rest[ty.len()..].starts_with("{}{");
        named.then_some(ty.len() + if empty { 3 } else { 1 })
    }

    fn entries(&mut self, close: &str, depth: usize) -> Option<Value> {
        let mut map = Map::new();
        let mut list = Vec::new();
        loop {
            self.blank();
            if self.take(close).is_some() {
                break;
            }
            if self.take(",").is_some() {
                continue;
            }
            let before = self.at;
            match self.key() {
                Some(key) if self.assigns() => {
                    map.insert(key, self.value(depth + 1)?);
                }
                // `{ ID, name }` has its keys from variables.
                Some(key)
                    if close == "}"
                        && list.is_empty()
                        && self.ends()
                        && !self.text[before..].starts_with(['\'', '"']) =>
                {
                    map.insert(key, Value::Null);
                }
                _ => {
                    self.at = before;
                    list.push(self.value(depth + 1)?);
                }
            }
            self.blank();
            if self.rest().is_empty() || self.at == before {
                return None;
            }
        }
        Some(if map.is_empty() && (close != "}" || !list.is_empty()) {
            Value::Array(list)
        } else {
            Value::Object(map)
        })
    }

    fn ends(&self) -> bool {
        self.rest().trim_start().starts_with([',', '}'])
    }

    /// Goes on behind an expression, whatever it is.
    fn expression(&mut self) {
        let mut open = 0_usize;
        while let Some(char) = self.rest().chars().next() {
            match char {
                '\'' | '"' | '`' => {
                    if self.quoted().is_none() {
                        self.at = self.text.len();
                    }
                    continue;
                }
                '(' | '[' | '{' => open += 1,
                ')' | ']' | '}' | ',' | ';' if open == 0 => return,
                ')' | ']' | '}' => open -= 1,
                _ => {}
            }
            self.at += char.len_utf8();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(text: &str) -> Vec<String> {
        let lines = crate::markup::Line::all(text);
        let code = Code {
            language: String::new(),
            tab: None,
            at: lines[0].at.clone(),
            lines,
        };
        let examples = read(&code, "club.get").into_iter();
        examples.map(|example| example.json.to_string()).collect()
    }

    #[test]
    fn literals_of_four_languages_are_read() {
        for text in [
            "BX24.callMethod('club.get', { ID: 'x', \"A\": ['b', c], // no\n d: { e: f(1, 2) } }, function(r) {});",
            "call.make<number>({\n method: 'club.get',\n params: { ID: 'x', A: ['b', 3], d: { e: null }, },\n})",
            "CRest::call('club.get', ['ID' => 'x', 'A' => ['b', $c], 'd' => ['e' => 1]]);",
            "$call(\"club.get\", array('ID' => 'x', 'A' => array('b', 1), 'd' => array('e' => $x[1])))",
            "Call(ctx, \"club.get\", b24.Params{\n\"ID\": \"x\", \"A\": []any{\"b\", c}, \"d\": map[string]interface{}{\"e\": 1},\n})",
            "const sent = { ID: 'x', A: ['b', c], d: { e } }\ncall('club.get', sent)",
        ] {
            assert_eq!(
                sent(text),
                [r#"{"A":["b",null],"ID":"x","d":{"e":null}}"#],
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_literal_is_left_out() {
        for text in [
            "call('club.get')",
            "call('club.get', build(1))",
            "call('club.get', { ID: 'x",
            "log('club.get: failed', { ID: 1 })",
            "call('club.get', function(r) { return { a: 1 } })",
        ] {
            assert_eq!(sent(text), [""; 0], "{text}");
        }
    }
}
