//! For an issue or a note.

use std::fmt::Write as _;

use super::lines::Lines;
use super::summary::summary;
use crate::diff::Outcome;
use sonet_spec::diagnostics::Source;

/// Renders Markdown.
#[must_use]
pub fn markdown(outcome: &Outcome, spec: &Source) -> String {
    let mut out = format!("{}.\n", summary(outcome));
    let mut entry = "";
    let (lines, spec_name) = (Lines::new(spec), spec.name.as_str());
    for finding in &outcome.findings {
        if finding.entry != entry {
            entry = &finding.entry;
            let _ = write!(out, "\n## `{entry}`\n\n");
            out.push_str("| | on | what | page | spec |\n|---|---|---|---|---|\n");
        }
        let places: Vec<String> = finding.at.iter().map(ToString::to_string).collect();
        let spec = lines.place(&finding.spec);
        let spec = spec.map_or_else(String::new, |(file, line)| {
            if file == spec_name {
                line.to_string()
            } else {
                format!("{file}:{line}")
            }
        });
        let message = cell(&finding.message);
        let _ = writeln!(
            out,
            "| {} | `{}` | {message} | {} | {spec} |",
            finding.effect,
            cell(&finding.on),
            places.join("<br>"),
        );
    }
    if !outcome.problems.is_empty() {
        out.push_str("\n## Not read\n\n");
    }
    for problem in &outcome.problems {
        let _ = writeln!(out, "- {}: {}", problem.at, problem.message);
    }
    out
}

/// A text that may stand in a cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
