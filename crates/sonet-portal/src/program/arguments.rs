//! What the program is asked for on its command line.

use lexopt::prelude::{Long, Short, Value, ValueExt};
use sonet_portal::{Builder, Portal, Rate, Rules};
use std::net::ToSocketAddrs;
use std::path::PathBuf;
use std::time::Duration;

pub(crate) const HELP: &str = "\
A simulated Bitrix24 portal

Usage: sonet-portal [OPTIONS]

Prints the address of the administrator's webhook on one line, then serves until Ctrl-C. The page at
/ shows the groups, the users and the last calls.

Options:
      --listen <ADDRESS>  Listens here [default: 127.0.0.1:8080]; port 0 takes a free one
      --groups <NUMBER>   Makes so many groups [default: 20]
      --users <NUMBER>    Makes so many users, the administrator included [default: 12]
      --seed <NUMBER>     Draws names, members, secrets and chances from this number [default: 1]
      --state <FILE>      Keeps the data in this file of SQLite, written once a second and at the
                          end. What it holds counts instead of --groups, --users and --seed
      --tls[=<NAMES>]     Speaks https, with a certificate for localhost, 127.0.0.1, ::1, and for
                          these names, separated by commas
      --ca-out <FILE>     Writes the certificate that clients have to trust here, in PEM
      --limits <LIMITS>   Counts requests and operating time: on, off or enterprise [default: off]
      --strict            Answers unknown parameters and wrong types with an error that says what
                          the documentation wants
      --events-anywhere   Posts events to handlers on other machines, too
      --latency <MS>      Lets each call wait so many milliseconds
      --fault <SPEC>      Lets something go wrong; may be given several times, see below
  -h, --help              Prints this text
  -V, --version           Prints the version

Faults:
  METHOD:WHEN:FAULT[,OPTION...], for example
      --fault sonet_group.create:after:reset,nth=2
      --fault '*:before:503,chance=0.2,budget=5'
      --fault sonet_group.get:after:delete-group,nth=1

  METHOD   such as sonet_group.get; one * stands for anything: sonet_group.*, *.get, *
           oauth/token is the token server, oauth/authorize the page that asks the user
  WHEN     before or after the call is executed
  FAULT    reset            the connection is reset
           hang             no answer comes
           truncate         the connection ends in the middle of the body
           slow=MS          the body comes byte by byte, with a pause before each
           length=+N, -N    the head announces so many bytes more or less than there are
           garbage          the body is no JSON
           gzip             the head says that the body is compressed, and it is not
           500              status 500 with an empty code
           503              503 QUERY_LIMIT_EXCEEDED
           429              429 OPERATION_TIME_LIMIT
           502, page=STATUS a page in HTML with status 502, or with this one
           delete-group[=first, last or ID], insert-group[=NAME]
                            another writer changes the data (only after)
  OPTION   nth=N            only the n-th call of the method
           every=N          only each n-th
           chance=P         only with this probability, from 0 to 1
           budget=N         so many times at most
";

/// What the arguments ask for.
pub(crate) enum Wish {
    Serve(Box<Serving>),
    Print(String),
}

/// What to serve, and where.
pub(crate) struct Serving {
    pub(crate) builder: Builder,
    pub(crate) address: String,
    pub(crate) ca_out: Option<PathBuf>,
}

pub(crate) fn read(mut parser: lexopt::Parser) -> Result<Wish, lexopt::Error> {
    let mut builder = Portal::builder();
    let mut address = "127.0.0.1:8080".to_owned();
    let mut ca_out = None;
    let mut tls = false;
    let mut rules = Rules::default();
    while let Some(argument) = parser.next()? {
        builder = match argument {
            Long("listen") => {
                address = parser.value()?.string()?;
                builder
            }
            // What the portal is like.
            Long("groups") => builder.groups(number(&mut parser, "--groups")?),
            Long("users") => builder.users(number(&mut parser, "--users")?),
            Long("seed") => builder.seed(number(&mut parser, "--seed")?),
            // The rules that it plays by.
            Long("limits") => {
                let text = parser.value()?.string()?;
                rules.rate = match text.as_str() {
                    "on" => Some(Rate::STANDARD),
                    "enterprise" => Some(Rate::ENTERPRISE),
                    "off" => None,
                    _ => {
                        let error = format!("--limits is on, off or enterprise, not `{text}`");
                        return Err(error.into());
                    }
                };
                rules.operating_limit = rules.rate.map(|_| Rules::OPERATING_LIMIT);
                builder
            }
            Long("strict") => {
                rules.strict = true;
                builder
            }
            // What stands around it.
            Long("events-anywhere") => builder.events_anywhere(true),
            Long("state") => state(builder, PathBuf::from(parser.value()?))?,
            Long("tls") => {
                tls = true;
                let names = parser.optional_value();
                let names = names.map(ValueExt::string).transpose()?.unwrap_or_default();
                encrypted(builder, &names)?
            }
            Long("ca-out") => {
                ca_out = Some(PathBuf::from(parser.value()?));
                builder
            }
            Long("latency") => {
                let latency = number(&mut parser, "--latency")?;
                builder.latency(Duration::from_millis(latency))
            }
            Long("fault") => {
                let fault = builder.fault(&parser.value()?.string()?);
                fault.map_err(|error| lexopt::Error::Custom(error.into()))?
            }
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
        };
    }
    if address.to_socket_addrs().is_err() {
        return Err(format!(
            "`{address}` is not an address to listen on; give --listen a host and a port, \
             such as 127.0.0.1:8080"
        )
        .into());
    }
    if ca_out.is_some() && !tls {
        return Err("--ca-out has nothing to write without --tls; add --tls".into());
    }
    Ok(Wish::Serve(Box::new(Serving {
        builder: builder.rules(rules).listen(address.clone()),
        address,
        ca_out,
    })))
}

fn number(parser: &mut lexopt::Parser, option: &str) -> Result<u64, lexopt::Error> {
    let text = parser.value()?.string()?;
    text.parse()
        .map_err(|_| format!("{option} needs a whole number, not `{text}`").into())
}

#[cfg(feature = "sqlite")]
#[allow(clippy::unnecessary_wraps, reason = "without the feature it fails")]
fn state(builder: Builder, file: PathBuf) -> Result<Builder, lexopt::Error> {
    Ok(builder.state_file(file))
}

#[cfg(not(feature = "sqlite"))]
fn state(_: Builder, _: PathBuf) -> Result<Builder, lexopt::Error> {
    Err("--state needs the feature `sqlite`; build the program with it".into())
}

#[cfg(feature = "tls")]
#[allow(clippy::unnecessary_wraps, reason = "without the feature it fails")]
fn encrypted(builder: Builder, names: &str) -> Result<Builder, lexopt::Error> {
    let names = names
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    Ok(builder.tls(names))
}

#[cfg(not(feature = "tls"))]
fn encrypted(_: Builder, _: &str) -> Result<Builder, lexopt::Error> {
    Err("--tls needs the feature `tls`; build the program with it".into())
}
