//! How much of a whole checkout the pipeline carries: a census of its pages.
//!
//! Every page is drafted alone, as if it were the only method of a spec, and goes as far as it gets: import, the checks of the
//! spec, code, the comparison of the draft with its own page, and the requests of its examples. Nothing ends the census, not
//! even a panic: it is one more kind of failure, and the kinds are counted, so that the most frequent one can be mended first.

mod figures;
mod judge;
mod report;
mod verdict;

use std::io;

use sonet_spec::Check;
use sonet_spec::model::Spec;

use crate::checkout::{Checkout, REFERENCE};

pub use figures::{Figures, Floor};
pub use report::{human, json};
pub use verdict::{Failure, MethodReport, PageReport, Stage, Verdict};

/// Makes code of a spec, or says why there is none.
pub type Generate<'g> = dyn Fn(&Spec) -> Result<(), String> + Sync + 'g;

/// Takes the census of a checkout, on every core. The spec of a draft is checked as the language says and as `further` does.
pub fn take(
    checkout: &Checkout,
    further: &[&(dyn Fn(&sonet_spec::Context<'_>) + Sync)],
    generate: &Generate<'_>,
) -> io::Result<Vec<PageReport>> {
    let files = checkout.pages(REFERENCE, true)?;
    let reports = checkout.reading().each(&files, |file| {
        let further: Vec<&Check<'_>> = further.iter().map(|check| *check as &Check<'_>).collect();
        judge::page(checkout, file, &further, generate)
    });
    Ok(reports)
}
