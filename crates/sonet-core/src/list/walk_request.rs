//! A request of a walk, on its way.

use std::fmt;
use std::task::Waker;
use std::time::Instant;

use bytes::Bytes;
use http::Response;

use super::gap::REQUEST_ROWS;
use super::request::{PageRequest, PagesRequest};
use crate::batch::TypedAnswers;
use crate::error::LIMIT_CODES;
use crate::exchange::Continuation;
use crate::pace::{Pulse, Stopwatch};
use crate::{
    CallOptions, Error, Exchange, Failure, Machine, Method, Page, Paged, Reply, Session, Step,
    Stored,
};

/// A request of a walk: a page of its list, or several at once.
///
/// A driver runs it like any call, and hands it back with what came of it: [`Pager::on_answer`](crate::Pager::on_answer).
#[derive(Debug)]
pub struct WalkRequest<M: Paged> {
    pub(super) ticket: u64,
    pub(super) pages: usize,
    exchange: Asked<M>,
    stopwatch: Stopwatch,
}

#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "both are about as large")]
enum Asked<M: Paged> {
    Page(Exchange<PageRequest<M>>),
    Pages(Exchange<PagesRequest<M>>),
}

/// What came of a request of a walk.
pub struct WalkAnswer<M: Paged>(pub(super) Answered<M>);

pub(super) enum Answered<M: Paged> {
    Page(Result<Reply<Page<M::Item>>, Error>),
    Pages(Result<Reply<TypedAnswers<PageRequest<M>>>, Error>),
}

impl<M: Paged> WalkAnswer<M> {
    /// How many rows came.
    pub(super) fn rows(&self) -> usize {
        match &self.0 {
            Answered::Page(Ok(reply)) => reply.result.len(),
            Answered::Pages(Ok(reply)) => {
                let pages = reply.result.0.iter();
                pages
                    .filter_map(|page| Some(page.output.as_ref()?.len()))
                    .sum()
            }
            Answered::Page(Err(_)) | Answered::Pages(Err(_)) => 0,
        }
    }

    /// Whether a limit refused it, or one of its pages.
    pub(super) fn is_refused(&self) -> bool {
        match &self.0 {
            Answered::Page(reply) => reply.as_ref().is_err_and(Error::is_limit),
            Answered::Pages(Ok(reply)) => {
                let mut pages = reply.result.0.iter();
                pages.any(|page| {
                    let error = page.error.as_ref();
                    error.is_some_and(|error| error.has_code(&LIMIT_CODES))
                })
            }
            Answered::Pages(Err(error)) => error.is_limit(),
        }
    }
}

impl<M: Paged> fmt::Debug for WalkAnswer<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = match &self.0 {
            Answered::Page(reply) => reply.as_ref().err(),
            Answered::Pages(reply) => reply.as_ref().err(),
        };
        f.debug_struct("WalkAnswer")
            .field("error", &error)
            .finish_non_exhaustive()
    }
}

impl<M: Paged> WalkRequest<M> {
    pub(super) fn page(
        ticket: u64,
        session: &Session,
        rest: Option<Continuation>,
        page: &PageRequest<M>,
    ) -> Self {
        Self::new(ticket, 1, Asked::Page(exchange(session, rest, page)))
    }

    pub(super) fn pages(
        ticket: u64,
        session: &Session,
        rest: Option<Continuation>,
        pages: &PagesRequest<M>,
    ) -> Self {
        let exchange = exchange(session, rest, pages);
        Self::new(ticket, pages.len(), Asked::Pages(exchange))
    }

    fn new(ticket: u64, pages: usize, exchange: Asked<M>) -> Self {
        Self {
            ticket,
            pages,
            exchange,
            stopwatch: Stopwatch::default(),
        }
    }

    /// What this request does otherwise than the client's settings say, from the first poll on.
    pub fn set_options(&mut self, options: &CallOptions) {
        match &mut self.exchange {
            Asked::Page(exchange) => exchange.set_options(options),
            Asked::Pages(exchange) => exchange.set_options(options),
        }
    }

    /// How it went, with so many rows.
    pub(super) fn pulse(&self, rows: usize) -> Pulse {
        self.stopwatch.pulse(rows >= REQUEST_ROWS / 2)
    }

    /// What is left of it to be asked for again, where a page did not come.
    pub(super) fn into_continuation(self, now: Instant) -> Option<Continuation> {
        match self.exchange {
            Asked::Page(_) => None,
            Asked::Pages(exchange) => Some(exchange.into_continuation(now)),
        }
    }
}

/// A call, or what another one left.
fn exchange<T: Method>(session: &Session, rest: Option<Continuation>, method: &T) -> Exchange<T> {
    match rest {
        Some(rest) => rest.into_exchange(method),
        None => Exchange::new(session, method),
    }
}

impl<M: Paged> Machine for WalkRequest<M> {
    type Output = WalkAnswer<M>;

    fn poll(&mut self, now: Instant, waker: &Waker) -> Step<WalkAnswer<M>> {
        let step = match &mut self.exchange {
            Asked::Page(exchange) => {
                let step = exchange.poll(now, waker);
                step.map(|reply| WalkAnswer(Answered::Page(reply)))
            }
            Asked::Pages(exchange) => {
                let step = exchange.poll(now, waker);
                step.map(|reply| WalkAnswer(Answered::Pages(reply)))
            }
        };
        self.stopwatch.note(now, &step);
        step
    }

    fn on_response(&mut self, now: Instant, response: Response<Bytes>) {
        self.stopwatch.answered(now, response.status());
        match &mut self.exchange {
            Asked::Page(exchange) => exchange.on_response(now, response),
            Asked::Pages(exchange) => exchange.on_response(now, response),
        }
    }

    fn on_failure(&mut self, now: Instant, failure: Failure) {
        self.stopwatch.arrived(now);
        match &mut self.exchange {
            Asked::Page(exchange) => exchange.on_failure(now, failure),
            Asked::Pages(exchange) => exchange.on_failure(now, failure),
        }
    }

    fn on_stored(&mut self, now: Instant, stored: Stored) {
        match &mut self.exchange {
            Asked::Page(exchange) => exchange.on_stored(now, stored),
            Asked::Pages(exchange) => exchange.on_stored(now, stored),
        }
    }
}
