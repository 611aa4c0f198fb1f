//! Numbers that look random and are always the same.
//!
//! A few lines of its own (`SplitMix64`) instead of a dependency, because an update of the dependency
//! might change every portal's data.

use serde::{Deserialize, Serialize};

/// A source of numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below a bound, which must not be 0.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    /// Whether a chance of one in so many comes true.
    pub(crate) fn one_in(&mut self, bound: u64) -> bool {
        self.below(bound) == 0
    }

    /// One of several items; the first of an empty list is nothing.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let at = self.below(items.len() as u64);
        usize::try_from(at).ok().and_then(|at| items.get(at))
    }

    /// A secret of small letters and digits.
    pub(crate) fn secret(&mut self, length: usize) -> String {
        let symbols = b"abcdefghijklmnopqrstuvwxyz0123456789";
        (0..length)
            .filter_map(|_| self.pick(symbols).map(|byte| char::from(*byte)))
            .collect()
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
