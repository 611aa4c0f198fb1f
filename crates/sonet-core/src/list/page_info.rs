//! What the answer for a page says of itself, and what that proves.

/// What stands beside the rows of a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct PageInfo {
    /// How many rows the server has counted: from this page on by identifier, in all by offset.
    pub(super) total: Option<u64>,
    /// Whether it announces another page.
    pub(super) next: bool,
    /// Whether the rows are a list, and not `null` or `false`.
    pub(super) is_list: bool,
    /// Whether the server was asked to count.
    pub(super) counted: bool,
    pub(super) requested_as: RequestedAs,
}

/// How a page was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RequestedAs {
    /// In a request of its own.
    Alone,
    /// As the first of a batch.
    First,
    /// Behind another one of the same batch, whose last row a reference leads to where the walk is by identifier.
    Behind,
}

/// What a page proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// It is full, and another one may be behind it.
    More,
    /// The walk is not over, and what else came with this page says nothing: the rest is asked for in a request of its own.
    Inconclusive,
    /// It is the last one.
    End,
}
