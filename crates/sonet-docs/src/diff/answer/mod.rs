//! What a method answers, and what an event delivers.

mod envelope;
mod event;
mod map_keys;
mod paging;
mod result;
mod scalar;

use super::comparison::Comparison;
use super::site::Entry;
use sonet_spec::model::Method;

pub(crate) use envelope::is_in_envelope;
pub(super) use event::compare as compare_event;

pub(super) fn compare<'s>(cx: &mut Comparison<'s>, entry: Entry<'s>, method: &'s Method) {
    result::compare(cx, entry, method);
    envelope::compare(cx, entry, method);
    paging::compare(cx, entry, method);
}
