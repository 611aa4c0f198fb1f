//! What parameters can be: days, and objects in objects, in lists and in maps, alone and in a batch.

use chrono::{DateTime, NaiveDate};
use serde_json::{Value, json};
use sonet_core::wire::{Day, Decimal, File};
use sonet_core::{Batch, Executed, Method as _, Raw};
use sonet_portal::{Reply, TaughtCall};

use super::{GET, LIST, check_handlers, get};
use crate::conformance::caller::{Caller, Walk};
use crate::conformance::world::World;
use crate::mini::club::visit;
use crate::mini::{Role, UserId};

/// A day is one in a condition, in an answer and in a parameter, whichever form the server gives it.
fn a_day_has_no_time<C: Caller>(world: &World) {
    let day = NaiveDate::from_ymd_opt(2026, 3, 19).unwrap();
    world.server().with(|portal| {
        portal
            .on(visit::List::NAME, |call: &TaughtCall| {
                assert_eq!(*call.param("filter"), json!({ ">=DAY": "2026-03-19" }));
                let days = [
                    json!("2026-03-19"),
                    json!("2026-03-19T02:00:00+02:00"),
                    json!("19.03.2026"),
                    json!(""),
                ];
                let rows = (1..).zip(days);
                Reply::list(
                    rows.map(|(n, day)| json!({ "number": n, "day": day, "holidays": [day] })),
                )
            })
            .unwrap();
        portal
            .on(visit::Update::NAME, |call: &TaughtCall| {
                let fields = json!({
                    "day": "2026-03-19",
                    "holidays": ["2026-03-19", "2026-03-20T23:30:00+02:00"],
                });
                assert_eq!(*call.param("fields"), fields);
                Reply::result(json!({ "changed": [7] }))
            })
            .unwrap();
    });
    let client: C = world.admin_client();
    let list = visit::List::new().filter(visit::List::DAY.ge(day));
    let page = client.call(&list).unwrap();
    let days: Vec<_> = page.iter().map(|visit| visit.day).collect();
    assert_eq!(days, [Some(day), Some(day), None, None]);
    let holidays = page.iter().map(|visit| visit.holidays.clone());
    assert!(holidays.eq([Some(vec![day]), Some(vec![day]), None, None]));
    let kept = serde_json::to_value(page.iter().nth(1)).unwrap();
    assert_eq!(kept["day"], "2026-03-19");
    assert_eq!(kept["holidays"], json!(["2026-03-19"]));
    let late = DateTime::parse_from_rfc3339("2026-03-20T23:30:00+02:00").unwrap();
    let update = visit::Update::new(7)
        .day(day)
        .holidays([Day::from(day), Day::from(late)]);
    assert_eq!(client.call(&update).unwrap(), [7]);
    let mut batch = Batch::new();
    let in_batch = batch.add(&update);
    let mut run = batch.build().unwrap();
    client.run(&mut run).unwrap();
    assert_eq!(run.outcome(in_batch).unwrap(), [7]);
    check_handlers(world);
}

/// A booking with objects in objects, in lists and in maps.
fn booking() -> visit::Book {
    let phone = visit::Phone::new("+49 30 1").kind("HOME");
    let photo = visit::Photo::new(File::new("ann.png", b"\x89PNG"));
    let ann = visit::Guest::new("Ann", true)
        .user_id(7)
        .birthday(NaiveDate::from_ymd_opt(1990, 5, 17).unwrap())
        .arrives(DateTime::parse_from_rfc3339("2026-03-19T20:00:00.5+01:00").unwrap())
        .pin("1234")
        .phones([phone])
        .photo(photo)
        .meals([true, false])
        .rests([(
            "noon",
            DateTime::parse_from_rfc3339("2026-03-20T12:00:00.5+01:00").unwrap(),
        )])
        .row(3)
        .soft(false)
        .chair_key("colour", "red")
        .key("UF_NOTE", json!({ "text": "&=[]" }));
    let bob = visit::Guest::new("Bob", false).no_user();
    visit::Book::new(ann, 2)
        .guests([bob.clone()])
        .tables([("by the window", [bob])])
        .seats([("by the window", 4)])
        .pictures([File::new("a.png", b"a"), File::new("b.png", b"b")])
        .waiters([("by the window", [UserId::new(8), UserId::new(9)])])
        .year(1998)
        .most("99.90".parse::<Decimal>().unwrap())
        .wine_key("grapes", json!(["Riesling"]))
}

/// What has to arrive of it. In a batch, numbers are texts.
fn booked(number: impl Fn(i64) -> Value) -> Value {
    let bob = json!({ "NAME": "Bob", "VIP": "N", "USER_ID": number(0) });
    json!({
        "host": {
            "NAME": "Ann",
            "VIP": "Y",
            "USER_ID": number(7),
            "BIRTHDAY": "1990-05-17",
            "ARRIVES": "2026-03-19T20:00:00+01:00",
            "PIN": "1234",
            "PHONES": [{ "VALUE": "+49 30 1", "KIND": "HOME" }],
            "PHOTO": { "fileData": ["ann.png", "iVBORw=="] },
            "MEALS": ["Y", "N"],
            "RESTS": { "noon": "2026-03-20T12:00:00+01:00" },
            "seat": { "row": number(3), "chair": { "soft": "N", "colour": "red" } },
            "UF_NOTE": { "text": "&=[]" },
        },
        "guests": [bob],
        "tables": { "by the window": [bob] },
        "seats": { "by the window": number(4) },
        "pictures": [["a.png", "YQ=="], ["b.png", "Yg=="]],
        "waiters": { "by the window": [number(8), number(9)] },
        "order": {
            "menu": number(2),
            "wine": { "year": number(1998), "price": { "most": "99.90" }, "grapes": ["Riesling"] },
        },
    })
}

fn objects_in_objects_arrive_alone_and_in_a_batch<C: Caller>(world: &World) {
    world.server().with(|portal| {
        let book = |call: &TaughtCall| {
            let alone = *call.params() == booked(Value::from);
            let batched = *call.params() == booked(|number| Value::from(number.to_string()));
            assert!(alone || batched, "{}", call.params());
            Reply::result(json!({ "visit": if alone { 1 } else { 2 } }))
        };
        portal.on(visit::Book::NAME, book).unwrap();
    });
    let client: C = world.admin_client();
    assert_eq!(client.call(&booking()).unwrap(), 1);
    let mut batch = Batch::new();
    let visit = batch.add(&booking());
    let mut run = batch.build().unwrap();
    client.run(&mut run).unwrap();
    assert_eq!(run.outcome(visit).unwrap(), 2);
    assert!(!format!("{:?}", booking()).contains("1234"));
    check_handlers(world);
}

/// What a batch's query can't say arrives alone, and is refused in a batch, before anything is sent.
fn what_a_batch_cannot_say_is_refused_in_it<C: Caller>(world: &World) {
    world.server().with(|portal| {
        let params = |call: &TaughtCall| Reply::result(json!({ "visit": call.params() }));
        portal.on(GET, params).unwrap();
    });
    let client: C = world.admin_client();
    for (params, wrong) in [
        (
            json!({ "fields": { "a]b": 1 } }),
            "`fields[a]b]` has a bracket in a key",
        ),
        (
            json!({ "fields": { "": 1 } }),
            "`fields[]` has an empty key",
        ),
        (
            json!({ "a.b": 1 }),
            "`a.b` has a blank or a dot in its name",
        ),
    ] {
        let call = get(params.clone());
        assert_eq!(client.call(&call).unwrap()["visit"], params);
        let mut batch = Batch::new();
        let _ = batch.add(&call);
        let error = batch.build().unwrap_err().to_string();
        assert!(error.contains(wrong), "{error}");
        assert!(error.contains("outside a batch"), "{error}");
    }
    check_handlers(world);
}

/// The pages of a list with such parameters come one in a request.
fn what_a_batch_cannot_say_is_walked_page_by_page<C: Caller>(world: &World) {
    world.server().with(|portal| {
        let rows = |call: &TaughtCall| {
            assert_eq!(*call.param("select"), json!([]));
            let filter = call.param("filter");
            assert!(filter.is_null() || filter.get(">ID").is_some(), "{filter}");
            Reply::list((1..=120).map(|id| json!({ "ID": id })))
        };
        portal.on(LIST, rows).unwrap();
    });
    let client: C = world.admin_client();
    let list = Raw::new(LIST, json!({ "filter": {}, "select": [] })).paged("ID");
    let walked = client.walk(&list, Walk::default());
    assert!(walked.error.is_none(), "{:?}", walked.error);
    assert_eq!((walked.rows.len(), client.requests()), (120, 3));
    check_handlers(world);
}

/// What is wrong in an object is found before anything is sent, and named.
fn what_is_wrong_in_an_object_is_not_sent<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let bob = || visit::Guest::new("Bob", false);
    let nobody = visit::Guest::new(" ", false);
    let nameless = bob().phones([visit::Phone::new("1"), visit::Phone::new("")]);
    for (booking, wrong) in [
        (
            visit::Book::new(nobody.clone(), 1),
            "host: NAME: the text is empty",
        ),
        (
            visit::Book::new(bob(), 1).guests([bob(), nobody]),
            "guests: NAME: the text is empty; give at least one character (element 2)",
        ),
        (
            visit::Book::new(bob(), 1).tables([("A", [nameless])]),
            "PHONES: VALUE: the text is empty; give at least one character (element 2) (element 1) (key \"A\")",
        ),
        (
            visit::Book::new(bob().role(Role::from("Z")), 1),
            "host: ROLE: \"Z\" is not a documented value",
        ),
        (
            visit::Book::new(bob(), 1).waiters([("A", [UserId::new(0)])]),
            "waiters: 0 identifies nothing",
        ),
        (
            visit::Book::new(bob().key("name", "Bob"), 1),
            "host: Guest: `NAME` has a setter of its own",
        ),
        (
            visit::Book::new(bob(), 1).wine_key("YEAR", 1998),
            "wine: `year` has a setter of its own",
        ),
        (
            visit::Book::new(bob(), 1).guests(Vec::<visit::Guest>::new()),
            "guests: the list is empty",
        ),
    ] {
        let error = client.call(&booking).unwrap_err();
        assert!(error.to_string().contains(wrong), "{error}");
        assert_eq!(error.executed(), Executed::No);
    }
    assert_eq!(client.requests(), 0);
}

on_both_clients! {
    a_day_has_no_time,
    objects_in_objects_arrive_alone_and_in_a_batch,
    what_a_batch_cannot_say_is_refused_in_it,
    what_a_batch_cannot_say_is_walked_page_by_page,
    what_is_wrong_in_an_object_is_not_sent,
}
