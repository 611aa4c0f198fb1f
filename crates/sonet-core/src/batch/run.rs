//! A batch on its way.

mod settle;

use std::fmt;
use std::ops::Range;
use std::time::Instant;

use super::answers::BatchAnswers;
use super::batch_request::BatchRequest;
use super::call::BatchCall;
use super::command::{Command, invalid};
use super::handle::Handle;
use super::outcome::{HALTED, Outcome, WAITING};
use super::request::{Request, State};
use crate::error::Kind;
use crate::pace::Pace;
use crate::{Error, Reply, Session};

/// A batch that a client runs, and what came of its commands: `client.run(&mut run)`.
///
/// A batch of more than 50 commands is several requests, one after the other, or up to
/// [`Batch::concurrency`](crate::Batch::concurrency) at once. Where one of them fails as a whole, no other one leaves, those
/// that are out come to their end, and the client's `run` returns the first error. This keeps all that was done. Running it
/// again goes on:
///
/// - with the same commands, if they certainly did not run, or may be repeated;
/// - with the others, if they may have run and one of them writes: these are not sent again, and their outcomes
///   are errors that say [`Executed::Unknown`](crate::Executed::Unknown). A batch that halts has ended there.
///   [`BatchRun::repeat_unknown`] says that they may be sent again all the same.
///
/// A single command that the server refused is treated as a call of its own would be: the
/// [`RetryPolicy`](crate::RetryPolicy) decides whether it is sent again, in a request of those that are left. So is a
/// read that failed. Of commands that write, only one that certainly did not run is sent again, and only where no
/// command behind it has run, or where their order means nothing ([`Batch::in_any_order`](crate::Batch::in_any_order));
/// otherwise its error is its outcome. A read that it refers to is sent again with it.
pub struct BatchRun {
    id: u64,
    halt: bool,
    in_any_order: bool,
    commands: Vec<Command>,
    outcomes: Vec<Outcome>,
    requests: Vec<Request>,
    /// The number of the request that left last.
    tickets: u64,
    /// How many requests are out at once.
    pace: Pace,
    /// How many requests left since the last answer, and may not have asked for room in the rate limit yet.
    fresh: usize,
    /// What the first request failed with that failed as a whole, until the others have come.
    failed: Option<Error>,
    /// Whether a command failed, for which a batch halts.
    has_halted: bool,
}

/// What a batch does next.
#[derive(Debug)]
#[allow(
    clippy::large_enum_variant,
    reason = "a request is taken out of its step at once"
)]
pub enum BatchStep {
    /// Runs this, and hands it back with what came of it to [`BatchRun::on_reply`]. Where several requests may be out, asks for
    /// another step meanwhile.
    Request(BatchRequest),
    /// Waits for one of the requests that are out.
    Wait,
    /// A request failed as a whole, and none is out any more.
    Failed(Error),
    /// Every command has its outcome, or the batch has halted.
    End,
}

impl BatchRun {
    pub(super) fn new(
        id: u64,
        halt: bool,
        in_any_order: bool,
        concurrency: usize,
        commands: Vec<Command>,
        chunks: Vec<Range<usize>>,
    ) -> Self {
        let requests = chunks
            .into_iter()
            .map(|chunk| Request::new(chunk.collect()));
        Self {
            id,
            halt,
            in_any_order,
            outcomes: commands.iter().map(|_| Outcome::Waiting(None)).collect(),
            commands,
            requests: requests.collect(),
            tickets: 0,
            pace: Pace::new(concurrency),
            fresh: 0,
            failed: None,
            has_halted: false,
        }
    }

    /// For drivers: begins, or goes on. What is out of an earlier time counts as lost, as after a dropped future.
    #[doc(hidden)]
    pub fn begin(&mut self, now: Instant) {
        (self.failed, self.fresh) = (None, 0);
        let _ = self.lose_what_is_out(now);
    }

    /// How many requests may be out at once: [`Batch::concurrency`](crate::Batch::concurrency).
    #[must_use]
    pub fn concurrency(&self) -> usize {
        self.pace.most()
    }

    /// For drivers: what to do next. After [`BatchStep::Failed`], the run is over, and another [`BatchRun::begin`] goes on.
    #[doc(hidden)]
    pub fn next_step(&mut self, session: &Session, now: Instant) -> BatchStep {
        let out = self.out();
        let has_room = out == 0
            || self.pace.has_room(out, 0) && session.limits().admits_another(self.fresh, now);
        if self.failed.is_none() && has_room {
            if let Some(request) = self.next_request(session, now) {
                self.fresh += 1;
                return BatchStep::Request(request);
            }
        }
        if out > 0 {
            return BatchStep::Wait;
        }
        self.failed.take().map_or(BatchStep::End, BatchStep::Failed)
    }

    fn next_request(&mut self, session: &Session, now: Instant) -> Option<BatchRequest> {
        let (next, call) = self.next_call(now)?;
        let request = &mut self.requests[next];
        let rest = request.rest.take();
        Some(BatchRequest::new(request.ticket, session, rest, &call))
    }

    /// The first request that waits is on its way from now on: its place, and its commands.
    fn next_call(&mut self, now: Instant) -> Option<(usize, BatchCall)> {
        if self.has_ended() {
            return None;
        }
        let next = self.find(|request| request.state == State::Waiting)?;
        self.tickets += 1;
        let request = &mut self.requests[next];
        request.state = State::InFlight;
        request.ticket = self.tickets;
        request.left = Some(now);
        let call = BatchCall::new(self.halt, &request.commands, &self.commands);
        Some((next, call))
    }

    fn find(&self, is_wanted: impl Fn(&Request) -> bool) -> Option<usize> {
        self.requests.iter().position(is_wanted)
    }

    /// How many requests are out.
    fn out(&self) -> usize {
        let requests = self.requests.iter();
        requests.filter(|request| request.is_out()).count()
    }

    /// Whether the batch halts, and has a reason to.
    fn has_ended(&self) -> bool {
        let mut requests = self.requests.iter();
        self.halt && (self.has_halted || requests.any(|request| request.state == State::Unknown))
    }

    /// For drivers: takes what came of the commands that were sent, and the request that they were sent with. One that is not
    /// waited for any more is passed over.
    #[doc(hidden)]
    pub fn on_reply(
        &mut self,
        now: Instant,
        request: BatchRequest,
        reply: Result<Reply<BatchAnswers>, Error>,
    ) {
        self.fresh = 0;
        let ticket = request.ticket;
        let Some(out) = self.find(|own| own.is_out() && own.ticket == ticket) else {
            return;
        };
        let pulse = request.pulse();
        let rest = request.into_continuation(now);
        let session = rest.session().clone();
        match self.take(out, &session, now, reply, Some(rest)) {
            Ok(true) => self.pace.note(pulse, self.out()),
            Ok(false) => self.pace.note(pulse.refused_in_part(), self.out()),
            Err(error) => {
                self.failed.get_or_insert(error);
            }
        }
    }

    /// For drivers: what is out counts as lost, since nobody waits for it any more. The run fails.
    #[doc(hidden)]
    pub fn abandon(&mut self, now: Instant) {
        if let Some(error) = self.lose_what_is_out(now) {
            self.failed.get_or_insert(error);
        }
    }

    /// Sends commands again whose requests may have run: only after having found out that they did not, or that it does no
    /// harm. They are sent when the client runs this again.
    pub fn repeat_unknown(&mut self) {
        for request in &mut self.requests {
            if request.state == State::Unknown {
                request.state = State::Waiting;
                for index in &request.commands {
                    self.outcomes[*index].wait();
                }
            }
        }
    }

    /// Whether nothing is left to be sent: every command has its outcome, or the batch has halted.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        let waits = |request: &Request| request.state == State::Waiting;
        self.out() == 0 && (self.has_ended() || self.find(waits).is_none())
    }

    /// What came of a command.
    ///
    /// # Errors
    ///
    /// What the command failed with: an error that its method documents, as in a call of its own ([`Error::is`]); a result
    /// that does not decode; [`Error::is_not_run`]; [`Error::is_unresolved`]; or what its whole request failed with.
    /// [`Error::executed`] says whether it ran in spite of it.
    pub fn outcome<T>(&self, handle: Handle<T>) -> Result<T, Error> {
        self.reply(handle).map(|reply| reply.result)
    }

    /// What came of a command, with all that came along: totals, the next page, and what it cost.
    ///
    /// # Errors
    ///
    /// As [`BatchRun::outcome`].
    pub fn reply<T>(&self, handle: Handle<T>) -> Result<Reply<T>, Error> {
        let own = handle.batch == self.id;
        let command = self.commands.get(handle.index).filter(|_| own);
        let (Some(command), Some(outcome)) = (command, self.outcomes.get(handle.index)) else {
            let kind = invalid("the handle belongs to another batch");
            return Err(Error::new("batch", kind));
        };
        let fail = |kind| Err(Error::new(&command.name, kind));
        let mut requests = self.requests.iter();
        let request = requests.find(|request| request.has(handle.index));
        if let Some(request) = request.filter(|request| request.is_out()) {
            // A future was dropped, and nobody has asked for more since.
            return Err(
                Error::new(&command.name, Kind::Unreported).of(&command.name, request.in_flight())
            );
        }
        match (
            outcome,
            request.and_then(|request| request.session.as_ref()),
        ) {
            (Outcome::Failed(error) | Outcome::Waiting(Some(error)), _) => Err(error.clone()),
            (Outcome::Done(done), Some(session)) => {
                session.redacting(|redactor| done.decode(&command.name, handle.decoder, redactor))
            }
            _ if self.has_ended() => fail(HALTED),
            _ => fail(WAITING),
        }
    }
}

impl fmt::Debug for BatchRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count =
            |wanted: fn(&Outcome) -> bool| self.outcomes.iter().filter(|o| wanted(o)).count();
        f.debug_struct("BatchRun")
            .field("commands", &self.commands.len())
            .field(
                "done",
                &count(|outcome| matches!(outcome, Outcome::Done(_))),
            )
            .field(
                "failed",
                &count(|outcome| matches!(outcome, Outcome::Failed(_))),
            )
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
