//! The walk itself.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::marker::PhantomData;
use std::time::Instant;
use std::vec::IntoIter;

use http::StatusCode;

use super::cursor::{Cursor, Mark, Position};
use super::plan::{PAGE, Plan, Way, offset};
use super::request::{PageOf, PagesOf};
use crate::batch::{COMMANDS, Part, Parts};
use crate::error::Kind;
use crate::{Error, Paged, Reply, Session};

/// What a walk by offset ends with.
const CHANGED: &str = "the list changed while it was walked, so that rows may be missing; walk it in the order of its \
                       identifier, which changes do not disturb";

/// How often a walk asks again for the same page that was refused for a method's time.
const REFUSALS: u32 = 20;

/// Walks a list from its beginning to its end: says which pages to ask for, checks what comes, and gives out the rows.
///
/// **By identifier** where the order is by the identifier, or none was asked for: each page asks for what lies behind the
/// last row, so that rows that come and go meanwhile shift nothing. **By offset** in any other order.
///
/// Every row comes once, in order, or the walk ends with an error: identifiers advance, no row comes twice, and only the last
/// page is short. Whether there is more says the server's `next`, or its `total` where that is missing, or a full page where
/// both are.
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Pager<M: Paged> {
    session: Session,
    method: String,
    plan: Result<Plan, Kind>,
    count: Count,
    eager: bool,
    /// Behind the last row that came.
    at: Position,
    /// Behind the last row that was given out, and which one that was.
    given: Position,
    last: Option<i64>,
    /// What is left of the pages that came; none of them is empty.
    ready: VecDeque<IntoIter<M::Item>>,
    total: Option<u64>,
    /// How many rows came, of those that the total counts.
    came: u64,
    asked: bool,
    refusals: u32,
    /// The rows that came, where nothing else would show that one comes twice.
    seen: HashSet<i64>,
    /// Rows that a page begins with, and that were given out before the walk was broken.
    skip: usize,
    /// What they have to show to be the same.
    mark: Option<Mark>,
    /// Whether a page that began behind a row of the same batch has brought rows, so that references work.
    proven: bool,
    /// Whether the next page is asked for alone: the one before it was empty where it should not have been.
    alone: bool,
    end: Option<Result<(), Error>>,
}

/// Which pages the server counts all rows for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Count {
    /// Those of the first request: the total says how many pages to ask for.
    #[default]
    First,
    /// Every one, so that the last one says that it is the last.
    Every,
    /// None, which is the fastest on a portal with very many groups. The total stays unknown.
    None,
}

/// What a walk does next, once all rows that came are given out.
#[derive(Debug)]
pub enum Turn<M: Paged> {
    /// Calls this and hands the outcome to [`Pager::on_page`].
    Page(PageOf<M>),
    /// Calls this and hands the outcome to [`Pager::on_pages`].
    Pages(PagesOf<M>),
    /// The walk failed.
    Failed(Error),
    /// The walk is over.
    End,
}

impl<M: Paged> Pager<M> {
    /// A walk over what a method lists. What is wrong with it comes out of the first turn.
    #[must_use]
    pub fn new(session: &Session, method: &M) -> Self {
        let plan = Plan::of(method);
        let count = match &plan {
            Ok(plan) if plan.uncounted => Count::None,
            _ if M::PAGING.uncounted => Count::First,
            _ => Count::Every,
        };
        Self {
            session: session.clone(),
            method: method.name().to_owned(),
            plan,
            count,
            eager: false,
            at: Position::Begin,
            given: Position::Begin,
            last: None,
            ready: VecDeque::new(),
            total: None,
            came: 0,
            asked: false,
            refusals: 0,
            seen: HashSet::new(),
            skip: 0,
            mark: None,
            proven: false,
            alone: false,
            end: None,
        }
    }

    /// Begins with as many pages as one request can ask for, instead of one page.
    pub fn eager(&mut self) {
        self.eager = true;
    }

    /// Chooses which pages are counted. It has no effect where the method counts always, or by offset.
    pub fn count(&mut self, count: Count) {
        if M::PAGING.uncounted {
            self.count = count;
        }
    }

    /// Goes on where another walk was broken off, whatever this one has done so far.
    pub fn resume_from(&mut self, cursor: Cursor) {
        let Ok(plan) = &self.plan else { return };
        let fits = matches!(
            (plan.way, cursor.at),
            (_, Position::Begin)
                | (Way::ById { descending: false }, Position::After(_))
                | (Way::ById { descending: true }, Position::Before(_))
                | (Way::ByOffset, Position::Offset(_))
        );
        (self.at, self.given) = (cursor.at, cursor.at);
        (self.last, self.mark) = (cursor.mark.map(|mark| mark.last), cursor.mark);
        (self.total, self.asked, self.alone) = (None, false, false);
        (self.refusals, self.skip, self.came) = (0, 0, 0);
        self.ready.clear();
        self.seen.clear();
        self.end = (!fits).then(|| {
            let problem = format!(
                "the cursor {cursor} belongs to a walk in another order; give the order that it was made with"
            );
            Err(Error::new(&self.method, Kind::Config(problem)))
        });
        if let Position::Offset(rows @ 1..) = cursor.at {
            // The page with the last row that was given out comes again: it shows whether anything has shifted.
            let before = (rows - 1) - (rows - 1) % PAGE as u64;
            self.skip = usize::try_from(rows - before).unwrap_or(PAGE);
            self.at = Position::Offset(before);
            self.came = before;
        }
    }

    /// Where the walk is: behind the last row that was given out.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        let mark = match (self.given, self.total, self.last) {
            (Position::Offset(_), Some(total), Some(last)) => Some(Mark { total, last }),
            (Position::Offset(_), ..) => self.mark,
            _ => None,
        };
        let at = self.given;
        Cursor { at, mark }
    }

    /// How many rows there were in all when the walk began, once the server has told. By identifier and after
    /// [`Pager::resume_from`], it is how many were left.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// The next row that has come.
    pub fn next_item(&mut self) -> Option<M::Item> {
        let page = self.ready.front_mut()?;
        let item = page.next()?;
        if page.len() == 0 {
            self.ready.pop_front();
        }
        self.give(&item);
        Some(item)
    }

    /// What is left of the next page that has come.
    pub fn next_page(&mut self) -> Option<Vec<M::Item>> {
        let page: Vec<_> = self.ready.pop_front()?.collect();
        for item in &page {
            self.give(item);
        }
        Some(page)
    }

    fn give(&mut self, item: &M::Item) {
        self.last = Some(M::cursor(item));
        self.given = match self.way() {
            Way::ById { descending: false } => Position::After(M::cursor(item)),
            Way::ById { descending: true } => Position::Before(M::cursor(item)),
            Way::ByOffset => Position::Offset(offset(self.given) + 1),
        };
    }

    fn way(&self) -> Way {
        self.plan.as_ref().map_or(Way::ByOffset, |plan| plan.way)
    }

    /// What to do once no row is left. After an error, or the end, it is the end.
    pub fn turn(&mut self) -> Turn<M> {
        if let Some(end) = &mut self.end {
            return match std::mem::replace(end, Ok(())) {
                Ok(()) => Turn::End,
                Err(error) => Turn::Failed(error),
            };
        }
        match self.ask() {
            Ok(turn) => turn,
            Err(kind) => {
                self.end = Some(Ok(()));
                Turn::Failed(Error::new(&self.method, kind))
            }
        }
    }

    fn ask(&mut self) -> Result<Turn<M>, Kind> {
        let plan = self.plan.as_ref().map_err(Clone::clone)?;
        let (pages, counted) = (self.page_count(plan), self.counted());
        let (name, method) = (self.method.clone(), PhantomData);
        Ok(if pages == 1 {
            let params = plan.page(self.at, counted)?;
            Turn::Page(PageOf {
                name,
                params,
                method,
            })
        } else {
            let pages = plan.pages(self.at, pages, counted)?;
            Turn::Pages(PagesOf {
                name,
                pages,
                method,
            })
        })
    }

    /// Whether the pages that are asked for next are counted. By offset they all are, since only that shows that the list
    /// changed.
    fn counted(&self) -> bool {
        match self.count {
            Count::First => !self.asked || self.way() == Way::ByOffset,
            Count::Every => true,
            Count::None => self.way() == Way::ByOffset,
        }
    }

    /// How many pages to ask for: one at first, since most lists have no more, and then as many as seem to be left.
    fn page_count(&self, plan: &Plan) -> usize {
        if !plan.batches || self.alone || (!self.asked && !self.eager) {
            return 1;
        }
        let Some(total) = self.total else {
            return COMMANDS;
        };
        let left = usize::try_from(total.saturating_sub(self.came)).unwrap_or(usize::MAX);
        // Without a count, only a page that is short says that it is the last.
        let last = usize::from(!self.counted());
        left.div_ceil(PAGE).saturating_add(last).clamp(1, COMMANDS)
    }

    /// Takes the outcome of one page.
    pub fn on_page(&mut self, reply: Result<Reply<M::Output>, Error>) {
        let counted = self.counted();
        (self.asked, self.alone) = (true, false);
        match reply {
            Ok(reply) => {
                let rows = M::rows(reply.result);
                let outcome = self.take(rows, reply.total, reply.next.is_some(), counted);
                self.settle(outcome);
            }
            Err(error) => self.end = Some(Err(error)),
        }
    }

    /// Takes the outcome of several pages.
    pub fn on_pages(&mut self, now: Instant, reply: Result<Reply<Parts<M>>, Error>) {
        let counted = self.counted();
        self.asked = true;
        let parts = match reply {
            Ok(reply) => reply.result.0,
            Err(error) => {
                self.end = Some(Err(error));
                return;
            }
        };
        if parts.is_empty() {
            let problem = "the batch came back without any page".to_owned();
            return self.fail(Kind::Walk(problem));
        }
        let came = self.came;
        for (index, part) in parts.into_iter().enumerate() {
            match self.part(index, part, counted) {
                Ok(true) if self.alone => return,
                Ok(true) => self.refusals = 0,
                Ok(false) => {
                    self.end = Some(Ok(()));
                    return;
                }
                Err(kind) => return self.refused(now, kind, self.came > came),
            }
        }
    }

    /// Whether a page that begins behind a row of the same batch is empty and may not be: a reference that the server did not
    /// replace finds nothing either. Once one has brought rows, they work; until then, the page is asked for again, alone.
    fn is_doubtful(&mut self, rows: &[M::Item]) -> bool {
        self.proven |= !rows.is_empty();
        let by_id = matches!(self.way(), Way::ById { .. });
        let all = self.total.is_some_and(|total| self.came >= total);
        by_id && !self.proven && !all
    }

    /// Takes one page of several; returns whether there may be another behind it.
    fn part(&mut self, index: usize, part: Part<M>, counted: bool) -> Result<bool, Kind> {
        if let Some(body) = part.error {
            let error = self
                .session
                .quoting(|quote| body.into_api(StatusCode::OK, M::ERRORS, quote));
            if let Some(error) = error {
                if error.says_nothing(M::NOTHING) {
                    return self.take(Vec::new(), None, false, counted);
                }
                return Err(Kind::Api(error));
            }
        }
        let Some(output) = part.output else {
            return Err(Kind::Walk("a page is missing in the batch".to_owned()));
        };
        let total = part.total.and_then(|total| u64::try_from(total).ok());
        let rows = M::rows(output);
        if index > 0 && self.is_doubtful(&rows) {
            self.alone = true;
            return Ok(true);
        }
        self.take(rows, total, part.next.is_some(), counted)
    }

    /// A page was refused. For the method's time, the walk goes on with it once that is reset.
    fn refused(&mut self, now: Instant, kind: Kind, advanced: bool) {
        let error = Error::new(&self.method, kind.clone());
        self.refusals = if advanced { 1 } else { self.refusals + 1 };
        if error.has_code(&["OPERATION_TIME_LIMIT"]) && self.refusals <= REFUSALS {
            let limits = self.session.limits();
            let caller = self.session.caller();
            if limits.refuse_method(caller, &self.method, now) {
                return;
            }
        }
        self.fail(kind);
    }

    fn settle(&mut self, more: Result<bool, Kind>) {
        match more {
            Ok(true) => {}
            Ok(false) => self.end = Some(Ok(())),
            Err(kind) => self.fail(kind),
        }
    }

    fn fail(&mut self, kind: Kind) {
        self.end = Some(Err(Error::new(&self.method, kind)));
    }

    /// Checks the rows of a page and takes them; returns whether there may be another page.
    fn take(
        &mut self,
        mut rows: Vec<M::Item>,
        total: Option<u64>,
        next: bool,
        counted: bool,
    ) -> Result<bool, Kind> {
        let (length, way) = (rows.len(), self.way());
        let begins = self.total.is_none();
        if let (true, true, Some(total)) = (counted, begins, total) {
            self.total = Some(total);
        }
        match way {
            Way::ById { descending } => self.advance(&rows, descending)?,
            Way::ByOffset => self.unrepeated(&rows, total)?,
        }
        self.came += length as u64;
        let skipped = std::mem::take(&mut self.skip).min(length);
        rows.drain(..skipped);
        if !rows.is_empty() {
            self.ready.push_back(rows.into_iter());
        }
        let full = length >= PAGE;
        if next && !full {
            return Err(Kind::Walk(format!(
                "a page of {length} rows came with another one behind it, so rows may be missing"
            )));
        }
        // Some servers announce a page behind a full last one, and it is empty. And some announce none.
        let behind = match total {
            Some(total) if way == Way::ByOffset => total > offset(self.at),
            Some(total) => total > length as u64,
            None => true,
        };
        let more = full && (next || !counted || behind);
        if !more && way == Way::ByOffset {
            self.check_length()?;
        }
        Ok(more)
    }

    /// By offset, all rows that were counted have come.
    fn check_length(&self) -> Result<(), Kind> {
        let came = offset(self.at);
        match self.total {
            Some(total) if total != 0 && total != came => Err(Kind::Walk(format!(
                "{came} rows came of a list of {total}: {CHANGED}"
            ))),
            _ => Ok(()),
        }
    }

    /// The rows before where the walk goes on are those that were given out.
    fn unshifted(&mut self, rows: &[M::Item], total: Option<u64>) -> Result<(), Kind> {
        let Some(mark) = self.mark.take() else {
            return Ok(());
        };
        let last = self.skip.checked_sub(1).and_then(|last| rows.get(last));
        let same = last.is_some_and(|row| M::cursor(row) == mark.last)
            && total.is_none_or(|total| total == mark.total);
        if same {
            return Ok(());
        }
        Err(Kind::Walk(format!(
            "row {} is not where the walk was broken off: {CHANGED}",
            mark.last
        )))
    }

    /// Identifiers advance, from page to page and within a page.
    fn advance(&mut self, rows: &[M::Item], descending: bool) -> Result<(), Kind> {
        for row in rows {
            let id = M::cursor(row);
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
            self.at = if descending {
                Position::Before(id)
            } else {
                Position::After(id)
            };
        }
        Ok(())
    }

    /// No row comes twice, and the list stays as long as it was.
    fn unrepeated(&mut self, rows: &[M::Item], total: Option<u64>) -> Result<(), Kind> {
        self.unshifted(rows, total)?;
        if let (Some(before), Some(now)) = (self.total, total) {
            if before != now {
                return Err(Kind::Walk(format!(
                    "the list had {before} rows and has {now} now: {CHANGED}"
                )));
            }
        }
        for row in rows {
            let id = M::cursor(row);
            if !self.seen.insert(id) {
                return Err(Kind::Walk(format!("row {id} came twice: {CHANGED}")));
            }
        }
        let before = offset(self.at) - offset(self.at) % PAGE as u64;
        self.at = Position::Offset(before + rows.len() as u64);
        Ok(())
    }
}

impl<M: Paged> fmt::Debug for Pager<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pager")
            .field("method", &self.method)
            .field("cursor", &format_args!("{}", self.cursor()))
            .field(
                "ready",
                &self.ready.iter().map(IntoIter::len).sum::<usize>(),
            )
            .finish_non_exhaustive()
    }
}
