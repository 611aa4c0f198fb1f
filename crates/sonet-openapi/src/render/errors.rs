//! Errors by the status that they come with.

use std::collections::BTreeMap;

use serde_json::Value;
use sonet_spec::model::{ErrorDef, Method};

use super::renderer::Renderer;
use super::{about, system_errors};
use crate::model::{Entries, ErrorBody, ErrorDoc, Example, ResponseOrRef};

/// The status of a success, with which some methods answer errors, too.
pub(super) const OK: i64 = 200;

impl Renderer<'_> {
    /// What a method may answer besides its result, in the order of the statuses.
    pub(super) fn failures(&self, method: &Method) -> Entries<ResponseOrRef> {
        let moved = [(about::MOVED, None)];
        let system = self.system_errors.statuses().map(|status| (status, None));
        let mut all: BTreeMap<i64, Option<Vec<&ErrorDef>>> =
            moved.into_iter().chain(system).collect();
        for error in method.errors.iter().filter(|error| error.status() != OK) {
            let own = all.entry(error.status()).or_default();
            own.get_or_insert_default().push(error);
        }
        let responses = all.into_iter().map(|(status, own)| {
            let response = match own {
                None => ResponseOrRef::named(&system_errors::name(status)),
                Some(own) => {
                    let system = self.system_errors.of(status);
                    let examples = self
                        .examples(own)
                        .into_iter()
                        .chain(system_errors::examples(system));
                    ResponseOrRef::Here(Box::new(system_errors::response(
                        system,
                        examples.collect(),
                    )))
                }
            };
            (status.to_string(), response)
        });
        responses.collect()
    }

    /// A documented error each, by its name. Several of one name are numbered.
    pub(super) fn examples<'e>(
        &self,
        errors: impl IntoIterator<Item = &'e ErrorDef>,
    ) -> Vec<(String, Example)> {
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        let errors = errors.into_iter().map(|error| {
            let time = times.entry(&error.name).or_default();
            *time += 1;
            let name = match *time {
                1 => error.name.value.clone(),
                time => format!("{}{time}", *error.name),
            };
            let example = Example {
                summary: self.words.of(&error.doc),
                value: ErrorBody {
                    error: code(&error.code),
                    error_description: Some(error.text.value.clone()),
                },
            };
            (name, example)
        });
        errors.collect()
    }

    pub(super) fn error_docs(&self, method: &Method) -> Vec<ErrorDoc> {
        let errors = method.errors.iter().map(|error| ErrorDoc {
            name: error.name.value.clone(),
            status: error.status(),
            code: error.code.value.clone(),
            text: error.text.value.clone(),
            localized: error.localized,
            description: self.words.of(&error.doc),
        });
        errors.collect()
    }
}

/// A code as it stands on the wire: methods that answer a number answer a number.
fn code(code: &str) -> Value {
    code.parse::<i64>()
        .map_or_else(|_| code.into(), Value::from)
}
