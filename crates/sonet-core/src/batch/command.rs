//! One command of a batch, encoded.

use super::query::Query;
use super::reference::{MARK, Path};
use crate::error::Kind;
use crate::exchange::encode;
use crate::{Documented, Effect, Invalid, Method};

/// One command of a batch.
pub(super) struct Command {
    pub(super) name: String,
    /// `method?name=value&…`
    pub(super) text: String,
    pub(super) effect: Effect,
    pub(super) errors: &'static [Documented],
    pub(super) references: Vec<Path>,
}

impl Command {
    /// Checks and encodes a method. Its parameters with the numbers from `first` on become references.
    pub(super) fn of<M: Method>(
        method: &M,
        first: i64,
        references: Vec<Path>,
    ) -> Result<Self, Kind> {
        let name = method.name().to_owned();
        let params = encode(method)?;
        if name.eq_ignore_ascii_case("batch") || !method.runs().is_empty() {
            return Err(invalid("the server runs no batch inside a batch"));
        }
        let mut query = Query::of(&params).map_err(|error| Kind::Encode(error.to_string()))?;
        if let Some(parameter) = query.find(MARK) {
            return Err(invalid(format!(
                "`{parameter}` contains `{MARK}`, which the server would replace; call this method outside of a batch"
            )));
        }
        for (number, path) in (first..).zip(&references) {
            path.check().map_err(Kind::Invalid)?;
            let number = number.to_string();
            let used = query.replace(&number, &path.to_string());
            if !used || query.find(&number).is_some() {
                return Err(invalid(format!(
                    "the reference `{path}` is to be the whole of a parameter's value, and is {}",
                    if used { "also a part of one" } else { "none" }
                )));
            }
        }
        let text = format!("{name}?{}", query.encode());
        Ok(Self {
            name,
            text,
            effect: method.effect(),
            errors: M::ERRORS,
            references,
        })
    }
}

/// What is wrong with the commands.
pub(super) fn invalid(problem: impl Into<String>) -> Kind {
    Kind::Invalid(Invalid::new("cmd", problem))
}
