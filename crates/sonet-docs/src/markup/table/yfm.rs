//! Tables: `#| || cell | cell || |#`.
//!
//! Their marks are doubled or missing at times. A row is never dropped for that: `||` before a text at the start of a line
//! opens a row and `||` after a text at the end of one closes it, whatever was open; what stands between rows is a row.

use super::rows::TableBuilder;
use crate::markup::block::Table;
use crate::markup::fence::Fence;
use crate::markup::heading;
use crate::markup::line::Line;

/// Reads the table that starts at `from`, and where it ends.
pub(in crate::markup) fn read(lines: &[Line], from: usize, depth: usize) -> (Table, usize) {
    let mut builder = TableBuilder::new(depth);
    // Some includes are only rows, for a table around them.
    let bare = !lines[from].text.trim_start().starts_with("#|");
    let mut at = from;
    let mut nested = 0;
    let mut code: Option<Fence> = None;
    while at < lines.len() && !builder.has_ended() {
        let line = &lines[at];
        let text = line.text.trim_start();
        if let Some(fence) = code {
            let (inside, marks) = text.split_at(text.trim_end_matches([' ', '|']).len());
            if fence.is_closed_by(inside) {
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
        } else if text.starts_with("#|") && builder.has_rows() {
            // The last table has no end.
            break;
        } else if let Some(rest) = text.strip_prefix("#|") {
            builder.line(rest, line);
        } else if heading::level(text).is_some() || (bare && builder.is_over(text)) {
            break;
        } else {
            code = Fence::open(&line.text);
            if code.is_some() {
                builder.text(&line.text, line);
            } else {
                builder.line(&line.text, line);
            }
        }
        at += 1;
    }
    (builder.finish(lines[from].at.clone()), at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::block::Row;

    /// The cells of the rows, each as one line.
    fn rows(text: &str) -> Vec<Vec<String>> {
        let lines = Line::all(text);
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
