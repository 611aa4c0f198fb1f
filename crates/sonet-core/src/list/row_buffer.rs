//! The rows that came and are not given out yet.

use std::collections::VecDeque;
use std::vec::IntoIter;

use super::cursor::{Cursor, Mark, Position};
use super::plan::Way;

/// Rows to give out, in order, and where the walk is once they are.
pub(super) struct RowBuffer<T> {
    way: Way,
    /// What is left of the pages that came; none of them is empty.
    pages: VecDeque<CheckedRows<T>>,
    /// Behind the last row that was given out, and which one that was.
    given: Position,
    last: Option<i64>,
    mark: Option<Mark>,
}

/// Rows of a page that are checked, each with its identifier.
pub(super) struct CheckedRows<T> {
    rows: IntoIter<T>,
    ids: IntoIter<i64>,
}

impl<T> CheckedRows<T> {
    pub(super) fn new(rows: Vec<T>, ids: Vec<i64>) -> Self {
        let (rows, ids) = (rows.into_iter(), ids.into_iter());
        Self { rows, ids }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }
}

impl<T> RowBuffer<T> {
    /// From a cursor on.
    pub(super) fn new(way: Way, cursor: Cursor) -> Self {
        Self {
            way,
            pages: VecDeque::new(),
            given: cursor.at,
            last: cursor.mark.map(|mark| mark.last),
            mark: cursor.mark,
        }
    }

    /// Takes the rows of a page.
    pub(super) fn put(&mut self, page: CheckedRows<T>) {
        if page.len() > 0 {
            self.pages.push_back(page);
        }
    }

    pub(super) fn next_item(&mut self) -> Option<T> {
        let id = self.pages.front_mut()?.ids.next()?;
        self.mark_given(id);
        // A row may have half a kilobyte, so it is taken last, and moved nowhere but out.
        let page = self.pages.front_mut()?;
        if page.len() > 1 {
            return page.rows.next();
        }
        self.pages.pop_front()?.rows.next()
    }

    pub(super) fn next_page(&mut self) -> Option<Vec<T>> {
        let page = self.pages.pop_front()?;
        page.ids.for_each(|id| self.mark_given(id));
        Some(page.rows.collect())
    }

    fn mark_given(&mut self, id: i64) {
        self.last = Some(id);
        self.given = self.way.behind(self.given, id);
    }

    /// Behind the last row that was given out, of a list with so many rows.
    pub(super) fn cursor(&self, total: Option<u64>) -> Cursor {
        let mark = match (self.given, total, self.last) {
            (Position::Offset(_), Some(total), Some(last)) => Some(Mark { total, last }),
            (Position::Offset(_), ..) => self.mark,
            _ => None,
        };
        let at = self.given;
        Cursor { at, mark }
    }

    /// How many rows are left to give out.
    pub(super) fn len(&self) -> usize {
        self.pages.iter().map(CheckedRows::len).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGIN: Position = Position::Begin;

    fn buffer(way: Way, cursor: Cursor) -> RowBuffer<i64> {
        let mut buffer = RowBuffer::new(way, cursor);
        buffer.put(CheckedRows::new(vec![1, 2], vec![1, 2]));
        buffer.put(CheckedRows::new(Vec::new(), Vec::new()));
        buffer.put(CheckedRows::new(vec![3], vec![3]));
        buffer
    }

    #[test]
    fn rows_come_out_in_order_one_by_one_and_page_by_page() {
        let way = Way::ById { descending: false };
        let mut rows = buffer(way, BEGIN.into());
        assert_eq!(rows.len(), 3);
        assert_eq!(rows.next_item(), Some(1));
        assert_eq!(rows.next_page(), Some(vec![2]), "what is left of it");
        assert_eq!(rows.next_page(), Some(vec![3]));
        assert_eq!((rows.next_page(), rows.next_item()), (None, None));
    }

    #[test]
    fn the_cursor_stands_behind_the_last_row_that_was_given_out() {
        for (way, first, last) in [
            (Way::ById { descending: false }, "id>1", "id>3"),
            (Way::ById { descending: true }, "id<1", "id<3"),
            (Way::ByOffset, "offset=1/9@1", "offset=3/9@3"),
        ] {
            let mut rows = buffer(way, BEGIN.into());
            assert_eq!(rows.cursor(Some(9)), BEGIN.into());
            rows.next_item();
            assert_eq!(rows.cursor(Some(9)).to_string(), first);
            while rows.next_page().is_some() {}
            assert_eq!(rows.cursor(Some(9)).to_string(), last);
        }
    }

    #[test]
    fn what_a_cursor_shows_of_the_rows_before_it_is_kept() {
        let cursor: Cursor = "offset=20/30@7".parse().unwrap();
        let mut rows = buffer(Way::ByOffset, cursor);
        assert_eq!(rows.cursor(None), cursor);
        rows.next_item();
        assert_eq!(rows.cursor(Some(30)).to_string(), "offset=21/30@1");
    }
}
