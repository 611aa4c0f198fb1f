//! What the program is asked for on its command line.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::prelude::{Long, Short, Value, ValueExt as _};
use lexopt::{Arg, Error, Parser};

pub(crate) const HELP: &str = include_str!("help.txt");

/// What the arguments ask for.
pub(crate) enum Command {
    Help,
    Codegen { check: bool },
    OpenApi { check: bool },
    Spec { json: bool },
    Docs(Docs),
    NewMethod { name: String },
    Ci,
}

/// What is done with a checkout of the documentation.
pub(crate) enum Docs {
    Diff {
        checkout: PathBuf,
        format: Format,
    },
    Apply {
        checkout: PathBuf,
        dry_run: bool,
    },
    Import {
        docs: Option<PathBuf>,
        wanted: Vec<OsString>,
    },
    Examples {
        checkout: PathBuf,
    },
    Census(Census),
}

/// What is wanted of a census.
pub(crate) struct Census {
    pub(crate) checkout: PathBuf,
    pub(crate) json: bool,
    pub(crate) verbose: bool,
    pub(crate) compile: bool,
    pub(crate) at_least: Option<PathBuf>,
}

/// How findings are printed.
#[derive(Clone, Copy)]
pub(crate) enum Format {
    Human,
    Json,
    Markdown,
}

pub(crate) fn read(mut parser: Parser) -> Result<Command, Error> {
    match parser.next()? {
        None => Err("the command is missing".into()),
        Some(Short('h') | Long("help")) => Ok(Command::Help),
        Some(Value(word)) => match &*word.to_string_lossy() {
            "help" => Ok(Command::Help),
            "codegen" => {
                let switch = switch(&mut parser, "codegen", "check")?;
                Ok(switch.map_or(Command::Help, |check| Command::Codegen { check }))
            }
            "openapi" => {
                let switch = switch(&mut parser, "openapi", "check")?;
                Ok(switch.map_or(Command::Help, |check| Command::OpenApi { check }))
            }
            "spec" => {
                let switch = switch(&mut parser, "spec", "json")?;
                Ok(switch.map_or(Command::Help, |json| Command::Spec { json }))
            }
            "docs" => docs(&mut parser),
            "new-method" => new_method(&mut parser),
            "ci" => match parser.next()? {
                None => Ok(Command::Ci),
                Some(Short('h') | Long("help")) => Ok(Command::Help),
                Some(other) => Err(not_understood("ci", &other)),
            },
            word => Err(format!("there is no command `{word}`").into()),
        },
        Some(other) => Err(format!("there is no command `{}`", shown(&other)).into()),
    }
}

/// Whether the only option that a command has is there; nothing where help is asked for.
fn switch(parser: &mut Parser, command: &str, name: &str) -> Result<Option<bool>, Error> {
    let mut given = false;
    while let Some(argument) = parser.next()? {
        match argument {
            Long(option) if option == name => given = true,
            Short('h') | Long("help") => return Ok(None),
            other => return Err(not_understood(command, &other)),
        }
    }
    Ok(Some(given))
}

fn docs(parser: &mut Parser) -> Result<Command, Error> {
    match parser.next()? {
        None => Err(
            "the command after `docs` is missing: diff, apply, import, examples or census".into(),
        ),
        Some(Short('h') | Long("help")) => Ok(Command::Help),
        Some(Value(word)) => {
            let docs = match &*word.to_string_lossy() {
                "diff" => diff(parser)?,
                "apply" => apply(parser)?,
                "import" => import(parser)?,
                "examples" => examples(parser)?,
                "census" => census(parser)?,
                _ => return Err(not_understood("docs", &Value(word))),
            };
            Ok(docs.map_or(Command::Help, Command::Docs))
        }
        Some(other) => Err(not_understood("docs", &other)),
    }
}

fn diff(parser: &mut Parser) -> Result<Option<Docs>, Error> {
    let (mut checkout, mut format) = (None, Format::Human);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("format") => {
                let word = parser
                    .value()
                    .map_err(|_| "`--format` needs a value: human, json or markdown")?;
                format = match &*word.to_string_lossy() {
                    "human" => Format::Human,
                    "json" => Format::Json,
                    "markdown" => Format::Markdown,
                    other => return Err(format!("there is no format `{other}`").into()),
                };
            }
            Short('h') | Long("help") => return Ok(None),
            Value(_) if checkout.is_some() => return Err("`docs diff` takes one path".into()),
            Value(path) => checkout = Some(path),
            other => return Err(not_understood("docs diff", &other)),
        }
    }
    let checkout = checkout.ok_or("the path of a checkout of the documentation is missing")?;
    Ok(Some(Docs::Diff {
        checkout: checkout.into(),
        format,
    }))
}

fn apply(parser: &mut Parser) -> Result<Option<Docs>, Error> {
    let mut dry_run = false;
    let option = |argument: &Arg<'_>| {
        let known = *argument == Long("dry-run");
        dry_run |= known;
        known
    };
    let Some(paths) = paths(parser, "docs apply", option)? else {
        return Ok(None);
    };
    let checkout = only(paths).ok_or("`docs apply` takes one path and, optionally, `--dry-run`")?;
    Ok(Some(Docs::Apply { checkout, dry_run }))
}

fn import(parser: &mut Parser) -> Result<Option<Docs>, Error> {
    let (mut docs, mut wanted) = (None, Vec::new());
    while let Some(argument) = parser.next()? {
        match argument {
            Long("docs") => {
                let path = parser
                    .value()
                    .map_err(|_| "`--docs` needs the path of a checkout of the documentation")?;
                docs = Some(path.into());
            }
            Short('h') | Long("help") => return Ok(None),
            Value(word) => wanted.push(word),
            other => return Err(not_understood("docs import", &other)),
        }
    }
    if wanted.is_empty() {
        let message = "`docs import` takes the paths of one or more pages or folders, or names of methods and `--docs`";
        return Err(message.into());
    }
    Ok(Some(Docs::Import { docs, wanted }))
}

fn examples(parser: &mut Parser) -> Result<Option<Docs>, Error> {
    let Some(paths) = paths(parser, "docs examples", |_| false)? else {
        return Ok(None);
    };
    let checkout = only(paths).ok_or("`docs examples` takes one path")?;
    Ok(Some(Docs::Examples { checkout }))
}

fn census(parser: &mut Parser) -> Result<Option<Docs>, Error> {
    let (mut checkout, mut at_least) = (None, None);
    let (mut json, mut verbose, mut compile) = (false, false, false);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("json") => json = true,
            Long("verbose") => verbose = true,
            Long("compile") => compile = true,
            Long("at-least") => {
                let file = parser
                    .value()
                    .map_err(|_| "`--at-least` needs a file of figures")?;
                at_least = Some(file.into());
            }
            Short('h') | Long("help") => return Ok(None),
            Value(_) if checkout.is_some() => return Err("`docs census` takes one path".into()),
            Value(path) => checkout = Some(path.into()),
            other => return Err(not_understood("docs census", &other)),
        }
    }
    let checkout = checkout.ok_or("the path of a checkout of the documentation is missing")?;
    Ok(Some(Docs::Census(Census {
        checkout,
        json,
        verbose,
        compile,
        at_least,
    })))
}

fn new_method(parser: &mut Parser) -> Result<Command, Error> {
    let Some(mut names) = values(parser, "new-method", |_| false)? else {
        return Ok(Command::Help);
    };
    match (names.pop(), names.is_empty()) {
        (Some(name), true) => Ok(Command::NewMethod {
            name: name.string()?,
        }),
        _ => Err("`new-method` takes one name, such as `sonet_group.user.kick`".into()),
    }
}

/// The paths that a command is given, whose options `option` knows; nothing where help is asked for.
fn paths(
    parser: &mut Parser,
    command: &str,
    option: impl FnMut(&Arg<'_>) -> bool,
) -> Result<Option<Vec<PathBuf>>, Error> {
    let values = values(parser, command, option)?;
    Ok(values.map(|values| values.into_iter().map(PathBuf::from).collect()))
}

fn values(
    parser: &mut Parser,
    command: &str,
    mut option: impl FnMut(&Arg<'_>) -> bool,
) -> Result<Option<Vec<OsString>>, Error> {
    let mut values = Vec::new();
    while let Some(argument) = parser.next()? {
        match argument {
            Value(value) => values.push(value),
            Short('h') | Long("help") => return Ok(None),
            other if option(&other) => {}
            other => return Err(not_understood(command, &other)),
        }
    }
    Ok(Some(values))
}

fn only(mut paths: Vec<PathBuf>) -> Option<PathBuf> {
    let path = paths.pop();
    path.filter(|_| paths.is_empty())
}

fn not_understood(command: &str, argument: &Arg<'_>) -> Error {
    format!("`{command}` does not understand `{}`", shown(argument)).into()
}

/// The argument as it was written.
fn shown(argument: &Arg<'_>) -> String {
    match argument {
        Short(letter) => format!("-{letter}"),
        Long(word) => format!("--{word}"),
        Value(value) => value.to_string_lossy().into_owned(),
    }
}
