//! `cargo xtask`: the maintainer's commands.

mod arguments;
mod census;
mod docs;
mod generate;
mod new_method;
mod openapi;
mod workspace;

use std::process::ExitCode;

use arguments::{Command, HELP};
use cargo_sonet::output::{self, fail, print};

fn main() -> ExitCode {
    let command = match arguments::read(lexopt::Parser::from_env()) {
        Ok(command) => command,
        Err(error) => {
            eprintln!("error: {error}\n\n{HELP}");
            return ExitCode::from(output::UNREAD);
        }
    };
    let ended = match command {
        Command::Help => Ok(print(HELP)),
        Command::Codegen { check: false } => generate::write(),
        Command::Codegen { check: true } => generate::check(),
        Command::OpenApi { check: false } => openapi::write(),
        Command::OpenApi { check: true } => openapi::check(),
        Command::Spec { json } => spec(json),
        Command::Docs(docs) => docs::run(&docs),
        Command::NewMethod { name } => new_method::run(&name),
        Command::Ci => ci(),
    };
    ended.unwrap_or_else(|code| code)
}

/// Checks the spec, and prints it as JSON if that is asked for.
fn spec(json: bool) -> Result<ExitCode, ExitCode> {
    let (spec, source, _) = workspace::load()?;
    if !json {
        return Ok(print(&format!("{} is valid\n", source.name)));
    }
    let text = sonet_spec::json::render(&spec).map_err(|error| fail(&error))?;
    Ok(print(&text))
}

/// Runs every check of a change.
fn ci() -> Result<ExitCode, ExitCode> {
    let mut script = std::process::Command::new("bash");
    script.arg(".ci/run").current_dir(workspace::root());
    let status = script.status().map_err(|error| fail(&error))?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
