//! Batches with several requests out at once: whatever fails, each write runs once at most, and its outcome says whether.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::{Map, Value, json};
use sonet_core::{
    Batch, BatchRequest, BatchRun, BatchStep, Cause, Error, Executed, Failure, Handle, Limits,
    Machine as _, Outgoing, Rate, Raw, Session,
};

use super::dice::Dice;
use super::play::{Delete, io, sent, webhook};

sonet_core::id!(GroupId, "A group.");

/// A server that counts how often each command has run.
struct Server {
    dice: Dice,
    ran: BTreeMap<String, usize>,
    /// Of 100 requests, how many fail as a whole; of 1,000 commands, how many are refused.
    failures: u64,
    refusals: u64,
}

impl Server {
    /// What comes of a request: an answer, or none.
    fn answer(&mut self, outgoing: &Outgoing) -> Result<Response<Bytes>, Failure> {
        let body: Value = serde_json::from_slice(outgoing.request.body()).unwrap();
        if !self.dice.is(self.failures) {
            return Ok(Response::new(self.run(&body).into()));
        }
        let reset = || Cause::other(&io("reset"));
        match self.dice.below(4) {
            0 => Err(Failure::NotSent(reset())),
            1 => Err(Failure::MaybeSent(reset())),
            2 => {
                self.run(&body);
                Err(Failure::MaybeSent(reset()))
            }
            _ => {
                let refused = json!({ "error": "QUERY_LIMIT_EXCEEDED", "error_description": "" });
                let mut response = Response::new(refused.to_string().into());
                *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
                Ok(response)
            }
        }
    }

    fn run(&mut self, body: &Value) -> String {
        let (mut results, mut errors) = (Map::new(), Map::new());
        for index in 0..body["cmd"].as_object().unwrap().len() {
            let key = format!("c{index}");
            let (method, query) = body["cmd"][&key].as_str().unwrap().split_once('?').unwrap();
            let (_, value) = form_urlencoded::parse(query.as_bytes()).next().unwrap();
            let value = match value.strip_prefix("$result[") {
                Some(path) => results[path.trim_end_matches(']')].to_string(),
                None => value.into_owned(),
            };
            if self.dice.below(1_000) < self.refusals {
                let code = ["QUERY_LIMIT_EXCEEDED", "OPERATION_TIME_LIMIT", "NO"];
                let code = code[usize::try_from(self.dice.below(3)).unwrap()];
                errors.insert(key, json!({ "error": code, "error_description": "" }));
                if body["halt"] == json!(1) {
                    break;
                }
                continue;
            }
            *self.ran.entry(format!("{method} {value}")).or_default() += 1;
            let number: i64 = value.parse().unwrap();
            let is_deletion = method.ends_with("delete");
            results.insert(
                key,
                if is_deletion {
                    json!(true)
                } else {
                    json!(number)
                },
            );
        }
        json!({ "result": { "result": results, "result_error": errors } }).to_string()
    }
}

/// A command, and its number.
enum Sent {
    Create(Handle<GroupId>, i64),
    Delete(Handle<bool>, i64),
    Read(Handle<Value>, i64),
}

impl Sent {
    /// What the server notes if it runs.
    fn note(&self) -> String {
        match self {
            Self::Create(_, n) => format!("create {n}"),
            Self::Delete(_, n) => format!("sonet_group.delete {n}"),
            Self::Read(_, n) => format!("read {n}"),
        }
    }

    fn outcome(&self, run: &BatchRun) -> Result<(), Error> {
        match self {
            Self::Create(handle, n) => {
                let group = run.outcome(*handle)?;
                assert_eq!(group, GroupId::new(*n), "the outcome of another command");
            }
            Self::Delete(handle, _) => assert!(run.outcome(*handle)?),
            Self::Read(handle, n) => assert_eq!(run.outcome(*handle)?, json!(n)),
        }
        Ok(())
    }
}

/// A batch as the dice have it.
fn batch(dice: &mut Dice) -> (BatchRun, Vec<Sent>) {
    let concurrency = usize::try_from(1 + dice.below(8)).unwrap();
    let mut batch = Batch::new().split().in_any_order().concurrency(concurrency);
    let halts = dice.is(40);
    if halts {
        batch = batch.halt();
    }
    let mut commands = Vec::new();
    for n in 1..=i64::try_from(dice.below(400)).unwrap() {
        if dice.is(30) {
            let read = Raw::new("read", json!({ "ID": n })).read_only();
            commands.push(Sent::Read(batch.add(&read), n));
            continue;
        }
        let create = Raw::new("create", json!({ "NAME": n })).output::<GroupId>();
        let created = batch.add(&create);
        commands.push(Sent::Create(created, n));
        if halts && dice.is(50) {
            let delete = |group: GroupId| Delete {
                group_id: group.get(),
            };
            commands.push(Sent::Delete(batch.add_with(created.value(), delete), n));
        }
    }
    (batch.build().unwrap(), commands)
}

/// Runs a batch to its end, again and again; which request is answered next is up to the dice. How many were out at most.
fn run(run: &mut BatchRun, server: &mut Server, dice: &mut Dice, drops: u64) -> usize {
    let mut now = Instant::now();
    let session = Session::new(&webhook().limits(Limits::new(Rate::UNLIMITED)), now).unwrap();
    let mut out: Vec<(BatchRequest, Outgoing)> = Vec::new();
    let mut most = 0;
    run.begin(now);
    loop {
        match run.next_step(&session, now) {
            BatchStep::Request(mut request) => match sent(&mut now, &mut request) {
                Ok(outgoing) => out.push((request, outgoing)),
                Err(reply) => run.on_reply(now, request, reply),
            },
            BatchStep::Wait if dice.is(drops) => {
                // Whoever ran it was dropped; some of what was out runs all the same.
                for (_, outgoing) in out.drain(..) {
                    let _ = server.answer(&outgoing);
                }
                run.begin(now);
            }
            BatchStep::Wait => {
                most = most.max(out.len());
                let next = usize::try_from(dice.below(out.len() as u64)).unwrap();
                let (mut request, outgoing) = out.swap_remove(next);
                now += Duration::from_millis(50 + dice.below(100));
                match server.answer(&outgoing) {
                    Ok(response) => request.on_response(now, response),
                    Err(failure) => request.on_failure(now, failure),
                }
                match sent(&mut now, &mut request) {
                    Ok(outgoing) => out.push((request, outgoing)),
                    Err(reply) => run.on_reply(now, request, reply),
                }
            }
            BatchStep::Failed(_) => assert!(out.is_empty(), "what is out is awaited"),
            BatchStep::End => {
                assert!(out.is_empty() && run.is_finished());
                return most;
            }
        }
    }
}

#[test]
fn each_write_runs_once_at_most_and_its_outcome_says_whether() {
    let (mut most, mut seen) = (0, BTreeSet::new());
    for seed in 0..400 {
        let mut dice = Dice(seed ^ 0x5eed);
        let (mut batch, commands) = batch(&mut dice);
        let mut server = Server {
            dice: Dice(seed),
            ran: BTreeMap::new(),
            failures: dice.below(25),
            refusals: dice.below(15),
        };
        let drops = if dice.is(30) { 10 } else { 0 };
        let out = run(&mut batch, &mut server, &mut dice, drops);
        assert!(out <= batch.concurrency(), "seed {seed}: {out}");
        most = most.max(out);
        for command in commands {
            let ran = server.ran.get(&command.note()).copied().unwrap_or(0);
            let outcome = command.outcome(&batch);
            let executed = match &outcome {
                Ok(()) => "ran",
                Err(error) if error.is_not_run() => "not reached",
                Err(error) => match error.executed() {
                    Executed::No => "refused",
                    Executed::Yes => "unreadable",
                    Executed::Unknown => "unknown",
                },
            };
            seen.insert(executed);
            let is_told = match (executed, &command) {
                ("ran", Sent::Read(..)) => ran >= 1,
                ("ran", _) => ran == 1,
                (_, Sent::Read(..)) => true,
                ("unknown", _) => ran <= 1,
                _ => ran == 0,
            };
            let note = command.note();
            assert!(is_told, "seed {seed}: {note} ran {ran} times: {outcome:?}");
        }
    }
    assert!(most >= 5, "{most} at once");
    let all = ["not reached", "ran", "refused", "unknown"];
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), all);
}
