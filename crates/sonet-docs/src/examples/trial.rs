//! The documented answers and requests of methods, tried on code that has just been made of them.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::call::{CallBuilder, Spelling};
use super::cargo::{self, Checked};
use super::check::{Check, CheckKind};
use super::decisions::{NO_RESULT, result_of};
use super::package::{Package, Types};
use super::program;
use super::types::type_of;
use crate::Checkout;
use crate::diff::file_of;
use crate::page::{self, Example, ExampleKind};
use sonet_spec::Symbols;
use sonet_spec::model::{Method, Spec};

/// What is to be tried.
#[expect(
    missing_debug_implementations,
    reason = "what it holds is for a program to read"
)]
pub struct Trial {
    methods: Vec<MethodOutcome>,
    /// What a program has to find out, and of which method.
    checks: Vec<Check>,
    owners: Vec<usize>,
}

/// What came of the examples of a method.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MethodOutcome {
    /// The page.
    pub file: String,
    /// How many answers the examples show.
    pub answers: usize,
    /// How many requests.
    pub requests: usize,
    /// The answers that are not decoded whole, and why.
    pub undecoded: Vec<String>,
    /// The requests that can't be built, and why.
    pub unbuilt: Vec<String>,
}

impl Trial {
    /// Collects what the pages of a spec's methods show.
    pub fn new(spec: &Spec, checkout: &Checkout) -> io::Result<Self> {
        let symbols = Symbols::new(spec);
        let reading = checkout.reading();
        let pages = reading.each(&spec.methods, |method| {
            let file = file_of(&method.page);
            page::read(checkout, &file)
        });
        let mut trial = Self {
            methods: Vec::new(),
            checks: Vec::new(),
            owners: Vec::new(),
        };
        for (method, page) in spec.methods.iter().zip(pages) {
            let page = page?;
            trial.methods.push(MethodOutcome {
                file: page.file,
                ..MethodOutcome::default()
            });
            for example in page.examples {
                trial.example(&symbols, method, example);
            }
        }
        Ok(trial)
    }

    /// Adds an example of the last method.
    fn example(&mut self, symbols: &Symbols<'_>, method: &Method, example: Example) {
        let Some(outcome) = self.methods.last_mut() else {
            return;
        };
        let kind = match example.kind {
            ExampleKind::Response => {
                outcome.answers += 1;
                match result_of(method, &example) {
                    Some((result, _)) => Ok(CheckKind::Decode {
                        ty: type_of(method),
                        is_method: true,
                        json: result.to_string(),
                    }),
                    None => Err(vec![NO_RESULT.to_owned()]),
                }
            }
            ExampleKind::Request => {
                outcome.requests += 1;
                request(symbols, method, &example)
            }
            ExampleKind::Error | ExampleKind::Event => return,
        };
        match kind {
            Ok(kind) => {
                self.owners.push(self.methods.len() - 1);
                self.checks.push(Check {
                    example,
                    path: Vec::new(),
                    kind,
                });
            }
            Err(reasons) if example.kind == ExampleKind::Request => {
                outcome.unbuilt.push(reasons.join("; "));
            }
            Err(reasons) => outcome.undecoded.push(reasons.join("; ")),
        }
    }

    /// The text of the program that finds out: of the same types and text, the same comes.
    #[must_use]
    pub fn text(&self) -> String {
        let checks: Vec<(usize, &Check)> = self.checks.iter().enumerate().collect();
        program::write(&checks).text
    }

    /// Builds and runs the program in `folder`, with `generated` as the code of the methods; or says why that does not
    /// compile.
    pub fn run(
        self,
        root: &Path,
        folder: PathBuf,
        generated: &BTreeMap<String, String>,
    ) -> io::Result<Result<Vec<MethodOutcome>, String>> {
        let package = Package {
            root,
            folder,
            types: Types::Inside(generated),
        };
        let failures = match cargo::check(&self.checks, &package)? {
            Checked::Failures(failures) => failures,
            Checked::Broken(said) => return Ok(Err(said)),
        };
        let mut methods = self.methods;
        for (id, failure) in failures {
            let (Some(check), Some(owner)) = (self.checks.get(id), self.owners.get(id)) else {
                continue;
            };
            let Some(method) = methods.get_mut(*owner) else {
                continue;
            };
            let path = failure.path.join(".");
            let message = match path.as_str() {
                "" => failure.message,
                path => format!("`{path}`: {}", failure.message),
            };
            match check.kind {
                CheckKind::Produce { .. } => method.unbuilt.push(message),
                _ => method.undecoded.push(message),
            }
        }
        Ok(Ok(methods))
    }
}

/// The check of a request, or why it can't be built.
fn request(
    symbols: &Symbols<'_>,
    method: &Method,
    example: &Example,
) -> Result<CheckKind, Vec<String>> {
    let Some(params) = example.json.as_object() else {
        return Err(vec![super::NO_OBJECT.to_owned()]);
    };
    let builder = CallBuilder {
        symbols,
        method,
        spelling: Spelling::Loose,
    };
    match builder.build(params) {
        Ok(call) => Ok(CheckKind::Produce {
            call: call.code,
            json: call.json.to_string(),
        }),
        Err(rejections) => {
            let messages = rejections.into_iter().map(|rejection| rejection.message);
            Err(messages.collect())
        }
    }
}
