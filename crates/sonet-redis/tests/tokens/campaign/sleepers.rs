//! A process sleeps through its lease, and comes back.

use std::thread;
use std::time::Duration;

use super::process::Process;
use super::witness::Witness;
use super::worker::{Notice, Orders};

/// A process of either client with a short lease, which takes its time.
fn sleeper(witness: &Witness, is_async: bool, slowness: [u64; 3]) -> Process {
    Process::start(&Orders {
        lease: 2_000,
        slowness,
        ..witness.orders(is_async)
    })
}

/// Waits until the sleeper's lease is over.
fn let_the_lease_end() {
    thread::sleep(Duration::from_millis(2_200));
}

#[test]
fn what_it_got_is_saved_if_nobody_got_anything_since() {
    let Some(witness) = Witness::new() else {
        return;
    };
    for is_async in [true, false] {
        let mut sleeper = sleeper(&witness, is_async, [0, 500, 0]);
        let mut other = Process::start(&witness.orders(!is_async));
        let old = witness.expire();
        sleeper.call();
        sleeper.wait_for(&[Notice::Saves]);
        sleeper.stop();
        let_the_lease_end();
        // Its refresh token is spent, and the new one sleeps.
        other.call();
        assert_eq!(other.end(), Notice::Lost);
        assert_eq!(witness.tokens(), old);
        sleeper.wake();
        assert_eq!(sleeper.end(), Notice::Done);
        assert_ne!(witness.tokens(), old);
        other.call();
        assert_eq!(other.end(), Notice::Done);
    }
    assert_eq!(witness.refreshes(), (2, 2));
}

#[test]
fn what_it_got_replaces_no_newer_pair() {
    let Some(witness) = Witness::new() else {
        return;
    };
    for is_async in [true, false] {
        let mut sleeper = sleeper(&witness, is_async, [0, 500, 0]);
        witness.expire();
        sleeper.call();
        sleeper.wait_for(&[Notice::Saves]);
        sleeper.stop();
        let_the_lease_end();
        let new = witness.authorize();
        sleeper.wake();
        assert_eq!(sleeper.end(), Notice::Done);
        assert_eq!(witness.tokens(), new);
        // It goes on with that pair: the next refresh begins with it.
        let given = witness.refreshes().0;
        witness.expire();
        sleeper.call();
        assert_eq!(sleeper.end(), Notice::Done);
        assert_eq!(witness.refreshes(), (given + 1, 0));
    }
}

#[test]
fn it_finds_what_another_got_if_it_asks_too_late() {
    let Some(witness) = Witness::new() else {
        return;
    };
    for is_async in [true, false] {
        let (given, refused) = witness.refreshes();
        let mut sleeper = sleeper(&witness, is_async, [500, 0, 0]);
        let mut other = Process::start(&witness.orders(!is_async));
        witness.expire();
        sleeper.call();
        sleeper.wait_for(&[Notice::Asks]);
        sleeper.stop();
        let_the_lease_end();
        other.call();
        assert_eq!(other.end(), Notice::Done);
        let new = witness.tokens();
        sleeper.wake();
        assert_eq!(sleeper.end(), Notice::Done);
        assert_eq!(witness.tokens(), new);
        assert_eq!(witness.refreshes(), (given + 1, refused + 1));
    }
}
