//! Objects and enums that a draft needs.

mod answers;
mod forms;
mod ids;
mod inputs;
mod keyed;
mod objects;
mod settled;
mod shown;
mod values;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::description::Descriptions;
use super::identity::Identity;
use super::name::quoted;
use crate::apply::Precedents;
use crate::page::Item;
use sonet_spec::Symbol;
use sonet_spec::model::{Object, Spec, Text};
use sonet_spec::names;

pub(super) use forms::is_empty;
pub(super) use inputs::InputDraft;
pub(super) use keyed::are_under_keys;
pub(super) use objects::{LENIENT, is_list};
pub(super) use shown::{is_decimal, is_own};
pub(super) use values::Place;

/// The objects and enums of a draft, in the order in which they are needed.
pub(super) struct Shapes<'s> {
    pub(super) precedents: Precedents<'s>,
    pub(super) descriptions: Descriptions,
    /// The name of the method.
    wire_name: String,
    module: String,
    /// The name of the type of the method.
    method: String,
    /// Whether the method reads.
    pub(super) reads: bool,
    entries: Vec<String>,
    /// The enums by their values.
    enums: BTreeMap<Vec<String>, String>,
    /// The objects of the module by their fields, with types and presence: those of the spec, and of this draft.
    objects: BTreeMap<Vec<String>, String>,
    /// The objects of requests of the module by what is in them.
    inputs: BTreeMap<Vec<String>, String>,
    names: Vec<String>,
    /// The identifiers that the spec does not have.
    ids: Vec<Identity>,
    /// The identifiers of the objects of this draft that have one.
    identifiers: BTreeMap<String, String>,
    /// The type of the field that has the rows of a list.
    pub(super) rows_type: Option<String>,
    /// The field of the result that has the rows of a list.
    pub(super) rows: Option<String>,
    /// The names that generated code has from elsewhere.
    taken: &'s dyn Fn(&str) -> bool,
    /// Objects that the page describes in the text of something else.
    structures: Vec<Item>,
    /// The fields that objects are being written for. None of them is put into itself.
    around: Vec<String>,
}

impl<'s> Shapes<'s> {
    /// Begins with what the spec has in the module of a method.
    pub(super) fn new(
        spec: &'s Spec,
        method: &str,
        structures: &[Item],
        taken: &'s dyn Fn(&str) -> bool,
        descriptions: Descriptions,
    ) -> Self {
        let path = names::RustPath::of_method(method, None);
        let module = path.module();
        let is_near = |its: Option<&Text>| its.map_or("", |its| its.as_str()) == module;
        let objects = spec.objects.iter();
        let objects = objects.filter(|object| is_near(object.module.as_ref()));
        let objects = objects.map(|object| (shape(object), object.name.value.clone()));
        let inputs = spec.inputs.iter();
        let inputs = inputs.filter(|input| is_near(input.module.as_ref()));
        let inputs = inputs.map(|input| (inputs::shape(input), input.name.value.clone()));
        Self {
            precedents: Precedents::near(spec, method),
            descriptions,
            objects: objects.collect(),
            inputs: inputs.collect(),
            wire_name: method.to_owned(),
            module,
            entries: Vec::new(),
            enums: BTreeMap::new(),
            names: vec![path.type_name.clone()],
            ids: Vec::new(),
            method: path.type_name,
            reads: false,
            identifiers: BTreeMap::new(),
            rows_type: None,
            rows: None,
            taken,
            structures: structures.to_vec(),
            around: Vec::new(),
        }
    }

    /// What the answer of the method is called: by the noun of the method where it reads that, and else by the method.
    pub(super) fn answer_name(&self) -> String {
        let noun = names::upper_camel(self.module.rsplit("::").next().unwrap_or_default());
        let is_free = !self.precedents.has(&noun) && !self.names.contains(&noun);
        match self.method.as_str() {
            "Current" | "Find" | "Get" | "List" | "Search" if is_free => noun,
            method => format!("{noun}{method}Answer"),
        }
    }

    /// The field that an object is known by, if it has a number for that.
    pub(super) fn identifier_of(&self, object: &str) -> Option<String> {
        let of_spec = || {
            let Some(Symbol::Object(object)) = self.precedents.symbols.get(object) else {
                return None;
            };
            let mut fields = object.fields.iter();
            let id = fields.find(|field| self.identifies(&field.name, &field.ty.to_string()))?;
            Some(id.name.value.clone())
        };
        self.identifiers.get(object).cloned().or_else(of_spec)
    }

    /// Whether a field of this name and type is the identifier of what it is in.
    fn identifies(&self, name: &str, ty: &str) -> bool {
        name.eq_ignore_ascii_case("id") && (ty == "integer" || self.is_id(ty))
    }

    /// Whether a type is one of which the fields are known: an object, or a list or map of one.
    pub(super) fn has_fields(&self, ty: &str) -> bool {
        let inner = ty.strip_prefix("map<").and_then(|ty| ty.strip_suffix('>'));
        self.is_object(inner.unwrap_or(ty))
    }

    /// Whether a type has a field of this name, however deep.
    pub(super) fn reaches(&self, ty: &str, field: &str) -> bool {
        let inner = ty.strip_prefix("map<").and_then(|ty| ty.strip_suffix('>'));
        let name = inner.unwrap_or(ty).trim_end_matches("[]");
        let mut objects = self.objects.iter();
        let Some((shape, _)) = objects.find(|(_, known)| *known == name) else {
            return false;
        };
        shape.iter().any(|line| {
            let (own, rest) = line.split_once(": ").unwrap_or((line, ""));
            let ty = rest.split(',').next().unwrap_or_default();
            own == field || self.reaches(ty, field)
        })
    }

    /// Whether a type is an enum, or a list of one.
    pub(super) fn is_enum(&self, ty: &str) -> bool {
        let name = ty.trim_end_matches("[]");
        let is_known = matches!(self.precedents.symbols.get(name), Some(Symbol::Enum(_)));
        is_known || self.enums.values().any(|known| known == name)
    }

    /// Whether a type is an object, or a list of one.
    fn is_object(&self, ty: &str) -> bool {
        let name = ty.trim_end_matches("[]");
        let is_known = matches!(self.precedents.symbols.get(name), Some(Symbol::Object(_)));
        is_known || self.objects.values().any(|known| known == name)
    }

    /// Whether an example shows a text that is none of the values of an enum of this draft.
    pub(super) fn shows_another(&self, ty: &str, shown: &[&Value]) -> bool {
        let name = ty.trim_end_matches("[]");
        let mut enums = self.enums.iter();
        let Some((values, _)) = enums.find(|(_, known)| *known == name) else {
            return false;
        };
        let texts = shown.iter().filter_map(|value| value.as_str());
        let mut texts = texts.filter(|text| !text.is_empty());
        texts.any(|text| values.iter().all(|value| value != text))
    }

    /// The entry of this draft of an object with this name.
    fn entry_of(&mut self, object: &str) -> Option<&mut String> {
        let head = format!("[[object]]\nname = {}\n", quoted(object));
        let mut entries = self.entries.iter_mut();
        entries.find(|entry| entry.starts_with(&head))
    }

    /// Takes back an enum of this draft that turns out not to be what a value is, unless something else has it.
    pub(super) fn forget_enum(&mut self, ty: &str) {
        let name = ty.trim_end_matches("[]");
        let head = format!("[[enum]]\nname = {}\n", quoted(name));
        if let Some(at) = self
            .entries
            .iter()
            .position(|entry| entry.starts_with(&head))
        {
            let mention = quoted(name);
            let uses = self
                .entries
                .iter()
                .filter(|entry| entry.contains(&mention))
                .count();
            if uses == 1 && at + 1 == self.entries.len() {
                self.entries.remove(at);
                self.enums.retain(|_, known| known != name);
            }
        }
    }

    /// Whether the draft needs an object.
    pub(super) fn has_objects(&self) -> bool {
        self.entries
            .iter()
            .any(|entry| entry.starts_with("[[object]]"))
    }

    pub(super) fn text(&self) -> String {
        self.entries.concat()
    }

    /// The description of what the page says these sentences of.
    pub(super) fn doc(&self, sentences: &str) -> String {
        self.descriptions.of(sentences)
    }

    fn head(&self, kind: &str, name: &str, doc: &str) -> String {
        let mut head = format!("[[{kind}]]\nname = {}\n", quoted(name));
        if !self.module.is_empty() {
            let _ = writeln!(head, "module = {}", quoted(&self.module));
        }
        let _ = writeln!(head, "doc = {}", quoted(doc));
        head
    }

    /// Keeps a name free of what the draft brings: it is that of the method.
    pub(super) fn keep_free(&mut self, name: String) {
        self.names.push(name);
    }

    /// A name that neither the spec nor the draft has.
    fn fresh(&mut self, wanted: &str) -> String {
        let base = names::upper_camel(wanted);
        let last = self.module.rsplit("::").next().unwrap_or_default();
        let longer = format!("{}{base}", names::upper_camel(last));
        let longer = if names::is_upper_camel(&longer) {
            longer
        } else {
            "Value".to_owned()
        };
        let taken = |name: &String| {
            self.precedents.has(name)
                || !names::is_upper_camel(name)
                || (self.taken)(name)
                || self.names.contains(name)
                || names::is_reserved(&names::snake(name))
        };
        let numbered = (2..).map(|number| format!("{longer}{number}"));
        let mut candidates = [base, longer.clone()].into_iter().chain(numbered);
        let name = candidates.find(|name| !taken(name)).unwrap_or(longer);
        self.names.push(name.clone());
        name
    }
}

/// The fields of an object of the spec as a draft writes them, in whatever order they stand.
fn shape(object: &Object) -> Vec<String> {
    let fields = object.fields.iter().map(|field| {
        let mut shape = format!("{}: {}", *field.name, *field.ty);
        let keys = [
            (field.essential.value, ", essential = true"),
            (field.nullable, ", nullable = true"),
            (field.optional, ", optional = true"),
            (!field.none.is_empty(), ", none = [\"\"]"),
        ];
        for (_, key) in keys.iter().filter(|(is_said, _)| *is_said) {
            shape.push_str(key);
        }
        shape
    });
    let mut shape: Vec<String> = fields.collect();
    shape.sort_unstable();
    shape
}
