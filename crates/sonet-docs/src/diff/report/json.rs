//! For programs.

use serde::Serialize;

use super::lines::Lines;
use crate::diff::Outcome;
use crate::markup::Location;
use sonet_spec::diagnostics::Source;

#[derive(Serialize)]
struct Report<'r> {
    findings: Vec<Finding<'r>>,
    problems: Vec<Problem<'r>>,
    pages: usize,
    decided: usize,
}

#[derive(Serialize)]
struct Finding<'r> {
    entry: &'r str,
    on: &'r str,
    kind: &'static str,
    effect: String,
    message: &'r str,
    page: &'r str,
    at: Vec<At<'r>>,
    spec: Option<At<'r>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'r [String],
}

#[derive(Serialize)]
struct Problem<'r> {
    message: &'r str,
    at: At<'r>,
    absent: bool,
}

#[derive(Serialize)]
struct At<'r> {
    file: &'r str,
    line: usize,
}

/// Renders JSON, with a line break at the end.
pub fn json(outcome: &Outcome, spec: &Source) -> Result<String, serde_json::Error> {
    let lines = Lines::new(spec);
    let findings = outcome.findings.iter().map(|finding| Finding {
        entry: &finding.entry,
        on: &finding.on,
        kind: finding.kind.word(),
        effect: finding.effect.to_string(),
        message: &finding.message,
        page: &finding.page,
        at: finding.at.iter().map(at).collect(),
        spec: lines
            .place(&finding.spec)
            .map(|(file, line)| At { file, line }),
        notes: &finding.notes,
    });
    let problems = outcome.problems.iter().map(|problem| Problem {
        message: &problem.message,
        at: at(&problem.at),
        absent: problem.absent,
    });
    let mut text = serde_json::to_string_pretty(&Report {
        findings: findings.collect(),
        problems: problems.collect(),
        pages: outcome.pages,
        decided: outcome.settled,
    })?;
    text.push('\n');
    Ok(text)
}

fn at(place: &Location) -> At<'_> {
    At {
        file: &place.file,
        line: place.line,
    }
}
