//! Groups that are looked for by a name which the server keeps in another form.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

mod driver;

use std::task::Waker;
use std::time::{Duration, Instant};

use driver::client;
use serde_json::{Value, json};
use sonet_core::{
    Cause, Error, Exchange, Failure, Machine as _, Reconciled, Reconciliation, Session, Step,
};
use sonet_types::GroupId;
use sonet_types::sonet_group::Create;

/// The time at the portal when it is asked.
const NOW: i64 = 1_773_921_687;

/// A call whose answer was lost at that time.
fn lost(session: &Session, create: &Create, now: Instant) -> Error {
    let mut exchange = Exchange::new(session, create);
    let Step::Send(_) = exchange.poll(now, Waker::noop()) else {
        panic!("nothing to send")
    };
    let cause = Cause::other(&std::io::Error::other("connection reset"));
    exchange.on_failure(now, Failure::MaybeSent(cause));
    match exchange.poll(now, Waker::noop()) {
        Step::Done(outcome) => outcome.unwrap_err(),
        _ => panic!("it is not repeated"),
    }
}

/// A group of the calling user's, made so many seconds before the lookup.
fn group(id: i64, name: &str, ago: i64) -> Value {
    let date = chrono::DateTime::from_timestamp(NOW - ago, 0).unwrap();
    let date = date.format("%Y-%m-%dT%H:%M:%S+00:00").to_string();
    json!({
        "ID": id.to_string(), "SITE_ID": "s1", "NAME": name, "DESCRIPTION": null, "DATE_CREATE": date, "DATE_UPDATE": date,
        "DATE_ACTIVITY": date, "ACTIVE": "Y", "VISIBLE": "Y", "OPENED": "N", "CLOSED": "N", "SUBJECT_ID": "1",
        "OWNER_ID": "1", "KEYWORDS": null, "NUMBER_OF_MEMBERS": "1", "PROJECT": "N", "IS_EXTRANET": "N"
    })
}

/// Looks 70 seconds after the call, at a portal that keeps and compares names as the function says.
fn reconcile(
    sent: &str,
    groups: &[Value],
    keeps: impl Fn(&str, &str) -> bool,
) -> Reconciled<GroupId> {
    let session = client();
    let create = Create::new(sent);
    let start = Instant::now();
    let error = lost(&session, &create, start);
    let now = start + Duration::from_secs(70);
    let mut lookup = Reconciliation::new(&session, &create, &error, now);
    let Step::Send(outgoing) = lookup.poll(now, Waker::noop()) else {
        panic!("nothing to send")
    };
    let params: Value = serde_json::from_slice(outgoing.request.body()).unwrap();
    assert_eq!(params["ORDER"], json!({ "ID": "DESC" }));
    let filter = &params["FILTER"];
    assert_eq!(filter["=OWNER_ID"], 1, "{filter}");
    let found = groups.iter().filter(|group| {
        let stored = group["NAME"].as_str().unwrap();
        filter["=NAME"]
            .as_str()
            .is_none_or(|name| keeps(stored, name))
    });
    let found: Vec<_> = found.collect();
    let total = found.len();
    let found = &found[..total.min(50)];
    let mut body = json!({ "result": found, "total": total, "time": { "finish": NOW } });
    if found.len() == 50 {
        body["next"] = json!(50);
    }
    settled(lookup, now, &body)
}

/// What a lookup makes of an answer.
fn settled(mut lookup: Reconciliation<Create>, now: Instant, body: &Value) -> Reconciled<GroupId> {
    let response = http::Response::new(body.to_string().into());
    lookup.on_response(now, response);
    match lookup.poll(now, Waker::noop()) {
        Step::Done(outcome) => outcome.unwrap(),
        _ => panic!("there is nothing more to do"),
    }
}

/// What is no list, or a list of less than was counted, proves nothing.
#[test]
fn an_answer_without_a_list_does_not_show_that_there_is_no_group() {
    for (answer, expected) in [
        (json!({ "result": null }), Reconciled::Ambiguous(vec![])),
        (json!({ "result": [] }), Reconciled::Ambiguous(vec![])),
        (
            json!({ "result": false, "total": 1 }),
            Reconciled::Ambiguous(vec![]),
        ),
        (
            json!({ "result": [], "total": 1 }),
            Reconciled::Ambiguous(vec![]),
        ),
        (json!({ "result": [], "total": 0 }), NOT_DONE),
    ] {
        let session = client();
        let create = Create::new("Rust");
        let start = Instant::now();
        let error = lost(&session, &create, start);
        let now = start + Duration::from_secs(70);
        let mut lookup = Reconciliation::new(&session, &create, &error, now);
        let Step::Send(_) = lookup.poll(now, Waker::noop()) else {
            panic!("nothing to send")
        };
        let mut body = answer.clone();
        body["time"] = json!({ "finish": NOW });
        assert_eq!(settled(lookup, now, &body), expected, "{answer}");
    }
}

/// As an older copy of the server's source has it: the filter is a text like any other, compared without case.
fn ignores_case(stored: &str, name: &str) -> bool {
    stored.to_lowercase() == name.to_lowercase()
}

const NOT_DONE: Reconciled<GroupId> = Reconciled::NotDone { settled: true };

#[test]
fn a_group_whose_name_is_kept_in_another_form_is_found() {
    for (sent, stored) in [
        ("🚀 Team", ":f09f9a80: Team"),
        ("🚀", ":f09f9a80:"),
        ("🚀 Team", "🚀 Team"),
        ("Ends with a blank ", "Ends with a blank"),
        ("\tTabbed", "Tabbed"),
        ("Two  blanks", "Two blanks"),
        ("Two\nlines", "Two lines"),
        ("Research & Development", "Research &amp; Development"),
        ("\"Quoted\" 'name'", "&quot;Quoted&quot; &#039;name&#039;"),
        ("1 < 2", "1 &lt; 2"),
    ] {
        let groups = [group(8, stored, 65), group(7, "Other", 68)];
        let outcome = reconcile(sent, &groups, ignores_case);
        assert_eq!(
            outcome,
            Reconciled::Done(GroupId::new(8)),
            "{sent} {stored}"
        );
    }
}

#[test]
fn a_name_that_may_have_become_another_is_never_not_done() {
    let long = "A name that is longer than all that a server keeps. ".repeat(6);
    for (sent, stored) in [
        ("🚀 Team", "Team"),
        ("🚀 Team", "? Team"),
        ("🚀 Team", "?? TEAM"),
        ("R🚀D", "RD"),
        ("Caf\u{e9}", "Cafe\u{301}"),
        ("Cafe\u{301}", "Caf\u{e9}"),
        ("Новы\u{439}", "Новыи\u{306}"),
        ("한국", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"),
        ("<b>Bold</b> group", "Bold group"),
        ("back\\slash", "backslash"),
        ("bell\u{7}", "bell"),
        (&long, &long[..255]),
        (&long, &long[..120]),
    ] {
        let groups = [group(8, stored, 65)];
        let outcome = reconcile(sent, &groups, ignores_case);
        assert_eq!(
            outcome,
            Reconciled::Ambiguous(vec![GroupId::new(8)]),
            "{sent} {stored}"
        );
    }
}

#[test]
fn a_group_that_is_another_one_is_not_taken_for_it() {
    for sent in ["🚀 Team", " Rust ", "Q&A", "Caf\u{e9} Rust"] {
        let groups = [group(8, "Sales", 65), group(7, sent, 3_600)];
        assert_eq!(reconcile(sent, &groups, ignores_case), NOT_DONE, "{sent}");
        assert_eq!(reconcile(sent, &[], ignores_case), NOT_DONE, "{sent}");
    }
    for (sent, other) in [("Team 45 🚀", "Team 46 :f09f9a80:"), ("Rust", "Rust 2")] {
        assert_eq!(
            reconcile(sent, &[group(8, other, 65)], ignores_case),
            NOT_DONE,
            "{sent}"
        );
    }
}

#[test]
fn what_several_groups_may_be_is_ambiguous() {
    let both = [group(9, "🚀 Team", 64), group(8, ":f09f9a80: Team", 65)];
    let outcome = reconcile("🚀 Team", &both, ignores_case);
    let ids = [9, 8].map(GroupId::new).to_vec();
    assert_eq!(outcome, Reconciled::Ambiguous(ids));
    let many: Vec<_> = (0..60)
        .map(|index| group(1_000 - index, "Other", 10))
        .collect();
    let outcome = reconcile("🚀 Team", &many, ignores_case);
    assert_eq!(
        outcome,
        Reconciled::Ambiguous(vec![]),
        "it may be behind them"
    );
}

#[test]
fn a_plain_name_is_looked_for_by_itself() {
    // As many groups as a page does not show, none of which is asked for.
    let mut groups: Vec<_> = (0..60)
        .map(|index| group(1_000 - index, "Other", 10))
        .collect();
    assert_eq!(reconcile("Rust (2026)", &groups, ignores_case), NOT_DONE);
    groups.push(group(8, "Rust (2026)", 65));
    let outcome = reconcile("Rust (2026)", &groups, ignores_case);
    assert_eq!(outcome, Reconciled::Done(GroupId::new(8)));
}
