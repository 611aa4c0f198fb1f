//! The examples of the pages, held against the generated types.
//!
//! Every answer must decode through the type of its method, every error must be one that the method's users can tell by
//! its name, and every request must be one that the request's type can produce. The types are not linked here, so that a
//! mistake in them never keeps `codegen` from running: a program is written that does it (`program`), built beside the
//! workspace's other artifacts, and run.

mod call;
mod cargo;
mod program;

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use serde_json::{Map, Value};

use super::Checkout;
use super::diff::{Subject, locate};
use super::markup::{Place, Problem};
use super::page::{Example, ExampleKind};
use sonet_spec::model::{Event, FindingKind, Method, Spec};
use sonet_spec::{Symbols, names};

/// What came of the examples.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// What is wrong, each with its line.
    pub findings: Vec<Problem>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// How many answers and events were decoded.
    pub answers: usize,
    /// How many errors were.
    pub errors: usize,
    /// How many requests were built, or should have been.
    pub requests: usize,
    /// How many requests can't be, for what is decided about them.
    pub decided: usize,
}

impl Outcome {
    /// Whether something could not be read. An absent include is not counted where it can carry no fact.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        self.problems.iter().any(Problem::is_unread)
    }

    /// Renders what is wrong with the lines of the pages that it is about.
    #[must_use]
    pub fn human(&self, checkout: &Checkout, colours: bool) -> String {
        let mut out = super::diff::problems("example", &self.findings, checkout, colours);
        out.push_str(&super::diff::problems(
            "not read",
            &self.problems,
            checkout,
            colours,
        ));
        let found = match self.findings.len() {
            0 => "nothing is wrong with them".to_owned(),
            1 => "1 finding".to_owned(),
            count => format!("{count} findings"),
        };
        let Self {
            answers,
            errors,
            requests,
            decided,
            ..
        } = self;
        let left = match decided {
            0 => String::new(),
            count => format!("; {count} more can't be built, which is decided"),
        };
        let _ = writeln!(
            out,
            "{answers} answers, {errors} errors and {requests} requests: {found}{left}"
        );
        out
    }

    /// Whether there was no example at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.answers + self.errors + self.requests == 0
    }
}

/// One example, as the program checks it.
struct Check {
    example: Example,
    /// The keys around what is checked.
    path: Vec<String>,
    what: What,
}

enum What {
    /// Decodes this text as the output of a method, or as a type.
    Decode {
        ty: String,
        is_method: bool,
        json: String,
    },
    /// Gives this text to the client as the answer to a call of the method, which must have a name for the error.
    Refuse { ty: String, json: String },
    /// Builds a request, which must be this one.
    Produce { call: String, json: String },
}

/// Checks the examples of a checkout with the types of the workspace at `root`.
pub fn check(spec: &Spec, checkout: &Checkout, root: &Path) -> io::Result<Outcome> {
    let outcomes = check_each(spec, std::slice::from_ref(checkout), root)?;
    Ok(outcomes.into_iter().next().unwrap_or_default())
}

/// Checks the examples of several checkouts by one program, which takes longer to build than to run.
pub fn check_each(spec: &Spec, checkouts: &[Checkout], root: &Path) -> io::Result<Vec<Outcome>> {
    let mut outcomes = Vec::new();
    let mut checks = Vec::new();
    let mut ends = Vec::new();
    for checkout in checkouts {
        outcomes.push(collect(spec, checkout, &mut checks)?);
        ends.push(checks.len());
    }
    for (id, failure) in cargo::check(&checks, root)? {
        let of = ends.partition_point(|end| *end <= id);
        if let (Some(check), Some(outcome)) = (checks.get(id), outcomes.get_mut(of)) {
            outcome.findings.push(check.finding(&failure));
        }
    }
    for outcome in &mut outcomes {
        outcome.findings.sort();
        outcome.problems.sort();
    }
    Ok(outcomes)
}

/// Adds what is to be checked of a checkout.
fn collect(spec: &Spec, checkout: &Checkout, checks: &mut Vec<Check>) -> io::Result<Outcome> {
    let symbols = Symbols::new(spec);
    let located = locate(spec, checkout)?;
    let mut outcome = Outcome {
        problems: located.problems,
        ..Outcome::default()
    };
    for (subject, page) in located.pages {
        outcome.problems.extend(page.problems);
        for example in page.examples {
            match (subject, example.kind) {
                (Subject::Method(method), ExampleKind::Response) => {
                    answer(method, example, checks, &mut outcome);
                }
                (Subject::Method(method), ExampleKind::Error) => {
                    outcome.errors += 1;
                    checks.push(Check {
                        what: What::Refuse {
                            ty: type_of(method),
                            json: example.json.to_string(),
                        },
                        path: Vec::new(),
                        example,
                    });
                }
                (Subject::Method(method), ExampleKind::Request) => {
                    let calls = call::Calls {
                        symbols: &symbols,
                        method,
                    };
                    request(&calls, example, checks, &mut outcome);
                }
                (Subject::Event(event), ExampleKind::Event) => {
                    outcome.answers += 1;
                    checks.push(Check {
                        what: What::Decode {
                            ty: payload_of(spec, event),
                            is_method: false,
                            json: example.json.to_string(),
                        },
                        path: Vec::new(),
                        example,
                    });
                }
                _ => {}
            }
        }
    }
    Ok(outcome)
}

/// The path of a method's type.
fn type_of(method: &Method) -> String {
    format!("sonet_types::{}", method.path().path())
}

/// The path of the type that an event brings.
fn payload_of(spec: &Spec, event: &Event) -> String {
    let mut objects = spec.objects.iter();
    let object = objects.find(|object| object.name.value == event.payload.value);
    let module = object.and_then(|object| object.module.as_ref());
    let module = module.map_or("", |module| module.as_str());
    format!("sonet_types::{}", names::join(module, &event.payload))
}

fn answer(method: &Method, example: Example, checks: &mut Vec<Check>, outcome: &mut Outcome) {
    let (json, path) = match example.json.get("result") {
        Some(result) => (result.to_string(), vec!["result".to_owned()]),
        None if decides(method, FindingKind::Unwrapped, "result") => {
            (example.json.to_string(), Vec::new())
        }
        None => {
            let message = "an answer without its `result`";
            outcome.findings.push(Problem::new(&example.at, message));
            return;
        }
    };
    outcome.answers += 1;
    checks.push(Check {
        what: What::Decode {
            ty: type_of(method),
            is_method: true,
            json,
        },
        path,
        example,
    });
}

/// Whether the spec has a decision on such a finding.
fn decides(method: &Method, kind: FindingKind, on: &str) -> bool {
    method.decisions.iter().any(|decision| {
        let finding = decision.finding.as_ref();
        decision.on.as_str() == on && finding.is_some_and(|finding| finding.value == kind)
    })
}

fn request(
    calls: &call::Calls<'_>,
    example: Example,
    checks: &mut Vec<Check>,
    outcome: &mut Outcome,
) {
    let Value::Object(params) = &example.json else {
        let message = "a request that is no object of parameters";
        outcome.findings.push(Problem::new(&example.at, message));
        return;
    };
    let decided = |refusal: &&call::Refusal| {
        let on = format!("params.{}", refusal.path.join("."));
        decides(calls.method, FindingKind::New, &on)
    };
    let mut rest = params.clone();
    let mut built = calls.call(&rest);
    if let Err(refusals) = &built {
        // What is known to be wrong in an example says nothing about the rest of it.
        for refusal in refusals.iter().filter(decided) {
            remove(&mut rest, &refusal.path);
        }
    }
    if rest != *params {
        built = calls.call(&rest);
        if let Err(refusals) = &mut built {
            // It may be what stands in the wrong place.
            refusals.retain(|refusal| !refusal.lacks);
        }
    }
    match built {
        Ok(call) => {
            outcome.requests += 1;
            checks.push(Check {
                what: What::Produce {
                    call: call.code,
                    json: call.json.to_string(),
                },
                path: Vec::new(),
                example,
            });
        }
        Err(refusals) if refusals.is_empty() => outcome.decided += 1,
        Err(refusals) => {
            outcome.requests += 1;
            for refusal in refusals {
                let path: Vec<&str> = refusal.path.iter().map(String::as_str).collect();
                let at = example.line_of(&path);
                outcome.findings.push(Problem::new(&at, refusal.message));
            }
        }
    }
}

/// Takes a parameter out of a request.
fn remove(params: &mut Map<String, Value>, path: &[String]) {
    match path {
        [] => {}
        [key] => {
            params.remove(key);
        }
        [key, rest @ ..] => {
            if let Some(Value::Object(inner)) = params.get_mut(key) {
                remove(inner, rest);
            }
        }
    }
}

/// What a check has to say, and where in its example.
struct Failure {
    path: Vec<String>,
    message: String,
}

impl Check {
    fn finding(&self, failure: &Failure) -> Problem {
        let path: Vec<&str> = self
            .path
            .iter()
            .chain(&failure.path)
            .map(String::as_str)
            .collect();
        let at: Place = self.example.line_of(&path);
        let what = match &self.what {
            What::Decode { ty, .. } => format!("`{ty}` does not decode it"),
            What::Refuse { ty, .. } => format!("`{ty}` does not tell it"),
            What::Produce { .. } => "the request's type does not produce it".to_owned(),
        };
        Problem::new(&at, format!("{what}: {}", failure.message))
    }
}
