//! What a handler of a program's own answers.

use crate::domain::page::{PAGE_SIZE, Page};
use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::refusal::{Code, Refusal};
use crate::methods::taught::walk;
use crate::wire::output::{Json, Object};
use crate::wire::value::Value as Param;
use serde::Serialize;
use serde_json::Value;

/// What a taught method answers: a result, a list that the portal cuts into pages, or a refusal.
///
/// A `serde_json::Value` is a result, and so a handler may return one. A handler that returns
/// `Result<Value, Reply>` can use `?`.
#[derive(Debug, Clone)]
#[must_use]
pub struct Reply(Kind);

#[derive(Debug, Clone)]
enum Kind {
    Result(Value),
    List {
        rows: Vec<Value>,
        key: Option<String>,
    },
    Refusal {
        status: u16,
        code: String,
        description: String,
    },
    /// What isn't an answer, and why.
    Broken(String),
}

impl Reply {
    /// A result. A value that JSON has no form for breaks the call, see
    /// [`Portal::on`](crate::Portal::on).
    pub fn result(value: impl Serialize) -> Self {
        Self(match serde_json::to_value(value) {
            Ok(value) => Kind::Result(value),
            Err(error) => Kind::Broken(format!("the result has no form in JSON: {error}")),
        })
    }

    /// All rows of a list. The portal answers 50 of them, from the parameter `start` on, with `total`
    /// and `next`; a negative `start` leaves both out.
    ///
    /// A client may also walk a list by an identifier: `filter[>ID]` leaves out the rows up to that one,
    /// and `order[ID]` sorts them, where all rows have such a field and it is a number. Every other
    /// condition is the handler's own matter.
    pub fn list<T: Serialize>(rows: impl IntoIterator<Item = T>) -> Self {
        let rows: Result<Vec<Value>, _> = rows.into_iter().map(serde_json::to_value).collect();
        Self(match rows {
            Ok(rows) => Kind::List { rows, key: None },
            Err(error) => Kind::Broken(format!("a row has no form in JSON: {error}")),
        })
    }

    /// Puts the rows of a list under a key of the result, as `crm.item.list` does with `items`.
    /// Changes nothing of another reply.
    pub fn under(mut self, name: impl Into<String>) -> Self {
        if let Kind::List { key, .. } = &mut self.0 {
            *key = Some(name.into());
        }
        self
    }

    /// A refusal with status 400, a code that may be empty, and a text.
    pub fn refusal(code: impl Into<String>, description: impl Into<String>) -> Self {
        Self(Kind::Refusal {
            status: 400,
            code: code.into(),
            description: description.into(),
        })
    }

    /// Gives a refusal another status, from 200 to 599; anything else breaks the call. Changes nothing
    /// of another reply.
    pub fn status(mut self, number: u16) -> Self {
        if let Kind::Refusal { status, .. } = &mut self.0 {
            if (200..600).contains(&number) {
                *status = number;
            } else {
                let text = format!("{number} is no status of a refusal; give one from 200 to 599");
                self.0 = Kind::Broken(text);
            }
        }
        self
    }

    /// The portal's answer, or why there is none.
    pub(super) fn outcome(self, call: &Call<'_>) -> Result<Outcome, String> {
        Ok(match self.0 {
            Kind::Result(value) => Ok(Answer::from(Json::from(value))),
            Kind::List { rows, key } => Ok(page(rows, key, call)),
            Kind::Refusal {
                status,
                code,
                description,
            } => Err(Refusal {
                status,
                code: Code::Given(code),
                description,
            }),
            Kind::Broken(reason) => return Err(reason),
        })
    }
}

/// The page that a call asks for.
fn page(rows: Vec<Value>, key: Option<String>, call: &Call<'_>) -> Answer {
    let start = call.params.get("start").and_then(Param::to_int);
    let start = start.unwrap_or_default();
    let offset = u64::try_from(start).unwrap_or_default() / PAGE_SIZE * PAGE_SIZE;
    let rows = walk::behind(rows, call.params);
    let page = Page::cut(rows, offset, call.rules.bogus_next);
    let rows = Json::List(page.rows.into_iter().map(Json::from).collect());
    let counts = start >= 0;
    Answer {
        result: match key {
            Some(key) => Object::new().with(key, rows).into(),
            None => rows,
        },
        total: call.total(counts, page.total),
        next: page.next.filter(|_| counts),
    }
}

impl From<Value> for Reply {
    fn from(value: Value) -> Self {
        Self(Kind::Result(value))
    }
}

impl<T: Into<Reply>> From<Result<T, Reply>> for Reply {
    fn from(outcome: Result<T, Reply>) -> Self {
        outcome.map_or_else(|refusal| refusal, Into::into)
    }
}
