//! The portal as a program.

use lexopt::prelude::{Long, Short, Value, ValueExt};
use sonet_portal::{Builder, Portal};
use std::net::ToSocketAddrs;
use std::process::ExitCode;

const HELP: &str = "\
A simulated Bitrix24 portal

Usage: sonet-portal [OPTIONS]

Prints the address of the administrator's webhook on one line, then serves until it is stopped.

Options:
      --listen <ADDRESS>  Listens here [default: 127.0.0.1:8080]; port 0 takes a free one
      --groups <NUMBER>   Makes so many groups [default: 20]
      --users <NUMBER>    Makes so many users, the administrator included [default: 12]
      --seed <NUMBER>     Draws names, members and secrets from this number [default: 1]
  -h, --help              Prints this text
  -V, --version           Prints the version
";

/// What the arguments ask for.
enum Wish {
    Serve(Builder, String),
    Print(String),
}

fn main() -> ExitCode {
    match read_arguments(lexopt::Parser::from_env()) {
        Ok(Wish::Print(text)) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Ok(Wish::Serve(builder, address)) => serve(builder, &address),
        Err(error) => {
            eprintln!("error: {error}\nTry `sonet-portal --help`.");
            ExitCode::from(2)
        }
    }
}

fn read_arguments(mut parser: lexopt::Parser) -> Result<Wish, lexopt::Error> {
    let mut builder = Portal::builder();
    let mut address = "127.0.0.1:8080".to_owned();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("listen") => address = parser.value()?.string()?,
            Long("groups") => builder = builder.groups(number(&mut parser, "--groups")?),
            Long("users") => builder = builder.users(number(&mut parser, "--users")?),
            Long("seed") => builder = builder.seed(number(&mut parser, "--seed")?),
            Short('h') | Long("help") => return Ok(Wish::Print(HELP.to_owned())),
            Short('V') | Long("version") => {
                let version = concat!("sonet-portal ", env!("CARGO_PKG_VERSION"), "\n");
                return Ok(Wish::Print(version.to_owned()));
            }
            Value(text) => {
                let text = text.to_string_lossy();
                return Err(
                    format!("`{text}` is not an option; all settings begin with --").into(),
                );
            }
            _ => return Err(argument.unexpected()),
        }
    }
    if address.to_socket_addrs().is_err() {
        return Err(format!(
            "`{address}` is not an address to listen on; give --listen a host and a port, \
             such as 127.0.0.1:8080"
        )
        .into());
    }
    Ok(Wish::Serve(builder.listen(address.clone()), address))
}

fn number(parser: &mut lexopt::Parser, option: &str) -> Result<u64, lexopt::Error> {
    let text = parser.value()?.string()?;
    text.parse()
        .map_err(|_| format!("{option} needs a whole number, not `{text}`").into())
}

fn serve(builder: Builder, address: &str) -> ExitCode {
    let server = match builder.start() {
        Ok(server) => server,
        Err(error) => {
            eprintln!("error: can't listen on {address}: {error}\nGive --listen another address.");
            return ExitCode::FAILURE;
        }
    };
    if !server.address().ip().is_loopback() {
        eprintln!(
            "warning: {address} can be reached from other machines, and the portal speaks plain \
             http: its secrets are visible. It is meant for 127.0.0.1."
        );
    }
    println!("{}", server.webhook());
    loop {
        // The connections have threads of their own; a signal ends the program.
        std::thread::park();
    }
}
