//! What a request is.

mod documented;
mod paging;

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize as _, Deserializer, Serialize};

pub use documented::Documented;
pub use paging::Paging;
pub(crate) use paging::{PagingNames, RowId};

use crate::{BesideResult, Page, Time};

/// A REST method with its parameters: a value that can be sent.
///
/// It serializes to the object of its parameters. Anyone can implement it for a method that the spec does not have:
///
/// ```
/// # extern crate sonet_core as sonet_async;
/// use serde::Serialize;
/// use sonet_async::{Effect, Method};
///
/// #[derive(Serialize)]
/// struct ServerTime {}
///
/// impl Method for ServerTime {
///     const NAME: &'static str = "server.time";
///     const EFFECT: Effect = Effect::Read;
///     type Output = String;
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a method",
    label = "not a request",
    note = "give a request, such as `&sonet_group::Get::new()`, or implement `Method` for a type of your own",
    note = "a method that has no type is called by its name: `Raw::new(\"user.current\", Value::Null)`"
)]
pub trait Method: Serialize {
    /// The name on the wire.
    ///
    /// A request with a field `NAME` to filter by has a constant of that name, which hides this one:
    /// `<Get as Method>::NAME` is this one, `Get::NAME` the field.
    const NAME: &'static str;

    /// What may be done after a lost answer.
    const EFFECT: Effect;

    /// What `result` decodes to.
    type Output: DeserializeOwned;

    /// The errors that the method documents.
    const ERRORS: &'static [Documented] = &[];

    /// The documented error by which a list says that it has no rows: the answer is then an empty list, and no failure.
    const NOTHING: Option<&'static str> = None;

    /// The name on the wire, for a method whose name is known at run time only.
    fn name(&self) -> &str {
        Self::NAME
    }

    /// What may be done after a lost answer, where it depends on the parameters.
    fn effect(&self) -> Effect {
        Self::EFFECT
    }

    /// Decodes `result`. Generated methods do it in every form that PHP gives it.
    fn decode<'de, D: Deserializer<'de>>(result: D) -> Result<Self::Output, D::Error> {
        Self::Output::deserialize(result)
    }

    /// Hands the output what stands beside `result` in the answer: `next` and `total`.
    ///
    /// A method whose output is a [`Page`] passes it on, or the pages of a call or a batch never know that they are the last. A
    /// client's `list` does without.
    ///
    /// ```
    /// # extern crate sonet_core as sonet_async;
    /// use sonet_async::{BesideResult, Effect, Method, Page};
    ///
    /// #[derive(serde::Serialize)]
    /// struct Deals {}
    ///
    /// impl Method for Deals {
    ///     const NAME: &'static str = "crm.deal.list";
    ///     const EFFECT: Effect = Effect::Read;
    ///     type Output = Page<serde_json::Value>;
    ///
    ///     fn beside_result(page: &mut Self::Output, beside: &BesideResult) {
    ///         page.set_beside_result(beside);
    ///     }
    /// }
    /// ```
    fn beside_result(output: &mut Self::Output, beside: &BesideResult) {
        let _ = (output, beside);
    }

    /// The methods that it runs, in their order, for one that runs others: the time of those is limited, and not its own.
    fn runs(&self) -> Vec<String> {
        Vec::new()
    }

    /// What the methods that it ran have cost, each by its place in [`Method::runs`].
    fn costs(output: &Self::Output) -> Vec<(usize, Time)> {
        let _ = output;
        Vec::new()
    }

    /// Which of the methods that it ran were refused because their time is used up, each by its place in [`Method::runs`].
    #[doc(hidden)]
    fn exhausted(output: &Self::Output) -> Vec<usize> {
        let _ = output;
        Vec::new()
    }

    /// Whether the answer is kept as JSON values, which take up to a hundred times the memory of their text, so that less of
    /// it is read: see [`Config::body_limit`](crate::Config::body_limit).
    fn is_untyped(&self) -> bool {
        false
    }

    /// Checks what the server would not refuse but silently treat as something else.
    fn check(&self) -> Result<(), Invalid> {
        Ok(())
    }
}

/// A method that answers in pages of 50 rows, as all lists of the vendor do, and says by `next` or by `total` whether there
/// is more behind a full one.
///
/// A client's `list` walks it from its first row to its last. Anyone can implement it:
///
/// ```
/// # extern crate sonet_core as sonet_async;
/// use serde::{Deserialize, Serialize};
/// use sonet_async::wire::{Decode as _, Int};
/// use sonet_async::{BesideResult, Effect, Method, Page, Paged, Paging};
///
/// #[derive(Serialize)]
/// struct Deals {}
///
/// #[derive(Deserialize)]
/// struct Deal {
///     // A number, or a text of one.
///     #[serde(rename = "ID", deserialize_with = "Int::decode")]
///     id: i64,
///     #[serde(rename = "TITLE")]
///     title: String,
/// }
///
/// impl Method for Deals {
///     const NAME: &'static str = "crm.deal.list";
///     const EFFECT: Effect = Effect::Read;
///     type Output = Page<Deal>;
///
///     fn beside_result(page: &mut Page<Deal>, beside: &BesideResult) {
///         page.set_beside_result(beside);
///     }
/// }
///
/// impl Paged for Deals {
///     type Item = Deal;
///
///     fn paging(&self) -> Paging<Deal> {
///         Paging::new("ID", |deal: &Deal| deal.id).uncounted()
///     }
/// }
/// ```
///
/// The request's own filter stays: a walk adds to it what lies behind the last row.
///
/// Where the rows stand in a key of `result`, [`Page::decode_in`] decodes them, and [`Paging::rows_in`] says so.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not answer in pages",
    label = "not a list that can be walked",
    note = "use `call`, which returns the whole answer",
    note = "a list that is called by its name becomes one that can be walked by `Raw::paged`"
)]
pub trait Paged: Method<Output = Page<<Self as Paged>::Item>> {
    /// A row.
    type Item: DeserializeOwned;

    /// How it pages.
    fn paging(&self) -> Paging<Self::Item>;
}

/// What may be done after a lost answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// It changes nothing, and may be repeated.
    Read,
    /// It changes something, and may be repeated: the second call finds it done.
    Repeatable,
    /// It changes something, and a second call would change it again or answer something else.
    Write,
}

/// A parameter that is refused before sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    parameter: &'static str,
    problem: String,
}

impl Invalid {
    /// Says what is wrong with which parameter, and what to do.
    pub fn new(parameter: &'static str, problem: impl Into<String>) -> Self {
        Self {
            parameter,
            problem: problem.into(),
        }
    }

    /// The parameter's name on the wire.
    #[must_use]
    pub fn parameter(&self) -> &'static str {
        self.parameter
    }

    /// What is wrong with it, and what to do.
    pub(crate) fn problem(&self) -> &str {
        &self.problem
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.parameter, self.problem)
    }
}

impl std::error::Error for Invalid {}
