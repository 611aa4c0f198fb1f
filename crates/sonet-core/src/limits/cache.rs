//! A map that forgets what is of no use any more.

use std::borrow::Borrow;
use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

/// How many keys are looked at with every use.
const STEP: usize = 2;

/// A map that forgets what is of no use any more, a little with every use.
///
/// A use looks at two keys, in turn, however many there are. So it takes the same time whatever the size is, and what is of
/// no use is gone after half as many uses as there are keys: it can't pile up.
#[derive(Debug)]
pub(super) struct Cache<K, V> {
    map: HashMap<K, V>,
    /// The keys, in the order in which they are looked at.
    turns: VecDeque<K>,
}

impl<K, V> Default for Cache<K, V> {
    fn default() -> Self {
        Self {
            map: HashMap::new(),
            turns: VecDeque::new(),
        }
    }
}

impl<K: Clone + Eq + Hash, V> Cache<K, V> {
    /// What is known of a key.
    pub(super) fn get<Q>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        self.map.get(key)
    }

    /// The same, to be changed.
    pub(super) fn get_mut<Q>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        self.map.get_mut(key)
    }

    /// Remembers a value, if none is known of the key.
    pub(super) fn insert(&mut self, key: K, value: V) {
        if !self.map.contains_key(&key) {
            self.turns.push_back(key.clone());
            self.map.insert(key, value);
        }
    }

    /// Looks at those whose turn it is, and forgets what is of no use. Returns what is forgotten, to be dropped where that
    /// does no harm.
    pub(super) fn evict(&mut self, mut is_useless: impl FnMut(&V) -> bool) -> Vec<V> {
        let mut forgotten = Vec::new();
        for _ in 0..STEP.min(self.turns.len()) {
            let Some(key) = self.turns.pop_front() else {
                break;
            };
            if self.map.get(&key).is_some_and(&mut is_useless) {
                forgotten.extend(self.map.remove(&key));
            } else {
                self.turns.push_back(key);
            }
        }
        forgotten
    }

    /// Of how many keys anything is known.
    pub(super) fn len(&self) -> usize {
        self.map.len()
    }

    /// All that is known.
    pub(super) fn values(&self) -> impl Iterator<Item = &V> {
        self.map.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_use_looks_at_two_however_many_there_are() {
        let (mut cache, mut looks) = (Cache::default(), 0);
        for key in 0..20_000 {
            cache.evict(|()| {
                looks += 1;
                false
            });
            cache.insert(key, ());
        }
        assert_eq!(cache.values().count(), 20_000);
        assert!(looks <= 2 * 20_000, "{looks}");
    }

    #[test]
    fn what_is_of_no_use_does_not_pile_up() {
        let mut cache = Cache::default();
        for key in 0..20_000 {
            cache.evict(|useful: &bool| !*useful);
            cache.insert(key, key < 10);
            assert!(cache.values().count() <= 22, "{key}");
        }
        for _ in 0..20 {
            cache.evict(|useful: &bool| !*useful);
        }
        assert_eq!(cache.values().count(), 10);
        assert_eq!(cache.turns.len(), 10);
        assert_eq!((cache.get(&3), cache.get(&19_999)), (Some(&true), None));
    }

    #[test]
    fn what_is_known_stays() {
        let mut cache = Cache::default();
        cache.insert("a", 1);
        cache.insert("a", 2);
        assert!(cache.evict(|_| false).is_empty());
        assert_eq!((cache.get("a"), cache.turns.len()), (Some(&1), 1));
        assert_eq!(cache.evict(|_| true), [1]);
        assert_eq!(cache.get("a"), None);
    }
}
