//! The walk itself.

use std::fmt;
use std::marker::PhantomData;
use std::time::Instant;

use http::StatusCode;

use super::by_id::ById;
use super::by_offset::ByOffset;
use super::cursor::{Cursor, Position};
use super::page_info::{PageInfo, Proof, RequestedAs};
use super::page_output::PageOutput;
use super::plan::{Plan, Way};
use super::request::{PageRequest, PagesRequest};
use super::row_buffer::RowBuffer;
use crate::batch::{COMMANDS, TypedAnswer, TypedAnswers};
use crate::error::Kind;
use crate::exchange::Rest;
use crate::{Effect, Error, Exchange, Paged, Reply, Session, trace};

/// Walks a list from its beginning to its end: says which pages to ask for, checks what comes, and gives out the rows.
///
/// **By identifier** where the order is by the identifier, or none was asked for: each page asks for what lies behind the
/// last row, so that rows that come and go meanwhile shift nothing. **By offset** in any other order.
///
/// Every row comes once, in order, or the walk ends with an error. What that rests on:
///
/// - A full page, of 50 rows, has another one behind it. It is the last only where the server says so twice: it counted no row
///   behind it, and announces no page (`next`).
/// - A short page is the last, unless its `next` or a total says that there is more. **By identifier**, the walk then asks once
///   more behind the last row, and goes on, or takes an empty list for the proof that the total is wrong. It is an error
///   where no row came at all although some are counted, where rows do not advance, or where what should be rows is `null` or
///   `false`. **By offset**, an empty page proves nothing: fewer rows than the total are an error, and so are more.
/// - A total below the rows of its own page is none, and so is one that is no number.
///
/// What can't be noticed: a short page, or a full one, whose total and silence agree in being wrong; and by offset a row that
/// goes while another one comes.
pub struct Pager<M: Paged> {
    session: Session,
    method: String,
    plan: Result<Plan, Kind>,
    count: CountMode,
    eager: bool,
    walk: Walk,
    buffer: RowBuffer<M>,
    /// Whether a request was made.
    asked: bool,
    /// Whether the next page is asked for in a request of its own, whatever seems to be left.
    alone: bool,
    /// The batch that left what is asked for next, since the server refused it.
    rest: Option<Rest>,
    end: Option<Result<(), Error>>,
}

/// Where the walk is, and what answers prove.
enum Walk {
    ById(ById),
    ByOffset(ByOffset),
}

/// Which pages the server counts all rows for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CountMode {
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
pub enum PagerStep<M: Paged> {
    /// Runs this and hands the outcome to [`Pager::on_page`].
    Page(Exchange<PageRequest<M>>),
    /// Runs this and hands it back, with the outcome, to [`Pager::on_pages`].
    Pages(Exchange<PagesRequest<M>>),
    /// The walk failed.
    Failed(Error),
    /// The walk is over.
    End,
}

impl Walk {
    fn new(way: Way, cursor: Cursor) -> Self {
        match way {
            Way::ById { descending } => Self::ById(ById::new(descending, cursor.at)),
            Way::ByOffset => Self::ByOffset(ByOffset::new(cursor)),
        }
    }

    fn at(&self) -> Position {
        match self {
            Self::ById(walk) => walk.at,
            Self::ByOffset(walk) => walk.at(),
        }
    }

    fn total(&self) -> Option<u64> {
        match self {
            Self::ById(walk) => walk.total,
            Self::ByOffset(walk) => walk.total,
        }
    }

    fn pages_left(&self) -> Option<usize> {
        match self {
            Self::ById(walk) => walk.pages_left(),
            Self::ByOffset(walk) => walk.pages_left(),
        }
    }
}

impl<M: Paged> Pager<M> {
    /// A walk over what a method lists. What is wrong with it comes out of the first turn.
    #[must_use]
    pub fn new(session: &Session, method: &M) -> Self {
        let plan = Plan::of(method);
        let count = match &plan {
            Ok(plan) if plan.uncounted => CountMode::None,
            _ if M::PAGING.uncounted => CountMode::First,
            _ => CountMode::Every,
        };
        let way = plan.as_ref().map_or(Way::ByOffset, |plan| plan.way);
        let begin = Cursor::from(Position::Begin);
        Self {
            session: session.clone(),
            method: method.name().to_owned(),
            plan,
            count,
            eager: false,
            walk: Walk::new(way, begin),
            buffer: RowBuffer::new(way, begin),
            asked: false,
            alone: false,
            rest: None,
            end: None,
        }
    }

    /// Begins with as many pages as one request can ask for, instead of one page.
    pub fn eager(&mut self) {
        self.eager = true;
    }

    /// Chooses which pages are counted. It has no effect where the method counts always, or by offset.
    pub fn count_mode(&mut self, count: CountMode) {
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
        self.walk = Walk::new(plan.way, cursor);
        self.buffer = RowBuffer::new(plan.way, cursor);
        (self.asked, self.alone, self.rest) = (false, false, None);
        self.end = (!fits).then(|| {
            let problem = format!(
                "the cursor {cursor} belongs to a walk in another order; give the order that it was made with"
            );
            Err(Error::new(&self.method, Kind::Config(problem)))
        });
    }

    /// Where the walk is: behind the last row that was given out.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        self.buffer.cursor(self.walk.total())
    }

    /// How many rows there were in all when the walk began, as the server has counted them, once it has told. By identifier
    /// and after [`Pager::resume_from`], it is how many were left.
    ///
    /// It is the server's word, and some methods count rows that they do not list. A walk by offset ends with an error then; one
    /// by identifier that ended without has found nothing behind its last row, whatever this says.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.walk.total()
    }

    /// The next row that has come.
    pub fn next_item(&mut self) -> Option<M::Item> {
        self.buffer.next_item()
    }

    /// What is left of the next page that has come.
    pub fn next_page(&mut self) -> Option<Vec<M::Item>> {
        self.buffer.next_page()
    }

    /// What to do once no row is left. After an error, or the end, it is the end.
    pub fn next_step(&mut self) -> PagerStep<M> {
        if let Some(end) = &mut self.end {
            return match std::mem::replace(end, Ok(())) {
                Ok(()) => PagerStep::End,
                Err(error) => PagerStep::Failed(error),
            };
        }
        match self.ask() {
            Ok(turn) => turn,
            Err(kind) => {
                self.end = Some(Ok(()));
                PagerStep::Failed(Error::new(&self.method, kind))
            }
        }
    }

    fn ask(&mut self) -> Result<PagerStep<M>, Kind> {
        let plan = self.plan.as_ref().map_err(Clone::clone)?;
        let (at, pages, counted) = (self.walk.at(), self.page_count(plan), self.counted());
        let (name, method) = (self.method.clone(), PhantomData);
        let rest = self.rest.take();
        Ok(if pages == 1 {
            let params = plan.page(at, counted)?;
            let page = PageRequest {
                name,
                params,
                method,
            };
            PagerStep::Page(exchange(&self.session, rest, &page))
        } else {
            let pages = plan.pages(at, pages, counted)?;
            let pages = PagesRequest {
                name,
                pages,
                method,
            };
            PagerStep::Pages(exchange(&self.session, rest, &pages))
        })
    }

    /// Whether the pages that are asked for next are counted. By offset they all are, since only that shows that the list
    /// changed.
    fn counted(&self) -> bool {
        let by_offset = matches!(self.walk, Walk::ByOffset(_));
        match self.count {
            CountMode::First => !self.asked || by_offset,
            CountMode::Every => true,
            CountMode::None => by_offset,
        }
    }

    /// How many pages to ask for: one at first, since most lists have no more, and then as many as seem to be left.
    fn page_count(&self, plan: &Plan) -> usize {
        if !plan.batches || self.alone || (!self.asked && !self.eager) {
            return 1;
        }
        // Without a count, only a page that is short says that it is the last.
        let last = usize::from(!self.counted());
        match self.walk.pages_left() {
            Some(pages) => pages.saturating_add(last).clamp(1, COMMANDS),
            None => COMMANDS,
        }
    }

    /// Takes the outcome of one page.
    pub fn on_page(&mut self, reply: Result<Reply<PageOutput<M>>, Error>) {
        let counted = self.counted();
        (self.asked, self.alone) = (true, false);
        let reply = match reply {
            Ok(reply) => reply,
            Err(error) => {
                self.end = Some(Err(error));
                return;
            }
        };
        let (rows, is_list) = reply.result.into_rows();
        let info = PageInfo {
            total: reply.total,
            next: reply.next.is_some(),
            is_list,
            counted,
            requested_as: RequestedAs::Alone,
        };
        match self.take(rows, &info) {
            Ok(proof) => self.settle(proof),
            Err(kind) => self.fail(kind),
        }
    }

    /// Takes the outcome of several pages, and the exchange that it is the outcome of.
    ///
    /// A page that the server refused is asked for again where it would be if it had been asked for alone.
    pub fn on_pages(
        &mut self,
        now: Instant,
        exchange: Exchange<PagesRequest<M>>,
        reply: Result<Reply<TypedAnswers<PageRequest<M>>>, Error>,
    ) {
        let (counted, before) = (self.counted(), self.asked);
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
        let mut some_came = false;
        for (index, part) in parts.into_iter().enumerate() {
            match self.part(index, part, counted) {
                Ok(Proof::More) => some_came = true,
                Ok(proof) => return self.settle(proof),
                Err(kind) => {
                    let mut rest = exchange.into_rest(now);
                    if some_came {
                        rest.begin_anew();
                    } else {
                        // The same is asked for again, with the count that it would have brought.
                        self.asked = before;
                    }
                    return self.refused(now, rest, &kind);
                }
            }
        }
    }

    /// Takes one page of several.
    fn part(
        &mut self,
        index: usize,
        part: TypedAnswer<PageRequest<M>>,
        counted: bool,
    ) -> Result<Proof, Kind> {
        let mut info = PageInfo {
            total: part.total,
            next: part.next.is_some(),
            is_list: true,
            counted,
            requested_as: if index == 0 {
                RequestedAs::First
            } else {
                RequestedAs::Behind
            },
        };
        if let Some(body) = part.error {
            let error = self
                .session
                .quoting(|quote| body.into_api(StatusCode::OK, M::ERRORS, quote));
            if let Some(mut error) = error {
                error.beside_result |= part.output.is_some();
                if error.says_nothing(M::NOTHING) {
                    return self.take(Vec::new(), &info);
                }
                return Err(Kind::Api(error));
            }
        }
        let Some(page) = part.output else {
            return Err(Kind::Walk("a page is missing in the batch".to_owned()));
        };
        let (rows, is_list) = page.into_rows();
        info.is_list = is_list;
        self.take(rows, &info)
    }

    /// Checks the rows of a page, and takes them.
    fn take(&mut self, mut rows: Vec<M::Item>, info: &PageInfo) -> Result<Proof, Kind> {
        let ids: Vec<i64> = rows.iter().map(M::cursor).collect();
        let (proof, skipped) = match &mut self.walk {
            Walk::ById(walk) => (walk.page(&ids, info)?, 0),
            Walk::ByOffset(walk) => (walk.page(&ids, info)?, walk.skipped()),
        };
        rows.drain(..skipped.min(ids.len()));
        self.buffer.put(rows);
        Ok(proof)
    }

    fn settle(&mut self, proof: Proof) {
        match proof {
            Proof::More => {}
            Proof::Inconclusive => self.alone = true,
            Proof::End => {
                if let Walk::ById(walk) = &self.walk {
                    if let Some((total, came)) = walk.contradiction() {
                        trace::miscounted(&self.method, total, came);
                    }
                }
                self.end = Some(Ok(()));
            }
        }
    }

    /// A page of several was refused. The walk goes on with it as the call for that page alone would.
    fn refused(&mut self, now: Instant, mut rest: Rest, kind: &Kind) {
        if rest.repeats(now, &self.method, Effect::Read, kind) {
            self.rest = Some(rest);
        } else {
            let error = Error::new(&self.method, kind.clone());
            self.end = Some(Err(error.of(&self.method, rest.past(now))));
        }
    }

    fn fail(&mut self, kind: Kind) {
        self.end = Some(Err(Error::new(&self.method, kind)));
    }
}

/// A call, or what another one left.
fn exchange<T: crate::Method>(session: &Session, rest: Option<Rest>, method: &T) -> Exchange<T> {
    match rest {
        Some(rest) => rest.ask(method),
        None => Exchange::new(session, method),
    }
}

impl<M: Paged> fmt::Debug for Pager<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pager")
            .field("method", &self.method)
            .field("cursor", &format_args!("{}", self.cursor()))
            .field("ready", &self.buffer.len())
            .finish_non_exhaustive()
    }
}
