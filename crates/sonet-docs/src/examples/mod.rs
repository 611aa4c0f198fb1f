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
mod columns;
mod construction;
mod decisions;
mod moment;
mod outcome;
mod package;
mod program;
mod request;
mod trial;
mod types;
mod value;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde_json::{Map, Value};

use crate::Checkout;
use call::{CallBuilder, Spelling};
use cargo::Checked;
use check::{Check, Failure};
use package::{Package, Types};
use sonet_spec::Symbols;
use sonet_spec::model::{Method, Spec};

pub use cargo::target;
pub use outcome::Outcome;
pub use trial::{MethodOutcome, Trial};

/// What is said of a request that has no parameters by name.
pub(crate) const NO_OBJECT: &str = "a request that is not an object of parameters";

/// What comes of a documented request.
pub(crate) enum Built {
    /// It can be built.
    Whole,
    /// It can't, which is decided.
    Decided,
    /// It can't, for these reasons, in sentences.
    Not(Vec<String>),
}

/// Whether a request with these parameters can be built. Names in any case and numbers for texts are taken, as the server does.
pub(crate) fn built(symbols: &Symbols<'_>, method: &Method, params: &Map<String, Value>) -> Built {
    let builder = CallBuilder {
        symbols,
        method,
        spelling: Spelling::Loose,
    };
    match request::attempt(&builder, params) {
        Ok(_) => Built::Whole,
        Err(rejections) if rejections.is_empty() => Built::Decided,
        Err(rejections) => {
            let messages = rejections.into_iter().map(|rejection| rejection.message);
            Built::Not(messages.collect())
        }
    }
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
        let collection = collect::collect(spec, checkout)?;
        outcomes.push(collection.outcome);
        checks.extend(collection.checks);
        ends.push(checks.len());
    }
    for (id, failure) in failures_of(&checks, root)? {
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

/// The checks that fail with the types of the workspace at `root`, by their places.
fn failures_of(checks: &[Check], root: &Path) -> io::Result<BTreeMap<usize, Failure>> {
    if checks.is_empty() {
        return Ok(BTreeMap::new());
    }
    let package = Package {
        root,
        folder: target(root).join("docs-examples"),
        types: Types::Package(root.join("crates/sonet-types")),
    };
    match cargo::check(checks, &package)? {
        Checked::Failures(failures) => Ok(failures),
        Checked::Broken(said) => Err(io::Error::other(said)),
    }
}
