//! Secrets that are given out one after another, and forgotten again.

use serde::{Deserialize, Serialize};
use std::collections::{HashMap, VecDeque};

/// How many are remembered. Above that each new one takes the place of the oldest.
const MAX: usize = 10_000;

/// How long one is remembered after its time is over, so that the portal can say so.
const REMEMBERED_SECONDS: i64 = 24 * 3_600;

/// What secrets stand for, by the secret.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ExpiringSecrets<T> {
    entries: HashMap<String, Entry<T>>,
    /// The secrets, beginning with the oldest. They have the same lifetime, so it is over for the
    /// oldest first. Some may be gone already.
    order: VecDeque<String>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct Entry<T> {
    value: T,
    expires: i64,
}

impl<T> Default for ExpiringSecrets<T> {
    fn default() -> Self {
        Self {
            entries: HashMap::new(),
            order: VecDeque::new(),
        }
    }
}

impl<T> ExpiringSecrets<T> {
    /// Remembers a secret until some time after it expires, and forgets old ones.
    pub(crate) fn insert(&mut self, secret: String, value: T, now: i64, expires: i64) {
        while let Some(oldest) = self.order.front() {
            let over = |entry: &Entry<T>| entry.expires.saturating_add(REMEMBERED_SECONDS) < now;
            let unwanted = self.order.len() >= MAX || self.entries.get(oldest).is_none_or(over);
            if !unwanted {
                break;
            }
            self.entries.remove(oldest);
            self.order.pop_front();
        }
        self.order.push_back(secret.clone());
        self.entries.insert(secret, Entry { value, expires });
    }

    pub(crate) fn get(&self, secret: &str) -> Option<&T> {
        self.entries.get(secret).map(|entry| &entry.value)
    }

    pub(crate) fn get_mut(&mut self, secret: &str) -> Option<&mut T> {
        self.entries.get_mut(secret).map(|entry| &mut entry.value)
    }

    /// Forgets what is not wanted any more.
    pub(crate) fn retain(&mut self, wanted: impl Fn(&T) -> bool) {
        self.entries.retain(|_, entry| wanted(&entry.value));
    }

    /// Takes a secret back; what it stood for, unless its time is over.
    pub(crate) fn take(&mut self, secret: &str, now: i64) -> Option<T> {
        let entry = self.entries.remove(secret)?;
        (now <= entry.expires).then_some(entry.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_secrets_are_forgotten() {
        let mut issued = ExpiringSecrets::default();
        for number in 0..MAX + 5 {
            issued.insert(number.to_string(), number, 0, 3_600);
        }
        assert_eq!((issued.entries.len(), issued.order.len()), (MAX, MAX));
        assert_eq!((issued.get("4"), issued.get("5")), (None, Some(&5)));
        assert_eq!(issued.take("6", 3_600), Some(6));
        assert_eq!(issued.take("6", 0), None, "once only");
        assert_eq!(issued.take("7", 3_601), None, "its time is over");
        issued.insert("later".to_owned(), 0, 3_600 + REMEMBERED_SECONDS, 0);
        assert!(issued.get("8").is_some(), "still known to be over");
        issued.insert("last".to_owned(), 0, 3_601 + REMEMBERED_SECONDS, 0);
        assert!(issued.get("8").is_none());
        assert!(issued.order.len() <= 2 && issued.entries.len() <= 2);
    }
}
