//! What the program is asked for on its command line.

use std::path::PathBuf;

use lexopt::prelude::{Long, Short, Value, ValueExt as _};
use lexopt::{Arg, Error, Parser};

/// What the program can do.
pub const HELP: &str = include_str!("help.txt");

/// What the arguments ask for.
#[derive(Debug)]
pub enum Command {
    /// The help.
    Help,
    /// The version.
    Version,
    /// Drafts of entries.
    Import(Import),
    /// A newer documentation.
    Update(Update),
    /// Code.
    Generate(Generate),
    /// What nobody has judged yet.
    Doubts {
        /// The spec.
        spec: PathBuf,
    },
}

/// What is to be drafted.
#[derive(Debug)]
pub struct Import {
    /// The checkout of the documentation.
    pub docs: PathBuf,
    /// The spec that drafts are added to; without one, they are printed.
    pub into: Option<PathBuf>,
    /// Names of methods, in which `*` stands for anything.
    pub names: Vec<String>,
}

/// What is to be followed.
#[derive(Debug)]
pub struct Update {
    /// The spec.
    pub spec: PathBuf,
    /// The checkout of the documentation.
    pub docs: PathBuf,
    /// The checkout that the spec was drafted from, where it is given.
    pub since: Option<PathBuf>,
    /// Whether it is only said what would change.
    pub check: bool,
}

/// What code is to be written.
#[derive(Debug)]
pub struct Generate {
    /// The spec.
    pub spec: PathBuf,
    /// The folder of the generated module.
    pub out: PathBuf,
    /// The package of the client, where it is given.
    pub client: Option<&'static str>,
    /// The path of the module, where it is given.
    pub module: Option<String>,
    /// Whether the code is only compared.
    pub check: bool,
}

/// Reads the arguments.
///
/// # Errors
///
/// What is missing or not understood.
pub fn read(mut parser: Parser) -> Result<Command, Error> {
    let word = match parser.next()? {
        None => return Err("the command is missing".into()),
        Some(Short('h') | Long("help")) => return Ok(Command::Help),
        Some(Short('V') | Long("version")) => return Ok(Command::Version),
        Some(Value(word)) => word.string()?,
        Some(other) => return Err(format!("there is no option `{}`", shown(&other)).into()),
    };
    let command = match word.as_str() {
        "help" => return Ok(Command::Help),
        "import" => import(&mut parser)?,
        "update" => update(&mut parser)?,
        "generate" => generate(&mut parser)?,
        "doubts" => doubts(&mut parser)?,
        word => return Err(format!("there is no command `{word}`").into()),
    };
    Ok(command.unwrap_or(Command::Help))
}

fn import(parser: &mut Parser) -> Result<Option<Command>, Error> {
    let (mut docs, mut into, mut names) = (None, None, Vec::new());
    while let Some(argument) = parser.next()? {
        match argument {
            Long("docs") => docs = Some(path(parser, "--docs", "a checkout of the documentation")?),
            Long("into") => into = Some(path(parser, "--into", "a spec")?),
            Short('h') | Long("help") => return Ok(None),
            Value(name) => names.push(name.string()?),
            other => return Err(not_understood("import", &other)),
        }
    }
    if names.is_empty() {
        return Err("`import` takes the names of one or more methods, such as `user.get`".into());
    }
    let missing = "`import` needs `--docs` and the path of a checkout of the documentation";
    let docs = docs.ok_or(missing)?;
    Ok(Some(Command::Import(Import { docs, into, names })))
}

fn update(parser: &mut Parser) -> Result<Option<Command>, Error> {
    let (mut spec, mut docs, mut since, mut check) = (None, None, None, false);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("docs") => docs = Some(path(parser, "--docs", "a checkout of the documentation")?),
            Long("since") => {
                let what = "the checkout of the documentation that the spec was drafted from";
                since = Some(path(parser, "--since", what)?);
            }
            Long("check") => check = true,
            Short('h') | Long("help") => return Ok(None),
            Value(_) if spec.is_some() => return Err("`update` takes one spec".into()),
            Value(path) => spec = Some(PathBuf::from(path)),
            other => return Err(not_understood("update", &other)),
        }
    }
    Ok(Some(Command::Update(Update {
        spec: spec.ok_or("`update` needs the path of a spec, such as `api.toml`")?,
        docs: docs
            .ok_or("`update` needs `--docs` and the path of a checkout of the documentation")?,
        since,
        check,
    })))
}

fn generate(parser: &mut Parser) -> Result<Option<Command>, Error> {
    let (mut spec, mut out, mut client, mut module) = (None, None, None, None);
    let mut check = false;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("out") => out = Some(path(parser, "--out", "a folder")?),
            Long("client") => client = Some(self::client(parser)?),
            Long("module") => {
                let missing = "`--module` needs a path, such as `crate::bitrix`";
                module = Some(parser.value().map_err(|_| missing)?.string()?);
            }
            Long("check") => check = true,
            Short('h') | Long("help") => return Ok(None),
            Value(_) if spec.is_some() => return Err("`generate` takes one spec".into()),
            Value(path) => spec = Some(PathBuf::from(path)),
            other => return Err(not_understood("generate", &other)),
        }
    }
    Ok(Some(Command::Generate(Generate {
        spec: spec.ok_or("`generate` needs the path of a spec, such as `api.toml`")?,
        out: out.ok_or("`generate` needs `--out` and the folder of the generated module")?,
        client,
        module,
        check,
    })))
}

fn client(parser: &mut Parser) -> Result<&'static str, Error> {
    let missing = "`--client` needs a value: async or blocking";
    match parser.value().map_err(|_| missing)?.string()?.as_str() {
        "async" | "sonet-async" => Ok("sonet-async"),
        "blocking" | "sonet-blocking" => Ok("sonet-blocking"),
        other => Err(format!("there is no client `{other}`: write async or blocking").into()),
    }
}

fn doubts(parser: &mut Parser) -> Result<Option<Command>, Error> {
    let mut spec = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(None),
            Value(_) if spec.is_some() => return Err("`doubts` takes one spec".into()),
            Value(path) => spec = Some(PathBuf::from(path)),
            other => return Err(not_understood("doubts", &other)),
        }
    }
    let spec = spec.ok_or("`doubts` needs the path of a spec, such as `api.toml`")?;
    Ok(Some(Command::Doubts { spec }))
}

fn path(parser: &mut Parser, option: &str, what: &str) -> Result<PathBuf, Error> {
    let value = parser.value();
    value
        .map(PathBuf::from)
        .map_err(|_| format!("`{option}` needs the path of {what}").into())
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
