//! How often a call allocates, and how much, through each client and beside it through the bare HTTP client.
//!
//! `cargo bench -p sonet-tests --bench call_allocations` prints a table. It is apart from `call`, since counting takes
//! time.

#![allow(clippy::unwrap_used, missing_docs)]

mod bare;
mod server;
mod support;

use std::alloc::System;

use server::{Server, serve_if_asked};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use support::{SIDES, Side, answers, cases};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const CALLS: usize = 100;

fn main() {
    serve_if_asked(answers);
    let server = Server::start("");
    println!("Allocations, growths and kilobytes of a call");
    println!("| case | {} |", SIDES.join(" | "));
    println!("|---|---|---|---|");
    for mut case in cases(&server) {
        let counts = case.sides.each_mut().map(count);
        println!("| {} | {} |", case.name, counts.join(" | "));
    }
}

fn count(side: &mut Side) -> String {
    // Connects, and lets what grows once grow.
    side(CALLS);
    let region = Region::new(ALLOCATOR);
    side(CALLS);
    let change = region.change();
    format!(
        "{}, {}, {:.1}",
        change.allocations / CALLS,
        change.reallocations / CALLS,
        per_call(change.bytes_allocated) / 1024.0,
    )
}

#[allow(clippy::cast_precision_loss)]
fn per_call(count: usize) -> f64 {
    count as f64 / CALLS as f64
}
