//! Tables as Markdown has them elsewhere: `| a | b |`, with a line of dashes below the first row.

use super::tokens::cells_of;
use crate::markup::block::{Cell, Row, Table};
use crate::markup::line::Line;

/// Reads the table that starts at `at`, and where it ends.
pub(in crate::markup) fn read(lines: &[Line], at: usize, depth: usize) -> Option<(Table, usize)> {
    let dashes = lines.get(at + 1)?.text.trim();
    let is_ruler = dashes.contains("--")
        && dashes.contains('|')
        && dashes
            .chars()
            .all(|char| matches!(char, '|' | '-' | ':' | ' '));
    if !lines[at].text.contains('|') || !is_ruler {
        return None;
    }
    let mut rows = vec![row(&lines[at], depth)];
    let mut end = at + 2;
    while let Some(line) = lines.get(end).filter(|line| line.text.contains('|')) {
        rows.push(row(line, depth));
        end += 1;
    }
    let table = Table {
        rows,
        absent: Vec::new(),
        at: lines[at].at.clone(),
    };
    Some((table, end))
}

fn row(line: &Line, depth: usize) -> Row {
    let text = line.text.trim();
    let text = text.strip_prefix('|').unwrap_or(text);
    let text = text.strip_suffix('|').unwrap_or(text);
    let cells = cells_of(text).into_iter().map(|text| Cell {
        lines: vec![line.with(text)],
        depth,
    });
    Row {
        cells: cells.collect(),
        at: line.at.clone(),
    }
}
