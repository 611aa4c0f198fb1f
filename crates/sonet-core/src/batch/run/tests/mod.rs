//! What a batch makes of answers, beyond what the transcripts show.

mod at_once;
mod building;
mod lost;
mod outcomes;

use serde::Serialize;
use serde_json::json;

use super::*;
use crate::attempts::Attempts;
use crate::{Batch, Config, Documented, Effect, Limits, Method, Rate, Raw, Time};

crate::id!(GroupId, "A group.");
crate::id!(UserId, "A user.");

#[derive(Serialize)]
struct Create {
    #[serde(rename = "NAME")]
    name: String,
}

impl Method for Create {
    const NAME: &'static str = "create";
    const EFFECT: Effect = Effect::Write;
    type Output = GroupId;
    const ERRORS: &'static [Documented] =
        &[Documented::new("CannotCreate", "", "Cannot create group")];
}

#[derive(Serialize)]
struct Invite {
    #[serde(rename = "GROUP_ID")]
    group: GroupId,
    #[serde(rename = "USER_ID")]
    users: Vec<UserId>,
    #[serde(rename = "MESSAGE")]
    message: String,
}

impl Method for Invite {
    const NAME: &'static str = "invite";
    const EFFECT: Effect = Effect::Write;
    type Output = Vec<UserId>;
}

fn create(name: &str) -> Create {
    Create {
        name: name.to_owned(),
    }
}

fn invite(group: impl Into<GroupId>) -> Invite {
    Invite {
        group: group.into(),
        users: vec![UserId::new(7)],
        message: String::new(),
    }
}

fn read(name: &str) -> Raw {
    Raw::new(name, json!({})).read_only()
}

#[allow(clippy::disallowed_methods, reason = "virtual time needs a beginning")]
fn now() -> Instant {
    Instant::now()
}

fn session() -> Session {
    let config = Config::webhook("https://example.bitrix24.com/rest/1/s3cr3t/").unwrap();
    Session::new(&config.limits(Limits::new(Rate::UNLIMITED)), now()).unwrap()
}

fn reply(answers: &serde_json::Value) -> Reply<BatchAnswers> {
    Reply {
        result: serde_json::from_str(&answers.to_string()).unwrap(),
        total: None,
        next: None,
        time: Time::default(),
        past: Attempts::default(),
    }
}

/// The commands of the next request of a batch that is run again.
fn next(run: &mut BatchRun, now: Instant) -> Option<BatchCall> {
    run.begin(now);
    run.next_call(now).map(|(_, call)| call)
}

/// What came of the request that is out.
fn take(run: &mut BatchRun, reply: Result<Reply<BatchAnswers>, Error>) -> Result<bool, Error> {
    let out = run.find(Request::is_out).unwrap();
    run.take(out, &session(), now(), reply, None)
}

/// Answers the next request of a batch.
fn answer(run: &mut BatchRun, answers: &serde_json::Value) -> BatchCall {
    let call = next(run, now()).unwrap();
    take(run, Ok(reply(answers))).unwrap();
    call
}

fn fail(run: &mut BatchRun, sent: bool) -> Error {
    next(run, now()).unwrap();
    let kind = Kind::NoResponse {
        sent,
        cause: crate::Cause::other(&std::io::Error::other("reset")),
    };
    let error = Error::new("batch", kind);
    take(run, Err(error)).unwrap_err()
}
