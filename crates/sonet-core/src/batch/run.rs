//! A batch on its way.

use std::fmt;
use std::ops::Range;
use std::time::Instant;

use http::StatusCode;

use super::answers::BatchAnswers;
use super::call::{BatchCall, effect};
use super::command::{Command, invalid};
use super::handle::Handle;
use super::outcome::{HALTED, Outcome, WAITING};
use super::request::{Request, State};
use super::result::{CommandResult, Results};
use super::retry::to_retry;
use crate::error::Kind;
use crate::exchange::Continuation;
use crate::{Effect, Error, Exchange, Reply, Session};

/// A batch that a client runs, and what came of its commands: `client.run(&mut run)`.
///
/// A batch of more than 50 commands is several requests, one after the other. Where one of them fails as a whole, the
/// client's `run` returns that error, and this keeps all that was done before. Running it again goes on:
///
/// - with the same commands, if they certainly did not run, or may be repeated;
/// - with those behind them, if they may have run and one of them writes: these are not sent again, and their outcomes
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
    ended: bool,
}

impl BatchRun {
    pub(super) fn new(
        id: u64,
        halt: bool,
        in_any_order: bool,
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
            ended: false,
        }
    }

    /// For drivers: the request with the commands to send next, if any are left. It comes back to [`BatchRun::on_reply`]
    /// with its outcome.
    ///
    /// If it is asked for more without word of the last ones, as after a dropped future, those count as lost.
    #[doc(hidden)]
    pub fn next_request(&mut self, session: &Session, now: Instant) -> Option<Exchange<BatchCall>> {
        let call = self.next_call(now)?;
        let out = self.find(State::InFlight)?;
        Some(match self.requests[out].rest.take() {
            Some(rest) => rest.into_exchange(&call),
            None => Exchange::new(session, &call),
        })
    }

    fn next_call(&mut self, now: Instant) -> Option<BatchCall> {
        if let Some(out) = self.find(State::InFlight) {
            self.lose(out, now, Error::new("batch", Kind::Unreported));
        }
        if self.ended {
            return None;
        }
        let next = self.find(State::Waiting)?;
        let request = &mut self.requests[next];
        request.state = State::InFlight;
        request.left = Some(now);
        Some(BatchCall::new(self.halt, &request.commands, &self.commands))
    }

    fn find(&self, state: State) -> Option<usize> {
        self.requests.iter().position(|own| own.state == state)
    }

    /// For drivers: takes what came of the commands that were sent, and the request that they were sent with. The error is
    /// that of the whole request, of which every command has a copy.
    #[doc(hidden)]
    pub fn on_reply(
        &mut self,
        now: Instant,
        request: Exchange<BatchCall>,
        reply: Result<Reply<BatchAnswers>, Error>,
    ) -> Result<(), Error> {
        let rest = request.into_continuation(now);
        let session = rest.session().clone();
        self.take(&session, now, reply, Some(rest))
    }

    fn take(
        &mut self,
        session: &Session,
        now: Instant,
        reply: Result<Reply<BatchAnswers>, Error>,
        rest: Option<Continuation>,
    ) -> Result<(), Error> {
        let Some(out) = self.find(State::InFlight) else {
            return Ok(());
        };
        self.requests[out].session = Some(session.clone());
        let error = match reply {
            Ok(reply) if reply.result.0.len() <= self.requests[out].commands.len() => {
                self.settle(out, session, now, reply, rest);
                return Ok(());
            }
            Ok(reply) => {
                let kind = Kind::Unreadable {
                    status: StatusCode::OK,
                    problem: "it has an outcome for a command that was not sent".to_owned(),
                    excerpt: String::new(),
                };
                Error::new("batch", kind).of("batch", reply.past)
            }
            Err(error) => error.of_batch(),
        };
        Err(self.lose(out, now, error))
    }

    /// Settles a request that failed as a whole. The error comes back with what is known from before.
    fn lose(&mut self, out: usize, now: Instant, error: Error) -> Error {
        let request = &mut self.requests[out];
        let own = request.commands.iter().map(|index| &self.commands[*index]);
        let is_repeatable = effect(own) != Effect::Write;
        let error = request.fail(now, error, is_repeatable);
        let waits = request.state == State::Waiting;
        for index in &request.commands {
            let error = error.clone().of_command(&self.commands[*index].name);
            self.outcomes[*index] = if waits {
                Outcome::Waiting(Some(error))
            } else {
                Outcome::Failed(error)
            };
        }
        if !waits {
            self.ended = self.halt;
        }
        error
    }

    /// Settles a request that was answered.
    fn settle(
        &mut self,
        out: usize,
        session: &Session,
        now: Instant,
        reply: Reply<BatchAnswers>,
        rest: Option<Continuation>,
    ) {
        let request = &mut self.requests[out];
        request.state = State::Answered;
        let own = request.commands.clone();
        let past = reply.past.after(&request.past);
        let Results {
            short: results,
            outcomes,
            failed,
        } = session.redacting(|redactor| {
            Results::read(
                &self.commands,
                &own,
                reply.result,
                self.halt,
                &past,
                redactor,
            )
        });
        for ((index, result), outcome) in own.iter().zip(&results).zip(outcomes) {
            self.outcomes[*index] = outcome;
            if matches!(result, CommandResult::Failed(Kind::Api(error)) if error.has_code("OPERATION_TIME_LIMIT"))
            {
                // The next request with this method waits for its time.
                let method = &self.commands[*index].name;
                session
                    .limits()
                    .refuse_method(session.caller(), method, now);
            }
        }
        // What runs a policy and a hook of the user's comes last: nothing is lost if it panics.
        let again = rest.map_or_else(Vec::new, |rest| self.retry(out, now, &results, rest));
        for index in &again {
            self.outcomes[*index].wait();
        }
        self.ended |= failed && self.halt && again.is_empty();
    }

    /// Lets commands that the server refused be sent again, as if each had been a call of its own; returns which ones.
    fn retry(
        &mut self,
        out: usize,
        now: Instant,
        results: &[CommandResult],
        mut rest: Continuation,
    ) -> Vec<usize> {
        let request = &mut self.requests[out];
        let refused = results
            .iter()
            .position(|result| matches!(result, CommandResult::Failed(_)));
        let refused = refused.map(|place| request.commands[place]);
        if self.halt && refused > request.refused && matches!(results[0], CommandResult::Done) {
            // It did not fail before, and those behind it did not run. One before it that fails again is no progress.
            rest.reset();
        }
        let farthest = refused.max(request.refused);
        let decides = |command: &Command, kind: &Kind| {
            rest.should_retry(now, &command.name, command.effect, kind)
        };
        let own = &request.commands;
        let again = to_retry(&self.commands, own, results, self.in_any_order, decides);
        if !again.is_empty() {
            let left = request.leaves(again.clone(), farthest, rest);
            self.requests.insert(out + 1, left);
        }
        again
    }

    /// Sends commands again whose requests may have run: only after having found out that they did not, or that it does no
    /// harm. They are sent when the client runs this again.
    pub fn repeat_unknown(&mut self) {
        for request in &mut self.requests {
            if request.state == State::Unknown {
                request.state = State::Waiting;
                self.ended = false;
                for index in &request.commands {
                    self.outcomes[*index].wait();
                }
            }
        }
    }

    /// Whether nothing is left to be sent: every command has its outcome, or the batch has halted.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        let left = |request: &Request| matches!(request.state, State::Waiting | State::InFlight);
        self.ended || !self.requests.iter().any(left)
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
        if let Some(request) = request.filter(|request| request.state == State::InFlight) {
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
            _ if self.ended => fail(HALTED),
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
