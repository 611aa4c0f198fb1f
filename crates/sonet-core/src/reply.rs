//! What comes back.

use crate::Time;
use crate::attempts::Attempts;

/// A successful answer with all that the envelope says.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reply<T> {
    /// The result.
    pub result: T,
    /// How many rows there are in all, where a list method counted them.
    pub total: Option<u64>,
    /// What the next page's `start` is. Absent on the last page, and on every page where counting was switched off by
    /// [`PageStart::UNCOUNTED`](crate::PageStart::UNCOUNTED): there, a page of 50 rows may have another one behind it.
    pub next: Option<i64>,
    /// What the call cost.
    pub time: Time,
    /// How many requests it took, and what is known of them.
    pub(crate) past: Attempts,
}
