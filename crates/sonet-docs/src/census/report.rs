//! A census as text and as JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::figures::Figures;
use super::verdict::{PageReport, Stage, Verdict};

/// How many kinds of a stage the text shows.
const KINDS: usize = 12;

/// A kind of failure, and where it is.
#[expect(
    clippy::struct_field_names,
    reason = "the kind is what it is called by in the JSON"
)]
#[derive(Serialize)]
struct Kind<'r> {
    stage: Stage,
    kind: &'r str,
    count: usize,
    /// The pages, each once.
    pages: Vec<&'r str>,
    /// One of its messages.
    example: &'r str,
}

#[derive(Serialize)]
struct Document<'r> {
    total: Figures,
    sections: BTreeMap<&'r str, Figures>,
    kinds: Vec<Kind<'r>>,
    pages: &'r [PageReport],
}

/// Renders the figures by section, the kinds, and every page.
pub fn json(reports: &[PageReport]) -> serde_json::Result<String> {
    let document = Document {
        total: Figures::of(reports),
        sections: sections(reports),
        kinds: kinds(reports),
        pages: reports,
    };
    let mut text = serde_json::to_string_pretty(&document)?;
    text.push('\n');
    Ok(text)
}

/// Renders the figures by section and the most frequent kinds of failures; if `verbose`, all of them, with their pages.
#[must_use]
pub fn human(reports: &[PageReport], verbose: bool) -> String {
    let mut out = format!(
        "{:18} {:>5} {:>7} {:>5} {:>5} {:>7} {:>5} {:>5} {:>11} {:>11} {:>6} {:>11} {:>9} {:>6}\n",
        "section",
        "pages",
        "methods",
        "named",
        "doubt",
        "refused",
        "valid",
        "code",
        "requests",
        "findings",
        "doubts",
        "read/write",
        "lists",
        "failed"
    );
    for (section, figures) in sections(reports) {
        row(&mut out, section, &figures);
    }
    row(&mut out, "total", &Figures::of(reports));
    out.push_str(
        "\nnamed: methods with a name; doubt: of which the page contradicts itself on it; refused: with a reason; valid: \
         the spec takes\nthe draft as it is; requests: methods whose requests can all be built, of those with examples; \
         findings: in how many\nmethods; doubts: the median; lists: drafted as such, of those that page\n",
    );
    let mut shown: BTreeMap<Stage, usize> = BTreeMap::new();
    for kind in kinds(reports) {
        let shown = shown.entry(kind.stage).or_default();
        *shown += 1;
        if *shown > KINDS && !verbose {
            continue;
        }
        let Kind {
            stage,
            kind,
            count,
            pages,
            example,
        } = kind;
        let _ = writeln!(out, "\n{count:5} {}: {kind}", stage.word());
        let _ = writeln!(out, "      {} pages, {example}", pages.len());
        for page in pages.iter().take(if verbose { usize::MAX } else { 1 }) {
            let _ = writeln!(out, "      {page}");
        }
    }
    for report in reports.iter().filter(|_| verbose) {
        let reason = match &report.verdict {
            Verdict::Unnamed => "it describes a method, and says nowhere which one",
            Verdict::Refused { reason } | Verdict::Unread { reason } => reason,
            Verdict::Other | Verdict::Method(_) => continue,
        };
        let _ = writeln!(out, "{}: {reason}", report.file);
    }
    out
}

fn row(out: &mut String, section: &str, figures: &Figures) {
    let section = if section.is_empty() { "-" } else { section };
    let Figures {
        pages,
        methods,
        recognized,
        doubtful_names,
        refused,
        valid,
        generated,
        buildable,
        with_requests,
        findings,
        with_findings,
        doubts,
        reads,
        lists,
        paged,
        failed,
    } = figures;
    let of = |part: &usize, whole: &usize| format!("{part}/{whole}");
    let requests = of(buildable, with_requests);
    let findings = of(findings, with_findings);
    let effects = of(reads, &valid.saturating_sub(*reads));
    let lists = of(paged, lists);
    let _ = writeln!(
        out,
        "{section:18} {pages:5} {methods:7} {recognized:5} {doubtful_names:5} {refused:7} {valid:5} {generated:5} \
         {requests:>11} {findings:>11} {doubts:6} {effects:>11} {lists:>9} {failed:6}"
    );
}

fn sections(reports: &[PageReport]) -> BTreeMap<&str, Figures> {
    let mut sections: BTreeMap<&str, Vec<&PageReport>> = BTreeMap::new();
    for report in reports {
        sections.entry(&report.section).or_default().push(report);
    }
    let sections = sections.into_iter();
    sections
        .map(|(section, reports)| (section, Figures::of(reports)))
        .collect()
}

/// The kinds of failures, stage by stage, the most frequent first.
fn kinds(reports: &[PageReport]) -> Vec<Kind<'_>> {
    let mut kinds: BTreeMap<(Stage, &str), Kind<'_>> = BTreeMap::new();
    for report in reports {
        let Verdict::Method(method) = &report.verdict else {
            continue;
        };
        for failure in &method.failures {
            let kind = kinds
                .entry((failure.stage, &failure.kind))
                .or_insert_with(|| Kind {
                    stage: failure.stage,
                    kind: &failure.kind,
                    count: 0,
                    pages: Vec::new(),
                    example: &failure.message,
                });
            kind.count += 1;
            if kind.pages.last() != Some(&report.file.as_str()) {
                kind.pages.push(&report.file);
            }
        }
    }
    let mut kinds: Vec<_> = kinds.into_values().collect();
    kinds.sort_by_key(|kind| (kind.stage, std::cmp::Reverse(kind.count)));
    kinds
}
