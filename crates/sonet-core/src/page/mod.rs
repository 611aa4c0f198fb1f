//! One page of a list.

mod beside;
mod decode;
mod keyed;
mod serde;
mod start;

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

pub use beside::BesideResult;
pub(crate) use decode::RowsVisitor;
pub(crate) use keyed::{Keyed, is_place};
pub use start::PageStart;

use crate::wire::PAGE_ROWS;

/// One page of a list: what every method answers that lists up to 50 rows at a time.
///
/// It is the whole list only if [`Page::is_last`] says so and [`Page::total`], if there is one, is the number of its rows. A
/// client's `list` walks all pages, and gives out their rows.
///
/// ```
/// # extern crate sonet_core as sonet_async;
/// use sonet_async::Page;
///
/// fn show(page: &Page<String>) {
///     for name in page {
///         println!("{name}");
///     }
///     println!("{} of {:?}", page.len(), page.total());
///     if !page.is_last() {
///         println!("there may be more");
///     }
/// }
/// # let mut page = Page::new(vec!["Rust".to_owned(), "Ferris".to_owned()]);
/// # page.set_beside_result(&sonet_async::BesideResult::new(None, Some(2)));
/// # show(&page);
/// ```
///
/// As JSON, it is an answer of the portal: `{"result":[…],"next":50,"total":120}`, where `next` and `total` are left out if
/// they are not there. That is read back as the same page. So is a bare list, but nothing is known of it beyond its rows, and
/// [`Page::is_last`] is false.
#[derive(Debug, Clone)]
#[must_use = "a page is what was asked for, and may be only a part of the list"]
pub struct Page<T> {
    rows: Vec<T>,
    form: Form,
    /// Nothing, as long as nobody has said what stood there.
    beside: Option<BesideResult>,
}

/// What the rows were on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Form {
    /// Nobody has said: the page was built by hand.
    Unknown,
    /// No list at all: `null` or `false`.
    NoList,
    /// A list, in this key of `result`, or `result` itself.
    List(Option<Cow<'static, str>>),
}

impl<T> Page<T> {
    /// A page with these rows, of which it is not known whether it is the last:
    /// [`Page::set_beside_result`] says it.
    pub fn new(rows: Vec<T>) -> Self {
        Self::of(rows, Form::Unknown)
    }

    pub(crate) fn of(rows: Vec<T>, form: Form) -> Self {
        Self {
            rows,
            form,
            beside: None,
        }
    }

    /// Takes over what stands beside the rows in an answer: for [`Method::beside_result`](crate::Method::beside_result).
    pub fn set_beside_result(&mut self, beside: &BesideResult) {
        self.beside = Some(*beside);
    }

    /// The rows, in the order asked for.
    #[must_use]
    pub fn rows(&self) -> &[T] {
        &self.rows
    }

    /// The rows of this page alone.
    #[must_use]
    pub fn into_rows_of_this_page(self) -> Vec<T> {
        self.rows
    }

    /// The rows of this page, and what they were on the wire.
    pub(crate) fn into_parts(self) -> (Vec<T>, Form) {
        (self.rows, self.form)
    }

    /// How many rows this page has: up to 50.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether this page has no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows, in the order asked for.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.rows.iter()
    }

    /// Where the next page begins, for the same request's `start`.
    ///
    /// There is none on the last page, and none where counting is switched off: there, [`Page::is_last`] tells whether the page
    /// may have another one behind it.
    #[must_use]
    pub fn next(&self) -> Option<PageStart> {
        PageStart::of_wire(self.beside?.next?)
    }

    /// How many rows the list has in all, as the server has counted them.
    ///
    /// There is none where it did not count. A number below that of the rows on this page is none, either: it is what servers
    /// answer that do not count.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        let total = self.beside?.total?;
        (total >= self.rows.len() as u64).then_some(total)
    }

    /// Whether the server has said that no page comes after this one.
    ///
    /// A page with less than 50 rows is the last if it announces no other one, and the count, if there is one, agrees. A full
    /// page is the last only if its rows were counted: without a count (see [`PageStart::UNCOUNTED`]), it may have another one
    /// behind it, and only asking for that one tells. An answer of `null` or `false` in place of a list is not the last page:
    /// a method that failed halfway answers so, too. So it is false if in doubt.
    #[must_use]
    pub fn is_last(&self) -> bool {
        let announces_none = self.beside.is_some_and(|beside| beside.next.is_none());
        announces_none && self.form != Form::NoList && self.ends_where_the_count_does()
    }

    /// Whether the list may end with this page: pages begin at multiples of 50 rows, so the rows of the last one are what is
    /// left over of the count. An empty page is behind the end.
    fn ends_where_the_count_does(&self) -> bool {
        let page = PAGE_ROWS as u64;
        let rows = self.rows.len() as u64;
        match self.total() {
            Some(total) => rows == 0 || total == rows || total % page == rows % page,
            None => rows < page,
        }
    }
}

/// Two pages are the same if they have the same rows, and the same stands beside them.
impl<T: PartialEq> PartialEq for Page<T> {
    fn eq(&self, other: &Self) -> bool {
        self.rows == other.rows && self.beside == other.beside
    }
}

impl<T: Eq> Eq for Page<T> {}

impl<T: Hash> Hash for Page<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.rows, self.beside).hash(state);
    }
}

impl<'a, T> IntoIterator for &'a Page<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(rows: usize, next: Option<i64>, total: Option<u64>) -> Page<usize> {
        let mut page = Page::new((0..rows).collect());
        page.set_beside_result(&BesideResult::new(next, total));
        page
    }

    #[test]
    fn a_short_page_is_the_last_unless_it_announces_another_one() {
        assert!(page(20, None, Some(120)).is_last());
        assert!(page(20, None, None).is_last());
        assert!(page(0, None, Some(0)).is_last());
        assert!(page(0, None, Some(3)).is_last(), "behind the end");
        for next in [50, 0, -1] {
            assert!(!page(20, Some(next), Some(120)).is_last());
        }
        for total in [30, 50, 100, 121] {
            assert!(!page(20, None, Some(total)).is_last(), "{total}");
        }
    }

    #[test]
    fn a_full_page_is_the_last_only_if_it_is_counted() {
        assert!(page(50, None, Some(50)).is_last());
        assert!(page(50, None, Some(150)).is_last());
        assert!(page(60, None, Some(60)).is_last());
        for total in [None, Some(0), Some(49), Some(120)] {
            assert!(!page(50, None, total).is_last(), "{total:?}");
        }
        assert!(!page(50, Some(50), Some(50)).is_last());
    }

    #[test]
    fn a_page_that_nothing_is_known_of_is_not_the_last() {
        for rows in [0, 20, 50] {
            let page = Page::new(vec![7; rows]);
            assert!(!page.is_last());
            assert_eq!((page.next(), page.total()), (None, None));
        }
    }

    #[test]
    fn the_next_page_begins_where_the_answer_says() {
        assert_eq!(page(50, Some(50), None).next(), Some(PageStart::at_row(50)));
        assert_eq!(page(50, None, None).next(), None);
        assert_eq!(page(50, Some(-1), None).next(), None, "no place in a list");
    }

    #[test]
    fn a_total_below_the_rows_is_none() {
        assert_eq!(page(50, None, Some(0)).total(), None);
        assert_eq!(page(0, None, Some(0)).total(), Some(0));
        assert_eq!(page(50, None, Some(120)).total(), Some(120));
    }

    #[test]
    fn rows_come_out_in_order() {
        let page = page(3, None, None);
        assert_eq!(page.iter().sum::<usize>(), 3);
        assert_eq!((&page).into_iter().count(), 3);
        assert_eq!(
            (page.rows(), page.len(), page.is_empty()),
            (&[0, 1, 2][..], 3, false)
        );
        assert_eq!(page.clone().into_iter().collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(page.into_rows_of_this_page(), [0, 1, 2]);
    }
}
