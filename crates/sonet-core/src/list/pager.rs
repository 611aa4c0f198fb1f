//! The walk itself.

mod pages;

use std::fmt;
use std::time::Instant;

use super::cursor::{Cursor, Position};
use super::gap::REQUEST_ROWS;
use super::page_answer::PageAnswer;
use super::plan::Way;
use super::request::{PageRequest, PagesRequest};
use super::row_buffer::RowBuffer;
use super::schedule::{CountMode, NextPages, Schedule, Stage};
use super::walk_request::{Answered, WalkAnswer, WalkRequest};
use super::window::State;
use super::windows::Windows;
use crate::error::Kind;
use crate::pace::Pace;
use crate::{Error, Paged, Paging, Session};

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
/// **With windows** ([`Pager::concurrency`]), several requests are out at once. By identifier, each window is a range of
/// identifiers, and is walked as a list of its own, as above; the last one is open, so that what is created meanwhile belongs
/// to it. By offset, each is a number of pages, which are checked in the order of the list. Rows are given out in the order of
/// the list; an error comes in its place, behind all rows before it.
///
/// What can't be noticed: a short page, or a full one, whose total and silence agree in being wrong; and by offset a row that
/// goes while another one comes.
pub struct Pager<M: Paged> {
    session: Session,
    method: String,
    /// What to ask for; or why these parameters can't be walked with.
    schedule: Result<Schedule, Kind>,
    /// What is asked for, and what came and is not given out yet.
    windows: Windows<M>,
    /// How many requests may be out at once.
    pace: Pace,
    /// How many are out, those included whose answers are of no use any more.
    out: usize,
    /// How many left since the last answer, and may not have asked for room in the rate limit yet.
    fresh: usize,
    /// How often the last page of the list was asked for.
    surveys: u32,
    /// What is checked and comes next, and is not given out yet.
    rows: RowBuffer<M::Item>,
    /// Where the rows stand, and what each is known by.
    paging: Paging<M::Item>,
    end: Option<Result<(), Error>>,
}

/// What a walk does next, once all rows that came are given out.
#[derive(Debug)]
#[allow(
    clippy::large_enum_variant,
    reason = "a request is taken out of its step at once"
)]
pub enum PagerStep<M: Paged> {
    /// Runs this, and hands it back with what came of it to [`Pager::on_answer`]. Where several requests may be out, asks for
    /// another step meanwhile.
    Request(WalkRequest<M>),
    /// Waits for one of the requests that are out.
    Wait,
    /// The walk failed. What else is out is of no use any more.
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
            windows: Windows::new(way, begin),
            pace: Pace::new(1),
            out: 0,
            fresh: 0,
            surveys: 0,
            rows: RowBuffer::new(way, begin),
            paging: method.paging(),
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

    /// Lets so many requests be out at once, at most. Default: 1, and 0 is the same. What is out is asked for anew: a driver
    /// drops it.
    ///
    /// It has no effect on a walk whose parameters can't be sent in a batch, by offset where the server does not count, and by
    /// identifier where a condition that is no number bounds the identifiers.
    pub fn concurrency(&mut self, requests: usize) {
        self.pace = Pace::new(requests);
        self.windows.recall();
        (self.out, self.fresh) = (0, 0);
    }

    /// Goes on where another walk was broken off, whatever this one has done so far.
    pub fn resume_from(&mut self, cursor: Cursor) {
        let Ok(schedule) = &self.schedule else {
            return;
        };
        let way = schedule.way();
        self.windows.restart(cursor);
        self.pace = Pace::new(self.pace.most());
        (self.out, self.fresh, self.surveys) = (0, 0, 0);
        self.rows = RowBuffer::new(way, cursor);
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
        self.rows.cursor(self.total())
    }

    /// How many rows there were in all when the walk began, as the server has counted them, once it has told. By identifier
    /// and after [`Pager::resume_from`], it is how many were left.
    ///
    /// It is the server's word, and some methods count rows that they do not list. A walk by offset ends with an error then; one
    /// by identifier that ended without has found nothing behind its last row, whatever this says.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.windows.total()
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
    pub fn next_step(&mut self, now: Instant) -> PagerStep<M> {
        if let Some(end) = &mut self.end {
            return match std::mem::replace(end, Ok(())) {
                Ok(()) => PagerStep::End,
                Err(error) => PagerStep::Failed(error),
            };
        }
        let step = self.request(now);
        step.unwrap_or_else(|kind| {
            self.end = Some(Ok(()));
            PagerStep::Failed(Error::new(&self.method, kind))
        })
    }

    fn request(&mut self, now: Instant) -> Result<PagerStep<M>, Kind> {
        let schedule = self.schedule.as_ref().map_err(Clone::clone)?;
        // The first one always finds room, so that the walk goes on.
        if self.out > 0 && !self.has_room(now) {
            return Ok(PagerStep::Wait);
        }
        let Some(window) = self.windows.next_ready() else {
            return Ok(PagerStep::Wait);
        };
        if window.stage == Stage::First && self.pace.most() > 1 && schedule.has_windows() {
            window.stage = Stage::Survey;
        }
        self.surveys += u32::from(window.stage == Stage::Survey);
        let rest = window.rest.take();
        let wanted = window.wanted();
        let (ticket, session) = (window.ticket, &self.session);
        let request = match schedule.next(&wanted)? {
            NextPages::One(params) => {
                let page = PageRequest::new(&self.method, params);
                WalkRequest::page(ticket, session, rest, &page)
            }
            NextPages::Several(pages) => {
                let pages = PagesRequest::new(&self.method, pages);
                WalkRequest::pages(ticket, session, rest, &pages)
            }
        };
        (self.out, self.fresh) = (self.out + 1, self.fresh + 1);
        Ok(PagerStep::Request(request))
    }

    /// Whether another request may leave.
    fn has_room(&self, now: Instant) -> bool {
        let rows = self.rows.len() + self.windows.rows();
        let held = rows.div_ceil(REQUEST_ROWS);
        self.pace.has_room(self.out, held) && self.session.limits().admits_another(self.fresh, now)
    }

    /// Takes what came of a request. One that the walk does not wait for any more is passed over.
    pub fn on_answer(&mut self, now: Instant, request: WalkRequest<M>, answer: WalkAnswer<M>) {
        (self.out, self.fresh) = (self.out.saturating_sub(1), 0);
        let Some(place) = self.windows.place_of(request.ticket) else {
            return;
        };
        self.windows.at(place).state = State::Ready;
        let mut pulse = request.pulse(answer.rows());
        pulse.is_refused |= answer.is_refused();
        self.pace.note(pulse, self.out);
        match answer.0 {
            Answered::Page(reply) => {
                let page = reply.map(|reply| PageAnswer::alone(reply, self.is_counted(place, 0)));
                match page.map(|page| self.take(place, page)) {
                    Ok(Ok(proof)) => self.proceed(place, proof),
                    Ok(Err(kind)) => self.fail(place, kind),
                    Err(error) => self.windows.fail(place, error),
                }
            }
            Answered::Pages(Ok(reply)) => self.take_pages(now, place, request, reply),
            Answered::Pages(Err(error)) => self.windows.fail(place, error),
        }
        self.settle();
    }

    /// Ends the walk with an error, since what is out was given up and nothing will come of it.
    pub fn abandon(&mut self) {
        let problem = "what was asked for was given up before it came: a hook or a policy has panicked, or the runtime has ended";
        let kind = Kind::Walk(problem.to_owned());
        self.end = Some(Err(Error::new(&self.method, kind)));
        (self.out, self.fresh) = (0, 0);
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
