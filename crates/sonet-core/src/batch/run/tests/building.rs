//! What a batch sends, and what it refuses to.

use super::*;
use crate::{Commands as _, Executed};

fn problem(batch: Batch) -> Error {
    let error = batch.build().unwrap_err();
    assert!(error.is_invalid(), "{error:?}");
    assert_eq!(error.executed(), Executed::No);
    error
}

#[test]
fn references_stand_where_values_will() {
    let mut batch = Batch::new().halt();
    let first = batch.add(&create("a"));
    let list = batch.add(&read("list"));
    let user = list.index(0).field("ID");
    let _ = batch.add_with(
        (first.value(), user.clone().id(), user.text()),
        |(group, user, message)| Invite {
            group,
            users: vec![UserId::new(5), user],
            message,
        },
    );
    let call = next(&mut batch.build().unwrap(), now()).unwrap();
    assert_eq!(call.effect(), Effect::Write);
    assert_eq!(
        serde_json::to_value(&call).unwrap(),
        json!({ "halt": 1, "cmd": {
            "c0": "create?NAME=a",
            "c1": "list?",
            "c2": "invite?GROUP_ID=%24result%5Bc0%5D&USER_ID%5B0%5D=5\
                &USER_ID%5B1%5D=%24result%5Bc1%5D%5B0%5D%5BID%5D&MESSAGE=%24result%5Bc1%5D%5B0%5D%5BID%5D",
        }})
    );
}

#[test]
fn a_list_of_one_method_is_a_batch() {
    let reads: Vec<_> = ["first", "second"].map(read).into();
    let mut batch = Batch::new();
    let (list, array) = (
        reads.add_to(&mut batch),
        [create("a"), create("b")].add_to(&mut batch),
    );
    let rest = batch.add_all(["c", "d"].map(create));
    assert_eq!((batch.len(), rest.len()), (6, 2));
    let mut run = batch.build().unwrap();
    let call = answer(
        &mut run,
        &json!({
            "result": { "c0": 1, "c1": 2, "c2": 3, "c4": 5, "c5": 6 },
            "result_error": { "c3": { "error": "", "error_description": "Cannot create group" } },
        }),
    );
    assert_eq!(
        serde_json::to_value(&call).unwrap()["cmd"],
        json!({
            "c0": "first?", "c1": "second?", "c2": "create?NAME=a", "c3": "create?NAME=b", "c4": "create?NAME=c",
            "c5": "create?NAME=d",
        })
    );
    let list = Vec::<Raw>::outcomes(&run, list).into_iter();
    assert_eq!(
        list.map(Result::unwrap).collect::<Vec<_>>(),
        [json!(1), json!(2)]
    );
    let [a, b] = <[Create; 2]>::outcomes(&run, array);
    assert_eq!(a.unwrap(), GroupId::new(3));
    assert!(b.unwrap_err().api().is_some());
    let rest = rest.into_iter().map(|handle| run.outcome(handle).unwrap());
    assert_eq!(rest.collect::<Vec<_>>(), [GroupId::new(5), GroupId::new(6)]);
}

#[test]
fn what_can_not_be_sent_is_told_before() {
    let of = |add: fn(&mut Batch)| {
        let mut batch = Batch::new().halt();
        add(&mut batch);
        problem(batch)
    };
    let nested = of(|batch| {
        let _ = batch.add(&Raw::new("Batch", json!({})));
    });
    assert!(
        nested.to_string().contains("does not run a batch inside"),
        "{nested}"
    );
    let marked = of(|batch| {
        let _ = batch.add(&create("costs $result[c0]"));
    });
    assert!(
        marked.to_string().contains("`NAME` contains `$result[c0]`"),
        "{marked}"
    );
    assert_eq!(marked.method(), Some("create"));
    let crowded = of(|batch| {
        let users = |count| (1..=count).map(UserId::new).collect();
        let _ = batch.add(&Invite {
            users: users(898),
            ..invite(1)
        });
        let _ = batch.add(&Invite {
            users: users(899),
            ..invite(1)
        });
    });
    assert!(crowded.to_string().contains("901 values"), "{crowded}");
    let unused = of(|batch| {
        let first = batch.add(&create("a"));
        let _ = batch.add_with(first.value(), |_| invite(1));
    });
    assert!(unused.to_string().contains("and is none"), "{unused}");
    let partly = of(|batch| {
        let first = batch.add(&create("a"));
        let _ = batch.add_with(first.value(), |group| Invite {
            message: format!("Come to {group}"),
            ..invite(group)
        });
    });
    assert!(
        partly.to_string().contains("also used as a part of one"),
        "{partly}"
    );
    let foreign = of(|batch| {
        let first = Batch::new().add(&create("a"));
        let _ = batch.add_with(first.value(), invite);
    });
    assert!(foreign.to_string().contains("another batch"), "{foreign}");

    let mut batch = Batch::new();
    let first = batch.add(&create("a"));
    let _ = batch.add_with(first.value(), invite);
    assert!(problem(batch).to_string().contains("add `Batch::halt`"));
}

#[test]
fn references_count_from_the_beginning_of_their_request() {
    let mut batch = Batch::new().halt().split();
    for _ in 0..49 {
        let _ = batch.add(&create("a"));
    }
    let created = batch.add(&create("b"));
    let invited = batch.add_with(created.value(), invite);
    let mut run = batch.build().unwrap();
    let results: serde_json::Map<_, _> = (0..49).map(|n| (format!("c{n}"), json!(n + 1))).collect();
    answer(&mut run, &json!({ "result": results }));
    let call = answer(&mut run, &json!({ "result": { "c0": 50, "c1": [7] } }));
    assert_eq!(
        serde_json::to_value(&call).unwrap()["cmd"],
        json!({
            "c0": "create?NAME=b",
            "c1": "invite?GROUP_ID=%24result%5Bc0%5D&USER_ID%5B0%5D=7&MESSAGE=",
        })
    );
    assert_eq!(run.outcome(created).unwrap(), GroupId::new(50));
    assert_eq!(run.outcome(invited).unwrap(), [UserId::new(7)]);
}

#[test]
fn nothing_is_sent_for_nothing() {
    let mut run = Batch::new().build().unwrap();
    assert!(run.is_finished() && next(&mut run, now()).is_none());
}
