//! What a batch makes of answers, beyond what the transcripts show.

mod building;
mod lost;
mod outcomes;

use serde::Serialize;
use serde_json::json;

use super::*;
use crate::attempts::Attempts;
use crate::{Batch, Config, Documented, Limits, Method, Rate, Raw, Time};

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

/// Answers the next request of a batch.
fn answer(run: &mut BatchRun, answers: &serde_json::Value) -> BatchCall {
    let call = run.next_call(now()).unwrap();
    run.take(&session(), now(), Ok(reply(answers)), None)
        .unwrap();
    call
}

fn fail(run: &mut BatchRun, sent: bool) -> Error {
    run.next_call(now()).unwrap();
    let kind = Kind::NoResponse {
        sent,
        cause: crate::Cause::other(&std::io::Error::other("reset")),
    };
    let error = Error::new("batch", kind);
    run.take(&session(), now(), Err(error), None).unwrap_err()
}
