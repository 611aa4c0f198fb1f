//! The servers that the other tests start do what those tests ask of them.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]
#![allow(missing_docs)]

mod support;

use std::net::TcpStream;
use std::time::{Duration, Instant};

use support::{Cluster, Proxy, RedisServer, SentinelSet, Way};

#[test]
fn a_server_that_is_killed_has_its_data_when_it_is_started_again() {
    let Some(mut server) = RedisServer::start() else {
        return;
    };
    server.ask::<()>(&["SET", "key", "value"]);
    server.kill();
    server.try_ask::<()>(&["PING"]).unwrap_err();
    server.start_again();
    assert_eq!(server.ask::<String>(&["GET", "key"]), "value");
    server.kill();
    server.start_empty();
    assert_eq!(server.ask::<Option<String>>(&["GET", "key"]), None);
}

#[test]
fn a_server_is_gone_after_a_test_that_panics() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let port = server.port();
    let panicked = std::thread::spawn(move || {
        assert_eq!(server.port(), 0, "panics on purpose");
    });
    panicked.join().unwrap_err();
    TcpStream::connect(("127.0.0.1", port)).unwrap_err();
}

#[test]
fn a_frozen_server_answers_when_it_goes_on() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    server.freeze();
    assert!(server.try_ask::<()>(&["PING"]).unwrap_err().is_timeout());
    server.thaw();
    server.ask::<()>(&["PING"]);
}

#[test]
fn a_server_without_memory_refuses() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    server.run_out_of_memory();
    server.try_ask::<()>(&["SET", "key", "value"]).unwrap_err();
    server.have_memory();
    server.ask::<()>(&["SET", "key", "value"]);
}

#[test]
fn a_network_is_open_slow_partitioned_or_closed() {
    let Some(server) = RedisServer::start() else {
        return;
    };
    let proxy = Proxy::to(server.port());
    let client = redis::Client::open(proxy.url()).unwrap();
    let connect = || {
        let connection = client.get_connection_with_timeout(Duration::from_secs(2))?;
        connection.set_read_timeout(Some(Duration::from_millis(300)))?;
        Ok::<_, redis::RedisError>(connection)
    };
    let ping = |connection: &mut redis::Connection| redis::cmd("PING").query::<()>(connection);
    let mut connection = connect().unwrap();
    ping(&mut connection).unwrap();

    proxy.set(Way::Slow(Duration::from_millis(50)));
    let before = Instant::now();
    ping(&mut connection).unwrap();
    assert!(before.elapsed() >= Duration::from_millis(100));

    proxy.set(Way::Blackhole);
    assert!(ping(&mut connection).unwrap_err().is_timeout());
    proxy.set(Way::Open);
    let mut connection = connect().unwrap();
    proxy.set(Way::AnswersLost);
    let set = redis::cmd("SET")
        .arg("key")
        .arg(1)
        .query::<()>(&mut connection);
    assert!(set.unwrap_err().is_timeout());
    assert_eq!(server.ask::<Option<u8>>(&["GET", "key"]), Some(1));

    proxy.set(Way::Closed);
    ping(&mut connection).unwrap_err();
    assert!(connect().is_err());
    proxy.set(Way::Open);
    ping(&mut connect().unwrap()).unwrap();
}

#[test]
fn a_replica_becomes_the_master() {
    let Some(mut set) = SentinelSet::start() else {
        return;
    };
    set.master.ask::<()>(&["SET", "key", "value"]);
    set.master.ask::<()>(&["WAIT", "1", "1000"]);
    set.fail_over();
    assert_eq!(set.replica.ask::<String>(&["GET", "key"]), "value");
    set.replica.ask::<()>(&["SET", "key", "other"]);
}

#[test]
fn three_nodes_share_the_keys_of_a_cluster() {
    let Some(cluster) = Cluster::start() else {
        return;
    };
    for key in ["a", "b", "c", "d", "e"] {
        cluster.node_of(key).ask::<()>(&["SET", key, "value"]);
    }
}
