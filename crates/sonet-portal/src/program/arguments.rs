//! What the program is asked for on its command line.

use super::answers::Answers;
use super::application::Application;
use super::rules::RuleArgs;
use lexopt::prelude::{Long, Short, Value, ValueExt};
use sonet_portal::{Builder, Portal};
use std::net::ToSocketAddrs;
use std::path::PathBuf;
use std::time::Duration;

pub(crate) const HELP: &str = include_str!("help.txt");

/// What a webhook and an application may do unless somebody says less.
const SCOPES: &str = "sonet_group,socialnetwork,user,task,log";

/// What the arguments ask for.
pub(crate) enum Command {
    Serve(Box<ServeOptions>),
    Print(String),
}

/// What to serve, and where.
pub(crate) struct ServeOptions {
    pub(crate) builder: Builder,
    pub(crate) address: String,
    pub(crate) ca_out: Option<PathBuf>,
    /// Whose webhook is printed.
    pub(crate) user: u64,
    pub(crate) scopes: Vec<String>,
    pub(crate) app: Option<Application>,
    pub(crate) answers: Vec<Answers>,
}

pub(crate) fn read(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut builder = Portal::builder();
    let mut address = "127.0.0.1:8080".to_owned();
    let (mut rules, mut answers) = (RuleArgs::default(), Vec::new());
    let (mut ca_out, mut app_out, mut app) = (None, None, None);
    let (mut tls, mut user, mut scopes) = (false, 1, SCOPES.to_owned());
    while let Some(argument) = parser.next()? {
        match argument {
            Long("listen") => address = parser.value()?.string()?,
            // What the portal has.
            Long("groups") => builder = builder.groups(number(&mut parser, "--groups")?),
            Long("users") => builder = builder.users(number(&mut parser, "--users")?),
            Long("seed") => builder = builder.seed(number(&mut parser, "--seed")?),
            Long("state") => builder = state(builder, PathBuf::from(parser.value()?))?,
            Long("answers") => answers.push(Answers::file(&PathBuf::from(parser.value()?))?),
            // Who comes in, and how.
            Long("user") => user = number(&mut parser, "--user")?,
            Long("scopes") => scopes = parser.value()?.string()?,
            Long("app") => {
                let uri = parser.optional_value().map(ValueExt::string).transpose()?;
                app = Some(uri.map(redirect_uri).transpose()?);
            }
            Long("app-out") => app_out = Some(PathBuf::from(parser.value()?)),
            // The rules that it plays by.
            Long("limits") => limit(&mut rules, &parser.value()?.string()?)?,
            Long("strict") => {
                let how = parser.optional_value().map(ValueExt::string).transpose()?;
                be_strict(&mut rules, &how.unwrap_or_else(|| "refuse".to_owned()))?;
            }
            Long("rule") => rules.one(&parser.value()?.string()?)?,
            Long("rules") => rules.file(&PathBuf::from(parser.value()?))?,
            // What stands around it.
            Long("allow-host") => builder = builder.allow_host(parser.value()?.string()?),
            Long("events-anywhere") => builder = builder.events_anywhere(true),
            Long("tls") => {
                tls = true;
                let names = parser.optional_value();
                let names = names.map(ValueExt::string).transpose()?.unwrap_or_default();
                builder = encrypted(builder, &names)?;
            }
            Long("ca-out") => ca_out = Some(PathBuf::from(parser.value()?)),
            Long("latency") => {
                let latency = number(&mut parser, "--latency")?;
                builder = builder.latency(Duration::from_millis(latency));
            }
            Long("fault") => {
                let fault = builder.fault(&parser.value()?.string()?);
                builder = fault.map_err(|error| lexopt::Error::Custom(error.into()))?;
            }
            Short('h') | Long("help") => return Ok(Command::Print(HELP.to_owned())),
            Short('V') | Long("version") => {
                let version = concat!("sonet-portal ", env!("CARGO_PKG_VERSION"), "\n");
                return Ok(Command::Print(version.to_owned()));
            }
            Value(text) => {
                let text = text.to_string_lossy();
                return Err(format!("`{text}` is not an option; all options begin with --").into());
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
    if ca_out.is_some() && !tls {
        return Err("--ca-out needs --tls; add --tls".into());
    }
    if app_out.is_some() && app.is_none() {
        return Err("--app-out needs --app; add --app".into());
    }
    let scopes = scopes.split(',').map(|scope| scope.trim().to_owned());
    let scopes: Vec<String> = scopes.filter(|scope| !scope.is_empty()).collect();
    Ok(Command::Serve(Box::new(ServeOptions {
        builder: builder
            .rules(rules.rules()?)
            .complain(true)
            .listen(address.clone()),
        address,
        ca_out,
        user,
        scopes,
        app: app.map(|redirect_uri| Application {
            redirect_uri,
            file: app_out,
        }),
        answers,
    })))
}

/// Sets the limits that the documentation has.
fn limit(rules: &mut RuleArgs, limits: &str) -> Result<(), lexopt::Error> {
    let (threshold, drain) = match limits {
        "on" => (50, 2),
        "enterprise" => (250, 5),
        "off" => {
            rules.forget("rate");
            rules.forget("operating_limit");
            return Ok(());
        }
        _ => return Err(format!("--limits takes on, off or enterprise, not `{limits}`").into()),
    };
    rules.one(&format!("rate={{threshold={threshold},drain={drain}}}"))?;
    rules.one("operating_limit=480")?;
    Ok(())
}

fn be_strict(rules: &mut RuleArgs, how: &str) -> Result<(), lexopt::Error> {
    if !matches!(how, "refuse" | "report" | "off") {
        return Err(format!("--strict takes refuse, report or off, not `{how}`").into());
    }
    Ok(rules.one(&format!("strict={how}"))?)
}

fn redirect_uri(uri: String) -> Result<String, lexopt::Error> {
    if uri.starts_with("https://") || uri.starts_with("http://") {
        return Ok(uri);
    }
    let example = "such as --app=http://127.0.0.1:3000/callback";
    Err(format!("--app needs an address that users return to, not `{uri}`, {example}").into())
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
