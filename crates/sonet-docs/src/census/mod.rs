//! How much of a whole checkout the pipeline carries: a census of its pages.
//!
//! Every page is drafted alone, as if it were the only method of a spec, and goes as far as it gets: import, the checks of the
//! spec, code, the comparison of the draft with its own page, and the requests of its examples. Nothing ends the census, not
//! even a panic: it is one more kind of failure, and the kinds are counted, so that the most frequent one can be mended first.

mod compiled;
mod figures;
mod floor;
mod judge;
mod judged;
mod kinds;
mod report;
mod together;
mod verdict;

use std::io;

use sonet_spec::Context;
use sonet_spec::model::Spec;

use crate::checkout::{Checkout, REFERENCE};

pub use compiled::Together;
pub use figures::{Compiled, Figures};
pub use floor::{CompiledFloor, Floor, JudgedFloor};
pub use judged::{Difference, Judged, Measure, Ruling, Tally};
pub use report::{human, json};
pub use verdict::{Failure, MethodReport, PageReport, Stage, Verdict};

/// What a census asks of whoever makes code.
#[expect(
    missing_debug_implementations,
    reason = "functions have no form to show"
)]
pub struct Pipeline<'p> {
    /// What the code asks of a spec beyond the language.
    pub check: &'p (dyn Fn(&Context<'_>) + Sync),
    /// The names that the code has from elsewhere.
    pub taken: &'p (dyn Fn(&str) -> bool + Sync),
    /// A spec that people have judged, against which the drafts of its methods are held.
    pub judged: &'p Spec,
    /// Generates code of a spec, and says where it does not parse.
    pub generate: &'p (dyn Fn(&Spec) -> Result<(), String> + Sync),
}

/// Takes the census of a checkout, on every core.
pub fn take(checkout: &Checkout, pipeline: &Pipeline<'_>) -> io::Result<Vec<PageReport>> {
    let files = checkout.pages(REFERENCE, true)?;
    let reading = checkout.reading();
    Ok(reading.each(&files, |file| judge::page(checkout, file, pipeline)))
}
