//! How a list is walked, and what each page is asked with.

use serde_json::value::{RawValue, to_raw_value};

use super::cursor::Position;
use super::params::Entries;
use crate::batch::{Query, key};
use crate::error::Kind;
use crate::method::PagingNames;
use crate::wire::PAGE_ROWS;
use crate::{Effect, Invalid, Paged};

/// How many pages so many rows are.
pub(super) fn pages(rows: u64) -> usize {
    usize::try_from(rows).map_or(usize::MAX, |rows| rows.div_ceil(PAGE_ROWS))
}

/// How a list is walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// By identifier: each page asks for what lies behind the last row. Rows that come or go meanwhile shift nothing.
    ById { descending: bool },
    /// By the number of rows before: the only way in any other order.
    ByOffset,
}

impl Way {
    /// Whether a walk in this way comes to such a position.
    pub(super) fn leads_to(self, at: Position) -> bool {
        matches!(
            (self, at),
            (_, Position::Begin)
                | (Self::ById { descending: false }, Position::After(_))
                | (Self::ById { descending: true }, Position::Before(_))
                | (Self::ByOffset, Position::Offset(_))
        )
    }

    /// The position behind the row that comes next at a position.
    pub(super) fn behind(self, at: Position, id: i64) -> Position {
        match self {
            Self::ById { descending: false } => Position::After(id),
            Self::ById { descending: true } => Position::Before(id),
            Self::ByOffset => Position::Offset(offset(at) + 1),
        }
    }
}

/// The parameters that a user gave, and how they are walked with.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) way: Way,
    base: Entries,
    paging: PagingNames,
    /// Whether the user asked for pages without a count.
    pub(super) uncounted: bool,
    /// Whether the parameters can be sent in a batch unchanged.
    pub(super) batches: bool,
}

impl Plan {
    pub(super) fn of<M: Paged>(method: &M) -> Result<Self, Kind> {
        method.check().map_err(Kind::Invalid)?;
        if method.effect() != Effect::Read {
            let problem = "a walk may ask for a page twice, and this method changes something when it is called";
            return Err(Kind::Invalid(Invalid::new("method", problem)));
        }
        let json = serde_json::to_string(method).map_err(encode)?;
        let base = Entries::parse(&json).map_err(encode)?;
        let paging = method.paging().names;
        let uncounted = match base.get("start").map(RawValue::get) {
            None | Some("0" | "null") => false,
            Some("-1") if paging.uncounted => true,
            Some(_) => {
                let problem = "a walk starts at the beginning; to resume an interrupted one, give its cursor \
                 (`resume_from`)";
                return Err(Kind::Invalid(Invalid::new("start", problem)));
            }
        };
        // Of a text that looks like a reference, the server would make something else in a batch.
        let batches = Query::of(&json).map_err(encode)?.reference().is_none();
        Ok(Self {
            way: way(&base, &paging),
            base: base.without("start"),
            paging,
            uncounted,
            batches,
        })
    }

    /// Whether the method can do without a count.
    pub(super) fn can_skip_count(&self) -> bool {
        self.paging.uncounted
    }

    /// The parameters of the page at a position.
    pub(super) fn page(&self, at: Position, counted: bool) -> Result<Box<RawValue>, Kind> {
        let json = self
            .entries(at, None, counted)
            .and_then(|entries| entries.to_json());
        json.and_then(RawValue::from_string).map_err(encode)
    }

    /// The queries of so many pages from a position on, each beginning where the one before it ends.
    pub(super) fn pages(
        &self,
        at: Position,
        count: usize,
        counted: bool,
    ) -> Result<Vec<Query>, Kind> {
        let pages = (0..count).map(|index| {
            let entries = match (self.way, index) {
                (Way::ByOffset, index) => {
                    let before = offset(at) + (index * PAGE_ROWS) as u64;
                    self.entries(Position::Offset(before), None, counted)
                }
                (Way::ById { .. }, 0) => self.entries(at, None, counted),
                (Way::ById { .. }, index) => self.entries(at, Some(index - 1), counted),
            };
            Query::of(&entries?.to_json()?)
        });
        pages.collect::<Result<_, _>>().map_err(encode)
    }

    /// The parameters of a page at a position, or behind the last row of another command of the same batch.
    fn entries(
        &self,
        at: Position,
        behind: Option<usize>,
        counted: bool,
    ) -> Result<Entries, serde_json::Error> {
        let Way::ById { descending } = self.way else {
            return self.by_offset(at);
        };
        let PagingNames {
            filter,
            order,
            cursor,
            ..
        } = &self.paging;
        let direction = if descending { "DESC" } else { "ASC" };
        let sorted = Entries::default().with(cursor, &direction)?;
        let mut entries = self.base.with(order, &sorted)?;
        let bound = match behind {
            Some(index) => Some(to_raw_value(&self.reference(index))?),
            None => self.bound(at)?,
        };
        if let Some(bound) = bound {
            let conditions = self.base.object(filter).with(&self.window(), &bound)?;
            entries = entries.with(filter, &conditions)?;
        }
        if counted {
            Ok(entries)
        } else {
            entries.with("start", &-1)
        }
    }

    /// Where rows are equal in the order that was asked for, the identifier decides: else the server may give them in another
    /// order from page to page.
    fn by_offset(&self, at: Position) -> Result<Entries, serde_json::Error> {
        let PagingNames { order, cursor, .. } = &self.paging;
        let mut sorted = self.base.object(order);
        if sorted.get(cursor).is_none() {
            sorted = sorted.with(cursor, &"ASC")?;
        }
        self.base.with(order, &sorted)?.with("start", &start(at))
    }

    /// The condition by which a page begins behind the last row: `>ID`.
    fn window(&self) -> String {
        let operator = if self.way == (Way::ById { descending: true }) {
            "<"
        } else {
            ">"
        };
        format!("{operator}{}", self.paging.cursor)
    }

    /// The bound of a page: the position, or the user's own condition of the same name where that is narrower.
    fn bound(&self, at: Position) -> Result<Option<Box<RawValue>>, serde_json::Error> {
        let own = self.base.object(&self.paging.filter);
        let own = own.get(&self.window()).map(ToOwned::to_owned);
        let narrower = |id: i64, is: fn(&i64, &i64) -> bool| {
            let number: Option<i64> = own.as_ref().and_then(|own| {
                let text = own.get().trim_matches('"');
                text.parse().ok()
            });
            match number {
                Some(number) if is(&number, &id) => Ok(own.clone()),
                _ => to_raw_value(&id).map(Some),
            }
        };
        match at {
            Position::After(id) => narrower(id, i64::gt),
            Position::Before(id) => narrower(id, i64::lt),
            Position::Begin | Position::Offset(_) => Ok(own),
        }
    }

    /// The identifier of a full page's last row: `$result[c0][workgroups][49][id]`.
    fn reference(&self, index: usize) -> String {
        let rows = self.paging.rows.as_ref();
        let rows = rows.map(|key| format!("[{key}]")).unwrap_or_default();
        let (last, field) = (PAGE_ROWS - 1, &self.paging.row_cursor);
        format!("$result[{}]{rows}[{last}][{field}]", key(index))
    }
}

/// The way that the order allows: whatever comes behind the identifier in it sorts nothing any more.
fn way(base: &Entries, paging: &PagingNames) -> Way {
    let order = base.object(&paging.order);
    match order.first() {
        None => Way::ById { descending: false },
        Some((field, direction)) if field == paging.cursor => Way::ById {
            descending: direction.get().eq_ignore_ascii_case("\"DESC\""),
        },
        Some(_) => Way::ByOffset,
    }
}

/// How many rows lie before a position.
pub(super) fn offset(at: Position) -> u64 {
    match at {
        Position::Offset(rows) => rows,
        _ => 0,
    }
}

/// What a position is as `start`: the server knows whole pages only.
fn start(at: Position) -> u64 {
    offset(at) - offset(at) % PAGE_ROWS as u64
}

#[allow(clippy::needless_pass_by_value, reason = "the form of `map_err`")]
fn encode(error: serde_json::Error) -> Kind {
    Kind::Encode(error.to_string())
}
