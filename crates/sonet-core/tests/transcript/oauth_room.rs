//! A store that can't take a new pair: found out before the token server makes the old one useless.

use super::oauth::{DELETE, authorized, config, expired, fresh};
use super::play::*;
use super::shelf::Shelf;

#[test]
fn a_store_without_room_is_found_out_before_the_token_server_is_asked() {
    let log = Log::default();
    let store = Shelf::new(&log);
    let answers = vec![(0.1, expired())];
    let mut stage = Stage::with_log(log, config().token_store(store.clone()), answers);
    store.fill(Some("no space left, said access-0 of client-secret"));
    stage.call(&DELETE);
    // It still has none, and then it has.
    stage.call(&DELETE);
    store.fill(None);
    stage.then(vec![(0.1, fresh(1)), (0.1, Answer::ok())]);
    stage.call(&DELETE);
    insta::assert_snapshot!(stage.end());
}

#[test]
fn a_code_is_not_spent_for_a_store_without_room() {
    let log = Log::default();
    let store = Shelf::new(&log);
    let config = authorized("example.bitrix24.com").token_store(store.clone());
    let mut stage = Stage::with_log(log, config, Vec::new());
    // It fails, and it panics.
    for problem in ["no space left for the-code", ""] {
        store.fill(Some(problem));
        stage.call(&DELETE);
    }
    store.fill(None);
    stage.then(vec![(0.1, fresh(1)), (0.1, Answer::ok())]);
    stage.call(&DELETE);
    insta::assert_snapshot!(stage.end());
}

#[test]
fn what_another_process_got_needs_no_room() {
    let log = Log::default();
    let store = Shelf::new(&log).with(super::oauth::pair(1));
    store.fill(Some("no space left"));
    let answers = vec![(0.1, expired()), (0.1, Answer::ok())];
    let mut stage = Stage::with_log(log, config().token_store(store), answers);
    stage.call(&DELETE);
    let log = stage.end();
    assert!(log.ends_with("= true\n"), "{log}");
}
