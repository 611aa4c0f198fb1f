//! What both lists have in common.

use crate::call::{Answer, Call, Outcome, PAGE_SIZE, Page, objects};
use crate::filter::{Column, Query};
use crate::refusal::Refusal;
use crate::state::State;
use crate::wire::value::Value;

/// Answers a list, of which nothing is an error. `all` are the rows by identifier that the user may
/// see. A page is a list alone, without a word on how many rows there are, unless the rules want it.
pub(super) fn answer<T>(
    call: &Call<'_>,
    columns: &'static [Column<T>],
    all: impl Fn(&State) -> Vec<&T>,
) -> Outcome {
    let query = Query::read(columns, call.params);
    let mut rows = all(call.state);
    rows.retain(|row| query.matches(row));
    query.sort(&mut rows);
    let start = call.params.get("start").and_then(Value::to_int);
    let counted = call.rules.scrum_totals && start.is_none_or(|start| start >= 0);
    let start = u64::try_from(start.unwrap_or_default()).unwrap_or_default();
    let page = Page::cut(rows, start / PAGE_SIZE * PAGE_SIZE, call.rules.bogus_next);
    // A page behind the last one is as empty as a list without matches.
    if page.rows.is_empty() {
        return Err(Refusal::scrum("Could not load list"));
    }
    let rows = page.rows.into_iter().map(|row| query.row(row)).collect();
    Ok(Answer {
        result: objects(rows),
        total: counted.then_some(page.total),
        next: page.next.filter(|_| counted),
    })
}
