//! A line of a table, cut at its marks.

use crate::markup::inline;

/// A piece of a line: text, or a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'l> {
    Text(&'l str),
    /// `|`
    Bar,
    /// `||`
    Marks,
    /// `|#`
    End,
}

/// Cuts a line at its marks. Marks in code and `\|` are text.
pub(super) fn pieces(line: &str) -> Vec<Piece<'_>> {
    // Most lines have none.
    if !line.contains('|') {
        let text = Some(Piece::Text(line)).filter(|_| !line.is_empty());
        return text.into_iter().collect();
    }
    let codes = inline::codes(line);
    let mut pieces = Vec::new();
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
            pieces.push(Piece::Text(&line[from..at]));
        }
        let after = &rest[bars..];
        let end = after.starts_with('#') && after[1..].trim().is_empty();
        marks(
            bars - usize::from(end),
            after.trim().is_empty(),
            &mut pieces,
        );
        at += bars;
        if end {
            pieces.push(Piece::End);
            return pieces;
        }
        from = at;
    }
    if from < line.len() {
        pieces.push(Piece::Text(&line[from..]));
    }
    pieces
}

/// Where something stands that may be a mark, or may keep one from being one.
fn next_mark(line: &str, from: usize) -> Option<usize> {
    let mut bytes = line[from..].bytes();
    let next = bytes.position(|byte| matches!(byte, b'`' | b'\\' | b'|'))?;
    Some(from + next)
}

/// `|||` is an empty cell at the beginning of a row, or at its end.
fn marks(bars: usize, last: bool, pieces: &mut Vec<Piece<'_>>) {
    let pair = std::iter::repeat_n(Piece::Marks, bars / 2);
    match (bars % 2, last) {
        (0, _) => pieces.extend(pair),
        (_, true) => {
            pieces.push(Piece::Bar);
            pieces.extend(pair);
        }
        (_, false) => {
            pieces.extend(pair);
            pieces.push(Piece::Bar);
        }
    }
}

/// The texts between the bars of a line.
pub(super) fn cells_of(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    for piece in pieces(line) {
        match piece {
            Piece::Text(text) => {
                if let Some(cell) = cells.last_mut() {
                    cell.push_str(text.trim());
                }
            }
            Piece::Bar => cells.push(String::new()),
            Piece::Marks => cells.extend([String::new(), String::new()]),
            Piece::End => {}
        }
    }
    cells
}
