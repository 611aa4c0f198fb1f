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

    /// A number that grows as the walk goes on: what windows are cut by.
    pub(super) fn key(self, id: i64) -> i64 {
        match self {
            Self::ById { descending: true } => id.saturating_neg(),
            _ => id,
        }
    }

    /// The position behind the row with such a key.
    pub(super) fn behind_key(self, key: i64) -> Position {
        self.behind(Position::Begin, self.key(key))
    }
}

/// Which pages of a request are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    None,
    First,
    All,
}

impl Counted {
    /// Whether the page at this place is.
    pub(super) fn covers(self, index: usize) -> bool {
        self == Self::All || self == Self::First && index == 0
    }
}

/// The pages of a request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pages {
    /// Where the first one begins.
    pub(super) at: Position,
    /// The identifier of the last row that is asked for, where a window ends before the list does.
    pub(super) until: Option<i64>,
    pub(super) count: usize,
    pub(super) counted: Counted,
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
    /// Whether a condition of the user's bounds the identifier at the far end by something else than a number, so that no
    /// other bound can be put in its place.
    is_bounded_otherwise: bool,
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
        let base = base
            .without_empty(&paging.filter)
            .without_empty(&paging.order);
        let query = base.to_json().and_then(|json| Query::of(&json));
        let query = query.map_err(encode)?;
        // Of a text that looks like a reference, of some keys and of an empty list, the server would make something else in a
        // batch, and the pages of a walk have to be those of one list.
        let batches = query.reference().is_none() && query.is_exact();
        let mut plan = Self {
            way: way(&base, &paging),
            base: base.without("start"),
            paging,
            uncounted,
            batches,
            is_bounded_otherwise: false,
        };
        let end = plan.end().and_then(|end| plan.own_bound(&end));
        plan.is_bounded_otherwise = end.is_some_and(|end| number(&end).is_none());
        Ok(plan)
    }

    /// Whether the list can be cut into windows by identifier.
    pub(super) fn has_windows(&self) -> bool {
        self.way != Way::ByOffset && self.batches && !self.is_bounded_otherwise
    }

    /// Whether the method can do without a count.
    pub(super) fn can_skip_count(&self) -> bool {
        self.paging.uncounted
    }

    /// The parameters of the only page of a request.
    pub(super) fn page(&self, pages: &Pages) -> Result<Box<RawValue>, Kind> {
        let json = self
            .entries(pages, None, pages.counted.covers(0))
            .and_then(|entries| entries.to_json());
        json.and_then(RawValue::from_string).map_err(encode)
    }

    /// The queries of several pages, each beginning where the one before it ends.
    pub(super) fn pages(&self, pages: &Pages) -> Result<Vec<Query>, Kind> {
        let queries = (0..pages.count).map(|index| {
            let counted = pages.counted.covers(index);
            let entries = match (self.way, index) {
                (Way::ByOffset, index) => {
                    let before = offset(pages.at) + (index * PAGE_ROWS) as u64;
                    let at = Position::Offset(before);
                    self.entries(&Pages { at, ..*pages }, None, counted)
                }
                (Way::ById { .. }, 0) => self.entries(pages, None, counted),
                (Way::ById { .. }, index) => self.entries(pages, Some(index - 1), counted),
            };
            Query::of(&entries?.to_json()?)
        });
        queries.collect::<Result<_, _>>().map_err(encode)
    }

    /// The query of the page that the last row of the list stands at the beginning of, in the opposite order.
    pub(super) fn last_page(&self) -> Result<Query, Kind> {
        let Way::ById { descending } = self.way else {
            return Err(Kind::Walk("by offset, the last page is counted".to_owned()));
        };
        let entries = self.sorted(!descending).and_then(|entries| {
            if self.can_skip_count() {
                entries.with("start", &-1)
            } else {
                Ok(entries)
            }
        });
        let query = entries.and_then(|entries| Query::of(&entries.to_json()?));
        query.map_err(encode)
    }

    /// The parameters of a page at a position, or behind the last row of another command of the same batch.
    fn entries(
        &self,
        pages: &Pages,
        behind: Option<usize>,
        counted: bool,
    ) -> Result<Entries, serde_json::Error> {
        let Way::ById { descending } = self.way else {
            return self.by_offset(pages.at);
        };
        let mut entries = self.sorted(descending)?;
        let begin = match behind {
            Some(index) => Some(to_raw_value(&self.reference(index))?),
            None => self.bound(pages.at)?,
        };
        let until = pages.until.map(|id| self.before_end(id)).transpose()?;
        let filter = &self.paging.filter;
        for (name, bound) in [(self.window(), begin), (self.end(), until)] {
            if let (Some(name), Some(bound)) = (name, bound) {
                let conditions = entries.object(filter).with(&name, &bound)?;
                entries = entries.with(filter, &conditions)?;
            }
        }
        if counted {
            Ok(entries)
        } else {
            entries.with("start", &-1)
        }
    }

    /// What the user asked for, in the order of the identifier.
    fn sorted(&self, descending: bool) -> Result<Entries, serde_json::Error> {
        let PagingNames { order, cursor, .. } = &self.paging;
        let Some(cursor) = cursor else {
            return self.base.with("start", &0);
        };
        let direction = if descending { "DESC" } else { "ASC" };
        let sorted = Entries::default().with(cursor, &direction)?;
        self.base.with(order, &sorted)
    }

    /// Where rows are equal in the order that was asked for, the identifier decides: else the server may give them in another
    /// order from page to page.
    fn by_offset(&self, at: Position) -> Result<Entries, serde_json::Error> {
        let PagingNames { order, cursor, .. } = &self.paging;
        let Some(cursor) = cursor else {
            return self.base.with("start", &start(at));
        };
        let mut sorted = self.base.object(order);
        if sorted.get(cursor).is_none() {
            sorted = sorted.with(cursor, &"ASC")?;
        }
        self.base.with(order, &sorted)?.with("start", &start(at))
    }

    /// The condition by which a page begins behind the last row: `>ID`.
    fn window(&self) -> Option<String> {
        self.condition(if self.is_descending() { "<" } else { ">" })
    }

    /// The condition by which a window ends: `<ID`.
    fn end(&self) -> Option<String> {
        self.condition(if self.is_descending() { ">" } else { "<" })
    }

    fn condition(&self, operator: &str) -> Option<String> {
        let cursor = self.paging.cursor.as_ref()?;
        Some(format!("{operator}{cursor}"))
    }

    fn is_descending(&self) -> bool {
        self.way == (Way::ById { descending: true })
    }

    /// The bound of a page: the position, or the user's own condition of the same name where that is narrower.
    fn bound(&self, at: Position) -> Result<Option<Box<RawValue>>, serde_json::Error> {
        let own = self.window().and_then(|window| self.own_bound(&window));
        let narrower = |id: i64, is: fn(&i64, &i64) -> bool| match own.as_deref().and_then(number) {
            Some(number) if is(&number, &id) => Ok(own.clone()),
            _ => to_raw_value(&id).map(Some),
        };
        match at {
            Position::After(id) => narrower(id, i64::gt),
            Position::Before(id) => narrower(id, i64::lt),
            Position::Begin | Position::Offset(_) => Ok(own),
        }
    }

    /// The bound that no row up to this one is beyond, or the user's own where that is narrower.
    fn before_end(&self, last: i64) -> Result<Box<RawValue>, serde_json::Error> {
        let (bound, is_narrower): (i64, fn(&i64, &i64) -> bool) = if self.is_descending() {
            (last.saturating_sub(1), i64::gt)
        } else {
            (last.saturating_add(1), i64::lt)
        };
        match self.end().and_then(|end| self.own_bound(&end)) {
            Some(own) if number(&own).is_some_and(|own| is_narrower(&own, &bound)) => Ok(own),
            _ => to_raw_value(&bound),
        }
    }

    /// The user's own condition of this name.
    fn own_bound(&self, name: &str) -> Option<Box<RawValue>> {
        let own = self.base.object(&self.paging.filter);
        own.get(name).map(ToOwned::to_owned)
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
    let Some(cursor) = &paging.cursor else {
        return Way::ByOffset;
    };
    let order = base.object(&paging.order);
    match order.first() {
        None => Way::ById { descending: false },
        Some((field, direction)) if field == *cursor => Way::ById {
            descending: direction.get().eq_ignore_ascii_case("\"DESC\""),
        },
        Some(_) => Way::ByOffset,
    }
}

/// A bound that is a number, or a text of one.
fn number(bound: &RawValue) -> Option<i64> {
    bound.get().trim_matches('"').parse().ok()
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
