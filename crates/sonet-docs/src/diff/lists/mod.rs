//! What a method filters by, sorts by and selects.

mod filter_fields;
mod names;
mod select_fields;

use super::comparison::Comparison;
use super::site::Entry;
use sonet_spec::model::Method;

pub(super) fn compare<'s>(cx: &mut Comparison<'s>, entry: Entry<'s>, method: &'s Method) {
    names::compare(cx, entry, method);
    filter_fields::compare(cx, entry, method);
    select_fields::compare(cx, entry, method);
}
