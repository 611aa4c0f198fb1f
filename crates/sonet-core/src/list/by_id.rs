//! A walk by identifier: where it is, and what a page proves.

use super::cursor::{Cursor, Position};
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
    came: u64,
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

impl ById {
    pub(super) fn new(way: Way, at: Position) -> Self {
        Self {
            way,
            at,
            came: 0,
            total: None,
            left: None,
            is_low: false,
            is_doubted: false,
            has_references: false,
        }
    }

    /// How many pages seem to be left.
    pub(super) fn pages_left(&self) -> Option<usize> {
        let left = self.left.filter(|_| !self.is_low)?;
        Some(pages(left))
    }

    /// What the server counted and what came, where they contradict each other.
    pub(super) fn contradiction(&self) -> Option<(u64, u64)> {
        let total = self.total.filter(|total| *total != self.came)?;
        (self.is_low || self.is_doubted).then_some((total, self.came))
    }

    /// Takes the identifiers of a page.
    pub(super) fn page(&mut self, ids: &[i64], info: &PageInfo) -> Result<Proof, Kind> {
        ids.iter().try_for_each(|id| self.advance(*id))?;
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
        if self.came == 0 && says_more {
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
        self.at = self.way.behind(self.at, id);
        Ok(())
    }
}
