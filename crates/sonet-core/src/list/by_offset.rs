//! A walk by offset: where it is, and what a page proves.

use std::collections::HashSet;

use super::cursor::{Cursor, Mark, Position};
use super::page_info::{PageInfo, Proof};
use super::plan::offset;
use crate::error::Kind;
use crate::wire::PAGE_ROWS;

/// What a walk by offset ends with.
const CHANGED: &str = "the list changed during the walk, so rows may be missing; walk it in the order of its \
 identifier, where changes do no harm";

/// Pages are counted off, so that no page can prove anything of another one: all that the server says has to agree with what
/// comes.
#[derive(Debug)]
pub(super) struct ByOffset {
    /// How many rows came, those before the first page included.
    rows: u64,
    /// How many rows there are.
    pub(super) total: Option<u64>,
    /// The rows that came.
    seen: HashSet<i64>,
    /// How many rows the first page begins with that were given out before the walk was broken.
    skip: usize,
    /// What they have to show to be the same.
    mark: Option<Mark>,
}

impl ByOffset {
    /// From a cursor on. The page with the last row that was given out comes again: it shows whether anything has shifted.
    pub(super) fn new(cursor: Cursor) -> Self {
        let given = offset(cursor.at);
        let last = given.saturating_sub(1);
        let rows = last - last % PAGE_ROWS as u64;
        Self {
            rows,
            total: None,
            seen: HashSet::new(),
            skip: usize::try_from(given - rows).unwrap_or(PAGE_ROWS),
            mark: cursor.mark,
        }
    }

    pub(super) fn at(&self) -> Position {
        Position::Offset(self.rows)
    }

    /// How many of the rows that came last were given out before.
    pub(super) fn skipped(&mut self) -> usize {
        std::mem::take(&mut self.skip)
    }

    /// By what the rows of the next page are known where they have no identifiers: their places, as numbers that no
    /// identifier is.
    pub(super) fn places(&self, rows: usize) -> Vec<i64> {
        let places = (1..).map(|place| i64::try_from(self.rows + place).unwrap_or(i64::MAX));
        places.map(std::ops::Neg::neg).take(rows).collect()
    }

    /// Rows that are known by their places alone never come twice, so only their number can end such a walk.
    pub(super) fn must_count(&self) -> Result<(), Kind> {
        if self.total.is_some() {
            return Ok(());
        }
        Err(Kind::Walk(
            "the server does not count this list, and its rows have no identifier, so nothing shows whether a page is \
             another one or the same again; ask for its pages one by one"
                .to_owned(),
        ))
    }

    /// Takes the identifiers of a page.
    pub(super) fn page(&mut self, ids: &[i64], info: &PageInfo) -> Result<Proof, Kind> {
        self.rows += ids.len() as u64;
        // Of a list with rows, a total of 0 says that they were not counted.
        let total = info.total.filter(|total| *total > 0 || self.rows == 0);
        self.check_not_shifted(ids, total)?;
        self.check_same_total(total)?;
        self.check_no_repeat(ids)?;
        let (came, counted) = (self.rows, self.total);
        let all = counted.is_none_or(|total| came == total);
        let is_last = if ids.len() >= PAGE_ROWS {
            counted.is_some() && all && !info.next
        } else if info.next && !(ids.is_empty() && all && counted.is_some()) {
            return Err(Kind::Walk(format!(
                "a page of only {} rows came with another page after it, so rows may be missing",
                ids.len()
            )));
        } else {
            true
        };
        match counted {
            Some(total) if came > total || (is_last && !all) => Err(Kind::Walk(format!(
                "{came} rows came of a list of {total}: {CHANGED}"
            ))),
            _ if is_last => Ok(Proof::End),
            _ => Ok(Proof::More),
        }
    }

    /// The rows before where the walk goes on are those that were given out.
    fn check_not_shifted(&mut self, ids: &[i64], total: Option<u64>) -> Result<(), Kind> {
        let Some(mark) = self.mark.take() else {
            if ids.len() < self.skip {
                let problem = format!("fewer rows came than were given out before: {CHANGED}");
                return Err(Kind::Walk(problem));
            }
            return Ok(());
        };
        let last = self.skip.checked_sub(1).and_then(|last| ids.get(last));
        if last == Some(&mark.last) && total.is_none_or(|total| total == mark.total) {
            return Ok(());
        }
        Err(Kind::Walk(format!(
            "row {} is not where the walk was interrupted: {CHANGED}",
            mark.last
        )))
    }

    /// The list stays as long as it was.
    fn check_same_total(&mut self, total: Option<u64>) -> Result<(), Kind> {
        match (self.total, total) {
            (Some(before), Some(now)) if before != now => Err(Kind::Walk(format!(
                "the list had {before} rows and has {now} now: {CHANGED}"
            ))),
            (None, Some(_)) => {
                self.total = total;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// No row comes twice.
    fn check_no_repeat(&mut self, ids: &[i64]) -> Result<(), Kind> {
        match ids.iter().find(|id| !self.seen.insert(**id)) {
            Some(id) => Err(Kind::Walk(format!("row {id} came twice: {CHANGED}"))),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::page_info::RequestedAs;
    use super::*;

    fn walk() -> ByOffset {
        ByOffset::new(Position::Begin.into())
    }

    /// What an answer says that counts so many rows and announces no other page.
    fn info(total: u64) -> PageInfo {
        PageInfo {
            total: Some(total),
            next: false,
            is_list: true,
            counted: true,
            requested_as: RequestedAs::Alone,
        }
    }

    fn ids(range: std::ops::RangeInclusive<i64>) -> Vec<i64> {
        range.collect()
    }

    #[test]
    fn a_full_page_has_another_one_behind_it() {
        let mut walk = walk();
        assert_eq!(walk.page(&ids(1..=50), &info(120)).unwrap(), Proof::More);
        assert_eq!(walk.skipped(), 0);
        assert_eq!(walk.at(), Position::Offset(50));
        assert_eq!(walk.total, Some(120));
    }

    #[test]
    fn fewer_rows_than_the_total_are_an_error() {
        let error = walk().page(&ids(1..=10), &info(30));
        assert!(matches!(error, Err(Kind::Walk(_))));
    }

    #[test]
    fn rows_without_identifiers_are_known_by_their_places_and_have_to_be_counted() {
        let mut walk = walk();
        assert_eq!(walk.places(3), [-1, -2, -3]);
        let places = walk.places(50);
        assert_eq!(walk.page(&places, &info(60)).unwrap(), Proof::More);
        assert!(walk.must_count().is_ok());
        let places = walk.places(10);
        assert_eq!(places.last(), Some(&-60));
        assert_eq!(walk.page(&places, &info(60)).unwrap(), Proof::End);
        assert!(matches!(
            super::tests::walk().must_count(),
            Err(Kind::Walk(_))
        ));
    }

    #[test]
    fn the_page_of_the_last_row_comes_again() {
        let cursor: Cursor = "offset=53/60@53".parse().unwrap();
        let mut resumed = ByOffset::new(cursor);
        assert_eq!(resumed.at(), Position::Offset(50));
        assert_eq!(resumed.page(&ids(51..=60), &info(60)).unwrap(), Proof::End);
        assert_eq!(resumed.skipped(), 3);
        let error = ByOffset::new(cursor).page(&ids(50..=59), &info(60));
        assert!(matches!(error, Err(Kind::Walk(_))));
    }
}
