//! Findings written into the spec, where that breaks nothing and needs no judgment.
//!
//! One finding after the other is written, and kept if the spec is still in order. The others are left, each with what
//! keeps it from being written. Comments and the order of everything stay.

mod edit;
mod entry;

use toml_edit::DocumentMut;

use super::diff::{Effect, Finding};
use super::page::Item;
use crate::diagnostics::Source;
use crate::spec;
use crate::spec::model::Spec;
use crate::spec::{Symbol, Symbols};

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

/// Writes what can be written into the spec.
#[must_use]
pub fn apply(source: &Source, findings: &[Finding]) -> Outcome {
    let mut outcome = Outcome {
        text: source.text.clone(),
        applied: Vec::new(),
        left: Vec::new(),
    };
    // What sorting needs is a field to filter by, so those come first.
    let later = |finding: &&Finding| finding.on.starts_with("order_fields.");
    let first = findings.iter().filter(|finding| !later(finding));
    for finding in first.chain(findings.iter().filter(later)) {
        match written(&source.name, &outcome.text, finding) {
            Ok(text) => {
                outcome.text = text;
                outcome.applied.push(finding.clone());
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

/// The patch that the spec gets, as `diff -u` has it.
#[must_use]
pub fn patch(source: &Source, text: &str) -> String {
    similar::TextDiff::from_lines(source.text.as_str(), text)
        .unified_diff()
        .header(&format!("a/{}", source.name), &format!("b/{}", source.name))
        .to_string()
}

/// The spec with one finding, or why not.
fn written(name: &str, text: &str, finding: &Finding) -> Result<String, String> {
    if finding.effect == Effect::Breaking {
        return Err("it breaks those who use the crates".to_owned());
    }
    let (spec, _) = spec::parse(name, text).map_err(|report| first(&report))?;
    let mut document: DocumentMut = text.parse().map_err(|_| "the spec is no TOML".to_owned())?;
    edit::edit(&mut document, &Known::new(&spec), finding)?;
    let text = document.to_string();
    spec::parse(name, &text).map_err(|report| first(&report))?;
    Ok(text)
}

/// The first mistake of a report.
fn first(report: &crate::diagnostics::Report) -> String {
    let mut diagnostics = report.diagnostics().iter();
    diagnostics
        .next()
        .map_or_else(String::new, |one| one.message.clone())
}

/// What the spec has already.
struct Known<'s> {
    spec: &'s Spec,
    symbols: Symbols<'s>,
}

impl<'s> Known<'s> {
    fn new(spec: &'s Spec) -> Self {
        Self {
            spec,
            symbols: Symbols::new(spec),
        }
    }

    /// The type of a row, if only one fits.
    fn ty(&self, item: &Item) -> Result<String, String> {
        let open = |what: &str| Err(format!("{what}, which needs a decision"));
        let types: Vec<&str> = item
            .types
            .iter()
            .map(String::as_str)
            .filter(|ty| *ty != "null")
            .collect();
        let [ty] = types.as_slice() else {
            return match types.len() {
                0 => open("the page has no type"),
                _ => open("the page has several types"),
            };
        };
        let values: Vec<&str> = item
            .values
            .iter()
            .map(|value| value.text.as_str())
            .collect();
        let is_flag = !values.is_empty() && values.iter().all(|value| matches!(*value, "Y" | "N"));
        let plain = values.is_empty() || values == ["true", "false"];
        match *ty {
            "string" | "char" | "boolean" if is_flag => Ok("flag".to_owned()),
            _ if !plain => open("it takes some values only"),
            "integer" | "int" | "user" => self.id(&item.name),
            "timestamp" => Ok("integer".to_owned()),
            "string" | "text" | "char" => Ok("string".to_owned()),
            "boolean" | "bool" => Ok("boolean".to_owned()),
            "datetime" => Ok("datetime".to_owned()),
            "file" => Ok("file".to_owned()),
            "string[]" => Ok("string[]".to_owned()),
            "integer[]" => self.id(&item.name).map(|ty| format!("{ty}[]")),
            other => open(&format!("nothing says what is in `{other}`")),
        }
    }

    /// A number, unless the name is that of an identifier. What others of this name are, it is too.
    fn id(&self, name: &str) -> Result<String, String> {
        let is_id = |name: &str| matches!(self.symbols.get(name), Some(Symbol::Id(_)));
        let params = self
            .spec
            .methods
            .iter()
            .flat_map(|method| method.all_params());
        let params = params.map(|param| (&param.name, &param.ty));
        let fields = self.spec.objects.iter().flat_map(|object| &object.fields);
        let fields = fields.map(|field| (&field.name, &field.ty));
        let same = params
            .chain(fields)
            .filter(|(other, _)| other.eq_ignore_ascii_case(name));
        let types = same.filter_map(|(_, ty)| ty.innermost_of_lists().name());
        let mut ids: Vec<&str> = types.filter(|ty| is_id(ty)).collect();
        ids.sort_unstable();
        ids.dedup();
        match ids.as_slice() {
            [one] => Ok((*one).to_owned()),
            [] if !name.to_ascii_lowercase().ends_with("id") => Ok("integer".to_owned()),
            _ => Err(format!(
                "nothing says what `{name}` identifies, which needs a decision"
            )),
        }
    }
}
