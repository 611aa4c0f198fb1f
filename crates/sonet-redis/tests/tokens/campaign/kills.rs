//! A process is killed amid a refresh, and a pair is lost only where it never was in the server.

use std::thread;
use std::time::{Duration, Instant};

use super::number;
use super::process::Process;
use super::witness::Witness;
use super::worker::{Notice, Orders};

/// What has happened.
#[derive(Debug, Default)]
struct Totals {
    rounds: u64,
    /// Processes that were killed after they said that they ask, and before their call had ended.
    kills: u64,
    /// Of these, how many were killed before the token server had given anything.
    unasked: u64,
    /// How many were killed with a new pair that was in the server.
    saved: u64,
    /// How many took a new pair with them: all others said so.
    lost: u64,
}

/// Good enough to pick: Knuth's MMIX generator.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// A process of either client, which takes its time.
fn orders(witness: &Witness, random: &mut Random) -> Orders {
    Orders {
        slowness: [random.below(100), random.below(100), random.below(100)],
        ..witness.orders(random.below(2) == 0)
    }
}

#[test]
fn no_pair_is_lost_that_was_saved_and_each_loss_is_told() {
    let Some(witness) = Witness::new() else {
        return;
    };
    let kills = number("SONET_TOKENS_KILLS", 20);
    let seed = number("SONET_TOKENS_SEED", std::process::id().into());
    println!("seed {seed}");
    let mut random = Random(seed);
    let mut totals = Totals::default();
    let start = |random: &mut Random| Process::start(&orders(&witness, random));
    let mut processes: Vec<_> = (0..3).map(|_| start(&mut random)).collect();
    while totals.kills < kills {
        let survivors = round(&witness, processes, &mut random, &mut totals);
        processes = survivors;
        while processes.len() < 3 {
            processes.push(start(&mut random));
        }
        if totals.rounds % 50 == 0 {
            println!("{totals:?}");
        }
    }
    println!("{totals:?}");
}

/// Lets the processes meet an expired token, and kills the first that asks for a new one.
fn round(
    witness: &Witness,
    mut processes: Vec<Process>,
    random: &mut Random,
    totals: &mut Totals,
) -> Vec<Process> {
    totals.rounds += 1;
    witness.slow_down(Duration::from_micros(random.below(200)));
    let old = witness.expire();
    let (given, refused) = witness.refreshes();
    processes.iter_mut().for_each(Process::call);
    let deadline = Instant::now() + Duration::from_secs(20);
    let asking = loop {
        let asking = processes
            .iter_mut()
            .position(|process| process.has_said(Notice::Asks));
        if let Some(asking) = asking {
            break asking;
        }
        assert!(Instant::now() < deadline, "nobody asks");
        thread::sleep(Duration::from_micros(200));
    };
    // Who asks has the lease.
    let lease = witness.lease();
    thread::sleep(Duration::from_millis(random.below(400)));
    let mut victim = processes.swap_remove(asking);
    victim.kill();
    let was_amid = !victim.has_said(Notice::Done);
    let given_then = witness.refreshes().0 - given;
    let saved_then = witness.tokens() != old;
    witness.end_lease(lease.as_ref());
    let ends: Vec<_> = processes.iter_mut().map(Process::end).collect();

    // A request may have been under way yet.
    let (given, refused) = (
        witness.refreshes().0 - given,
        witness.refreshes().1 - refused,
    );
    assert_eq!(given, 1, "one pair was given for the old one: {ends:?}");
    let lost = witness.tokens() == old;
    let expected = if lost { Notice::Lost } else { Notice::Done };
    assert!(
        ends.iter().all(|end| *end == expected),
        "{expected:?}, not {ends:?}; seen at the kill: given {given_then}, saved {saved_then}"
    );
    assert!(!(lost && saved_then), "a pair was lost that was saved");
    assert_eq!(refused > 0, lost, "refusals: {refused}");
    if was_amid {
        totals.kills += 1;
        totals.unasked += u64::from(given_then == 0 && !lost);
        totals.saved += u64::from(saved_then);
        totals.lost += u64::from(lost);
    }
    if lost {
        witness.authorize();
    }
    processes
}
