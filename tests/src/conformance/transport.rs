//! What goes over the wire: compression, unusual texts, large answers, many calls at once.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use sonet_core::{Executed, Method as _};
use sonet_portal::Role;
use sonet_types::socialnetwork::api::workgroup::{self, List};
use sonet_types::sonet_group::{Create, Get, Update, user};
use sonet_types::{GroupId, UserId};

use super::caller::Caller;
use super::canned::Canned;
use super::recording_proxy::RecordingProxy;
use super::secrets::assert_tells_nothing;
use super::world::{World, number};

const UNUSUAL: [&str; 6] = [
    "She said \"no\" and 'yes'",
    "back\\slash / and <b>tags</b> & ampersands",
    "Рабочая группа «Ёж»",
    "👩‍👩‍👧‍👦 🚀 e\u{301}",
    "two\nlines\r\n\tand a tab",
    "100% [x]=1&y=2;\u{2028}\u{7f}",
];

fn every_text_survives_both_ways<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    for text in UNUSUAL {
        let call = Create::new(text).description(text).keywords(text);
        let group = client.call(&call).unwrap();
        assert_eq!(world.group(group).name, text);
        assert_eq!(world.group(group).description, text);

        let rows = client.call(&Get::new().group_id(group)).unwrap();
        assert_eq!(
            (
                rows.rows()[0].name.as_deref(),
                rows.rows()[0].keywords.as_deref()
            ),
            (Some(text), Some(text))
        );
        let rows = client.call(&Get::new().filter(Get::NAME.eq(text))).unwrap();
        assert_eq!(rows.len(), 1, "a filter finds {text:?}");
        let call = List::new().filter(List::NAME.eq(text)).select(List::NAME);
        let page = client.call(&call).unwrap();
        assert_eq!(page.rows()[0].name.as_deref(), Some(text));
        let workgroup = client.call(&workgroup::Get::new(group)).unwrap();
        assert_eq!(
            (workgroup.name.as_deref(), workgroup.description.as_deref()),
            (Some(text), Some(text))
        );

        client.call(&Update::new(group).name("plain")).unwrap();
        client.call(&Update::new(group).name(text)).unwrap();
        assert_eq!(world.group(group).name, text);
    }
}

fn a_large_answer_comes_compressed<C: Caller>(world: &World) {
    let proxy = RecordingProxy::before(world);
    let client: C = proxy.client(world, world.admin());
    let rows = client.call(&Get::new().is_admin(true)).unwrap();
    assert_eq!(rows.len(), 40);
    let (request, answer) = (&proxy.requests()[0], &proxy.answers()[0]);
    assert!(
        request.head.contains("accept-encoding: gzip"),
        "{}",
        request.head
    );
    assert!(
        answer.head.contains("content-encoding: gzip"),
        "{}",
        answer.head
    );
    assert_eq!(answer.body[..2], [0x1f, 0x8b], "gzip begins so");
}

fn one_call_is_one_request<C: Caller>(world: &World) {
    let proxy = RecordingProxy::before(world);
    let client: C = proxy.client(world, world.admin());
    for _ in 0..3 {
        client.call(&Create::new("Rust")).unwrap();
    }
    let requests = proxy.requests();
    assert_eq!(requests.len(), 3);
    assert_eq!(world.executed(Create::NAME), 3);
    for request in requests {
        assert!(
            request.head.starts_with("post /rest/1/"),
            "{}",
            request.head
        );
        assert!(request.head.contains("/sonet_group.create.json "));
        assert!(request.head.contains("content-type: application/json"));
        assert_eq!(request.text(), r#"{"NAME":"Rust"}"#);
    }
}

fn a_reply_tells_what_the_call_cost<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let reply = client.reply(&Create::new("Rust")).unwrap();
    assert!(world.existing(reply.result).is_some());
    assert_eq!((reply.total, reply.next), (None, None));
    let time = reply.time;
    assert_eq!(time.operating, Some(0.321), "the portal's price of a write");
    assert!(time.start.unwrap() > 1_700_000_000.0);
    assert!(time.finish.unwrap() >= time.start.unwrap());
    assert!(time.duration.unwrap() > 0.3);
    assert!(time.date_start.unwrap().ends_with("+02:00"));
    let reply = client.reply(&Get::new().is_admin(true)).unwrap();
    assert_eq!((reply.total, reply.result.len()), (Some(41), 41));
}

fn a_thousand_members_come_in_one_answer<C: Caller>(_: &World) {
    let world = World::with(12, 1_400);
    let group = world.open_group();
    for user in world.strangers(group).into_iter().take(1_000) {
        world.relate(group, user, Role::Member);
    }
    let client: C = world.admin_client();
    let members = client.call(&user::Get::new(group)).unwrap();
    assert!(members.len() >= 1_000, "{}", members.len());
    let expected = world.users_with(group, |role, _| role.is_member());
    let mut active = expected;
    active.retain(|user| world.user(*user).active);
    let mut found: Vec<UserId> = members.iter().map(|member| member.user_id).collect();
    found.sort();
    assert_eq!(found, active);

    let call = workgroup::Get::new(group).select(workgroup::Get::LIST_OF_MEMBERS);
    let workgroup = client.call(&call).unwrap();
    assert_eq!(workgroup.list_of_members.unwrap().len(), found.len());
    let newcomers: Vec<UserId> = found
        .iter()
        .copied()
        .filter(|u| *u != world.admin())
        .collect();
    let removed = client.call(&user::Delete::new(group, newcomers)).unwrap();
    assert!(removed.len() >= 999, "a long list of users is sent as well");
    assert!(world.relations(group).len() < 50);
}

fn thirty_two_calls_run_at_once<C: Caller>(world: &World) {
    let proxy = RecordingProxy::before(world);
    let client: C = proxy.client(world, world.admin());
    let calls: Vec<Create> = (0..32).map(|n| Create::new(format!("Group {n}"))).collect();
    let (outcomes, came) = thread::scope(|scope| {
        let (holding, held) = mpsc::channel();
        let proxy = &proxy;
        let came = scope.spawn(move || {
            // Nothing is answered while the portal is held, so all 32 have to be under way together.
            let _portal = world.server().portal();
            holding.send(()).unwrap();
            let deadline = Instant::now() + Duration::from_secs(20);
            while proxy.requests().len() < 32 && Instant::now() < deadline {
                thread::sleep(Duration::from_millis(5));
            }
            proxy.requests().len()
        });
        held.recv().unwrap();
        (client.call_together(&calls), came.join().unwrap())
    });
    assert_eq!(came, 32, "they waited for one another");
    assert_eq!(world.executed(Create::NAME), 32);
    for (n, outcome) in outcomes.into_iter().enumerate() {
        let group = world.group(outcome.unwrap());
        assert_eq!(
            group.name,
            format!("Group {n}"),
            "answers do not get mixed up"
        );
    }
}

fn a_failed_storage_leaves_open_whether_a_method_ran<C: Caller>(world: &World) {
    let group = world.open_group();
    let newcomer = world.stranger(group);
    world.fail_next(user::Add::NAME);
    let call = user::Add::new(group, [newcomer]);
    let error = world.admin_client::<C>().call(&call).unwrap_err();
    let api = error.api().unwrap();
    assert_eq!(
        (api.code(), api.status().as_u16()),
        ("INTERNAL_SERVER_ERROR", 500)
    );
    assert_eq!(error.executed(), Executed::Unknown);
    assert_eq!(world.executed(user::Add::NAME), 0);
    assert_tells_nothing(world, &error);
}

fn a_newer_server_is_understood<C: Caller>(_: &World) {
    let server = Canned::answering(200, |_| {
        r#"{"result":[{"USER_ID":7,"ROLE":"Q","SINCE":1},{"USER_ID":"8","ROLE":"A"}],"new":{}}"#
            .to_owned()
    });
    let client = C::webhook(&server.webhook("secret")).unwrap();
    let members = client.call(&user::Get::new(GroupId::new(1))).unwrap();
    assert_eq!(members[0].user_id, UserId::new(7));
    let new = members[0].role.as_ref().unwrap();
    assert_eq!(new.to_string(), "Q");
    assert!(matches!(new, sonet_types::Role::Unknown(_)));
    assert_eq!(members[1].user_id, UserId::new(8));
    assert_eq!(members[1].role, Some(sonet_types::Role::Owner));
    assert_eq!(number(members[1].user_id), 8);
}

on_both_clients_and_over_transports! {
    every_text_survives_both_ways,
    a_large_answer_comes_compressed,
    one_call_is_one_request,
    a_reply_tells_what_the_call_cost,
    a_thousand_members_come_in_one_answer,
    thirty_two_calls_run_at_once,
    a_failed_storage_leaves_open_whether_a_method_ran,
    a_newer_server_is_understood,
}
