//! The tokens of a line of a table.

use crate::markup::inline;

/// Text, or a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'l> {
    Text(&'l str),
    /// `|`
    Bar,
    /// `||`
    DoubleBar,
    /// `|#`
    End,
}

/// Cuts a line into tokens. Marks in code and `\|` are text.
pub(super) fn tokens(line: &str) -> Vec<Token<'_>> {
    // Most lines have none.
    if !line.contains('|') {
        let text = Some(Token::Text(line)).filter(|_| !line.is_empty());
        return text.into_iter().collect();
    }
    let codes = inline::code_spans(line);
    let mut tokens = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(mark) = next_mark(line, at) {
        at = mark;
        if let Ok(code) = codes.binary_search_by_key(&at, |(range, _)| range.start) {
            at = codes[code].0.end;
            continue;
        }
        let rest = &line[at..];
        if let Some(escaped) = rest.strip_prefix('\\') {
            let escaped = escaped.chars().next().map_or(0, char::len_utf8);
            at += 1 + escaped;
            continue;
        }
        let bars = rest.len() - rest.trim_start_matches('|').len();
        if bars == 0 {
            // A mark of code that is never closed.
            at += 1;
            continue;
        }
        if from < at {
            tokens.push(Token::Text(&line[from..at]));
        }
        let after = &rest[bars..];
        let end = after.starts_with('#') && after[1..].trim().is_empty();
        marks(
            bars - usize::from(end),
            after.trim().is_empty(),
            &mut tokens,
        );
        at += bars;
        if end {
            tokens.push(Token::End);
            return tokens;
        }
        from = at;
    }
    if from < line.len() {
        tokens.push(Token::Text(&line[from..]));
    }
    tokens
}

/// Where something stands that may be a mark, or may keep one from being one.
fn next_mark(line: &str, from: usize) -> Option<usize> {
    let mut bytes = line[from..].bytes();
    let next = bytes.position(|byte| matches!(byte, b'`' | b'\\' | b'|'))?;
    Some(from + next)
}

/// `|||` is an empty cell at the beginning of a row, or at its end.
fn marks(bars: usize, last: bool, tokens: &mut Vec<Token<'_>>) {
    let pair = std::iter::repeat_n(Token::DoubleBar, bars / 2);
    match (bars % 2, last) {
        (0, _) => tokens.extend(pair),
        (_, true) => {
            tokens.push(Token::Bar);
            tokens.extend(pair);
        }
        (_, false) => {
            tokens.extend(pair);
            tokens.push(Token::Bar);
        }
    }
}

/// The texts between the bars of a line.
pub(super) fn cells_of(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    for token in tokens(line) {
        match token {
            Token::Text(text) => {
                if let Some(cell) = cells.last_mut() {
                    cell.push_str(text.trim());
                }
            }
            Token::Bar => cells.push(String::new()),
            Token::DoubleBar => cells.extend([String::new(), String::new()]),
            Token::End => {}
        }
    }
    cells
}
