//! What came of the requests of a batch.

use std::time::Instant;

use http::StatusCode;

use super::BatchRun;
use crate::batch::answers::BatchAnswers;
use crate::batch::call::effect;
use crate::batch::command::Command;
use crate::batch::outcome::Outcome;
use crate::batch::request::State;
use crate::batch::result::{CommandResult, Results};
use crate::batch::retry::to_retry;
use crate::error::Kind;
use crate::exchange::Continuation;
use crate::{Effect, Error, Reply, Session};

impl BatchRun {
    /// Takes what came of a request. The error is that of the whole request, of which every command has a copy; otherwise, it
    /// says whether nothing of it is to be asked for again.
    pub(super) fn take(
        &mut self,
        out: usize,
        session: &Session,
        now: Instant,
        reply: Result<Reply<BatchAnswers>, Error>,
        rest: Option<Continuation>,
    ) -> Result<bool, Error> {
        self.requests[out].session = Some(session.clone());
        let error = match reply {
            Ok(reply) if reply.result.0.len() <= self.requests[out].commands.len() => {
                return Ok(self.settle(out, session, now, reply, rest));
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

    /// Settles what is out and nobody waits for; the error of the first one.
    pub(super) fn lose_what_is_out(&mut self, now: Instant) -> Option<Error> {
        let mut first = None;
        for out in 0..self.requests.len() {
            if self.requests[out].is_out() {
                let error = self.lose(out, now, Error::new("batch", Kind::Unreported));
                first.get_or_insert(error);
            }
        }
        first
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
        error
    }

    /// Settles a request that was answered. Says whether nothing of it is to be asked for again.
    fn settle(
        &mut self,
        out: usize,
        session: &Session,
        now: Instant,
        reply: Reply<BatchAnswers>,
        rest: Option<Continuation>,
    ) -> bool {
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
        for (index, outcome) in own.iter().zip(outcomes) {
            self.outcomes[*index] = outcome;
        }
        // What runs a policy and a hook of the user's comes last: nothing is lost if it panics, and a batch that halts has done so.
        let had_halted = self.has_halted;
        self.has_halted |= failed && self.halt;
        let again = rest.map_or_else(Vec::new, |rest| self.retry(out, now, &results, rest));
        for index in &again {
            self.outcomes[*index].wait();
        }
        if !again.is_empty() {
            self.has_halted = had_halted;
        }
        again.is_empty()
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
}
