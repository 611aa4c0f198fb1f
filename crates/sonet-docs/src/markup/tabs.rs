//! Tabs, which are written as a list between `{% list tabs %}` and `{% endlist %}`.

use super::inline;
use super::line::Line;
use super::list::marker;

/// A tab, with its lines as far to the left as if they stood alone.
pub(super) struct Tab {
    pub(super) title: String,
    pub(super) lines: Vec<Line>,
}

/// The lines before the first tab, and the tabs.
pub(super) fn tabs(lines: &[Line]) -> (&[Line], Vec<Tab>) {
    let starts = starts(lines);
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let tabs = starts.iter().zip(ends).map(|(&start, end)| {
        let line = &lines[start];
        let title = inline::plain(line.text.trim().trim_start_matches(['-', '*', '+']));
        let indent = line.indent() + 4;
        let inner = lines[start + 1..end].iter();
        Tab {
            title: title.trim().to_owned(),
            lines: inner.map(|line| line.dedent(indent)).collect(),
        }
    });
    let tabs = tabs.collect();
    let first = starts.first().copied().unwrap_or(lines.len());
    (&lines[..first], tabs)
}

/// The lines that begin a tab. Lists in a table begin none, however little they are indented.
fn starts(lines: &[Line]) -> Vec<usize> {
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if line.text.trim().starts_with("#|") {
            let mut rest = lines[at..].iter();
            at += rest.position(closes_table).unwrap_or(0);
        } else if marker(line).is_some() {
            let level = starts.first().map(|first| lines[*first].indent());
            if level.is_none_or(|level| level == line.indent()) {
                starts.push(at);
            }
        }
        at += 1;
    }
    starts
}

fn closes_table(line: &Line) -> bool {
    line.text.trim_end().ends_with("|#")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_within_a_tab_or_a_table_begin_none() {
        let lines =
            Line::all("before\n- One\n    text\n    - inner\n#|\n|| - a ||\n- b\n|#\n- **Two**");
        let (before, tabs) = tabs(&lines);
        assert_eq!(before.len(), 1);
        let titles: Vec<_> = tabs.iter().map(|tab| tab.title.as_str()).collect();
        assert_eq!(titles, ["One", "Two"]);
        assert_eq!(tabs[0].lines[1].text, "- inner");
        assert_eq!(tabs[0].lines.len(), 6);
    }
}
