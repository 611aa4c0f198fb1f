//! Any request gets an answer: `cargo +nightly fuzz run request` in the crate's folder.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sonet_portal::{Portal, Request};
use std::cell::RefCell;
use std::time::{Duration, UNIX_EPOCH};

const METHODS: [&str; 15] = [
    "sonet_group.create",
    "sonet_group.update",
    "sonet_group.get",
    "sonet_group.user.add",
    "socialnetwork.api.workgroup.list",
    "socialnetwork.api.workgroup.get",
    "sonet_group.feature.access",
    "batch",
    "event.bind",
    "tasks.api.scrum.backlog.update",
    "tasks.api.scrum.epic.add",
    "tasks.api.scrum.epic.list",
    "tasks.api.scrum.kanban.updateStage",
    "tasks.api.scrum.sprint.update",
    "tasks.api.scrum.task.update",
];

const KINDS: [&str; 4] = [
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=B",
    "text/plain",
];

thread_local! {
    static PORTAL: RefCell<(Portal, u32)> = RefCell::new(fresh());
}

fn fresh() -> (Portal, u32) {
    (Portal::builder().groups(20).users(8).build(), 0)
}

// The first byte picks the method, the second the way; then comes a query up to a line break, and
// then the body.
fuzz_target!(|data: &[u8]| {
    let [method, way, rest @ ..] = data else {
        return;
    };
    PORTAL.with_borrow_mut(|(portal, age)| {
        // What one request left behind may break the next, but a crash has to be repeatable.
        *age += 1;
        if *age > 500 {
            (*portal, *age) = fresh();
        }
        let end = rest.iter().position(|byte| *byte == b'\n');
        let (query, body) = match end {
            Some(end) => (&rest[..end], &rest[end + 1..]),
            None => (&rest[..0], rest),
        };
        let query = String::from_utf8_lossy(query);
        let target = match usize::from(*method) {
            n if n < METHODS.len() * 16 => {
                let path = portal.webhook_path(1).unwrap_or_default();
                format!("{path}{}?{query}", METHODS[n % METHODS.len()])
            }
            n if n % 4 == 0 => format!("/oauth/token/?{query}"),
            n if n % 4 == 1 => format!("/rest/sonet_group.get?{query}"),
            _ => query.into_owned(),
        };
        let verb = if way & 0x80 == 0 { "POST" } else { "GET" };
        let kind = KINDS[usize::from(*way) % KINDS.len()];
        let request = Request::new(verb, target)
            .with_header("Content-Type", kind)
            .with_body(body);
        let now = UNIX_EPOCH + Duration::from_secs(1_773_921_687);
        let response = portal.handle(&request, now);
        assert!((200..600).contains(&response.status()));
        assert!(response.status() != 500, "{}", response.text());
    });
});
