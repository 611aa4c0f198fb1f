//! What stands in a line: code, links, bold words.

use super::Line;

/// The lines as one text.
#[must_use]
pub fn joined(lines: &[Line]) -> String {
    let lines: Vec<&str> = lines.iter().map(|line| line.text.trim()).collect();
    lines.join("\n")
}

/// Where code spans are, with their marks, and what is in them.
#[must_use]
pub fn codes(text: &str) -> Vec<(std::ops::Range<usize>, &str)> {
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

/// The text that a reader sees.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    write_plain(text, &mut out);
    out.trim().to_owned()
}

fn write_plain(text: &str, out: &mut String) {
    let mut rest = text;
    loop {
        // Most of a text is no markup, and is taken at once.
        let is_mark = |byte: u8| matches!(byte, b'`' | b'[' | b'*' | b'_' | b'\\');
        let bare = rest.bytes().position(is_mark).unwrap_or(rest.len());
        out.push_str(&rest[..bare]);
        rest = &rest[bare..];
        let Some(char) = rest.chars().next() else {
            return;
        };
        let marks = rest.len() - rest.trim_start_matches('`').len();
        if marks > 0 {
            let end = end_of_code(rest, marks, marks);
            out.push_str(end.map_or("", |end| rest[marks..end].trim()));
            rest = &rest[end.map_or(marks, |end| end + marks)..];
        } else if let Some((label, after)) = link(rest) {
            write_plain(label, out);
            rest = after;
        } else if rest.starts_with("**") || rest.starts_with("__") {
            rest = &rest[2..];
        } else if let Some(escaped) = rest.strip_prefix('\\') {
            let mark = escaped.chars().next().filter(char::is_ascii_punctuation);
            out.push(mark.unwrap_or('\\'));
            rest = &escaped[mark.map_or(0, char::len_utf8)..];
        } else {
            out.push(char);
            rest = &rest[char.len_utf8()..];
        }
    }
}

/// The label of the link that the text starts with, and what follows it.
fn link(text: &str) -> Option<(&str, &str)> {
    if !text.starts_with('[') {
        return None;
    }
    let codes = codes(text);
    let is_code = |at: usize| codes.iter().any(|(range, _)| range.contains(&at));
    let mut depth = 0_usize;
    let end = text.char_indices().find_map(|(at, char)| match char {
        _ if is_code(at) => None,
        '[' => {
            depth += 1;
            None
        }
        ']' => {
            depth -= 1;
            (depth == 0).then_some(at)
        }
        _ => None,
    })?;
    let target = text[end + 1..].strip_prefix('(')?;
    let (_, after) = target.split_once(')')?;
    Some((&text[1..end], after))
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
    }

    #[test]
    fn code_may_have_several_marks() {
        let all = |text: &'static str| -> Vec<&str> {
            codes(text).into_iter().map(|(_, code)| code).collect()
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
