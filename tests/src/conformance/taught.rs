//! Methods that a program has taught the portal: to the clients they are methods like any other.

mod sent;

use std::time::Duration;

use serde_json::{Value, json};
use sonet_core::wire::Decimal;
use sonet_core::{Batch, Config, Executed, Method as _, Rate, Raw};
use sonet_portal::{Fault, Reply, TaughtCall};
use sonet_types::GroupId;
use sonet_types::sonet_group::{Create, user};

use super::application::Application;
use super::caller::{Caller, Walk};
use super::world::{World, number};
use crate::mini::club::visit;

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
    a_batch_mixes_it_with_others,
    its_answer_can_be_lost,
    the_limits_count_it,
    a_token_needs_its_scope,
}
