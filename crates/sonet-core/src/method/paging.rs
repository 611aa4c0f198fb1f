//! How a method pages.

/// How a method pages.
///
/// ```
/// use sonet_core::Paging;
///
/// const PAGING: Paging = Paging::new(&["result", "workgroups"], "ID")
///     .row_cursor("id")
///     .uncounted();
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "it says how a method pages; `Paged::PAGING` takes it"]
pub struct Paging {
    pub(crate) rows: &'static [&'static str],
    pub(crate) filter: &'static str,
    pub(crate) order: &'static str,
    pub(crate) cursor: &'static str,
    pub(crate) row_cursor: &'static str,
    pub(crate) uncounted: bool,
}

impl Paging {
    /// Says where the rows stand, as keys from the answer's root, and the field to filter and sort by when walking by
    /// identifier.
    pub const fn new(rows: &'static [&'static str], cursor: &'static str) -> Self {
        Self {
            rows,
            filter: "filter",
            order: "order",
            cursor,
            row_cursor: cursor,
            uncounted: false,
        }
    }

    /// Names the parameter that takes the filter. Default: `filter`.
    pub const fn filter(mut self, parameter: &'static str) -> Self {
        self.filter = parameter;
        self
    }

    /// Names the parameter that takes the order. Default: `order`.
    pub const fn order(mut self, parameter: &'static str) -> Self {
        self.order = parameter;
        self
    }

    /// Names the field by which a walk goes on as a row has it. Default: the name that the filter has for it.
    pub const fn row_cursor(mut self, field: &'static str) -> Self {
        self.row_cursor = field;
        self
    }

    /// Says that `start = -1` is documented, which skips counting. Default: it is not, and every page is counted.
    pub const fn uncounted(mut self) -> Self {
        self.uncounted = true;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_said_is_as_most_methods_have_it() {
        let paging = Paging::new(&["result"], "ID");
        assert_eq!((paging.filter, paging.order), ("filter", "order"));
        assert_eq!((paging.cursor, paging.row_cursor), ("ID", "ID"));
        assert!(!paging.uncounted);
        let said = paging.filter("FILTER").order("ORDER").row_cursor("id");
        assert_eq!((said.filter, said.order), ("FILTER", "ORDER"));
        assert_eq!((said.cursor, said.row_cursor), ("ID", "id"));
        assert!(said.uncounted().uncounted);
    }
}
