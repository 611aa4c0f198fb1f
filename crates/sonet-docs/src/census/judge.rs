//! One page, followed as far as it gets.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::Value;
use sonet_spec::Symbols;
use sonet_spec::model::{Effect, Method, Spec};

use super::Pipeline;
use super::judged::Judged;
use super::verdict::{MethodReport, PageReport, Stage, Verdict};
use crate::checkout::{Checkout, REFERENCE};
use crate::examples::Built;
use crate::import::{Descriptions, Refusal};
use crate::page::{self, ExampleKind, Page};
use crate::{diff, examples, import};

/// What a draft stands behind.
const HEAD: &str =
    "format = 1\ndocumentation = \"https://apidocs.bitrix24.com/api-reference/\"\n\n";

pub(super) fn page(checkout: &Checkout, file: &str, pipeline: &Pipeline<'_>) -> PageReport {
    let verdict = catch_unwind(AssertUnwindSafe(|| match page::read(checkout, file) {
        Ok(page) => self::verdict(&page, pipeline),
        Err(error) => Verdict::Unread {
            reason: error.to_string(),
        },
    }));
    PageReport {
        file: file.to_owned(),
        section: section(file).to_owned(),
        verdict: verdict.unwrap_or_else(|panic| panicked(file, &*panic)),
    }
}

/// The folder of the reference that a file is in.
fn section(file: &str) -> &str {
    let below = file.strip_prefix(REFERENCE).unwrap_or(file);
    let mut parts = below.trim_start_matches('/').split('/');
    let first = parts.next().unwrap_or_default();
    if parts.next().is_some() { first } else { "" }
}

fn panicked(file: &str, panic: &(dyn std::any::Any + Send)) -> Verdict {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    let mut report = MethodReport {
        name: file.to_owned(),
        ..MethodReport::default()
    };
    report.fail(Stage::Panic, text.unwrap_or("a panic without words"));
    Verdict::Method(Box::new(report))
}

fn verdict(page: &Page, pipeline: &Pipeline<'_>) -> Verdict {
    let text = match import::entry(&Spec::default(), page, pipeline.taken, Descriptions::Quoted) {
        Ok(text) => text,
        Err(Refusal::Unnamed) if page.describes_a_method => return Verdict::Unnamed,
        Err(Refusal::Unnamed | Refusal::Event(_)) => return Verdict::Other,
        Err(refusal) => {
            return Verdict::Refused {
                reason: refusal.to_string(),
            };
        }
    };
    let name = page.name.as_ref().map(|said| said.text.clone());
    let mut report = MethodReport {
        name: name.unwrap_or_default(),
        name_is_doubtful: page.name_doubt.is_some(),
        pages: page.answers_in_pages(),
        ..MethodReport::default()
    };
    for doubt in import::doubts(&text) {
        report.doubts += 1;
        report.fail(Stage::Doubt, doubt.as_str());
    }
    match sonet_spec::parse_with(&page.file, &format!("{HEAD}{text}"), &[pipeline.check]) {
        Ok((spec, _)) => {
            report.valid = true;
            follow(&spec, page, pipeline, &mut report);
        }
        Err(mistakes) => {
            for mistake in mistakes.diagnostics() {
                report.fail(Stage::Spec, mistake.message.as_str());
            }
        }
    }
    Verdict::Method(Box::new(report))
}

/// Follows a draft that the spec takes.
fn follow(spec: &Spec, page: &Page, pipeline: &Pipeline<'_>, report: &mut MethodReport) {
    let Some(method) = spec.methods.first() else {
        return;
    };
    report.reads = method.effect.value == Effect::Read;
    report.paged = method.paged.is_some();
    match (pipeline.generate)(spec) {
        Ok(()) => report.generated = true,
        Err(message) => report.fail(Stage::Generate, message),
    }
    for finding in diff::method(spec, method, page) {
        report.findings += 1;
        report.fail(Stage::Diff, finding.message);
    }
    requests(spec, method, page, report);
    report.judged = Judged::of(spec, method, pipeline.judged, &page.file);
}

/// Builds the requests of the examples.
fn requests(spec: &Spec, method: &Method, page: &Page, report: &mut MethodReport) {
    let symbols = Symbols::new(spec);
    let requests = page.examples.iter();
    for example in requests.filter(|example| example.kind == ExampleKind::Request) {
        let Value::Object(params) = &example.json else {
            report.requests += 1;
            report.fail(Stage::Request, examples::NO_OBJECT);
            continue;
        };
        let built = examples::built(&symbols, method, params);
        report.requests += usize::from(!matches!(built, Built::Decided));
        match built {
            Built::Whole => report.built += 1,
            Built::Decided => {}
            Built::Not(messages) => {
                for message in messages {
                    report.fail(Stage::Request, message);
                }
            }
        }
    }
}
