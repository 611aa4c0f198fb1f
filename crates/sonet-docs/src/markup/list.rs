//! Lists: where their items begin and end.

use super::fence::Fences;
use super::line::{Line, Location};

/// The lines of an item, as far to the left as if it stood alone.
pub(super) struct ItemLines {
    pub(super) lines: Vec<Line>,
    pub(super) at: Location,
}

/// Where the text of an item begins, if the line begins one.
pub(super) fn marker(line: &Line) -> Option<usize> {
    let text = line.text.trim_start();
    let mark = match text.chars().next()? {
        '-' | '*' | '+' | '•' => text.chars().next().map_or(0, char::len_utf8),
        '0'..='9' => {
            let digits = text.find(|char: char| !char.is_ascii_digit())?;
            text[digits..]
                .starts_with(['.', ')'])
                .then_some(digits + 1)?
        }
        _ => return None,
    };
    let rest = &text[mark..];
    let blank = rest.starts_with([' ', '\t']) || rest.is_empty();
    // `---` and `***` are rules, `**bold**` is text.
    (blank && text.trim() != "*").then(|| line.indent() + mark + 1)
}

/// The items of the list that starts at `from`, and where it ends.
pub(super) fn items(lines: &[Line], from: usize) -> (Vec<ItemLines>, usize) {
    let indent = lines[from].indent();
    let mut items = Vec::new();
    let mut at = from;
    while at < lines.len() {
        let line = &lines[at];
        if line.indent() > indent + 1 || line.indent() + 1 < indent {
            break;
        }
        let Some(inner) = marker(line) else { break };
        let end = end_of_item(lines, at + 1, indent);
        let mut own = vec![line.with(strip_marker(&line.text))];
        own.extend(lines[at + 1..end].iter().map(|line| line.dedent(inner)));
        items.push(ItemLines {
            lines: own,
            at: line.at.clone(),
        });
        at = end;
    }
    (items, at)
}

/// What is indented further belongs to the item; so do empty lines before such lines, and before the next item.
fn end_of_item(lines: &[Line], mut at: usize, indent: usize) -> usize {
    let mut fences = Fences::default();
    while let Some(line) = lines.get(at) {
        let belongs = fences.is_code(&line.text)
            || if line.is_blank() {
                let next = lines[at..].iter().find(|line| !line.is_blank());
                next.is_some_and(|next| {
                    next.indent() > indent + 1
                        || (marker(next).is_some() && next.indent() == indent)
                })
            } else {
                line.indent() > indent + 1
            };
        if !belongs {
            return at;
        }
        at += 1;
    }
    at
}

fn strip_marker(text: &str) -> &str {
    let text = text.trim_start();
    let rest = text.trim_start_matches(|char: char| char.is_ascii_digit());
    let mark = rest.chars().next().map_or(0, char::len_utf8);
    rest[mark..].trim_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of the items, and where the list ends.
    fn read(text: &str) -> (Vec<Vec<String>>, usize) {
        let (items, end) = items(&Line::all(text), 0);
        let texts = |item: ItemLines| item.lines.into_iter().map(|line| line.text).collect();
        (items.into_iter().map(texts).collect(), end)
    }

    #[test]
    fn what_is_indented_further_belongs_to_an_item() {
        let (items, end) = read("- a\n  more\n\n  - b\n- c\n\ntext");
        assert_eq!(items, [vec!["a", "more", "", "- b"], vec!["c"]]);
        assert_eq!(end, 5);
    }

    #[test]
    fn code_belongs_to_an_item_however_little_it_is_indented() {
        let (items, end) = read("1. a\n   ```\n- no item\n   ```\n2) b");
        assert_eq!(items, [vec!["a", "```", "- no item", "```"], vec!["b"]]);
        assert_eq!(end, 5);
    }

    #[test]
    fn bold_words_and_rules_begin_no_item() {
        for text in ["**a** b", "---", "*", "1.5 metres"] {
            assert_eq!(marker(&Line::all(text)[0]), None, "{text}");
        }
    }
}
