//! Tables: `#| || cell | cell || |#`.
//!
//! Their marks are doubled or missing at times. A row is never dropped for that: `||` before a text at the start of a line
//! opens a row and `||` after a text at the end of one closes it, whatever was open; what stands between rows is a row.

use super::block::{ABSENT, Block, Reading, heading_level, inside};
use super::rows::Builder;
use super::{Line, Place, Problem, closes, fence, inline};

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its rows, the heading too.
    pub rows: Vec<Row>,
    /// Includes between its rows that the checkout does not have.
    pub(super) absent: Vec<Place>,
    /// Where it begins.
    pub at: Place,
}

impl Table {
    /// The includes in it that the checkout does not have, between its rows and in its cells.
    pub(crate) fn absent(&self) -> Vec<Place> {
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        let lines = cells.flat_map(|cell| &cell.lines);
        let lines = lines.filter(|line| line.text.trim() == ABSENT);
        let inside = lines.map(|line| line.at.clone());
        self.absent.iter().cloned().chain(inside).collect()
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
    /// Where its text begins.
    pub at: Place,
}

/// A cell of a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// Its lines, without empty ones around them.
    pub lines: Vec<Line>,
    /// How many blocks are around its table.
    pub(super) depth: usize,
}

impl Cell {
    /// The blocks in it.
    #[must_use]
    pub fn blocks(&self, problems: &mut Vec<Problem>) -> Vec<Block> {
        let depth = self.depth;
        inside(&self.lines, &mut Reading { problems, depth })
    }

    /// Its lines as one text, with markup.
    #[must_use]
    pub fn text(&self) -> String {
        inline::joined(&self.lines)
    }

    pub(super) fn is_blank(&self) -> bool {
        self.lines.iter().all(Line::is_blank)
    }

    pub(super) fn trimmed(mut self) -> Self {
        let blank = self.lines.iter().take_while(|line| line.is_blank()).count();
        self.lines.drain(..blank);
        while self.lines.last().is_some_and(Line::is_blank) {
            self.lines.pop();
        }
        self
    }
}

/// The tables among blocks, also those in lists.
#[must_use]
pub fn tables(blocks: &[Block]) -> Vec<&Table> {
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Table(table) => found.push(table),
            Block::List(list) => {
                let inner = list.items.iter();
                found.extend(inner.flat_map(|item| tables(&item.blocks)));
            }
            _ => {}
        }
    }
    found
}

/// Reads the table that starts at `from`, and where it ends.
pub(super) fn read(lines: &[Line], from: usize, depth: usize) -> (Table, usize) {
    let mut builder = Builder {
        rows: Vec::new(),
        row: None,
        absent: Vec::new(),
        ended: false,
        depth,
    };
    // Some includes are only rows, for a table around them.
    let bare = !lines[from].text.trim_start().starts_with("#|");
    let mut at = from;
    let mut nested = 0;
    let mut code: Option<&str> = None;
    while at < lines.len() && !builder.ended {
        let line = &lines[at];
        let text = line.text.trim_start();
        if let Some(open) = code {
            let (inside, marks) = text.split_at(text.trim_end_matches([' ', '|']).len());
            if closes(inside, open) {
                code = None;
                builder.text(inside, line);
                builder.line(marks, line);
            } else {
                builder.text(&line.text, line);
            }
        } else if nested > 0 || (text.starts_with("#|") && builder.has_text()) {
            nested += usize::from(text.starts_with("#|"));
            nested -= usize::from(text.starts_with("|#"));
            builder.text(&line.text, line);
        } else if text.starts_with("#|") && !builder.rows.is_empty() {
            // The last table has no end.
            break;
        } else if let Some(rest) = text.strip_prefix("#|") {
            builder.line(rest, line);
        } else if heading_level(text).is_some() || (bare && builder.is_over(text)) {
            break;
        } else {
            code = fence(&line.text);
            if code.is_some() {
                builder.text(&line.text, line);
            } else {
                builder.line(&line.text, line);
            }
        }
        at += 1;
    }
    builder.finish_row();
    let table = Table {
        rows: builder.rows,
        absent: builder.absent,
        at: lines[from].at.clone(),
    };
    (table, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cells of the rows, each as one line.
    fn rows(text: &str) -> Vec<Vec<String>> {
        let lines: Vec<Line> = text
            .lines()
            .enumerate()
            .map(|(at, text)| Line {
                text: text.to_owned(),
                at: Place {
                    file: "page.md".into(),
                    line: at + 1,
                },
            })
            .collect();
        let (table, _) = read(&lines, 0, 0);
        let cells = |row: Row| {
            row.cells
                .iter()
                .map(|cell| cell.text().replace('\n', " "))
                .collect()
        };
        table.rows.into_iter().map(cells).collect()
    }

    #[test]
    fn a_table_has_rows_and_cells() {
        let expected = [["**Name**", "**Text**"], ["A `int`", "one two"]];
        let text = "#|\n|| **Name** | **Text** ||\n|| A\n`int` | one\ntwo\n||\n|#\n";
        assert_eq!(rows(text), expected);
        let text = "#|\n|| **Name** | **Text** || || A `int` | one two ||\n|#\n";
        assert_eq!(rows(text), expected);
    }

    #[test]
    fn marks_may_be_doubled() {
        let expected = [["a", "b"], ["c", "d"]];
        for text in [
            "#|\n|| a | b ||\n|| c | d ||\n|#",
            "#|\n#|\n|| a | b ||\n|| c | d ||\n|#\n|#",
            "#|\n|| || a | b || ||\n|||| c | d ||||\n|#",
            "#|\n||\n|| a | b ||\n||\n|| c | d\n||\n||\n|#",
            "#|\n|| a || b ||\n|| c || d ||\n|#",
        ] {
            assert_eq!(rows(text), expected, "{text}");
        }
    }

    #[test]
    fn marks_may_be_missing() {
        let expected = [["a", "b"], ["c", "d"]];
        for text in [
            "#|\n|| a | b\n|| c | d ||\n|#",
            "#|\na | b ||\n|| c | d ||\n|#",
            "#|\n|| a | b ||\nc | d ||\n|#",
            "#|\n|| a | b ||\n|| c | d\n|#",
            "#|\n|| a | b ||\n|| c | d ||\n\n## Next",
            "#|\n|| a | b ||\n|| c | d",
            "|| a | b ||\n|| c | d ||\n\ntext",
            "#| || a | b ||\n|| c | d || |#",
        ] {
            assert_eq!(rows(text), expected, "{text}");
        }
    }

    #[test]
    fn bars_in_code_are_text() {
        let expected = [["a `x|y`", "```p || q``` r\\|s"]];
        assert_eq!(rows("#|\n|| a `x|y` | ```p || q``` r\\|s ||\n|#"), expected);
        let code = rows("#|\n|| a | b\n\n```js\nx || y\n```\n\n||\n|| c | d ||\n|#");
        assert_eq!(code.len(), 2);
        assert_eq!(code[0].len(), 2);
    }

    #[test]
    fn cells_may_be_empty_and_hold_tables() {
        assert_eq!(
            rows("#|\n|| a | ||\n|| | b ||\n|| c |||\n|#"),
            [["a", ""], ["", "b"], ["c", ""]]
        );
        let nested = rows("#|\n|| a | b\n#|\n|| x | y ||\n|#\n||\n|| c | d ||\n|#");
        assert_eq!(nested, [["a", "b #| || x | y || |#"], ["c", "d"]]);
    }
}
