//! What a request is.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize as _, Deserializer, Serialize};

use crate::Time;

/// A REST method with its parameters: a value that can be sent.
///
/// It serializes to the object of its parameters. Anyone can implement it for a method that the spec does not have:
///
/// ```
/// use serde::Serialize;
/// use sonet_core::{Effect, Method};
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

    /// The methods that it runs, in their order, for one that runs others: the time of those is limited, and not its own.
    fn runs(&self) -> Vec<String> {
        Vec::new()
    }

    /// What the methods that it ran have cost, each by its place in [`Method::runs`].
    fn costs(output: &Self::Output) -> Vec<(usize, Time)> {
        let _ = output;
        Vec::new()
    }

    /// Whether the answer is kept as JSON values, which take up to a hundred times the memory of their text, so that less of
    /// it is read: see [`crate::Config::body_limit`].
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
pub trait Paged: Method {
    /// A row.
    type Item: DeserializeOwned;

    /// How it pages.
    const PAGING: Paging;

    /// The rows of an answer.
    fn rows(output: Self::Output) -> Vec<Self::Item>;

    /// The identifier of a row, by which a walk goes on.
    fn cursor(item: &Self::Item) -> i64;
}

/// How a method pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    /// Where the rows stand, as keys from the answer's root: `["result", "workgroups"]`.
    pub rows: &'static [&'static str],
    /// The parameter that takes the filter.
    pub filter: &'static str,
    /// The parameter that takes the order.
    pub order: &'static str,
    /// The field to filter and sort by when walking by identifier.
    pub cursor: &'static str,
    /// The same field in a row.
    pub row_cursor: &'static str,
    /// Whether `start = -1` is documented, which skips counting.
    pub uncounted: bool,
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

/// An error that a method documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Documented {
    /// The spec's name of it.
    pub name: &'static str,
    /// The wire's `error`; often empty.
    pub code: &'static str,
    /// The wire's `error_description`.
    pub text: &'static str,
    /// Whether the text follows the portal's language, so that only the code tells.
    pub localized: bool,
}

impl Documented {
    /// Finds the error that an answer means: by its code, and where the code says nothing, by its text.
    ///
    /// A number as a code says nothing: most methods of `tasks.api.scrum` answer `0` whatever went wrong, and others
    /// undocumented numbers beside the documented text. A text may come with or without its full stop, and what stands in
    /// braces in it is the name or value at hand.
    pub(crate) fn find(errors: &[Self], code: &str, text: &str) -> Option<&'static str> {
        let by_code = errors
            .iter()
            .find(|e| says_something(e.code) && e.code.eq_ignore_ascii_case(code));
        let by_text = || {
            errors
                .iter()
                .find(|e| !e.localized && is_text(e.text, text))
        };
        by_code.or_else(by_text).map(|e| e.name)
    }
}

/// Whether a code tells errors apart.
fn says_something(code: &str) -> bool {
    !code.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text is the documented one.
fn is_text(documented: &str, text: &str) -> bool {
    fn bare(text: &str) -> &str {
        text.trim().trim_end_matches('.')
    }
    let (documented, mut text) = (bare(documented), bare(text));
    let mut pieces = documented.split('{');
    let Some(rest) = pieces.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    text = rest;
    for piece in pieces {
        // A brace that nothing closes is text.
        let Some((_, behind)) = piece.split_once('}') else {
            return text.strip_prefix('{') == Some(piece);
        };
        // What is at hand may have braces itself; behind it stands what is documented.
        let end = format!("}}{behind}");
        let Some(at) = text.strip_prefix('{').and_then(|text| text.find(&end)) else {
            return false;
        };
        text = &text[1 + at + end.len()..];
    }
    text.is_empty()
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
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.parameter, self.problem)
    }
}

impl std::error::Error for Invalid {}

#[cfg(test)]
mod tests {
    use super::*;

    const ERRORS: &[Documented] = &[
        Documented {
            name: "WrongGroupId",
            code: "",
            text: "Wrong group ID",
            localized: false,
        },
        Documented {
            name: "Failed",
            code: "",
            text: "Cannot complete operation.",
            localized: false,
        },
        Documented {
            name: "WrongImage",
            code: "ERROR_IMAGE_ID",
            text: "Image",
            localized: true,
        },
    ];

    #[test]
    fn errors_are_known_by_code_or_text() {
        assert_eq!(
            Documented::find(ERRORS, "", "Wrong group ID"),
            Some("WrongGroupId")
        );
        assert_eq!(
            Documented::find(ERRORS, "100", "Wrong group ID"),
            Some("WrongGroupId")
        );
        assert_eq!(
            Documented::find(ERRORS, "", "Cannot complete operation"),
            Some("Failed")
        );
        assert_eq!(
            Documented::find(ERRORS, "error_image_id", "Bild"),
            Some("WrongImage")
        );
        assert_eq!(
            Documented::find(ERRORS, "", "Image"),
            None,
            "a localized text says nothing"
        );
        assert_eq!(Documented::find(ERRORS, "", "Wrong"), None);
        assert_eq!(Documented::find(ERRORS, "", "Wrong group ID: 7"), None);
        assert_eq!(Documented::find(ERRORS, "", ""), None);
    }

    #[test]
    fn numbers_as_codes_say_nothing() {
        const NUMBERED: &[Documented] = &[
            Documented {
                name: "NoPermission",
                code: "0",
                text: "Access denied",
                localized: false,
            },
            Documented {
                name: "MissingParameter",
                code: "100",
                text: "Could not find value for parameter {id}",
                localized: false,
            },
            Documented {
                name: "WrongParameter",
                code: "100",
                text: "Invalid value {text} to match with parameter {id}. Should be of type int.",
                localized: false,
            },
        ];
        fn find(code: &str, text: &str) -> Option<&'static str> {
            Documented::find(NUMBERED, code, text)
        }
        assert_eq!(find("0", "Access denied"), Some("NoPermission"));
        assert_eq!(find("100", "Access denied"), Some("NoPermission"));
        assert_eq!(find("0", "Something else"), None);
        assert_eq!(find("100", ""), None);
        assert_eq!(
            find("100", "Could not find value for parameter {fields}"),
            Some("MissingParameter")
        );
        assert_eq!(find("100", "Could not find value for parameter id"), None);
        for value in ["{x}", "{}", "{a{b}c}"] {
            let text = format!(
                "Invalid value {value} to match with parameter {{id}}. Should be of type int"
            );
            assert_eq!(find("100", &text), Some("WrongParameter"), "{text}");
        }
        assert!(is_text("a { b", "a { b") && !is_text("a { b", "a { c"));
    }
}
