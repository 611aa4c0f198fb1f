//! What is to be checked of the pages of a checkout.

use std::io;

use super::call::{CallBuilder, Spelling};
use super::check::CheckKind;
use super::collection::Collection;
use super::decisions::{NO_RESULT, is_left_out, result_of};
use super::request;
use super::types::{payload_of, type_of};
use crate::Checkout;
use crate::diff::{Subject, locate};
use crate::page::{Example, ExampleKind};
use sonet_spec::Symbols;
use sonet_spec::model::{Method, Spec};

/// Collects what is to be checked of a checkout.
pub(super) fn collect(spec: &Spec, checkout: &Checkout) -> io::Result<Collection> {
    let symbols = Symbols::new(spec);
    let located = locate(spec, checkout)?;
    let mut collection = Collection::default();
    collection.outcome.problems = located.problems;
    for (subject, page) in located.pages {
        collection.outcome.problems.extend(page.problems);
        for example in page.examples {
            match (subject, example.kind) {
                (Subject::Method(method), ExampleKind::Response) => {
                    answer(&mut collection, method, example);
                }
                (Subject::Method(method), ExampleKind::Error) if is_left_out(method, &example) => {}
                (Subject::Method(method), ExampleKind::Error) => {
                    let kind = CheckKind::Refuse {
                        ty: type_of(method),
                        json: example.json.to_string(),
                    };
                    collection.add(example, Vec::new(), kind);
                }
                (Subject::Method(method), ExampleKind::Request) => {
                    let builder = CallBuilder {
                        symbols: &symbols,
                        method,
                        spelling: Spelling::Exact,
                    };
                    request::collect(&mut collection, &builder, example);
                }
                (Subject::Event(event), ExampleKind::Event) => {
                    let kind = CheckKind::Decode {
                        ty: payload_of(spec, event),
                        is_method: false,
                        json: example.json.to_string(),
                    };
                    collection.add(example, Vec::new(), kind);
                }
                _ => {}
            }
        }
    }
    Ok(collection)
}

fn answer(collection: &mut Collection, method: &Method, example: Example) {
    let Some((result, path)) = result_of(method, &example) else {
        return collection.report(&example.at, NO_RESULT);
    };
    let json = result.to_string();
    let kind = CheckKind::Decode {
        ty: type_of(method),
        is_method: true,
        json,
    };
    collection.add(example, path, kind);
}
