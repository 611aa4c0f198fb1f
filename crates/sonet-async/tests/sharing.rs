//! One client for many.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::time::Duration;

use sonet_async::serde_json::{Value, json};
use sonet_async::{Batch, Client, Config, Executed, Rate, Raw};
use support::{Answer, Server, ok};

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_calls_at_once() {
    let server = Server::start(|_, seen| {
        let sent: Value = sonet_async::serde_json::from_str(&seen.body).unwrap();
        Answer::Keep(ok(&sent["number"].to_string()))
    });
    let config = Config::webhook(&server.webhook()).unwrap();
    let client = Client::new(config.rate(Rate::UNLIMITED)).unwrap();
    // A future borrows neither the client nor the method.
    let call = |number| client.call(&Raw::new("test.echo", json!({ "number": number })));
    let calls: Vec<_> = (0..100).map(|number| tokio::spawn(call(number))).collect();
    for (number, call) in calls.into_iter().enumerate() {
        assert_eq!(call.await.unwrap().unwrap(), Value::from(number));
    }
    assert_eq!(server.seen().len(), 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_is_dropped_leaves_the_client_usable() {
    let server = Server::start(|before, _| match before {
        0..3 => Answer::Hang,
        _ => Answer::Keep(ok("1")),
    });
    let client = Client::webhook(&server.webhook()).unwrap();
    drop(client.call(&Raw::new("test.never", json!({}))));
    for count in 1..=3 {
        let call = tokio::spawn(client.call(&Raw::new("test.dropped", json!({}))));
        server.wait_for(count);
        call.abort();
        assert!(call.await.unwrap_err().is_cancelled());
    }
    client
        .call(&Raw::new("test.after", json!({})))
        .await
        .unwrap();
    let seen = server.seen();
    assert_eq!(seen.len(), 4);
    assert!(seen[3].head.contains("test.after"));
}

#[tokio::test]
async fn one_thread_is_enough() {
    let server = Server::start(|_, _| Answer::Keep(ok("1")));
    let client = Client::webhook(&server.webhook()).unwrap();
    let (read, write) = (Raw::new("a", json!({})), Raw::new("b", json!({})));
    let (a, b) = tokio::join!(client.call(&read), client.call(&write));
    assert!(a.is_ok() && b.is_ok());
}

#[test]
fn a_client_goes_anywhere() {
    fn check<T: Clone + Send + Sync + 'static>() {}
    check::<Client>();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_has_what_came_along() {
    let body = br#"{"result":[1,2],"total":7,"next":50,"time":{"duration":0.5}}"#;
    let server = Server::start(|_, _| Answer::Keep(support::http("200 OK", "", body)));
    let client = Client::webhook(&server.webhook()).unwrap();
    let reply = client
        .reply(
            &Raw::new("test.list", json!({}))
                .read_only()
                .output::<Vec<u64>>(),
        )
        .await
        .unwrap();
    assert_eq!(reply.result, [1, 2]);
    assert_eq!(
        (reply.total, reply.next, reply.time.duration),
        (Some(7), Some(50), Some(0.5))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_can_be_spawned_too() {
    let server = Server::start(|_, _| Answer::Keep(ok(r#"{"result":{"c0":1,"c1":2}}"#)));
    let client = Client::webhook(&server.webhook()).unwrap();
    let calls = |client: &Client| {
        client.batch(&(
            Raw::new("test.one", json!({})),
            Raw::new("test.two", json!({})),
        ))
    };
    let (one, two) = tokio::spawn(calls(&client)).await.unwrap().unwrap();
    assert_eq!((one.unwrap(), two.unwrap()), (1.into(), 2.into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_that_is_dropped_is_not_sent_again() {
    let server = Server::start(|_, _| Answer::Hang);
    let client = Client::webhook(&server.webhook()).unwrap();
    let mut batch = Batch::new();
    let created = batch.add(&Raw::new("test.create", json!({})));
    let mut run = batch.build().unwrap();
    {
        let mut running = std::pin::pin!(client.run(&mut run));
        while server.seen().is_empty() {
            let short = Duration::from_millis(10);
            let ended = tokio::time::timeout(short, running.as_mut()).await;
            assert!(ended.is_err(), "nothing is answered");
        }
    }
    client.run(&mut run).await.unwrap();
    let error = run.outcome(created).unwrap_err();
    assert_eq!(error.executed(), Executed::Unknown);
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_batch_that_is_dropped_nothing_is_sent_twice() {
    let server = Server::start(|before, _| match before {
        0..2 => Answer::Hang,
        _ => Answer::Keep(ok(r#"{"result":{"c0":1}}"#)),
    });
    let client = Client::webhook(&server.webhook()).unwrap();
    let mut batch = Batch::new().split().in_any_order().concurrency(8);
    let created = batch.add_all((0..101).map(|n| Raw::new("test.create", json!({ "n": n }))));
    let mut run = batch.build().unwrap();
    {
        let mut running = std::pin::pin!(can_be_sent(client.run(&mut run)));
        while server.seen().len() < 2 {
            let short = Duration::from_millis(10);
            let ended = tokio::time::timeout(short, running.as_mut()).await;
            assert!(ended.is_err(), "nothing is answered");
        }
    }
    client.run(&mut run).await.unwrap();
    for lost in &created[..100] {
        let error = run.outcome(*lost).unwrap_err();
        assert_eq!(error.executed(), Executed::Unknown);
    }
    assert_eq!(run.outcome(created[100]).unwrap(), 1);
    assert_eq!(server.seen().len(), 3);
}

/// A future that another thread may go on with.
fn can_be_sent<F: Future + Send>(future: F) -> F {
    future
}
