//! Where a walk is, and what the pages that come prove.

use super::by_id::ById;
use super::by_offset::ByOffset;
use super::cursor::{Cursor, Position};
use super::page_info::{PageInfo, Proof};
use super::plan::Way;
use crate::error::Kind;

/// Checks what comes, in the way that the list is walked.
#[derive(Debug)]
pub(super) enum Walk {
    ById(ById),
    ByOffset(ByOffset),
}

impl Walk {
    pub(super) fn new(way: Way, cursor: Cursor) -> Self {
        match way {
            Way::ById { .. } => Self::ById(ById::new(way, cursor.at)),
            Way::ByOffset => Self::ByOffset(ByOffset::new(cursor)),
        }
    }

    /// Where the next page begins.
    pub(super) fn at(&self) -> Position {
        match self {
            Self::ById(walk) => walk.at,
            Self::ByOffset(walk) => walk.at(),
        }
    }

    /// How many rows there are, as the server has told.
    pub(super) fn total(&self) -> Option<u64> {
        match self {
            Self::ById(walk) => walk.total,
            Self::ByOffset(walk) => walk.total,
        }
    }

    /// How many pages seem to be left.
    pub(super) fn pages_left(&self) -> Option<usize> {
        match self {
            Self::ById(walk) => walk.pages_left(),
            Self::ByOffset(walk) => walk.pages_left(),
        }
    }

    /// Checks a page by the identifiers of its rows: what it proves, and how many rows at its beginning were given out before
    /// the walk was broken off.
    pub(super) fn check(&mut self, ids: &[i64], info: &PageInfo) -> Result<(Proof, usize), Kind> {
        match self {
            Self::ById(walk) => Ok((walk.page(ids, info)?, 0)),
            Self::ByOffset(walk) => Ok((walk.page(ids, info)?, walk.skipped())),
        }
    }

    /// What the server counted and what came, where the walk has ended in spite of the difference.
    pub(super) fn contradiction(&self) -> Option<(u64, u64)> {
        match self {
            Self::ById(walk) => walk.contradiction(),
            Self::ByOffset(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::page_info::RequestedAs;
    use super::*;

    const BY_ID: Way = Way::ById { descending: false };

    fn walk(way: Way) -> Walk {
        Walk::new(way, Position::Begin.into())
    }

    /// What an answer says that counts so many rows and announces no other page.
    fn info(total: u64, requested_as: RequestedAs) -> PageInfo {
        PageInfo {
            total: Some(total),
            next: false,
            is_list: true,
            counted: true,
            requested_as,
        }
    }

    fn ids(range: std::ops::RangeInclusive<i64>) -> Vec<i64> {
        range.collect()
    }

    #[test]
    fn a_full_page_has_another_one_behind_it() {
        for (way, at) in [
            (BY_ID, Position::After(50)),
            (Way::ByOffset, Position::Offset(50)),
        ] {
            let mut walk = walk(way);
            let proof = walk.check(&ids(1..=50), &info(120, RequestedAs::Alone));
            assert_eq!(proof.unwrap(), (Proof::More, 0));
            assert_eq!(walk.at(), at);
            assert_eq!((walk.total(), walk.pages_left()), (Some(120), Some(2)));
        }
    }

    #[test]
    fn by_identifier_a_short_page_of_a_longer_list_proves_nothing() {
        let mut walk = walk(BY_ID);
        let proof = walk.check(&ids(1..=10), &info(30, RequestedAs::Alone));
        assert_eq!(proof.unwrap().0, Proof::Inconclusive);
        let proof = walk.check(&[], &info(0, RequestedAs::Alone));
        assert_eq!(proof.unwrap().0, Proof::End);
        assert_eq!(walk.contradiction(), Some((30, 10)));
    }

    #[test]
    fn by_identifier_rows_advance() {
        let mut walk = walk(BY_ID);
        let error = walk.check(&[5, 4], &info(2, RequestedAs::Alone));
        assert!(matches!(error, Err(Kind::Walk(_))));
    }

    #[test]
    fn by_identifier_an_empty_page_behind_a_reference_may_be_one_that_was_not_replaced() {
        for (requested_as, proof) in [
            (RequestedAs::Behind, Proof::Inconclusive),
            (RequestedAs::First, Proof::End),
            (RequestedAs::Alone, Proof::End),
        ] {
            let mut walk = walk(BY_ID);
            let uncounted = PageInfo {
                total: None,
                counted: false,
                ..info(0, requested_as)
            };
            assert_eq!(walk.check(&ids(1..=50), &uncounted).unwrap().0, Proof::More);
            let mut empty = Walk::new(BY_ID, Cursor::from(walk.at()));
            assert_eq!(empty.check(&[], &uncounted).unwrap().0, proof);
        }
    }

    #[test]
    fn by_offset_fewer_rows_than_the_total_are_an_error() {
        let mut walk = walk(Way::ByOffset);
        let error = walk.check(&ids(1..=10), &info(30, RequestedAs::Alone));
        assert!(matches!(error, Err(Kind::Walk(_))));
        assert_eq!(walk.contradiction(), None);
    }

    #[test]
    fn by_offset_the_page_of_the_last_row_comes_again() {
        let cursor: Cursor = "offset=53/60@53".parse().unwrap();
        let mut resumed = Walk::new(Way::ByOffset, cursor);
        assert_eq!(resumed.at(), Position::Offset(50));
        let proof = resumed.check(&ids(51..=60), &info(60, RequestedAs::Alone));
        assert_eq!(proof.unwrap(), (Proof::End, 3));
        let mut shifted = Walk::new(Way::ByOffset, cursor);
        let error = shifted.check(&ids(50..=59), &info(60, RequestedAs::Alone));
        assert!(matches!(error, Err(Kind::Walk(_))));
    }
}
