//! What stands in a line: code, links, bold words.

use std::collections::BTreeMap;

use super::line::Line;

/// The lines as one text.
#[must_use]
pub fn joined(lines: &[Line]) -> String {
    let lines: Vec<&str> = lines.iter().map(|line| line.text.trim()).collect();
    lines.join("\n")
}

/// Where code spans are, with their marks, and what is in them.
#[must_use]
pub fn code_spans(text: &str) -> Vec<(std::ops::Range<usize>, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('`') {
        let start = at + start;
        let marks = text[start..].len() - text[start..].trim_start_matches('`').len();
        match end_of_code(text, start + marks, marks) {
            Some(end) => {
                found.push((start..end + marks, text[start + marks..end].trim()));
                at = end + marks;
            }
            None => at = start + marks,
        }
    }
    found
}

/// Where code ends that was opened by as many marks.
pub(super) fn end_of_code(text: &str, from: usize, marks: usize) -> Option<usize> {
    let mut at = from;
    while let Some(start) = text[at..].find('`') {
        let start = at + start;
        let count = text[start..].len() - text[start..].trim_start_matches('`').len();
        if count == marks {
            return Some(start);
        }
        at = start + count;
    }
    None
}

/// The text with the marks of names and paths as they are, where something keeps them from being Markdown: `OWNER\_ID`.
#[must_use]
pub fn unescaped(text: &str) -> String {
    let mut out = text.to_owned();
    for (escaped, mark) in [
        ("\\_", "_"),
        ("\\[", "["),
        ("\\]", "]"),
        ("\\.", "."),
        ("\\-", "-"),
    ] {
        if out.contains(escaped) {
            out = out.replace(escaped, mark);
        }
    }
    out
}

/// The text that a reader sees.
#[must_use]
pub fn plain(text: &str) -> String {
    shown(text, "")
}

/// The text that a reader sees, with code between single backticks.
#[must_use]
pub fn with_code(text: &str) -> String {
    shown(text, "`")
}

/// The text that a reader sees, with something on both sides of code.
fn shown(text: &str, mark_of_code: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut targets = targets(text);
    let mut at = 0;
    loop {
        // Most of a text is no markup, and is taken at once.
        let is_mark = |byte: u8| matches!(byte, b'`' | b'[' | b']' | b'*' | b'_' | b'\\');
        let mark = text.bytes().skip(at).position(is_mark);
        let mark = mark.map_or(text.len(), |bare| at + bare);
        out.push_str(&text[at..mark]);
        at = mark;
        let rest = &text[at..];
        let Some(char) = rest.chars().next() else {
            break;
        };
        let marks = rest.len() - rest.trim_start_matches('`').len();
        if marks > 0 {
            let end = end_of_code(rest, marks, marks);
            let code = end.map_or("", |end| rest[marks..end].trim());
            let is_marked = !code.is_empty() && !code.contains('`');
            let mark = if is_marked { mark_of_code } else { "" };
            out.extend([mark, code, mark]);
            at += end.map_or(marks, |end| end + marks);
        } else if char == '[' && targets.open(at) {
            at += 1;
        } else if let Some(after) = targets.close(at) {
            at = after;
        } else if rest.starts_with("**") || rest.starts_with("__") {
            at += 2;
        } else if let Some(escaped) = rest.strip_prefix('\\') {
            let mark = escaped.chars().next().filter(char::is_ascii_punctuation);
            out.push(mark.unwrap_or('\\'));
            at += 1 + mark.map_or(0, char::len_utf8);
        } else {
            out.push(char);
            at += char.len_utf8();
        }
    }
    out.trim().to_owned()
}

/// The links of a text.
struct Targets {
    /// Where their labels begin, where those end, and what follows the link.
    links: BTreeMap<usize, (usize, usize)>,
    /// The ends of the labels that a reader is in, and what follows the links.
    open: Vec<(usize, usize)>,
}

impl Targets {
    /// Whether a link begins here.
    fn open(&mut self, at: usize) -> bool {
        let link = self.links.get(&at);
        self.open.extend(link);
        link.is_some()
    }

    /// What follows the link whose label ends here.
    fn close(&mut self, at: usize) -> Option<usize> {
        let after = self.open.last().filter(|(end, _)| *end == at);
        let after = after.map(|(_, after)| *after)?;
        self.open.pop();
        Some(after)
    }
}

/// Finds the links in one pass: a label without an end would be searched again from each of its brackets otherwise.
fn targets(text: &str) -> Targets {
    let mut codes = code_spans(text)
        .into_iter()
        .map(|(range, _)| range)
        .peekable();
    let mut labels = Vec::new();
    let mut links = BTreeMap::new();
    let mut escaped = false;
    // Where the next `)` is, which many labels may share.
    let mut end = 0;
    for (at, char) in text.char_indices() {
        while codes.next_if(|code| code.end <= at).is_some() {}
        if codes.peek().is_some_and(|code| code.start <= at) {
            continue;
        }
        if escaped {
            escaped = false;
            continue;
        }
        match char {
            '\\' => escaped = true,
            '[' => labels.push(at),
            ']' => {
                let label = labels.pop();
                let Some(label) = label.filter(|_| text[at + 1..].starts_with('(')) else {
                    continue;
                };
                let from = at + 2;
                if end < from {
                    end = text[from..]
                        .find(')')
                        .map_or(text.len(), |found| from + found);
                }
                if end < text.len() {
                    links.insert(label, (at, end + 1));
                }
            }
            _ => {}
        }
    }
    Targets {
        links,
        open: Vec::new(),
    }
}

/// Where links on the same page lead: `params` of `[below](#params)`.
#[must_use]
pub fn anchors(text: &str) -> Vec<String> {
    let links = text.split("](#").skip(1);
    let anchors = links.filter_map(|link| link.split_once(')').map(|(anchor, _)| anchor));
    anchors.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_see_no_marks() {
        assert_eq!(plain("**Name**"), "Name");
        assert_eq!(plain("> Scope: [`club`](../a.md)"), "> Scope: club");
        assert_eq!(plain("see [the *list*](#l) `a|b`"), "see the *list* a|b");
        assert_eq!(plain(r"`a`\|`b`"), "a|b");
        assert_eq!(
            plain("[[a](x), `]` [b](y)](z) [c] [d (e)"),
            "a, ] b [c] [d (e)"
        );
        assert_eq!(plain("a] [b](c"), "a] [b](c");
    }

    #[test]
    fn code_is_told_from_words_where_that_matters() {
        assert_eq!(
            with_code("**See** [`a_b`](x) or ```c``` or ``d`e``, `"),
            "See `a_b` or `c` or d`e,"
        );
    }

    #[test]
    fn code_may_have_several_marks() {
        let all = |text: &'static str| -> Vec<&str> {
            code_spans(text).into_iter().map(|(_, code)| code).collect()
        };
        assert_eq!(
            all("[```integer | integer[]```](x)"),
            ["integer | integer[]"]
        );
        assert_eq!(all("`a` and ``b`c`` and `d"), ["a", "b`c"]);
    }

    #[test]
    fn links_on_the_page_are_found() {
        assert_eq!(
            anchors("[below](#a), [there](x.md#b), [(more)](#c)"),
            ["a", "c"]
        );
    }
}
