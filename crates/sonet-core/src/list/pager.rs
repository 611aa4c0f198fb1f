//! The walk itself.

use std::fmt;
use std::time::Instant;

use super::cursor::{Cursor, Position};
use super::page_answer::PageAnswer;
use super::page_info::Proof;
use super::plan::Way;
use super::request::{PageRequest, PagesRequest};
use super::row_buffer::RowBuffer;
use super::schedule::{CountMode, NextPages, Schedule};
use super::walk::Walk;
use crate::batch::TypedAnswers;
use crate::error::Kind;
use crate::exchange::Continuation;
use crate::page::Form;
use crate::{Effect, Error, Exchange, Invalid, Method, Page, Paged, Paging, Reply, Session, trace};

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
/// - A total below the number of rows on its own page is ignored, and so is one that is not a number.
///
/// What can't be noticed: a short page, or a full one, whose total and silence agree in being wrong; and by offset a row that
/// goes while another one comes.
pub struct Pager<M: Paged> {
    session: Session,
    method: String,
    /// What to ask for; or why these parameters can't be walked with.
    schedule: Result<Schedule, Kind>,
    /// What came, as far as it is checked.
    walk: Walk,
    /// What is checked, and not given out yet.
    rows: RowBuffer<M::Item>,
    /// Where the rows stand, and what each is known by.
    paging: Paging<M::Item>,
    /// The batch that left what is asked for next, since the server refused it.
    rest: Option<Continuation>,
    end: Option<Result<(), Error>>,
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

impl<M: Paged> Pager<M> {
    /// A walk over what a method lists. What is wrong with it comes out of the first step.
    #[must_use]
    pub fn new(session: &Session, method: &M) -> Self {
        let schedule = Schedule::of(method);
        let way = schedule.as_ref().map_or(Way::ByOffset, Schedule::way);
        let begin = Cursor::from(Position::Begin);
        Self {
            session: session.clone(),
            method: method.name().to_owned(),
            schedule,
            walk: Walk::new(way, begin),
            rows: RowBuffer::new(way, begin),
            paging: method.paging(),
            rest: None,
            end: None,
        }
    }

    /// Begins with as many pages as one request can ask for, instead of one page.
    pub fn eager(&mut self) {
        if let Ok(schedule) = &mut self.schedule {
            schedule.eager();
        }
    }

    /// Chooses which pages are counted. It has no effect where the method counts always, or by offset.
    pub fn count_mode(&mut self, count_mode: CountMode) {
        if let Ok(schedule) = &mut self.schedule {
            schedule.count_mode(count_mode);
        }
    }

    /// Goes on where another walk was broken off, whatever this one has done so far.
    pub fn resume_from(&mut self, cursor: Cursor) {
        let Ok(schedule) = &mut self.schedule else {
            return;
        };
        schedule.restart();
        let way = schedule.way();
        self.walk = Walk::new(way, cursor);
        self.rows = RowBuffer::new(way, cursor);
        self.rest = None;
        self.end = (!way.leads_to(cursor.at)).then(|| {
            let problem = format!(
                "cursor: {cursor} belongs to a walk in another order; give the order that it was made with"
            );
            Err(Error::new(&self.method, Kind::Config(problem)))
        });
    }

    /// Where the walk is: behind the last row that was given out.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        self.rows.cursor(self.walk.total())
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
        self.rows.next_item()
    }

    /// What is left of the next page that has come.
    pub fn next_page(&mut self) -> Option<Vec<M::Item>> {
        self.rows.next_page()
    }

    /// What to do once no row is left. After an error, or the end, it is the end.
    pub fn next_step(&mut self) -> PagerStep<M> {
        if let Some(end) = &mut self.end {
            return match std::mem::replace(end, Ok(())) {
                Ok(()) => PagerStep::End,
                Err(error) => PagerStep::Failed(error),
            };
        }
        self.request().unwrap_or_else(|kind| {
            self.end = Some(Ok(()));
            PagerStep::Failed(Error::new(&self.method, kind))
        })
    }

    fn request(&mut self) -> Result<PagerStep<M>, Kind> {
        let rest = self.rest.take();
        let schedule = self.schedule.as_ref().map_err(Clone::clone)?;
        Ok(
            match schedule.next(self.walk.at(), self.walk.pages_left())? {
                NextPages::One(params) => {
                    let page = PageRequest::new(&self.method, params);
                    PagerStep::Page(exchange(&self.session, rest, &page))
                }
                NextPages::Several(pages) => {
                    let pages = PagesRequest::new(&self.method, pages);
                    PagerStep::Pages(exchange(&self.session, rest, &pages))
                }
            },
        )
    }

    /// Takes the outcome of one page.
    pub fn on_page(&mut self, reply: Result<Reply<Page<M::Item>>, Error>) {
        let counted = self.is_counted();
        match reply {
            Ok(reply) => match self.take(PageAnswer::alone(reply, counted)) {
                Ok(proof) => self.proceed(proof),
                Err(kind) => self.fail(kind),
            },
            Err(error) => self.end = Some(Err(error)),
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
        let counted = self.is_counted();
        let answers = match reply {
            Ok(reply) => reply.result.0,
            Err(error) => {
                self.end = Some(Err(error));
                return;
            }
        };
        if answers.is_empty() {
            let problem = "the answer of the batch has no pages".to_owned();
            return self.fail(Kind::Walk(problem));
        }
        let mut some_came = false;
        for (index, answer) in answers.into_iter().enumerate() {
            let page = PageAnswer::in_batch(&self.session, index, answer, counted);
            match page.and_then(|page| self.take(page)) {
                Ok(Proof::More) => some_came = true,
                Ok(proof) => return self.proceed(proof),
                Err(kind) => {
                    let mut rest = exchange.into_continuation(now);
                    // Where none came, the same is asked for again, with the count that it would have brought.
                    if some_came {
                        rest.reset();
                        self.proceed(Proof::More);
                    }
                    return self.refused(now, rest, &kind);
                }
            }
        }
        self.proceed(Proof::More);
    }

    /// Whether the pages that are out are counted.
    fn is_counted(&self) -> bool {
        self.schedule.as_ref().is_ok_and(Schedule::is_counted)
    }

    /// Checks the rows of a page, and takes those that were not given out before.
    fn take(&mut self, page: PageAnswer<M>) -> Result<Proof, Kind> {
        let PageAnswer {
            mut rows,
            form,
            info,
        } = page;
        self.check_place(&form)?;
        let ids = rows.iter().map(|row| self.paging.id.of(row));
        let mut ids = ids
            .collect::<Result<Vec<i64>, _>>()
            .map_err(|field| Kind::Walk(format!("a row came without a number in its `{field}`")))?;
        let (proof, skipped) = self.walk.check(&ids, &info)?;
        let skipped = skipped.min(ids.len());
        rows.drain(..skipped);
        ids.drain(..skipped);
        self.rows.put(rows, ids);
        Ok(proof)
    }

    /// The rows stand where the method says: references of a batch lead there.
    fn check_place(&self, form: &Form) -> Result<(), Kind> {
        let Form::List(key) = form else { return Ok(()) };
        if *key == self.paging.names.rows {
            return Ok(());
        }
        let problem = match key {
            Some(key) => {
                format!("the rows came in `{key}` of the result; say so with `rows_in({key:?})`")
            }
            None => "the result itself is the list of rows; leave `rows_in` out".to_owned(),
        };
        Err(Kind::Invalid(Invalid::new("rows_in", problem)))
    }

    fn proceed(&mut self, proof: Proof) {
        if proof == Proof::End {
            if let Some((total, came)) = self.walk.contradiction() {
                trace::miscounted(&self.method, total, came);
            }
            self.end = Some(Ok(()));
        } else if let Ok(schedule) = &mut self.schedule {
            schedule.proceed(proof);
        }
    }

    /// A page of several was refused. The walk goes on with it as the call for that page alone would.
    fn refused(&mut self, now: Instant, mut rest: Continuation, kind: &Kind) {
        if rest.should_retry(now, &self.method, Effect::Read, kind) {
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
fn exchange<T: Method>(session: &Session, rest: Option<Continuation>, method: &T) -> Exchange<T> {
    match rest {
        Some(rest) => rest.into_exchange(method),
        None => Exchange::new(session, method),
    }
}

impl<M: Paged> fmt::Debug for Pager<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pager")
            .field("method", &self.method)
            .field("cursor", &format_args!("{}", self.cursor()))
            .field("ready", &self.rows.len())
            .finish_non_exhaustive()
    }
}
