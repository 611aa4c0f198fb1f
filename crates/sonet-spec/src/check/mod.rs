//! Everything about a spec that its model can't say by itself. After it, lowering can't fail.

mod context;
mod decisions;
mod errors;
mod essential;
mod filters;
mod members;
mod methods;
mod paging;
mod params;
mod rust_names;
mod spelling;
mod types;
mod unique;
mod usage;

use super::model::Spec;
use super::problems::Problems;
pub use context::Context;

/// What somebody asks of a spec beyond the language, such as names that are free where its code will stand.
pub type Check<'c> = dyn Fn(&Context<'_>) + 'c;

/// Reports every mistake in what could be read, those that `further` finds among them.
pub(super) fn check(spec: &Spec, further: &[&Check<'_>], problems: &Problems) {
    let cx = Context::new(spec, problems);
    let complete = problems.is_complete();
    unique::check(&cx);
    rust_names::check(&cx);
    for check in further {
        check(&cx);
    }
    types::check(&cx);
    essential::check(&cx);
    usage::circles(&cx);
    // What could not be read may use everything that seems unused.
    if complete {
        usage::unused(&cx);
    }
    methods::check(&cx);
    for input in &spec.inputs {
        params::input(&cx, input);
    }
    for method in &spec.methods {
        params::check(&cx, method);
        filters::check(&cx, method);
        paging::check(&cx, method);
        errors::check(&cx, method);
    }
    errors::system(&cx);
    decisions::check(&cx);
}
