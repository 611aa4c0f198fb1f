//! References of a command to the results of commands before it.

use std::fmt;
use std::marker::PhantomData;

use serde_json::Value;

use super::typed::key;
use crate::{Id, Invalid};

/// The text that a reference of ours begins with on the wire.
const MARK: &str = "$result[";

/// What a reference can lead into: servers know more of them than the documentation, which has `$result` alone. From an
/// older copy of the server's source.
const SOURCES: [&str; 5] = ["result", "next", "total", "time", "error"];

/// The first reference in a text, as servers look for one: wherever it stands, in any case, and with anything but a blank
/// between its name and the keys in brackets. So `$Totals-of-[c0]` is one, too.
pub(super) fn find(text: &str) -> Option<&str> {
    let mut from = 0;
    while let Some(dollar) = text[from..].find('$').map(|at| from + at) {
        let name = &text[dollar + 1..];
        let Some(source) = SOURCES.iter().find(|source| begins_with(name, source)) else {
            from = dollar + 1;
            continue;
        };
        let keys = dollar + 1 + source.len();
        let end = text[keys..]
            .find(is_blank)
            .map_or(text.len(), |at| keys + at);
        if let Some(length) = first_key(&text[keys..end]) {
            return Some(&text[dollar..keys + length]);
        }
        // What has no key up to the blank has none behind another `$` before it, either.
        from = end;
    }
    None
}

/// Whether a text begins with a word in whatever case.
fn begins_with(text: &str, word: &str) -> bool {
    text.get(..word.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// Up to where the first `[key]` reaches, with a key that is not empty.
fn first_key(text: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let open = from + text[from..].find('[')?;
        match text[open + 1..].find(']')? {
            0 => from = open + 2,
            length => return Some(open + length + 2),
        }
    }
}

/// What ends a reference: the blanks of ASCII, since servers look at bytes.
fn is_blank(c: char) -> bool {
    c.is_ascii_whitespace() || c == '\u{b}'
}

/// A place in the result of an earlier command: [`Handle::field`](crate::Handle::field),
/// [`Handle::index`](crate::Handle::index).
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct ResultPath {
    pub(super) batch: u64,
    pub(super) source: usize,
    keys: Vec<String>,
}

impl ResultPath {
    pub(super) fn new(batch: u64, source: usize) -> Self {
        Self {
            batch,
            source,
            keys: Vec::new(),
        }
    }

    /// A field of the object that is there, by its name on the wire.
    pub fn field(mut self, name: impl Into<String>) -> Self {
        self.keys.push(name.into());
        self
    }

    /// An item of the list that is there, from 0 on.
    pub fn index(self, index: usize) -> Self {
        self.field(index.to_string())
    }

    /// The value at this path, as an identifier of this kind. The caller guarantees that it is one.
    pub fn id<I: Id>(self) -> Reference<I> {
        Reference::new(self)
    }

    /// The value at this path, a text or a number, for a parameter that is a text.
    pub fn text(self) -> Reference<String> {
        Reference::new(self)
    }

    /// Checks that the text of the reference reads back as what it was made of.
    pub(super) fn check(&self) -> Result<(), Invalid> {
        let broken =
            |key: &&String| key.is_empty() || key.contains(['[', ']']) || key.contains(is_blank);
        match self.keys.iter().find(broken) {
            None => Ok(()),
            Some(key) => Err(Invalid::new(
                "cmd",
                format!("{key:?} can't be the name of a field in a reference"),
            )),
        }
    }

    /// The reference as the server reads it, in a request of the commands with these places: `$result[c0][ID]`.
    pub(super) fn written_in(&self, request: &[usize]) -> String {
        // No request lacks what is referred to in it.
        let place = request.binary_search(&self.source);
        self.to(place.unwrap_or(self.source))
    }

    /// The same, in a request that begins with this command.
    pub(super) fn written(&self, begin: usize) -> String {
        self.to(self.source.saturating_sub(begin))
    }

    fn to(&self, place: usize) -> String {
        let source = key(place);
        let keys = self.keys.iter().flat_map(|key| ["[", key, "]"]);
        [MARK, &source, "]"].into_iter().chain(keys).collect()
    }

    /// Whether it leads to something in the result.
    pub(super) fn leads_into(&self, result: &Value) -> bool {
        let found = self.keys.iter().try_fold(result, |value, key| match value {
            Value::Array(items) => items.get(key.parse::<usize>().ok()?),
            value => value.get(key),
        });
        found.is_some_and(|value| !value.is_null())
    }
}

/// A reference to a value of the type `T`, for [`Batch::add_with`](crate::Batch::add_with).
#[must_use]
pub struct Reference<T> {
    path: ResultPath,
    value: PhantomData<fn() -> T>,
}

impl<T> Reference<T> {
    pub(super) fn new(path: ResultPath) -> Self {
        Self {
            path,
            value: PhantomData,
        }
    }
}

impl<T> Clone for Reference<T> {
    fn clone(&self) -> Self {
        Self::new(self.path.clone())
    }
}

impl<T> fmt::Debug for Reference<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reference({})", self.path.written(0))
    }
}

/// A type that a reference can stand for: an identifier, or a text.
pub trait Placeholder {
    /// A value that is a parameter until the reference takes its place. It is not sent.
    #[doc(hidden)]
    fn placeholder(number: i64) -> Self;
}

impl<I: Id> Placeholder for I {
    fn placeholder(number: i64) -> Self {
        Self::from(number)
    }
}

impl Placeholder for String {
    fn placeholder(number: i64) -> Self {
        number.to_string()
    }
}

/// One reference, or a tuple of up to four.
pub trait References {
    /// What they stand for.
    type Values;

    /// Values in the place of the references, with numbers from `first` on, and the references in the same order.
    #[doc(hidden)]
    fn placeholders(self, first: i64) -> (Self::Values, Vec<ResultPath>);
}

impl<T: Placeholder> References for Reference<T> {
    type Values = T;

    fn placeholders(self, first: i64) -> (T, Vec<ResultPath>) {
        (T::placeholder(first), vec![self.path])
    }
}

macro_rules! references {
    ($($name:ident $place:tt),+) => {
        impl<$($name: Placeholder),+> References for ($(Reference<$name>,)+) {
            type Values = ($($name,)+);

            fn placeholders(self, first: i64) -> (Self::Values, Vec<ResultPath>) {
                (($($name::placeholder(first + $place),)+), vec![$(self.$place.path),+])
            }
        }
    };
}

references!(A 0, B 1);
references!(A 0, B 1, C 2);
references!(A 0, B 1, C 2, D 3);

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_are_found_as_the_server_finds_them() {
        for (text, found) in [
            ("$result[c0]", "$result[c0]"),
            ("$total[c0]", "$total[c0]"),
            ("$RESULT[c0]", "$RESULT[c0]"),
            ("$results[c0]", "$results[c0]"),
            ("see $resulting[c0][0][NAME] ok", "$resulting[c0]"),
            ("$Next[c0]", "$Next[c0]"),
            ("$time[c0][operating]", "$time[c0]"),
            ("$error_description[c0]", "$error_description[c0]"),
            ("a$totalл\u{a0}ж[\u{2003}]z", "$totalл\u{a0}ж[\u{2003}]"),
            ("$$total[c0]", "$total[c0]"),
            ("$result$total[c0]", "$result$total[c0]"),
            ("$result $total[c0]", "$total[c0]"),
            ("$total[][c0]", "$total[][c0]"),
            ("$total[[]", "$total[[]"),
            ("$total]x[c0]", "$total]x[c0]"),
            ("100 $ and $timex[y]", "$timex[y]"),
        ] {
            assert_eq!(find(text), Some(found), "{text}");
        }
        for text in [
            "price $100",
            "$total",
            "a $ result[c0]",
            "$ total[c0]",
            "$total [c0]",
            "$total\t[c0]",
            "$total\u{b}[c0]",
            "$total[a b]",
            "$total[]",
            "$total[",
            "$total[c0",
            "$total]c0[",
            "total[c0]",
            "$tota[c0]",
            "$res\u{131}lt[c0]",
            "$100[c0]",
            "$",
            "",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    #[test]
    fn a_path_is_written_as_the_server_reads_it() {
        let path = ResultPath::new(1, 3)
            .field("workgroups")
            .index(0)
            .field("id");
        assert_eq!(path.written(0), "$result[c3][workgroups][0][id]");
        assert_eq!(path.written(3), "$result[c0][workgroups][0][id]");
        assert_eq!(ResultPath::new(1, 0).written(0), "$result[c0]");
        assert!(path.check().is_ok());
        assert!(ResultPath::new(1, 0).field("A]").check().is_err());
        assert!(ResultPath::new(1, 0).field("").check().is_err());
        assert!(
            ResultPath::new(1, 0).field("A B").check().is_err(),
            "cut at it"
        );
    }

    #[test]
    fn a_path_leads_to_what_is_there() {
        let leads = |path: ResultPath, value| path.leads_into(&value);
        let path = || ResultPath::new(1, 0);
        assert!(leads(path(), json!(77)));
        assert!(leads(path().index(1).field("ID"), json!([1, {"ID": "7"}])));
        assert!(leads(path().index(5), json!({"5": false})));
        assert!(!leads(path(), json!(null)));
        assert!(!leads(path().field("ID"), json!({"ID": null})));
        assert!(!leads(path().field("ID"), json!({"id": 7})));
        assert!(!leads(path().index(0), json!([])));
        assert!(!leads(path().field("ID"), json!(7)));
    }
}
