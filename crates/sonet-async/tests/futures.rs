//! How large the futures are: whoever awaits one has it within their own, and moves it about.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use sonet_async::socialnetwork::api::workgroup;
use sonet_async::sonet_group::{self, user};
use sonet_async::{Batch, Bulk, Client, GroupId, Raw, UserId};

/// What a future may take: a quarter of what clippy's `large_futures` warns of, so that one function can await several.
const MOST: usize = 4_096;

#[tokio::test]
async fn no_future_is_large() {
    let client = Client::webhook("https://portal.example.com/rest/1/s3cr3t/").unwrap();
    let group = GroupId::new(77);
    let get = workgroup::Get::new(group);
    let groups = sonet_group::Get::new();
    let calls = (user::Get::new(group), sonet_group::Get::new());
    let mut list = client.list(&groups);
    let mut pages = client.list(&groups).pages();
    let mut run = {
        let mut batch = Batch::new();
        let _ = batch.add(&user::Invite::new(group, [UserId::new(1)]));
        batch.build().unwrap()
    };
    let bulk = Bulk::add([77, 78], [1271, 1272]);
    let raw = Raw::new("user.current", serde_json::json!({}));
    let sizes = [
        ("call", size_of_val(&client.call(&get))),
        ("call of a page", size_of_val(&client.call(&groups))),
        ("call of any method", size_of_val(&client.call(&raw))),
        ("reply", size_of_val(&client.reply(&get))),
        ("total", size_of_val(&client.total(&groups))),
        ("batch", size_of_val(&client.batch(&calls))),
        ("run", size_of_val(&client.run(&mut run))),
        ("bulk", size_of_val(&client.bulk(&bulk))),
        ("a row", size_of_val(&list.next())),
        ("a page", size_of_val(&pages.next())),
        ("close", size_of_val(&client.close())),
    ];
    for (name, size) in sizes {
        assert!(size < MOST, "{name} takes {size} bytes: {sizes:?}");
    }
}
