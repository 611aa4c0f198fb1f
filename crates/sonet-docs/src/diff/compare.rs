//! Everything that is compared of a method or of an event.

use super::comparison::Comparison;
use super::subject::Subject;
use super::{answer, errors, head, lists, params};

/// Compares a page with what it is about.
pub(super) fn compare<'s>(cx: &mut Comparison<'s>, subject: Subject<'s>) {
    let entry = subject.entry();
    match subject {
        Subject::Method(method) => {
            head::compare(cx, entry, &method.scope, &method.who);
            head::compare_outdated(cx, entry, method.deprecated.as_ref());
            params::compare(cx, entry, method);
            lists::compare(cx, entry, method);
            params::compare_requests(cx, entry, method);
            answer::compare(cx, entry, method);
            errors::compare(cx, entry, method);
        }
        Subject::Event(event) => {
            head::compare(cx, entry, &event.scope, &event.who);
            head::compare_outdated(cx, entry, None);
            answer::compare_event(cx, entry, event);
        }
    }
}
