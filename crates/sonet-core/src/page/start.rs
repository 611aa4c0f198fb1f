//! Where a page begins.

use std::fmt;

use serde::{Serialize, Serializer};

/// Where a page of a list begins: the parameter `start`.
///
/// ```
/// # extern crate sonet_core as sonet_async;
/// use sonet_async::PageStart;
///
/// let second_page = PageStart::at_row(50);
/// # assert_eq!(second_page.to_string(), "50");
/// ```
///
/// The start of the page after another one is [`Page::next`](crate::Page::next).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageStart(i64);

impl PageStart {
    /// The first page, without counting the rows of the list: it takes a large portal much less time.
    ///
    /// Such a page has no [`total`](crate::Page::total) and no [`next`](crate::Page::next). To go on, filter by identifiers
    /// behind that of the last row, as a client's `list` does.
    pub const UNCOUNTED: Self = Self(-1);

    /// The page that begins behind so many rows. Servers know multiples of 50 only, and round others down.
    #[must_use]
    pub const fn at_row(offset: u32) -> Self {
        Self(offset as i64)
    }

    /// The `next` of an answer, if that is a place in a list.
    pub(crate) fn of_wire(next: i64) -> Option<Self> {
        (next >= 0).then_some(Self(next))
    }
}

/// The number on the wire.
impl fmt::Display for PageStart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The number on the wire.
impl Serialize for PageStart {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_number_on_the_wire() {
        let json = |start| serde_json::to_string(&start).unwrap();
        assert_eq!(json(PageStart::at_row(50)), "50");
        assert_eq!(json(PageStart::at_row(u32::MAX)), "4294967295");
        assert_eq!(json(PageStart::UNCOUNTED), "-1");
    }

    #[test]
    fn only_a_place_in_a_list_is_the_next_start() {
        assert_eq!(PageStart::of_wire(0), Some(PageStart::at_row(0)));
        assert_eq!(PageStart::of_wire(-1), None);
    }
}
