//! The errors of a method, those that any method may answer, and the HTTP statuses that they come with.

mod changes;
mod example_error;
mod row;
mod status;
mod system;
mod table;

pub(crate) use status::SUCCESS;

use super::comparison::Comparison;
use super::site::Entry;
use sonet_spec::model::Method;

pub(super) fn compare<'s>(cx: &mut Comparison<'s>, entry: Entry<'s>, method: &'s Method) {
    table::compare(cx, entry, method);
    status::compare(cx, entry, method);
    system::compare(cx);
}
