//! What the command line asks for.

mod answers;
mod application;
mod arguments;
mod ending;
mod rules;

use arguments::{Command, ServeOptions};
use ending::Ending;
use sonet_portal::Server;
use std::io::{self, Write};
use std::process::ExitCode;

/// Runs it until a signal ends it.
pub(crate) fn run() -> ExitCode {
    match arguments::read(lexopt::Parser::from_env()) {
        Ok(Command::Print(text)) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Ok(Command::Serve(serving)) => serve(*serving),
        Err(error) => {
            eprintln!("error: {error}\nTry `sonet-portal --help`.");
            ExitCode::from(2)
        }
    }
}

fn serve(options: ServeOptions) -> ExitCode {
    let ServeOptions {
        builder,
        address,
        ca_out,
        user,
        scopes,
        app,
        answers,
    } = options;
    // Before anything is begun, so that a signal finds it in any case.
    let ending = Ending::watch();
    let server = match builder.start() {
        Ok(server) => server,
        Err(error) if error.kind() == io::ErrorKind::Other => {
            eprintln!("error: {error}");
            return ExitCode::FAILURE;
        }
        Err(error) => {
            eprintln!("error: can't listen on {address}: {error}\nGive --listen another address.");
            return ExitCode::FAILURE;
        }
    };
    ending.serving();
    let mut answers = answers.into_iter();
    if let Err(error) = server.with(|portal| answers.try_for_each(|file| file.teach(portal))) {
        eprintln!("error: {error}");
        return ExitCode::FAILURE;
    }
    if let Some(path) = ca_out {
        if let Err(error) = std::fs::write(&path, certificate(&server)) {
            let path = path.display();
            eprintln!("error: can't write {path}: {error}\nGive --ca-out another file.");
            return ExitCode::FAILURE;
        }
    }
    if !server.address().ip().is_loopback() {
        eprintln!(
            "warning: {address} can be reached from other machines. Its page shows the data to \
             everybody, and with plain http the secrets are visible, too. It is meant for 127.0.0.1."
        );
    }
    let scopes: Vec<&str> = scopes.iter().map(String::as_str).collect();
    let Some(webhook) = server.webhook_for(user, &scopes) else {
        eprintln!(
            "error: there is no user {user}\nGive --user another number, or --users a larger one."
        );
        return ExitCode::FAILURE;
    };
    let needs = match app.map(|app| app.make(&server, user, &scopes)).transpose() {
        Ok(needs) => needs.flatten(),
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::FAILURE;
        }
    };
    // Whoever reads the lines may be gone already; the portal serves all the same. By then, all files are written.
    for line in [Some(webhook), needs].into_iter().flatten() {
        let _ = writeln!(io::stdout(), "{line}");
    }
    // The connections have threads of their own.
    ending.wait();
    server.shutdown();
    ExitCode::SUCCESS
}

#[cfg(feature = "tls")]
fn certificate(server: &Server) -> String {
    server.ca_pem().unwrap_or_default().to_owned()
}

#[cfg(not(feature = "tls"))]
fn certificate(_: &Server) -> String {
    String::new()
}
