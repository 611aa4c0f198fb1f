//! What holds whatever happens: random schedules, delays and faults in virtual time, against a server that counts for
//! itself.

#![allow(clippy::unwrap_used, clippy::expect_used)]
// Virtual time needs a beginning, and an `Instant` has no other constructor.
#![allow(clippy::disallowed_methods)]

mod bucket;
mod call;
mod once;
mod order;
mod refresh;
mod stage;
mod written;

use proptest::test_runner::Config;

/// So many random cases, and no file of those that failed: what is found becomes a test.
fn cases(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}
