//! What both lists have in common.

use super::check_access;
use crate::domain::filter::{Column, Query};
use crate::domain::page::PAGE_SIZE;
use crate::methods::call::{Answer, Call, Outcome, objects};
use crate::methods::refusal::Refusal;
use crate::wire::value::Value;
use std::collections::BTreeMap;

/// Answers a list, of which nothing is an error, and which has the rows of those groups that the user
/// has access to. A page is a list alone, without a word on how many rows there are, unless the rules want it.
pub(super) fn answer<T>(
    call: &Call<'_>,
    columns: &'static [Column<T>],
    table: &BTreeMap<u64, T>,
    group_of: fn(&T) -> u64,
) -> Outcome {
    let query = Query::read(columns, call.params);
    let start = call.params.get("start").and_then(Value::to_int);
    let counted = call.rules.scrum_totals && start.is_none_or(|start| start >= 0);
    let start = u64::try_from(start.unwrap_or_default()).unwrap_or_default();
    let start = start / PAGE_SIZE * PAGE_SIZE;
    let may_see = |row: &T| check_access(call, group_of(row)).is_ok();
    let bogus_next = call.rules.bogus_next;
    let page = query.page(table, start, counted.then_some(bogus_next), may_see);
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
