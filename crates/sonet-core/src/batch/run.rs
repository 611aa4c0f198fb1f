//! A batch on its way.

use std::fmt;
use std::ops::Range;
use std::time::Instant;

use http::StatusCode;
use serde_json::value::RawValue;

use super::answers::{Answer, Answers};
use super::chunk::{Chunk, effect};
use super::command::{Command, invalid};
use super::handle::Handle;
use super::settle::problem;
use crate::error::{Failed, Kind};
use crate::{Effect, Error, Executed, Reply, Session, Time};

/// A batch that a client runs, and what came of its commands: `client.run(&mut run)`.
///
/// A batch of more than 50 commands is several requests, one after the other. Where one of them fails as a whole, the
/// client's `run` returns that error, and this keeps all that was done before. Running it again goes on:
///
/// - with the same commands, if they certainly did not run, or may be repeated;
/// - with those behind them, if they may have run and one of them writes: these are not sent again, and their outcomes
///   are errors that say [`Executed::Unknown`]. A batch that halts has ended there. [`BatchRun::repeat_unknown`] says that
///   they may be sent again all the same.
pub struct BatchRun {
    id: u64,
    halt: bool,
    commands: Vec<Command>,
    outcomes: Vec<Outcome>,
    requests: Vec<Request>,
    ended: bool,
}

/// Commands that go together.
struct Request {
    commands: Range<usize>,
    state: State,
    /// When it was asked for last.
    left: Option<Instant>,
    /// What is known of it from before it was asked for last.
    past: Failed,
    /// Whose it was.
    session: Option<Session>,
}

/// What is known of a command.
enum Outcome {
    /// It waits. The error is that of its last request, if there was one.
    Waiting(Option<Error>),
    Done(Box<Done>),
    Failed(Error),
}

/// A command's result, as it came.
struct Done {
    result: Box<RawValue>,
    total: Option<u64>,
    next: Option<i64>,
    time: Time,
    past: Failed,
}

/// What is known of a request.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting,
    Out,
    Answered,
    /// It may have run, and is not sent again.
    Unknown,
}

impl BatchRun {
    pub(super) fn new(
        id: u64,
        halt: bool,
        commands: Vec<Command>,
        chunks: Vec<Range<usize>>,
    ) -> Self {
        Self {
            id,
            halt,
            outcomes: commands.iter().map(|_| Outcome::Waiting(None)).collect(),
            commands,
            requests: chunks.into_iter().map(Request::new).collect(),
            ended: false,
        }
    }

    /// For drivers: the commands to send next, if any are left. Their outcome goes to [`BatchRun::on_reply`].
    ///
    /// If it is asked for more without word of the last ones, as after a dropped future, those count as lost.
    pub fn next_chunk(&mut self, now: Instant) -> Option<Chunk> {
        if let Some(out) = self.find(State::Out) {
            self.lose(out, now, Error::new("batch", Kind::Unreported));
        }
        if self.ended {
            return None;
        }
        let next = self.find(State::Waiting)?;
        let request = &mut self.requests[next];
        request.state = State::Out;
        request.left = Some(now);
        let range = request.commands.clone();
        let begin = range.start;
        Some(Chunk::new(self.halt, begin, &self.commands[range]))
    }

    fn find(&self, state: State) -> Option<usize> {
        self.requests.iter().position(|own| own.state == state)
    }

    /// For drivers: takes what came of the commands that were sent. The error is that of the whole request, of which every
    /// command has a copy.
    pub fn on_reply(
        &mut self,
        session: &Session,
        now: Instant,
        reply: Result<Reply<Answers>, Error>,
    ) -> Result<(), Error> {
        let Some(out) = self.find(State::Out) else {
            return Ok(());
        };
        self.requests[out].session = Some(session.clone());
        let error = match reply {
            Ok(reply) if reply.result.0.len() <= self.requests[out].commands.len() => {
                self.settle(out, session, now, reply);
                return Ok(());
            }
            Ok(reply) => {
                let kind = Kind::Unreadable {
                    status: StatusCode::OK,
                    problem: "it has an outcome of a command that was not sent".to_owned(),
                    piece: String::new(),
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
        let range = request.commands.clone();
        let repeatable = effect(&self.commands[range.clone()]) != Effect::Write;
        let may_have_run = error.executed() != Executed::No;
        let waits = !may_have_run || repeatable;
        let mut call = error.call();
        if may_have_run {
            call.first_sent = call.first_sent.or(request.left);
            call.ended = call.ended.or(Some(now));
        }
        let call = call.after(request.past);
        request.past = Failed {
            may_have_run: call.may_have_run || may_have_run,
            ..call
        };
        request.state = if waits {
            State::Waiting
        } else {
            self.ended = self.halt;
            State::Unknown
        };
        let error = error.of("batch", call);
        for index in range {
            let error = error.clone().of_command(&self.commands[index].name);
            self.outcomes[index] = if waits {
                Outcome::Waiting(Some(error))
            } else {
                Outcome::Failed(error)
            };
        }
        error
    }

    /// Settles a request that was answered.
    fn settle(&mut self, out: usize, session: &Session, now: Instant, reply: Reply<Answers>) {
        let request = &mut self.requests[out];
        request.state = State::Answered;
        let range = request.commands.clone();
        let past = reply.past.after(request.past);
        let mut answers = reply.result.0;
        answers.resize_with(range.len(), Answer::default);
        let problems: Vec<Option<Kind>> = session.quoting(|quote| {
            let source = |index: usize| {
                let answer = answers.get(index.checked_sub(range.start)?)?;
                serde_json::from_str(answer.result.as_ref()?.get()).ok()
            };
            let commands = self.commands[range.clone()].iter().zip(&answers);
            commands
                .map(|(command, answer)| problem(command, answer, range.start, source, quote))
                .collect()
        });
        let mut failed = false;
        for ((index, mut answer), mut problem) in range.zip(answers).zip(problems) {
            let Command { name, nothing, .. } = &self.commands[index];
            if matches!(&problem, Some(Kind::Api(error)) if error.says_nothing(*nothing)) {
                // An empty list to a caller, and a failure to the server, which halts at it.
                problem = None;
                answer.result = RawValue::from_string("[]".to_owned()).ok();
                failed = true;
            }
            let kind = match (problem, done(answer, past)) {
                (None, Some(done)) => {
                    self.outcomes[index] = Outcome::Done(Box::new(done));
                    continue;
                }
                (Some(kind), _) => kind,
                (None, None) if failed && self.halt => Kind::NotRun(HALTED),
                (None, None) => Kind::NotRun(MISSING),
            };
            let error = Error::new(name, kind).of(name, past);
            if error.has_code(&["OPERATION_TIME_LIMIT"]) {
                // The next request with this method waits for its time.
                session.limits().refuse_method(session.caller(), name, now);
            }
            self.outcomes[index] = Outcome::Failed(error);
            failed = true;
        }
        self.ended |= failed && self.halt;
    }

    /// Sends commands again whose requests may have run: only after having found out that they did not, or that it does no
    /// harm. They are sent when the client runs this again.
    pub fn repeat_unknown(&mut self) {
        for request in &mut self.requests {
            if request.state == State::Unknown {
                request.state = State::Waiting;
                self.ended = false;
                for outcome in &mut self.outcomes[request.commands.clone()] {
                    if let Outcome::Failed(error) = outcome {
                        *outcome = Outcome::Waiting(Some(error.clone()));
                    }
                }
            }
        }
    }

    /// Whether nothing is left to be sent: every command has its outcome, or the batch has halted.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        let left = |request: &Request| matches!(request.state, State::Waiting | State::Out);
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
            let kind = invalid("the handle is one of another batch");
            return Err(Error::new("batch", kind));
        };
        let fail = |kind| Err(Error::new(&command.name, kind));
        let mut requests = self.requests.iter();
        let request = requests.find(|request| request.commands.contains(&handle.index));
        if let Some(request) = request.filter(|request| request.state == State::Out) {
            // A future was dropped, and nobody has asked for more since.
            return Err(
                Error::new(&command.name, Kind::Unreported).of(&command.name, request.out())
            );
        }
        match (
            outcome,
            request.and_then(|request| request.session.as_ref()),
        ) {
            (Outcome::Failed(error) | Outcome::Waiting(Some(error)), _) => Err(error.clone()),
            (Outcome::Done(done), Some(session)) => session.quoting(|quote| {
                let kind = match (handle.decoder)(done.result.get(), quote) {
                    Ok(result) => return Ok(done.reply(result)),
                    Err(kind) => kind,
                };
                Err(Error::new(&command.name, kind).of(&command.name, done.past))
            }),
            _ if self.ended => fail(Kind::NotRun(HALTED)),
            _ => fail(Kind::NotRun(WAITING)),
        }
    }
}

const HALTED: &str = "a command before it failed or found no rows, and the batch halts";
const MISSING: &str = "the answer of the batch has neither a result nor an error of it";
const WAITING: &str = "the batch did not get to it";

impl Request {
    fn new(commands: Range<usize>) -> Self {
        Self {
            commands,
            state: State::Waiting,
            left: None,
            past: Failed::default(),
            session: None,
        }
    }

    /// What is known of it while it is out.
    fn out(&self) -> Failed {
        let sent = Failed {
            first_sent: self.left,
            ..Failed::default()
        };
        Failed {
            ended: None,
            ..sent.after(self.past)
        }
    }
}

/// A command's result, if it has one.
fn done(answer: Answer, past: Failed) -> Option<Done> {
    Some(Done {
        total: answer.total(),
        next: answer.next(),
        time: answer.time().unwrap_or_default(),
        result: answer.result?,
        past,
    })
}

impl Done {
    fn reply<T>(&self, result: T) -> Reply<T> {
        Reply {
            result,
            total: self.total,
            next: self.next,
            time: self.time.clone(),
            past: self.past,
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
