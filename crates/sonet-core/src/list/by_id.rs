//! A walk by identifier: where it is, and what a page proves.

use super::cursor::{Cursor, Position};
use super::gap::Gap;
use super::page_info::{PageInfo, Proof, RequestedAs};
use super::plan::{Way, pages};
use crate::error::Kind;
use crate::wire::PAGE_ROWS;

/// Each page begins behind the last row that came, so that an empty one proves that there is no other row.
///
/// A full page has another one behind it, unless its total says that it has none and it announces none. A short one is the
/// last, unless something says that there is more: then the walk asks once more behind the last row, alone, and an empty list
/// is the proof. So no total ends a walk by itself, and none fails it, as long as rows come.
#[derive(Debug)]
pub(super) struct ById {
    way: Way,
    /// Behind the last row that came.
    pub(super) at: Position,
    part: Part,
    came: u64,
    /// The identifier of the first row that came.
    first: Option<i64>,
    /// How many rows there are in all, as the server said when the walk began.
    pub(super) total: Option<u64>,
    /// How many rows are left, as the server said last.
    left: Option<u64>,
    /// Whether more rows came than the server had said: then what it says is left does not tell how many pages there are.
    is_low: bool,
    /// Whether the page that comes next is to prove that there is no more, although something said so.
    is_doubted: bool,
    /// Whether a page behind a reference has brought rows, so that the server replaces references.
    has_references: bool,
}

/// What part of the list is walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    /// What lies behind rows that came, so that a total contradicts nothing where it has no row.
    Window {
        /// The identifier of the last row that is asked for, where the window ends before the list does.
        until: Option<i64>,
    },
}

/// What is left of a walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rest {
    /// Something that no windows can be cut from.
    Whole,
    Gap(Gap),
    Nothing,
}

impl ById {
    pub(super) fn new(way: Way, at: Position) -> Self {
        Self {
            way,
            at,
            part: Part::Whole,
            came: 0,
            first: None,
            total: None,
            left: None,
            is_low: false,
            is_doubted: false,
            has_references: false,
        }
    }

    /// A window behind rows that came, as far as an identifier, or to the end of the list.
    pub(super) fn window(way: Way, at: Position, until: Option<i64>) -> Self {
        Self {
            part: Part::Window { until },
            ..Self::new(way, at)
        }
    }

    /// How many rows came.
    pub(super) fn came(&self) -> u64 {
        self.came
    }

    /// How many rows there are in all, as the server said when the walk began; nothing of a window.
    pub(super) fn total_of_all(&self) -> Option<u64> {
        self.total.filter(|_| self.part == Part::Whole)
    }

    /// The identifier of the last row that is asked for, where a window ends before the list does.
    pub(super) fn until(&self) -> Option<i64> {
        match self.part {
            Part::Whole => None,
            Part::Window { until } => until,
        }
    }

    /// What is left, of a list that goes as far as a key.
    pub(super) fn rest(&self, reach: i64) -> Rest {
        let (Position::After(last) | Position::Before(last)) = self.at else {
            return Rest::Whole;
        };
        let after = self.way.key(last);
        let until = self.until().map(|until| self.way.key(until));
        if until.is_some_and(|until| after >= until) {
            return Rest::Nothing;
        }
        let end = until.unwrap_or(reach);
        if self.part == Part::Whole && after >= end {
            return Rest::Whole;
        }
        let rows = self.rows_left().unwrap_or_else(|| {
            // As close to each other as those that came.
            let first = self.first.map_or(after, |first| self.way.key(first));
            let (came, ahead) = (i128::from(self.came), i128::from(end) - i128::from(after));
            let span = (i128::from(after) - i128::from(first)).max(1);
            u64::try_from(came * ahead / span).unwrap_or(0)
        });
        Rest::Gap(Gap::Ids {
            after,
            until,
            end,
            rows,
        })
    }

    /// How many rows seem to be left.
    pub(super) fn rows_left(&self) -> Option<u64> {
        self.left.filter(|_| !self.is_low)
    }

    /// How many pages seem to be left.
    pub(super) fn pages_left(&self) -> Option<usize> {
        self.rows_left().map(pages)
    }

    /// What the server counted and what came, where they contradict each other.
    pub(super) fn contradiction(&self) -> Option<(u64, u64)> {
        let total = self.total.filter(|total| *total != self.came)?;
        (self.is_low || self.is_doubted).then_some((total, self.came))
    }

    /// Takes the identifiers of a page.
    pub(super) fn page(&mut self, ids: &[i64], info: &PageInfo) -> Result<Proof, Kind> {
        ids.iter().try_for_each(|id| self.advance(*id))?;
        self.first = self.first.or(ids.first().copied());
        let rows = ids.len() as u64;
        // A total below the rows of its own page is wrong, and none where nothing was to be counted often comes as 0.
        let is_total = |total: &u64| *total >= rows && (info.counted || *total > 0);
        let total = info.total.filter(is_total);
        if self.total.is_none() && info.counted {
            self.total = total.map(|total| self.came + total);
        }
        let expected = self.left;
        self.left = match total {
            Some(total) => Some(total - rows),
            None => expected.map(|left| left.saturating_sub(rows)),
        };
        if rows == 0 {
            return self.empty(expected, total, info);
        }
        self.came += rows;
        self.is_low |= expected.is_some_and(|left| rows > left);
        self.is_doubted = false;
        self.has_references |= info.requested_as == RequestedAs::Behind;
        if ids.len() < PAGE_ROWS {
            self.is_doubted = info.next || self.left.is_some_and(|left| left > 0);
            return Ok(if self.is_doubted {
                Proof::Inconclusive
            } else {
                Proof::End
            });
        }
        let is_last = info.counted && !info.next && total == Some(rows);
        Ok(if is_last {
            Proof::End
        } else if ids.len() > PAGE_ROWS && info.requested_as != RequestedAs::Alone {
            // References led to the last row of a page of the usual size.
            Proof::Inconclusive
        } else {
            Proof::More
        })
    }

    /// A page without rows, where so many were expected.
    fn empty(
        &mut self,
        expected: Option<u64>,
        total: Option<u64>,
        info: &PageInfo,
    ) -> Result<Proof, Kind> {
        let says_more = info.next || total.is_some_and(|total| total > 0);
        let is_expected = expected.is_some_and(|left| left > 0);
        if self.came == 0 && self.part == Part::Whole && says_more {
            return Err(Kind::Walk(match total {
                Some(total) if total > 0 => {
                    format!("no rows came of a list of {total}")
                }
                _ => "no rows came, yet another page is announced".to_owned(),
            }));
        }
        self.is_doubted |= says_more || is_expected;
        if self.is_doubted && !info.is_list {
            return Err(Kind::Walk(format!(
                "{} rows came, more are counted, and the next page is not a list",
                self.came
            )));
        }
        // In a batch, it may be empty for another reason: a reference that was not replaced finds nothing either.
        let is_unsure = match info.requested_as {
            RequestedAs::Alone => false,
            RequestedAs::First => self.is_doubted,
            RequestedAs::Behind => self.is_doubted || (!self.has_references && expected != Some(0)),
        };
        Ok(if is_unsure {
            Proof::Inconclusive
        } else {
            Proof::End
        })
    }

    /// Identifiers advance, from page to page and within a page.
    fn advance(&mut self, id: i64) -> Result<(), Kind> {
        let advances = match self.at {
            Position::After(last) => id > last,
            Position::Before(last) => id < last,
            Position::Begin | Position::Offset(_) => true,
        };
        if !advances {
            let at = Cursor::from(self.at);
            return Err(Kind::Walk(format!(
                "row {id} came where only rows with {at} are left: the server ignores where a page begins"
            )));
        }
        if let Some(until) = self
            .until()
            .filter(|until| self.way.key(id) > self.way.key(*until))
        {
            return Err(Kind::Walk(format!(
                "row {id} came where only rows as far as {until} were asked for: the server ignores where a page ends"
            )));
        }
        self.at = self.way.behind(self.at, id);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAY: Way = Way::ById { descending: false };

    fn walk() -> ById {
        ById::new(WAY, Position::Begin)
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
        let mut walk = walk();
        let proof = walk.page(&ids(1..=50), &info(120, RequestedAs::Alone));
        assert_eq!(proof.unwrap(), Proof::More);
        assert_eq!(walk.at, Position::After(50));
        assert_eq!((walk.total, walk.pages_left()), (Some(120), Some(2)));
    }

    #[test]
    fn a_short_page_of_a_longer_list_proves_nothing() {
        let mut walk = walk();
        let proof = walk.page(&ids(1..=10), &info(30, RequestedAs::Alone));
        assert_eq!(proof.unwrap(), Proof::Inconclusive);
        let proof = walk.page(&[], &info(0, RequestedAs::Alone));
        assert_eq!(proof.unwrap(), Proof::End);
        assert_eq!(walk.contradiction(), Some((30, 10)));
    }

    #[test]
    fn rows_advance() {
        let error = walk().page(&[5, 4], &info(2, RequestedAs::Alone));
        assert!(matches!(error, Err(Kind::Walk(_))));
    }

    #[test]
    fn rows_lie_within_their_window() {
        for (way, at, good, bad) in [
            (WAY, Position::After(10), [11, 20], [11, 21]),
            (
                Way::ById { descending: true },
                Position::Before(30),
                [29, 20],
                [29, 19],
            ),
        ] {
            let proof = ById::window(way, at, Some(20)).page(&good, &info(2, RequestedAs::First));
            assert_eq!(proof.unwrap(), Proof::End);
            let error = ById::window(way, at, Some(20)).page(&bad, &info(2, RequestedAs::First));
            assert!(matches!(error, Err(Kind::Walk(_))));
        }
    }

    #[test]
    fn a_window_without_rows_is_asked_for_again_where_some_are_counted() {
        let mut window = ById::window(WAY, Position::After(10), Some(20));
        let proof = window.page(&[], &info(30, RequestedAs::First));
        assert_eq!(proof.unwrap(), Proof::Inconclusive);
        let proof = window.page(&[], &info(30, RequestedAs::Alone));
        assert_eq!(proof.unwrap(), Proof::End);
        let error = walk().page(&[], &info(30, RequestedAs::Alone));
        assert!(matches!(error, Err(Kind::Walk(_))), "of a whole list");
    }

    #[test]
    fn an_empty_page_behind_a_reference_may_be_one_that_was_not_replaced() {
        for (requested_as, proof) in [
            (RequestedAs::Behind, Proof::Inconclusive),
            (RequestedAs::First, Proof::End),
            (RequestedAs::Alone, Proof::End),
        ] {
            let mut walk = walk();
            let uncounted = PageInfo {
                total: None,
                counted: false,
                ..info(0, requested_as)
            };
            assert_eq!(walk.page(&ids(1..=50), &uncounted).unwrap(), Proof::More);
            let mut empty = ById::new(WAY, walk.at);
            assert_eq!(empty.page(&[], &uncounted).unwrap(), proof);
        }
    }
}
