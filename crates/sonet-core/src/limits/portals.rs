//! The limits of every portal that this process calls.

use std::sync::atomic::Ordering;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Instant;

use super::cache::Cache;
use super::{Limits, Rate};

/// By the portal's host and port.
static PORTALS: LazyLock<Mutex<Portals>> = LazyLock::new(Mutex::default);

/// The limits that this process has for a portal, by its host and port.
pub(crate) fn of(portal: &str, now: Instant) -> Limits {
    lock(|portals| portals.of(portal, now))
}

/// The limits for a portal's new address: those that it has already, or else the same as for its old one.
pub(crate) fn moved(limits: &Limits, portal: &str) -> Limits {
    lock(|portals| portals.name(portal, || limits.clone()))
}

fn lock<T>(change: impl FnOnce(&mut Portals) -> T) -> T {
    change(&mut PORTALS.lock().unwrap_or_else(PoisonError::into_inner))
}

#[derive(Default)]
struct Portals(Cache<String, Limits>);

impl Portals {
    fn of(&mut self, portal: &str, now: Instant) -> Limits {
        // What nobody uses, and what has nothing to remember, is forgotten.
        for limits in self.0.evict(|limits| is_useless(limits, now)) {
            limits.0.names.fetch_sub(1, Ordering::Relaxed);
        }
        self.name(portal, || Limits::new(Rate::STANDARD))
    }

    /// What has this name, or gets it.
    fn name(&mut self, portal: &str, new: impl FnOnce() -> Limits) -> Limits {
        if let Some(limits) = self.0.get(portal) {
            return limits.clone();
        }
        let limits = new();
        limits.0.names.fetch_add(1, Ordering::Relaxed);
        self.0.insert(portal.to_owned(), limits.clone());
        limits
    }
}

/// Whether nobody holds these limits but this map, which may do so by several names, and a new one would be no different.
fn is_useless(limits: &Limits, now: Instant) -> bool {
    let names = limits.0.names.load(Ordering::Relaxed);
    Arc::strong_count(&limits.0) <= names && limits.is_idle(now)
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "virtual time needs a beginning")]
mod tests {
    use std::task::Waker;
    use std::time::Duration;

    use super::*;

    fn count(portals: &Portals) -> usize {
        portals.0.values().count()
    }

    #[test]
    fn limits_stay_as_long_as_somebody_uses_them() {
        let (mut portals, now) = (Portals::default(), Instant::now());
        let used: Vec<Limits> = (0..100)
            .map(|n| portals.of(&format!("used{n}"), now))
            .collect();
        for n in 0..1_000 {
            portals.of(&format!("dropped{n}"), now);
        }
        assert!(count(&portals) < 300, "{}", count(&portals));
        for (n, limits) in used.iter().enumerate() {
            let same = portals.of(&format!("used{n}"), now);
            assert!(Arc::ptr_eq(&same.0, &limits.0));
        }
        drop(used);
        for _ in 0..200 {
            portals.of("other", now);
        }
        assert_eq!(count(&portals), 1);
    }

    #[test]
    fn what_was_counted_is_remembered_until_it_is_over() {
        let (mut portals, now) = (Portals::default(), Instant::now());
        let limits = portals.of("portal", now);
        limits.permit().acquire(now, Waker::noop()).unwrap();
        drop(limits);
        for _ in 0..10 {
            portals.of("other", now);
        }
        assert!(portals.0.get("portal").is_some());
        for _ in 0..10 {
            portals.of("other", now + Duration::from_secs(60));
        }
        assert!(portals.0.get("portal").is_none());
    }

    #[test]
    fn limits_of_two_names_are_forgotten_too() {
        let (mut portals, now) = (Portals::default(), Instant::now());
        let old = portals.of("old", now);
        let new = portals.name("new", || old.clone());
        assert!(Arc::ptr_eq(&old.0, &new.0));
        for _ in 0..10 {
            portals.of("other", now);
        }
        assert_eq!(count(&portals), 3);
        drop((old, new));
        for _ in 0..10 {
            portals.of("other", now);
        }
        assert_eq!(count(&portals), 1);
    }
}
