//! A census as text and as JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::figures::Figures;
use super::judged;
use super::kinds::{self, Kind};
use super::together;
use super::verdict::{PageReport, Verdict};

/// How many kinds of a stage the text shows.
const KINDS: usize = 12;

/// How many kinds of a stage the text shows of a section.
const KINDS_OF_SECTION: usize = 3;

#[derive(Serialize)]
struct Document<'r> {
    total: Figures,
    sections: BTreeMap<&'r str, Section<'r>>,
    kinds: Vec<Kind<'r>>,
    pages: &'r [PageReport],
}

/// A folder of the reference.
#[derive(Serialize)]
pub(super) struct Section<'r> {
    #[serde(flatten)]
    pub(super) figures: Figures,
    kinds: Vec<Kind<'r>>,
}

/// Renders the figures by section, the kinds, and every page.
pub fn json(reports: &[PageReport]) -> serde_json::Result<String> {
    let document = Document {
        total: Figures::of(reports),
        sections: sections(reports),
        kinds: kinds::kinds(reports),
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
    let (sections, total) = (sections(reports), Figures::of(reports));
    for (name, section) in &sections {
        row(&mut out, name, &section.figures);
    }
    row(&mut out, "total", &total);
    out.push_str(
        "\nnamed: methods with a name; doubt: of which the page contradicts itself on it; refused: with a reason; valid: \
         the spec takes\nthe draft as it is; requests: methods whose requests can all be built, of those with examples; \
         findings: in how many\nmethods; doubts: the median; lists: drafted as such, of those that page\n",
    );
    out.push_str(&together::table(&sections, &total));
    let judged = reports.iter().filter_map(|report| match &report.verdict {
        Verdict::Method(method) => Some((&*method.name, method.judged.as_ref()?)),
        _ => None,
    });
    out.push_str(&judged::table(&total.tallies, judged, verbose));
    let of_each = |few| if verbose { usize::MAX } else { few };
    for kind in kinds::first(&kinds::kinds(reports), of_each(KINDS)) {
        kind.render(&mut out, verbose);
    }
    out.push_str("\nwhere to go on, by section\n");
    for (name, section) in &sections {
        for (at, kind) in kinds::first(&section.kinds, of_each(KINDS_OF_SECTION))
            .filter(|kind| kind.stage.is_mended())
            .enumerate()
        {
            if at == 0 {
                let _ = writeln!(out, "\n{name}:");
            }
            kind.render(&mut out, verbose);
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
        judged: _,
        tallies: _,
        compiled: _,
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

fn sections(reports: &[PageReport]) -> BTreeMap<&str, Section<'_>> {
    let mut sections: BTreeMap<&str, Vec<&PageReport>> = BTreeMap::new();
    for report in reports {
        sections.entry(&report.section).or_default().push(report);
    }
    let sections = sections.into_iter();
    sections
        .map(|(name, reports)| {
            let section = Section {
                figures: Figures::of(reports.iter().copied()),
                kinds: kinds::kinds(reports),
            };
            (name, section)
        })
        .collect()
}
