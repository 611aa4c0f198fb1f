//! Redis fails while processes write: calls end or go on as chosen, in their time, and nothing is written twice.

use std::thread;
use std::time::{Duration, Instant};

use sonet_portal::Server;

use crate::fleet::{Fleet, calls, quantile};
use crate::orders::{Call, End, Pace, Servers, Work};
use crate::support::{Proxy, RedisServer, SentinelSet, Way, wait_until};
use crate::witness;

const PROCESSES: usize = 4;

/// What a call may take.
const TIMEOUT: Duration = Duration::from_secs(2);

/// What happens to Redis.
#[derive(Debug, Clone, Copy)]
enum Trouble {
    /// It is killed, and started again with its data.
    Killed,
    /// It is killed, and started again without its data.
    Emptied,
    /// It stops for a while.
    Frozen,
    /// Nothing arrives for a while.
    Partitioned,
    /// Its answers do not arrive for a while.
    AnswersLost,
    /// Connections are refused for a while.
    Refused,
    /// It takes a tenth of a second for everything.
    Slow,
    /// It has no memory left for a while.
    OutOfMemory,
    /// It throws all keys away, time and again, as a server does that evicts.
    Evicting,
}

/// What calls do meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    End,
    GoOn,
}

/// How much of it.
#[derive(Debug, Clone, Copy)]
struct Size {
    /// How many writes there are at least, half of them after the trouble.
    writes: u64,
    /// How long the trouble takes.
    time: Duration,
    /// How much longer than its timeout a call may seem to take, on a machine that has much to do.
    grace: Duration,
}

const SMALL: Size = Size {
    writes: 120,
    time: Duration::from_millis(1_500),
    grace: Duration::from_secs(10),
};

const LARGE: Size = Size {
    writes: 2_000,
    time: Duration::from_secs(5),
    grace: Duration::from_millis(500),
};

/// Lets processes write, makes trouble, and judges what each call says. `stops_calls` is whether the store can't do its work
/// meanwhile; `None` where it depends on the machine.
fn write_through(
    name: &str,
    servers: &Servers,
    (choice, stops_calls): (Choice, Option<bool>),
    size: Size,
    trouble: impl FnOnce(Duration),
) {
    let pace = Pace::faster(100);
    let portal = witness::portal(pace);
    let mut fleet = Fleet::start((0..PROCESSES).map(|process| {
        let mut orders = witness::orders(process, &portal, servers, pace);
        orders.work = Work::Create(witness::prefix(process));
        orders.calls = usize::MAX;
        orders.timeout = TIMEOUT;
        #[allow(clippy::cast_precision_loss, reason = "there are four")]
        let share = 1.0 / PROCESSES as f64;
        orders.fallback = (choice == Choice::GoOn).then_some(share);
        orders
    }));
    fleet.go();
    write_more(&portal, size.writes / 2);
    let before = written(&portal);
    trouble(size.time);
    let meanwhile = written(&portal) - before;
    write_more(&portal, size.writes / 2);
    fleet.stop();
    let reports = fleet.reports();

    witness::assert_writes_are_as_told(&portal, &reports);
    let all: Vec<&Call> = calls(&reports).collect();
    let count = |is_it: fn(&End) -> bool| all.iter().filter(|call| is_it(&call.end)).count();
    let stores = count(|end| matches!(end, End::Store(_)));
    let deadlines = count(|end| matches!(end, End::Deadline(_)));
    let longest = quantile(all.iter().map(|call| call.took), 1.0);
    println!(
        "{name}, {choice:?}: {} calls, {meanwhile} written meanwhile, {stores} ended by the store, {deadlines} by \
         their deadline, the longest after {longest:?}, {} refused by the portal",
        all.len(),
        portal.with(|portal| portal.refused_for_rate()),
    );
    for call in &all {
        assert!(!matches!(call.end, End::Other(_)), "{call:?}");
        assert!(call.took <= TIMEOUT + size.grace, "it hangs: {call:?}");
    }
    match choice {
        Choice::End => match stops_calls {
            Some(stops_calls) => assert_eq!(stores > 0, stops_calls, "ended by the store"),
            None => assert!(meanwhile > 0, "nothing was written meanwhile"),
        },
        Choice::GoOn => {
            assert_eq!(stores, 0, "ended by the store");
            assert!(meanwhile > 0, "nothing was written meanwhile");
        }
    }
}

fn written(portal: &Server) -> u64 {
    portal.with(|portal| portal.executed_of("sonet_group.create"))
}

/// Waits until so many more writes have run.
fn write_more(portal: &Server, number: u64) {
    let wanted = written(portal) + number;
    wait_until("the processes write", || written(portal) >= wanted);
}

/// The same with one server.
fn one_server(trouble: Trouble, choice: Choice, size: Size) {
    let Some(mut server) = RedisServer::start() else {
        return;
    };
    let proxy = Proxy::to(server.port());
    let servers = Servers::One(proxy.url());
    let name = format!("{trouble:?}");
    let stops_calls = match trouble {
        // A machine that has much to do may let it be slower than the timeout.
        Trouble::Slow => None,
        Trouble::Evicting => Some(false),
        _ => Some(true),
    };
    write_through(&name, &servers, (choice, stops_calls), size, |time| {
        let wait = || thread::sleep(time);
        match trouble {
            Trouble::Killed | Trouble::Emptied => {
                server.kill();
                wait();
                if matches!(trouble, Trouble::Killed) {
                    server.start_again();
                } else {
                    server.start_empty();
                }
            }
            Trouble::Frozen => {
                server.freeze();
                wait();
                server.thaw();
            }
            Trouble::Partitioned => through(&proxy, Way::Blackhole, wait),
            Trouble::AnswersLost => through(&proxy, Way::AnswersLost, wait),
            Trouble::Refused => through(&proxy, Way::Closed, wait),
            Trouble::Slow => through(&proxy, Way::Slow(Duration::from_millis(50)), wait),
            Trouble::OutOfMemory => {
                server.run_out_of_memory();
                wait();
                server.have_memory();
            }
            Trouble::Evicting => {
                let until = Instant::now() + time;
                while Instant::now() < until {
                    server.ask::<()>(&["FLUSHALL"]);
                    thread::sleep(Duration::from_millis(200));
                }
            }
        }
    });
}

fn through(proxy: &Proxy, way: Way, wait: impl FnOnce()) {
    proxy.set(way);
    wait();
    proxy.set(Way::Open);
}

/// The same with sentinels, whose master is killed.
fn fail_over(choice: Choice, size: Size) {
    let Some(mut set) = SentinelSet::start() else {
        return;
    };
    let servers = Servers::Sentinels {
        urls: set.urls(),
        name: SentinelSet::NAME.to_owned(),
    };
    write_through("FailOver", &servers, (choice, Some(true)), size, |_| {
        let began = Instant::now();
        set.fail_over();
        println!("the fail-over took {:?}", began.elapsed());
    });
}

macro_rules! troubles {
    ($($name:ident, $campaign:ident: $run:expr;)*) => {$(
        #[test]
        fn $name() {
            for choice in [Choice::End, Choice::GoOn] {
                $run(choice, SMALL);
            }
        }

        #[test]
        #[ignore = "it takes half a minute"]
        fn $campaign() {
            for choice in [Choice::End, Choice::GoOn] {
                $run(choice, LARGE);
            }
        }
    )*};
}

troubles! {
    redis_is_killed, campaign_redis_is_killed:
        |choice, size| one_server(Trouble::Killed, choice, size);
    redis_loses_its_data, campaign_redis_loses_its_data:
        |choice, size| one_server(Trouble::Emptied, choice, size);
    redis_is_frozen, campaign_redis_is_frozen:
        |choice, size| one_server(Trouble::Frozen, choice, size);
    redis_is_partitioned, campaign_redis_is_partitioned:
        |choice, size| one_server(Trouble::Partitioned, choice, size);
    answers_are_lost, campaign_answers_are_lost:
        |choice, size| one_server(Trouble::AnswersLost, choice, size);
    connections_are_refused, campaign_connections_are_refused:
        |choice, size| one_server(Trouble::Refused, choice, size);
    redis_is_slow, campaign_redis_is_slow:
        |choice, size| one_server(Trouble::Slow, choice, size);
    redis_is_out_of_memory, campaign_redis_is_out_of_memory:
        |choice, size| one_server(Trouble::OutOfMemory, choice, size);
    keys_are_evicted, campaign_keys_are_evicted:
        |choice, size| one_server(Trouble::Evicting, choice, size);
    the_master_fails_over, campaign_the_master_fails_over: fail_over;
}
