//! A progress bar, where somebody sees it.

use std::env;
use std::io::{IsTerminal as _, stderr};
use std::sync::Once;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use sonet_docs::{Checkout, Progress};

/// What takes less needs no bar, which would only flicker.
const PATIENCE: Duration = Duration::from_millis(500);

/// How many pages have been read, or of something else done, on stderr.
#[derive(Debug)]
pub struct Bar {
    drawn: ProgressBar,
    since: Instant,
    shown: Once,
}

impl Bar {
    /// A bar of what is done with what, if stderr is a terminal that can show one. As for cargo, `CI` says that it is a log.
    #[must_use]
    pub fn on_terminal(doing: &str, what: &str) -> Option<Self> {
        let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
        if dumb || env::var_os("CI").is_some() || !stderr().is_terminal() {
            return None;
        }
        let look = format!("{doing} {{bar:40}} {{pos}}/{{len}} {what}, {{eta}} left");
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        Some(Self {
            drawn: bar.with_style(ProgressStyle::with_template(&look).ok()?),
            since: Instant::now(),
            shown: Once::new(),
        })
    }
}

impl Progress for Bar {
    fn inc_length(&self, pages: usize) {
        self.drawn.inc_length(pages as u64);
    }

    fn inc(&self) {
        if self.since.elapsed() >= PATIENCE {
            self.shown
                .call_once(|| self.drawn.set_draw_target(ProgressDrawTarget::stderr()));
        }
        self.drawn.inc(1);
    }

    fn finish(&self) {
        self.drawn.finish_and_clear();
    }
}

/// The same checkout, whose reading is shown where somebody sees it.
#[must_use]
pub fn with_progress(checkout: Checkout) -> Checkout {
    match Bar::on_terminal("reading", "pages") {
        Some(bar) => checkout.with_progress(bar),
        None => checkout,
    }
}
