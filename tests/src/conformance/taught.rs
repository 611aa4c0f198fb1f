//! Methods that a program has taught the portal: to the clients they are methods like any other.

use std::time::Duration;

use chrono::{DateTime, NaiveDate};
use serde_json::{Value, json};
use sonet_core::wire::{Day, Decimal, File};
use sonet_core::{Batch, Config, Executed, Method as _, Rate, Raw};
use sonet_portal::{Fault, Reply, TaughtCall};
use sonet_types::GroupId;
use sonet_types::sonet_group::{Create, user};

use super::application::Application;
use super::caller::{Caller, Walk};
use super::world::{World, number};
use crate::mini::club::visit;
use crate::mini::{Role, UserId};

const GET: &str = "crm.deal.get";
const LIST: &str = "crm.deal.list";

/// A call whose answer repeats what came.
fn get(params: Value) -> Raw {
    Raw::new(GET, params)
}

/// Teaches the portal a deal that repeats its parameters and tells who asks.
fn teach(world: &World) {
    world.server().with(|portal| {
        let deal = |call: &TaughtCall| match call.id("id") {
            Some(id) => Reply::result(
                json!({ "ID": id, "GROUP": call.param("group"), "BY": call.user().id }),
            ),
            None => Reply::refusal("NO_ID", "ID is not defined or invalid."),
        };
        portal.on(GET, deal).unwrap();
    });
}

/// Checks that no handler failed, which clients could take for a fault of their own.
fn check_handlers(world: &World) {
    let failures = world
        .server()
        .with(|portal| portal.handler_failures().to_vec());
    assert!(failures.is_empty(), "{failures:?}");
}

fn it_is_called_by_name<C: Caller>(world: &World) {
    teach(world);
    let user = world.employee();
    let client: C = world.client(user);
    let deal = client.call(&get(json!({ "id": 7 }))).unwrap();
    assert_eq!(deal, json!({ "ID": 7, "GROUP": null, "BY": number(user) }));
    let error = client.call(&get(json!({ "id": "x" }))).unwrap_err();
    let api = error.api().unwrap();
    assert_eq!((api.code(), api.status().as_u16()), ("NO_ID", 400));
    assert_eq!(
        (error.executed(), error.method()),
        (Executed::No, Some(GET))
    );
    assert_eq!(world.executed(GET), 1);
    check_handlers(world);
}

fn a_list_is_walked<C: Caller>(world: &World) {
    world.server().with(|portal| {
        let rows = |_: &TaughtCall| {
            let rows = (1..=230).map(|id| json!({ "ID": id.to_string() }));
            Reply::list(rows).under("deals")
        };
        portal.on(LIST, rows).unwrap();
    });
    let list = Raw::new(LIST, json!({ "select": ["ID"] }))
        .paged("ID")
        .rows_in("deals");
    let all: Vec<String> = (1..=230).map(|id| id.to_string()).collect();
    // The first page, and the others in a batch; or all in one.
    for (eager, requests) in [(false, 2), (true, 1)] {
        let client: C = world.admin_client();
        let walk = Walk {
            eager,
            ..Walk::default()
        };
        let walked = client.walk(&list, walk);
        assert!(walked.error.is_none(), "{:?}", walked.error);
        let ids = walked.rows.iter().map(|row| row["ID"].as_str().unwrap());
        assert!(ids.eq(&all), "eager: {eager}");
        assert_eq!(walked.total, Some(230));
        assert_eq!(client.requests(), requests, "eager: {eager}");
    }
    check_handlers(world);
}

/// A list that can be neither filtered nor sorted by an identifier, with all that its typed form can ask for.
fn a_list_without_a_cursor_is_walked_by_offset<C: Caller>(world: &World) {
    let name = visit::List::NAME;
    world.server().with(|portal| {
        let rows = |call: &TaughtCall| {
            let expected = json!({ "@COST": ["1500.10", "7"], "UF_KIND": "x" });
            assert_eq!(*call.param("filter"), expected);
            assert_eq!(*call.param("order"), json!({ "UF_KIND": "DESC" }));
            Reply::list((1..=120).map(|n| json!({ "number": n, "price": "0.50", "UF_KIND": "x" })))
        };
        portal.on(name, rows).unwrap();
    });
    let costs = ["1500.10", "7"].map(|text| text.parse::<Decimal>().unwrap());
    let list = visit::List::new()
        .filter(visit::List::COST.one_of(costs))
        .filter(visit::List::open_field("UF_KIND").is("x"))
        .order(visit::List::open_field("UF_KIND").desc())
        .select(visit::List::PRICE)
        .select_open("UF_KIND");
    for eager in [false, true] {
        let client: C = world.admin_client();
        let walk = Walk {
            eager,
            ..Walk::default()
        };
        let walked = client.walk(&list, walk);
        assert!(walked.error.is_none(), "{:?}", walked.error);
        let numbers = walked.rows.iter().map(|row| row.number);
        assert!(numbers.eq((1..=120).map(Some)), "eager: {eager}");
        let price = "0.5".parse::<Decimal>().unwrap();
        assert_eq!(walked.rows[7].price.as_ref(), Some(&price));
        assert_eq!(walked.rows[7].extra["UF_KIND"], "x");
        assert_eq!(walked.total, Some(120));
    }
    check_handlers(world);
}

/// The same row on two pages: where nothing but the number of rows tells pages apart, that has to be told.
fn rows_without_an_identifier_have_to_be_counted<C: Caller>(world: &World) {
    let name = visit::Names::NAME;
    let client: C = world.admin_client();
    world.server().with(|portal| {
        portal
            .on(name, |_| Reply::list((0..70).map(|_| json!("Ann"))))
            .unwrap();
    });
    let walked = client.walk(&visit::Names::new(), Walk::default());
    assert!(walked.error.is_none(), "{:?}", walked.error);
    assert_eq!(walked.rows, vec![json!("Ann"); 70]);
    // The server pays no heed to `start`, and counts nothing: the first page would come for ever.
    world.server().with(|portal| {
        let page = vec![json!("Ann"); 50];
        portal
            .on(name, move |_| Reply::result(page.clone()))
            .unwrap();
    });
    let walked = client.walk(&visit::Names::new(), Walk::default());
    let error = walked.error.unwrap().to_string();
    assert!(error.contains("does not count this list"), "{error}");
    // A page that is not full is all there is.
    world.server().with(|portal| {
        portal
            .on(name, |_| Reply::result(json!(["Ann", "Bob"])))
            .unwrap();
    });
    let walked = client.walk(&visit::Names::new(), Walk::default());
    assert!(walked.error.is_none(), "{:?}", walked.error);
    assert_eq!(walked.rows, [json!("Ann"), json!("Bob")]);
}

fn by_its_name_a_list_is_walked_by_offset_too<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    world.server().with(|portal| {
        let rows = |_: &TaughtCall| Reply::list((1..=60).map(|id| json!({ "id": id })));
        portal.on(LIST, rows).unwrap();
    });
    let list = Raw::new(LIST, json!({})).paged_by_offset();
    let walked = client.walk(&list, Walk::default());
    assert_eq!((walked.error.is_none(), walked.rows.len()), (true, 60));
    // A row that comes twice is noticed, counted or not.
    world.server().with(|portal| {
        let page: Vec<_> = (1..=50).map(|id| json!({ "id": id })).collect();
        portal
            .on(LIST, move |_| Reply::result(page.clone()))
            .unwrap();
    });
    let error = client
        .walk(&list, Walk::default())
        .error
        .unwrap()
        .to_string();
    assert!(error.contains("row 1 came twice"), "{error}");
}

/// What an answer has in its only key is the answer, and keys that no page lists go beside those that it lists.
fn an_answer_is_taken_out_of_its_key<C: Caller>(world: &World) {
    world.server().with(|portal| {
        portal
            .on(visit::Get::NAME, |call: &TaughtCall| {
                match call.id("number") {
                    Some(7) => Reply::result(json!({ "visit": { "number": 7, "price": 1500.1 } })),
                    _ => Reply::result(json!([])),
                }
            })
            .unwrap();
        portal
            .on(visit::Update::NAME, |call: &TaughtCall| {
                let fields = json!({ "price": "1500.10", "UF_NOTE": ["a", { "b": 1 }] });
                assert_eq!(*call.param("fields"), fields);
                Reply::result(json!({ "changed": ["7"] }))
            })
            .unwrap();
    });
    let client: C = world.admin_client();
    let found = client.call(&visit::Get::new(7)).unwrap();
    assert_eq!(found.price, Some("1500.10".parse().unwrap()));
    let error = client.call(&visit::Get::new(8)).unwrap_err();
    assert!(
        error.to_string().contains("an object with `visit`"),
        "{error}"
    );
    let price: Decimal = "1500.10".parse().unwrap();
    let update = visit::Update::new(7)
        .price(price)
        .fields_key("UF_NOTE", json!(["a", { "b": 1 }]));
    assert_eq!(client.call(&update).unwrap(), [7]);
    let twice = client.call(&update.fields_key("price", 3)).unwrap_err();
    assert!(twice.to_string().contains("a setter of its own"), "{twice}");
    assert_eq!(world.executed(visit::Update::NAME), 1);
    check_handlers(world);
}

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
            visit::Book::new(bob(), 1).guests([bob(); 0]),
            "guests: the list is empty",
        ),
    ] {
        let error = client.call(&booking).unwrap_err();
        assert!(error.to_string().contains(wrong), "{error}");
        assert_eq!(error.executed(), Executed::No);
    }
    assert_eq!(client.requests(), 0);
}

fn a_batch_mixes_it_with_others<C: Caller>(world: &World) {
    teach(world);
    let client: C = world.admin_client();
    let mut batch = Batch::new().halt();
    let created = batch.add(&Create::new("Deals"));
    let deal = batch.add_with(created.value(), |group: GroupId| {
        get(json!({ "id": 7, "group": group }))
    });
    let members = batch.add_with(deal.field("GROUP").id::<GroupId>(), user::Get::new);
    let refused = batch.add(&get(json!({})));
    let mut run = batch.build().unwrap();
    client.run(&mut run).unwrap();
    let group = run.outcome(created).unwrap();
    let deal = run.outcome(deal).unwrap();
    assert_eq!(deal["GROUP"], number(group));
    assert_eq!(run.outcome(members).unwrap()[0].user_id, world.admin());
    let refused = run.outcome(refused).unwrap_err();
    assert_eq!(refused.api().unwrap().code(), "NO_ID");
    assert_eq!((client.requests(), world.executed(GET)), (1, 1));
    assert_eq!(world.executed(user::Get::NAME), 1);
    check_handlers(world);
}

fn its_answer_can_be_lost<C: Caller>(world: &World) {
    teach(world);
    let faults = world.server().faults();
    let client: C = world.admin_client();
    faults.on(GET).nth(1).after(Fault::Reset);
    let deal = client.call(&get(json!({ "id": 7 })).read_only()).unwrap();
    assert_eq!((&deal["ID"], world.executed(GET)), (&json!(7), 2));
    faults.clear();
    // What may write isn't repeated.
    faults.on(GET).nth(1).after(Fault::Reset);
    let error = client.call(&get(json!({ "id": 7 }))).unwrap_err();
    assert_eq!((error.executed(), error.attempts()), (Executed::Unknown, 1));
    assert_eq!(world.executed(GET), 3);
}

fn the_limits_count_it<C: Caller>(world: &World) {
    teach(world);
    world.rule(|rules| {
        rules.operating_limit = Some(Duration::from_secs(480));
        rules
            .costs
            .insert(GET.to_owned(), Duration::from_millis(600));
        rules.rate = Some(sonet_portal::Rate::STANDARD.every(Duration::from_millis(100)));
    });
    let client: C = world.admin_client();
    let read = get(json!({ "id": 7 })).read_only();
    for operating in [0.6, 1.2] {
        let reply = client.reply(&read).unwrap();
        assert_eq!(reply.time.operating, Some(operating));
    }
    // This client keeps no limit, and so the portal's stops it.
    for outcome in client.call_together(&vec![read; 100]) {
        assert!(outcome.is_ok_and(|deal| deal["ID"] == 7));
    }
    let refused = world.server().with(|portal| portal.refused_for_rate());
    assert!(refused > 0);
    assert_eq!(world.executed(GET), 102);
    // It is the method's time that is used up, and nobody else's.
    world.rule(|rules| rules.operating_limit = Some(Duration::from_secs(1)));
    let config = Config::webhook(&world.webhook(world.admin())).unwrap();
    let hurried = config
        .rate(Rate::UNLIMITED)
        .call_timeout(Duration::from_secs(5));
    let client = C::new(hurried).unwrap();
    let error = client.call(&get(json!({ "id": 7 }))).unwrap_err();
    assert!(error.is_limit(), "{error:?}");
    assert_eq!(error.executed(), Executed::No);
    client.call(&Create::new("Rust")).unwrap();
}

fn a_token_needs_its_scope<C: Caller>(world: &World) {
    teach(world);
    let application = Application::of(world);
    let call = get(json!({ "id": 7 }));
    let client = || C::new(application.config(application.tokens(world.admin()))).unwrap();
    assert_eq!(
        client().call(&call).unwrap()["ID"],
        7,
        "no scope is asked for"
    );
    let scope = |scope: &str| {
        world.server().with(|portal| {
            portal.on(GET, |_| json!("in")).unwrap().scope(scope);
        });
    };
    scope("crm");
    let error = client().call(&call).unwrap_err();
    assert!(error.is_auth(), "{error:?}");
    let api = error.api().unwrap();
    assert_eq!(
        (api.code(), api.status().as_u16()),
        ("insufficient_scope", 403)
    );
    assert_eq!(error.executed(), Executed::No);
    // One that the application has.
    scope("socialnetwork");
    assert_eq!(client().call(&call).unwrap(), "in");
    assert_eq!(world.executed(GET), 2);
}

on_both_clients! {
    it_is_called_by_name,
    a_list_is_walked,
    a_list_without_a_cursor_is_walked_by_offset,
    rows_without_an_identifier_have_to_be_counted,
    by_its_name_a_list_is_walked_by_offset_too,
    an_answer_is_taken_out_of_its_key,
    a_day_has_no_time,
    objects_in_objects_arrive_alone_and_in_a_batch,
    what_a_batch_cannot_say_is_refused_in_it,
    what_a_batch_cannot_say_is_walked_page_by_page,
    what_is_wrong_in_an_object_is_not_sent,
    a_batch_mixes_it_with_others,
    its_answer_can_be_lost,
    the_limits_count_it,
    a_token_needs_its_scope,
}
