//! The examples of the pages, held against the generated types.
//!
//! Every answer must decode through the type of its method, every error must be one that the method's users can tell by
//! its name, and every request must be one that the request's type can produce. The types are not linked here, so that a
//! mistake in them never keeps `codegen` from running: a program is written that does it (`program`), built beside the
//! workspace's other artifacts, and run.

mod call;
mod cargo;
mod check;
mod collect;
mod collection;
mod decisions;
mod outcome;
mod program;
mod request;
mod types;
mod value;

use std::io;
use std::path::Path;

use serde_json::{Map, Value};

use crate::Checkout;
use call::{CallBuilder, Spelling};
use check::{Check, CheckKind};
use sonet_spec::Symbols;
use sonet_spec::model::{Method, Spec};

pub use cargo::target;
pub use outcome::Outcome;

/// Why a request with these parameters can't be built, in sentences; nothing if it can. Names in any case and numbers for
/// texts are taken, as the server does.
pub(crate) fn rejections(
    symbols: &Symbols<'_>,
    method: &Method,
    params: &Map<String, Value>,
) -> Vec<String> {
    let builder = CallBuilder {
        symbols,
        method,
        spelling: Spelling::Loose,
    };
    let built = builder.build(params);
    let rejections = built.err().into_iter().flatten();
    rejections.map(|rejection| rejection.message).collect()
}

/// Checks the examples of a checkout with the types of the workspace at `root`.
pub fn check(spec: &Spec, checkout: &Checkout, root: &Path) -> io::Result<Outcome> {
    let outcomes = check_each(spec, std::slice::from_ref(checkout), root)?;
    Ok(outcomes.into_iter().next().unwrap_or_default())
}

/// Checks the examples of several checkouts by one program, which takes longer to build than to run.
pub fn check_each(spec: &Spec, checkouts: &[Checkout], root: &Path) -> io::Result<Vec<Outcome>> {
    let types = root.join("crates/sonet-types");
    check_all(spec, checkouts, root, &types, |_| true)
}

/// Decodes the answers on the pages of a checkout with types that stand in the package at `types`, whose name is
/// `sonet-types`; the engine is that of the workspace at `root`.
pub fn decode(spec: &Spec, checkout: &Checkout, root: &Path, types: &Path) -> io::Result<Outcome> {
    let is_answer = |check: &Check| matches!(check.kind, CheckKind::Decode { .. });
    let outcomes = check_all(spec, std::slice::from_ref(checkout), root, types, is_answer)?;
    Ok(outcomes.into_iter().next().unwrap_or_default())
}

fn check_all(
    spec: &Spec,
    checkouts: &[Checkout],
    root: &Path,
    types: &Path,
    is_wanted: impl Fn(&Check) -> bool,
) -> io::Result<Vec<Outcome>> {
    let mut outcomes = Vec::new();
    let mut checks = Vec::new();
    let mut ends = Vec::new();
    for checkout in checkouts {
        let collection = collect::collect(spec, checkout)?;
        outcomes.push(collection.outcome);
        checks.extend(collection.checks.into_iter().filter(&is_wanted));
        ends.push(checks.len());
    }
    for (id, failure) in cargo::check(&checks, root, types)? {
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
