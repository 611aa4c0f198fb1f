//! What is printed, and how the program ends.

use std::error::Error;
use std::io::{IsTerminal, Write as _, stderr, stdout};
use std::process::ExitCode;

use sonet_spec::diagnostics::Report;

/// The command line is not understood, or what a command works on can't be read.
pub const UNREAD: u8 = 2;

/// Prints a result. That nobody reads it to the end, as in `… | head`, is no failure.
#[must_use]
pub fn print(text: &str) -> ExitCode {
    match stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => fail(&error),
        _ => ExitCode::SUCCESS,
    }
}

/// Says why there is no result.
#[must_use]
pub fn fail(error: &dyn Error) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::FAILURE
}

/// Shows the mistakes in a spec.
#[must_use]
pub fn mistakes(report: &Report) -> ExitCode {
    eprint!("{}", report.render(takes_colours(&stderr())));
    ExitCode::FAILURE
}

/// Whether what reads it shows colours, and nobody asked for none.
pub fn takes_colours(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Says that what a command works on can't be read.
#[must_use]
pub fn unreadable(error: &dyn Error) -> ExitCode {
    let _ = fail(error);
    ExitCode::from(UNREAD)
}
