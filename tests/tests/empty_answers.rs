//! Writes that answer what PHP takes for nothing: no success, and nobody knows whether they ran.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod driver;

use std::collections::BTreeSet;
use std::fmt::Debug;

use driver::{client, result, run_command};
use serde::Serialize;
use serde_json::{Value, json};
use sonet_core::{Batch, Effect, Executed, Method};
use sonet_types::log::{blogcomment, blogpost};
use sonet_types::sonet_group::{self, user};
use sonet_types::tasks;
use sonet_types::tasks::api::scrum::{backlog, epic, kanban, sprint, task};
use sonet_types::{Bulk, sonet_group::user::SettableRole};

/// What a write answers when all went well.
#[derive(Clone, Copy, PartialEq)]
enum Due {
    /// An identifier, `true`, or what it made.
    Something,
    /// The list of what it changed, which may be empty.
    Changes,
    /// An empty list.
    Nothing,
}

/// What PHP takes for nothing.
fn empty_values() -> [Value; 8] {
    [
        json!(0),
        json!("0"),
        json!(false),
        json!(""),
        json!([]),
        json!({}),
        json!(null),
        json!(0.0),
    ]
}

impl Due {
    /// Whether this is what was due, by the method's page, or as good as its empty list.
    fn is_met_by(self, answer: &Value) -> bool {
        let list = [json!([]), json!({})];
        match self {
            Self::Something => false,
            Self::Changes => {
                let no_list = [json!(null), json!(false), json!("")];
                list.contains(answer) || no_list.contains(answer)
            }
            Self::Nothing => list.contains(answer) || answer.is_null(),
        }
    }
}

/// Holds a write against every answer, alone and in a batch.
fn check_write<M>(seen: &mut BTreeSet<String>, due: Due, method: &M)
where
    M: Method<Output: Serialize + PartialEq + Debug>,
{
    let name = method.name();
    assert_ne!(method.effect(), Effect::Read, "{name}");
    seen.insert(name.to_owned());
    for answer in empty_values() {
        let alone = result(method, &answer).map(drop).map_err(|e| e.executed());
        let expected = if due.is_met_by(&answer) {
            Ok(())
        } else {
            Err(Executed::Unknown)
        };
        assert_eq!(alone, expected, "{name} {answer}");
        let batch = in_a_batch(method, &answer);
        assert_eq!(batch, expected, "{name} {answer}, in a batch");
    }
    if due == Due::Something {
        for answer in [json!(-7), json!({ "ID": 0 }), json!({ "id": "0" })] {
            let executed = result(method, &answer).map(drop).map_err(|e| e.executed());
            assert_eq!(executed, Err(Executed::Unknown), "{name} {answer}");
            assert_eq!(in_a_batch(method, &answer), executed, "{name} {answer}");
        }
    }
}

/// Holds a write whose answer stands in a key against every answer, and against every value of the key.
fn check_write_within<M>(seen: &mut BTreeSet<String>, key: &str, method: &M)
where
    M: Method<Output: Serialize + PartialEq + Debug>,
{
    check_write(seen, Due::Something, method);
    for value in empty_values() {
        let answer = json!({ key: value });
        let executed = result(method, &answer).map(drop).map_err(|e| e.executed());
        assert_eq!(executed, Err(Executed::Unknown), "{} {answer}", M::NAME);
        assert_eq!(
            in_a_batch(method, &answer),
            executed,
            "{} {answer}",
            M::NAME
        );
    }
}

fn in_a_batch<M: Method>(method: &M, answer: &Value) -> Result<(), Executed> {
    let mut batch = Batch::new();
    let handle = batch.add(method);
    let mut run = batch.build().unwrap();
    run_command(&client(), &mut run, answer);
    run.outcome(handle)
        .map(drop)
        .map_err(|error| error.executed())
}

#[test]
fn no_write_takes_nothing_for_a_success() {
    use Due::{Changes, Nothing, Something};
    let seen = &mut BTreeSet::new();
    check_write(seen, Something, &sonet_group::Create::new("Rust"));
    check_write(seen, Something, &sonet_group::Update::new(7).name("Rust"));
    check_write(seen, Something, &sonet_group::SetOwner::new(7, 1));
    check_write(seen, Something, &sonet_group::Delete::new(7));
    check_write(seen, Something, &user::Request::new(7));
    check_write(seen, Changes, &user::Invite::new(7, [1]));
    check_write(seen, Changes, &user::Add::new(7, [1]));
    check_write(
        seen,
        Changes,
        &user::Update::new(7, [1], SettableRole::Member),
    );
    check_write(seen, Changes, &user::Delete::new(7, [1]));
    check_write(seen, Something, &backlog::Add::new(7, 1));
    check_write(seen, Something, &backlog::Update::new(7));
    check_write(seen, Nothing, &backlog::Delete::new(7));
    check_write(seen, Something, &epic::Add::new("Rust", 7));
    check_write(seen, Something, &epic::Update::new(7));
    check_write(seen, Nothing, &epic::Delete::new(7));
    check_write(seen, Something, &sprint::Add::new(7, "Rust"));
    check_write(seen, Something, &sprint::Update::new(7));
    check_write(seen, Something, &sprint::Start::new(7));
    check_write(seen, Something, &sprint::Complete::new(7));
    check_write(seen, Nothing, &sprint::Delete::new(7));
    check_write(seen, Something, &kanban::AddStage::new(7, "Rust"));
    check_write(seen, Something, &kanban::UpdateStage::new(7));
    check_write(seen, Something, &kanban::DeleteStage::new(7));
    check_write(seen, Something, &kanban::AddTask::new(7, 8, 9));
    check_write(seen, Something, &kanban::DeleteTask::new(7, 8));
    check_write(seen, Something, &task::Update::new(7));
    check_write(seen, Something, &blogpost::Add::new("Rust"));
    check_write(seen, Something, &blogpost::Update::new(7));
    check_write(seen, Something, &blogpost::Delete::new(7));
    check_write(seen, Something, &blogpost::Share::new(7, ["UA"]));
    check_write(seen, Something, &blogcomment::Add::new(7, "Rust"));
    check_write(seen, Something, &blogcomment::Delete::new(7));
    check_write_within(seen, "task", &tasks::task::Add::new("Rust", 1));
    check_write_within(seen, "task", &tasks::task::Update::new(7));
    check_write_within(seen, "task", &tasks::task::Delete::new(7));
    check_write_within(seen, "task", &tasks::task::Start::new(7));
    check_write_within(seen, "task", &tasks::task::Complete::new(7));
    check_write_within(seen, "task", &tasks::task::Delegate::new(7, 1));
    assert_eq!(*seen, writes(), "every write is held against them");
}

/// The names of all writes in the spec.
fn writes() -> BTreeSet<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (spec, _) = sonet_spec::load(&root, sonet_spec::FILE).unwrap();
    let writes = spec
        .methods
        .iter()
        .filter(|method| method.effect.value != sonet_spec::model::Effect::Read);
    writes.map(|method| method.name.value.clone()).collect()
}

#[test]
fn a_bulk_change_that_answers_nothing_is_unknown() {
    for (answer, expected) in [
        (json!([]), None),
        (json!(["7"]), None),
        (json!(0), Some(Executed::Unknown)),
        (json!("0"), Some(Executed::Unknown)),
        (json!(true), Some(Executed::Yes)),
        (json!(["0"]), Some(Executed::Unknown)),
    ] {
        let mut bulk = Bulk::add([1], [7]).start().unwrap();
        run_command(&client(), bulk.batch(), &answer);
        let report = bulk.report();
        let outcome = report.groups[0].outcome.as_ref();
        assert_eq!(
            outcome.err().map(sonet_core::Error::executed),
            expected,
            "{answer}"
        );
        assert_eq!(
            report.groups[0].is_unknown(),
            expected.is_some(),
            "{answer}"
        );
    }
}
