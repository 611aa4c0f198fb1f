//! The objects that requests need.

use sonet_spec::model::{Input, Param, Spec};

use super::Shapes;
use crate::import::doubt::Doubts;

/// What is in an object of requests, as an entry has it.
pub(crate) struct InputDraft {
    /// What it may be called.
    pub(crate) name: String,
    pub(crate) doc: String,
    /// Whether it takes keys that are not listed.
    pub(crate) open: bool,
    /// The lines of `params`.
    pub(crate) params: String,
    /// The lines of `decisions`.
    pub(crate) decisions: Vec<String>,
    pub(crate) doubts: Doubts,
}

impl Shapes<'_> {
    /// The name of an object of requests: one that is equal, of the spec or of this draft, or a new one.
    pub(crate) fn input(&mut self, draft: &InputDraft) -> String {
        let body = body(draft);
        let shape = shape_of_text(&format!(
            "{}{body}",
            self.head("input", "Draft", &draft.doc)
        ));
        if let Some(known) = self.inputs.get(&shape) {
            return known.clone();
        }
        let name = self.fresh(&draft.name);
        let head = self.head("input", &name, &draft.doc);
        self.entries.push(format!("{head}{body}\n"));
        self.inputs.insert(shape, name.clone());
        name
    }
}

/// What stands below the head of an entry.
fn body(draft: &InputDraft) -> String {
    let open = if draft.open { "open = true\n" } else { "" };
    let decisions = match draft.decisions.concat().as_str() {
        "" => String::new(),
        decisions => format!("decisions = [\n{decisions}]\n"),
    };
    let (params, doubts) = (&draft.params, draft.doubts.entry());
    format!("{open}params = [\n{params}]\n{decisions}{doubts}")
}

/// A spec has to have one.
const DOCUMENTATION: &str = "https://localhost/";

/// The shape of an object that an entry declares.
fn shape_of_text(entry: &str) -> Vec<String> {
    let mut spec = Spec {
        documentation: DOCUMENTATION.to_owned(),
        ..Spec::default()
    };
    sonet_spec::append(&mut spec, entry);
    // What can't be read is like nothing else.
    let read = spec.inputs.first().map(shape);
    read.unwrap_or_else(|| vec![entry.to_owned()])
}

/// All of an object but its name, its descriptions and its doubts: what equal ones have in common.
pub(super) fn shape(input: &Input) -> Vec<String> {
    let mut shape: Vec<String> = input.params.iter().map(line).collect();
    shape.extend(input.open.then(|| "open".to_owned()));
    shape.extend(input.decisions.iter().map(|decision| {
        let finding = decision.finding.as_ref().map(|finding| finding.value);
        format!("{} {finding:?} {}", *decision.on, decision.page)
    }));
    shape
}

fn line(param: &Param) -> String {
    let fields: Vec<String> = param.fields.iter().map(line).collect();
    format!(
        "{} {}: {} {:?} {} {} {} {:?} [{}]",
        *param.name,
        param.rust_name(),
        *param.ty,
        param.default,
        param.required,
        param.non_empty.value,
        param.open.value,
        param.deprecated.as_ref().map(|note| &note.value),
        fields.join(", ")
    )
}
