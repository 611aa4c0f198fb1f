//! `cargo sonet`

use std::process::ExitCode;

use cargo_sonet::arguments::{self, Command, HELP};
use cargo_sonet::{doubts, generate, import, output, update};

fn main() -> ExitCode {
    // Cargo calls `cargo-sonet sonet …`, and a person may call `cargo-sonet …`.
    let mut words: Vec<_> = std::env::args_os().skip(1).collect();
    if words.first().is_some_and(|word| word == "sonet") {
        words.remove(0);
    }
    let command = match arguments::read(lexopt::Parser::from_args(words)) {
        Ok(command) => command,
        Err(error) => {
            eprintln!("error: {error}\n\n{HELP}");
            return ExitCode::from(output::UNREAD);
        }
    };
    let ended = match command {
        Command::Help => Ok(output::print(HELP)),
        Command::Version => Ok(output::print(concat!(
            "cargo-sonet ",
            env!("CARGO_PKG_VERSION"),
            "\n"
        ))),
        Command::Import(wanted) => import::run(&wanted),
        Command::Update(wanted) => update::run(&wanted),
        Command::Generate(wanted) => generate::run(&wanted),
        Command::Doubts { spec } => doubts::run(&spec),
    };
    ended.unwrap_or_else(|code| code)
}
