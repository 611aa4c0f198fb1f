//! What stands beside a result.

/// What stands beside `result` in an answer, as far as it concerns a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct BesideResult {
    /// What the next page's `start` is.
    pub next: Option<i64>,
    /// How many rows there are in all.
    pub total: Option<u64>,
}

impl BesideResult {
    /// What an answer with this `next` and this `total` says.
    #[must_use]
    pub fn new(next: Option<i64>, total: Option<u64>) -> Self {
        Self { next, total }
    }
}
