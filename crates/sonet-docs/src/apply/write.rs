//! Findings written into the spec, one after the other.

use toml_edit::DocumentMut;

use super::edit;
use super::precedents::Precedents;
use crate::diff::{Effect, Finding};
use sonet_spec::Check;
use sonet_spec::diagnostics::{Report, Source};
use sonet_spec::model::{FindingKind, Spec};

/// What became of the findings.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The spec with what was written.
    pub text: String,
    /// What was written.
    pub applied: Vec<Finding>,
    /// What was not, each with a note that says why.
    pub left: Vec<Finding>,
}

/// Writes what can be written into the spec, but for what was refused before.
pub(super) fn write(
    source: &Source,
    findings: &[Finding],
    refused: &[(usize, String)],
    further: &[&Check<'_>],
) -> Outcome {
    let mut outcome = Outcome {
        text: source.text.clone(),
        applied: Vec::new(),
        left: Vec::new(),
    };
    let mut parsed = Parsed::of(&source.name, &source.text, further);
    // What sorting needs is a field to filter by, so those come first.
    let later = |(_, finding): &(usize, &Finding)| finding.on.starts_with("order_fields.");
    let all = || findings.iter().enumerate();
    let first = all().filter(|finding| !later(finding));
    for (index, finding) in first.chain(all().filter(later)) {
        let mut refused = refused.iter().filter(|(other, _)| *other == index);
        let reason = refused.next().map(|(_, reason)| reason.clone());
        let written = match reason.or_else(|| possible_rename(finding, findings)) {
            Some(reason) => Err(reason),
            None => write_one(&source.name, parsed.as_ref(), finding, further),
        };
        match written {
            Ok((text, new)) => {
                outcome.text = text;
                outcome.applied.push(finding.clone());
                parsed = Ok(new);
            }
            Err(reason) => {
                let mut finding = finding.clone();
                finding.notes.push(format!("not written: {reason}"));
                outcome.left.push(finding);
            }
        }
    }
    outcome
}

/// A text of the spec, read: most findings leave it as it is, and a long one takes its time.
struct Parsed {
    spec: Spec,
    document: DocumentMut,
}

impl Parsed {
    fn of(name: &str, text: &str, further: &[&Check<'_>]) -> Result<Self, String> {
        let (spec, _) =
            sonet_spec::parse_with(name, text, further).map_err(|report| first(&report))?;
        let document = text
            .parse()
            .map_err(|_| "the spec is not valid TOML".to_owned())?;
        Ok(Self { spec, document })
    }
}

/// What comes where something else goes may be the same under another name, which only a person can tell. Half of that
/// is not written.
fn possible_rename(finding: &Finding, findings: &[Finding]) -> Option<String> {
    let (list, _) = finding.on.rsplit_once('.')?;
    let named = ["params", "fields"];
    if finding.kind != FindingKind::New || !named.iter().any(|start| list.starts_with(start)) {
        return None;
    }
    let gone = findings.iter().find_map(|other| {
        let (place, name) = other.on.rsplit_once('.')?;
        let gone = matches!(other.kind, FindingKind::Missing | FindingKind::NotInTable);
        (gone && place == list && other.entry == finding.entry).then_some(name)
    })?;
    Some(format!("it may be the new name of `{gone}`"))
}

/// The spec with one finding, or why not.
fn write_one(
    name: &str,
    parsed: Result<&Parsed, &String>,
    finding: &Finding,
    further: &[&Check<'_>],
) -> Result<(String, Parsed), String> {
    if finding.effect == Effect::Breaking {
        return Err("it would break users of the crates".to_owned());
    }
    let parsed = parsed.map_err(Clone::clone)?;
    let mut document = parsed.document.clone();
    edit::edit(&mut document, &Precedents::new(&parsed.spec), finding)?;
    let text = document.to_string();
    // Read anew rather than kept: what is written next goes by the form of what stands there.
    let parsed = Parsed::of(name, &text, further)?;
    Ok((text, parsed))
}

/// The first mistake of a report.
fn first(report: &Report) -> String {
    let mut diagnostics = report.diagnostics().iter();
    diagnostics
        .next()
        .map_or_else(String::new, |one| one.message.clone())
}
