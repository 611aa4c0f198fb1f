//! The errors that any method may answer.

use std::collections::BTreeMap;

use sonet_spec::model::{Spec, SystemError};

use super::wire;
use crate::model::{Content, Entries, ErrorBody, Example, Response, Schema};

/// The errors that any method may answer, by their status.
pub(super) struct SystemErrors<'s>(BTreeMap<i64, Vec<&'s SystemError>>);

impl<'s> SystemErrors<'s> {
    pub(super) fn new(spec: &'s Spec) -> Self {
        let mut by_status: BTreeMap<i64, Vec<_>> = BTreeMap::new();
        for error in &spec.system_errors {
            by_status.entry(error.status.value).or_default().push(error);
        }
        Self(by_status)
    }

    /// A response for each status.
    pub(super) fn responses(&self) -> Vec<(String, Response)> {
        let statuses = self.0.iter().map(|(status, errors)| {
            let examples = examples(errors).collect();
            (name(*status), response(errors, examples))
        });
        statuses.collect()
    }

    pub(super) fn statuses(&self) -> impl Iterator<Item = i64> + '_ {
        self.0.keys().copied()
    }

    pub(super) fn of(&self, status: i64) -> &[&'s SystemError] {
        self.0.get(&status).map_or(&[], Vec::as_slice)
    }
}

/// The name of the response with a status.
pub(super) fn name(status: i64) -> String {
    format!("Status{status}")
}

pub(super) fn examples(errors: &[&SystemError]) -> impl Iterator<Item = (String, Example)> {
    errors.iter().map(|error| {
        let example = Example {
            summary: "An error that any method may answer.".to_owned(),
            value: ErrorBody {
                error: error.code.as_str().into(),
                error_description: None,
            },
        };
        (error.code.value.clone(), example)
    })
}

pub(super) fn response(system: &[&SystemError], examples: Entries<Example>) -> Response {
    let codes: Vec<_> = system
        .iter()
        .map(|error| format!("`{}`", *error.code))
        .collect();
    let description = match codes.as_slice() {
        [] => "An error of the method.".to_owned(),
        codes => format!(
            "An error of the method, or one that any method may answer: {}.",
            codes.join(", ")
        ),
    };
    let content = Content {
        schema: Schema::named(wire::ERROR),
        examples,
    };
    Response {
        description,
        headers: Entries::default(),
        content: [("application/json".to_owned(), content)]
            .into_iter()
            .collect(),
    }
}
