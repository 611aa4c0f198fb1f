//! One command of a batch, encoded.

use super::query::Query;
use super::reference::ResultPath;
use super::unsayable::Unsayable;
use crate::error::Kind;
use crate::exchange::encode;
use crate::{Documented, Effect, Invalid, Method};

/// How many values a command can have. PHP reads no more than 1,000 out of a query (`max_input_vars`), and drops the rest
/// without a word.
const VALUES: usize = 900;

/// One command of a batch.
pub(super) struct Command {
    pub(super) name: String,
    query: Query,
    /// The number that stands for the first reference in there.
    first: i64,
    pub(super) effect: Effect,
    pub(super) is_untyped: bool,
    pub(super) errors: &'static [Documented],
    /// The one of these that only says that a list has no rows.
    pub(super) nothing: Option<&'static str>,
    pub(super) references: Vec<ResultPath>,
}

impl Command {
    /// Checks and encodes a method. Its parameters with the numbers from `first` on become references.
    pub(super) fn of<M: Method>(
        method: &M,
        first: i64,
        references: Vec<ResultPath>,
    ) -> Result<Self, Kind> {
        let name = method.name().to_owned();
        let params = encode(method)?;
        if name.eq_ignore_ascii_case("batch") || !method.runs().is_empty() {
            return Err(invalid("the server does not run a batch inside a batch"));
        }
        let query = Query::of(&params).map_err(|error| Kind::Encode(error.to_string()))?;
        let values = query.len();
        if values > VALUES {
            return Err(invalid(format!(
                "it has {values} values, and a server may ignore those of a command beyond {VALUES}; split it into \
                 several, or call this method outside a batch"
            )));
        }
        if let Some(Unsayable { name, why }) = query.unsayable() {
            let name = shortened(name);
            return Err(invalid(format!(
                "`{name}` {why}; send this method with `call`, outside a batch, or change it"
            )));
        }
        if let Some((parameter, text)) = query.reference() {
            let (parameter, text) = (shortened(parameter), shortened(text));
            return Err(invalid(format!(
                "`{parameter}` contains `{text}`, which a server would replace with the result of another command of \
                 the batch; send this method with `call`, outside a batch, or change the text"
            )));
        }
        for (number, path) in (first..).zip(&references) {
            path.check().map_err(Kind::Invalid)?;
            let (number, reference) = (number.to_string(), path.written(0));
            let mut written = query.clone();
            let used = written.replace(&number, &reference);
            if !used || written.find(&number).is_some() {
                return Err(invalid(format!(
                    "the reference `{reference}` has to be the whole value of a parameter, and is {}",
                    if used {
                        "also used as a part of one"
                    } else {
                        "none"
                    }
                )));
            }
        }
        Ok(Self {
            name,
            query,
            first,
            effect: method.effect(),
            is_untyped: method.is_untyped(),
            errors: M::ERRORS,
            nothing: M::NOTHING,
            references,
        })
    }

    /// The command as the server reads it: `method?name=value&…`, in a request of the commands with these places.
    pub(super) fn text(&self, request: &[usize]) -> String {
        let mut query = self.query.clone();
        for (number, path) in (self.first..).zip(&self.references) {
            query.replace(&number.to_string(), &path.written_in(request));
        }
        format!("{}?{}", self.name, query.encode())
    }
}

/// A text of the user's, as far as an error shows it.
fn shortened(text: &str) -> String {
    const LENGTH: usize = 60;
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// What is wrong with the commands.
pub(super) fn invalid(problem: impl Into<String>) -> Kind {
    Kind::Invalid(Invalid::new("cmd", problem))
}

#[cfg(test)]
impl Command {
    /// A read that refers to these and has no parameters.
    pub(super) fn referring(references: Vec<ResultPath>) -> Self {
        Self {
            name: "read".to_owned(),
            query: Query::default(),
            first: 0,
            effect: Effect::Read,
            is_untyped: false,
            errors: &[],
            nothing: None,
            references,
        }
    }
}
