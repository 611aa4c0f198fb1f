//! What a call costs in CPU time, through each client and beside it through the bare HTTP client.
//!
//! `cargo bench -p sonet-tests --bench call` prints a table. The server is another process, and only the time of this
//! one counts. Each round makes the calls of every side, so that a busy machine slows down all of them alike, and a
//! ratio is the median of the ratios within the rounds.
//!
//! `… -- blocking-create client 2000` makes the calls of one side alone, for a profiler.

#![allow(clippy::unwrap_used, missing_docs)]

mod bare;
mod server;
mod support;

use std::env;
use std::fmt::Write as _;

use cpu_time::ProcessTime;
use server::{Server, serve_if_asked};
use support::{Case, SIDES, answers, cases};

const ROUNDS: usize = 300;
const CALLS: usize = 50;

fn main() {
    serve_if_asked(answers);
    let server = Server::start("");
    let arguments: Vec<_> = env::args().filter(|text| text != "--bench").collect();
    let mut cases = cases(&server);
    if let [_, name, side, calls] = arguments.as_slice() {
        let case = cases.iter_mut().find(|case| case.name == name).unwrap();
        let side = SIDES.iter().position(|known| known == side).unwrap();
        case.sides[side](calls.parse().unwrap());
        return;
    }
    println!(
        "CPU time of a call in µs, and as a multiple of the bare HTTP client's (its quartiles)"
    );
    println!("| case | {} | {} | | {} | |", SIDES[0], SIDES[1], SIDES[2]);
    println!("|---|---|---|---|---|---|");
    for case in &mut cases {
        measure(case);
    }
}

fn measure(case: &mut Case) {
    // Connects, and fills caches.
    for side in &mut case.sides {
        side(CALLS);
    }
    let rounds: Vec<[f64; 3]> = (0..ROUNDS).map(|round| self::round(case, round)).collect();
    let column = |side: usize| rounds.iter().map(move |times| times[side]);
    let ratio = |side: usize| rounds.iter().map(move |times| times[side] / times[0]);
    let mut line = format!("| {} | {:.1} |", case.name, quartiles(column(0))[1]);
    for side in 1..SIDES.len() {
        let time = quartiles(column(side))[1];
        let [low, ratio, high] = quartiles(ratio(side));
        let _ = write!(line, " {time:.1} | {ratio:.3} ({low:.3} to {high:.3}) |");
    }
    println!("{line}");
}

/// The times of one call in µs. Every round begins with another side, so that none is always the first.
fn round(case: &mut Case, round: usize) -> [f64; 3] {
    let mut times = [0.0; 3];
    for turn in 0..times.len() {
        let side = (round + turn) % times.len();
        let start = ProcessTime::now();
        case.sides[side](CALLS);
        #[allow(clippy::cast_precision_loss)]
        let calls = CALLS as f64;
        times[side] = start.elapsed().as_secs_f64() * 1e6 / calls;
    }
    times
}

fn quartiles(values: impl Iterator<Item = f64>) -> [f64; 3] {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f64::total_cmp);
    [1, 2, 3].map(|quarter| values[values.len() * quarter / 4])
}
