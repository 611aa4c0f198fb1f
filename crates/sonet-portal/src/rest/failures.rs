//! Failures on purpose: calls that the portal's storage, or something else in it, lets down.

use crate::methods::method::Method;
use std::collections::BTreeMap;

/// The failures that are still to come.
#[derive(Default)]
pub(crate) struct Failures {
    storage: Countdown,
    other: Countdown,
}

impl Failures {
    /// Lets the storage fail once more, in a call of a method that gets as far as to write.
    pub(crate) fn add_to_storage(&mut self, method: &str) {
        self.storage.add(method);
    }

    /// Lets something else fail once more, in a call of a method.
    pub(crate) fn add_other(&mut self, method: &str) {
        self.other.add(method);
    }

    /// Whether a call fails before the method has begun. A method whose page has no text for a
    /// failure of the storage doesn't get as far as to meet it.
    pub(crate) fn strike_at_once(&mut self, method: &Method) -> bool {
        let storage = method.storage_failure.is_none() && self.storage.take(method.name);
        storage || self.other.take(method.name)
    }

    /// The text that the storage answers with instead of writing, if it is to fail.
    pub(crate) fn of_storage(&self, method: &Method) -> Option<&'static str> {
        let text = method.storage_failure;
        text.filter(|_| self.storage.is_due(method.name))
    }

    /// Notes that the storage has failed in a call.
    pub(crate) fn storage_has_failed(&mut self, method: &Method) {
        self.storage.take(method.name);
    }
}

/// How many times something is still to happen, by method.
#[derive(Default)]
struct Countdown(BTreeMap<String, u32>);

impl Countdown {
    fn add(&mut self, method: &str) {
        *self.0.entry(method.to_ascii_lowercase()).or_default() += 1;
    }

    fn is_due(&self, method: &str) -> bool {
        self.0.get(method).is_some_and(|left| *left > 0)
    }

    /// Counts one down, if one is left.
    fn take(&mut self, method: &str) -> bool {
        let left = self.0.get_mut(method).filter(|left| **left > 0);
        left.map(|left| *left -= 1).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methods::find;

    #[test]
    fn the_storage_fails_in_the_call_that_writes() {
        let method = find("sonet_group.create").unwrap();
        let mut failures = Failures::default();
        assert_eq!(failures.of_storage(method), None);
        failures.add_to_storage("Sonet_Group.Create");
        assert!(!failures.strike_at_once(method), "it meets it later");
        // A call that is refused before it writes leaves the failure to the next one.
        assert!(failures.of_storage(method).is_some());
        assert!(failures.of_storage(method).is_some());
        failures.storage_has_failed(method);
        assert_eq!(failures.of_storage(method), None);
    }

    #[test]
    fn a_method_without_a_text_fails_at_once() {
        let method = find("sonet_group.get").unwrap();
        let mut failures = Failures::default();
        failures.add_to_storage(method.name);
        assert_eq!(failures.of_storage(method), None);
        assert!(failures.strike_at_once(method));
        assert!(!failures.strike_at_once(method), "once only");
    }

    #[test]
    fn another_failure_strikes_every_method_as_often_as_it_was_added() {
        let method = find("sonet_group.create").unwrap();
        let mut failures = Failures::default();
        failures.add_other(method.name);
        failures.add_other(method.name);
        let struck = [(); 3].map(|()| failures.strike_at_once(method));
        assert_eq!(struck, [true, true, false]);
        assert!(!failures.strike_at_once(find("sonet_group.get").unwrap()));
    }
}
