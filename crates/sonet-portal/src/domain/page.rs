//! A page of rows.

/// How many rows a page of a list has.
pub(crate) const PAGE_SIZE: u64 = PAGE_ROWS as u64;

/// The same, to count with.
pub(crate) const PAGE_ROWS: usize = 50;

/// A page of rows: its own part of the matches, and where the next one begins.
pub(crate) struct Page<T> {
    pub(crate) rows: Vec<T>,
    pub(crate) total: u64,
    pub(crate) next: Option<u64>,
}

impl<T> Page<T> {
    /// Cuts the page at an offset. A full last page has no `next` unless a bogus one is wanted.
    pub(crate) fn cut(matches: Vec<T>, start: u64, bogus_next: bool) -> Self {
        let total = matches.len() as u64;
        let skipped = usize::try_from(start).unwrap_or(usize::MAX);
        let rows = matches.into_iter().skip(skipped).take(PAGE_ROWS).collect();
        Self::of(rows, total, start, bogus_next)
    }

    /// A page that is cut already, of so many rows in all.
    pub(crate) fn of(rows: Vec<T>, total: u64, start: u64, bogus_next: bool) -> Self {
        let following = start.saturating_add(PAGE_SIZE);
        Self {
            rows,
            total,
            next: (following < total || bogus_next && following == total).then_some(following),
        }
    }

    /// A page of which nobody asks how many rows there are beside its own.
    pub(crate) fn uncounted(rows: Vec<T>) -> Self {
        Self {
            rows,
            total: 0,
            next: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_page_has_no_next() {
        let next = |total, start| Page::cut(vec![(); total], start, false).next;
        assert_eq!(next(120, 0), Some(50));
        assert_eq!(next(120, 50), Some(100));
        assert_eq!(next(120, 100), None);
        assert_eq!(
            next(100, 50),
            None,
            "a full last page is the last one all the same"
        );
        assert_eq!(next(50, 0), None);
        assert_eq!(next(0, 0), None);
        assert_eq!(next(120, u64::MAX), None);
        assert_eq!(Page::cut(vec![(); 120], 100, false).rows.len(), 20);
        assert_eq!(Page::cut(vec![(); 120], 500, false).rows.len(), 0);
    }

    #[test]
    fn a_bogus_next_leads_to_an_empty_page() {
        let cut = |total, start| Page::cut(vec![(); total], start, true);
        assert_eq!(cut(100, 50).next, Some(100));
        assert_eq!((cut(100, 100).next, cut(100, 100).rows.len()), (None, 0));
        assert_eq!(cut(120, 100).next, None);
        assert_eq!(cut(0, 0).next, None);
    }
}
