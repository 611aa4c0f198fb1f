//! Many processes meet an expired token at once.

use super::number;
use super::process::Process;
use super::witness::Witness;
use super::worker::Notice;

#[test]
fn one_of_eight_processes_refreshes() {
    let Some(witness) = Witness::new() else {
        return;
    };
    let rounds = number("SONET_TOKENS_ROUNDS", 10);
    let orders = (0..8).map(|index| witness.orders(index % 2 == 0));
    let mut processes: Vec<_> = orders.map(|orders| Process::begin(&orders)).collect();
    for process in &mut processes {
        process.wait_for(&[Notice::Ready]);
    }
    for round in 1..=rounds {
        let old = witness.expire();
        processes.iter_mut().for_each(Process::call);
        for process in &mut processes {
            assert_eq!(process.end(), Notice::Done, "in round {round}");
        }
        assert_eq!(witness.refreshes(), (round, 0), "in round {round}");
        assert_ne!(witness.tokens().refresh_token, old.refresh_token);
    }
    println!("{rounds} rounds of 8 processes: {:?}", witness.refreshes());
}
