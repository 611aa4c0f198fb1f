//! References of a command to the results of commands before it.

use std::fmt;
use std::marker::PhantomData;

use serde_json::Value;

use super::parts::key;
use crate::{Id, Invalid};

/// The text that a reference begins with on the wire. The server replaces it wherever it stands.
pub(super) const MARK: &str = "$result[";

/// A place in the result of an earlier command: [`crate::Handle::field`], [`crate::Handle::index`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Path {
    pub(super) batch: u64,
    pub(super) source: usize,
    keys: Vec<String>,
}

impl Path {
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

    /// What is there, as an identifier of this kind. That it is one is the caller's word.
    pub fn id<I: Id>(self) -> Reference<I> {
        Reference::new(self)
    }

    /// What is there, as a text or a number for a parameter that is a text.
    pub fn text(self) -> Reference<String> {
        Reference::new(self)
    }

    /// Checks that the text of the reference reads back as what it was made of.
    pub(super) fn check(&self) -> Result<(), Invalid> {
        let broken = |key: &&String| key.is_empty() || key.contains(['[', ']']);
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

/// A reference to a value of the type `T`, for [`crate::Batch::add_with`].
#[must_use]
pub struct Reference<T> {
    path: Path,
    value: PhantomData<fn() -> T>,
}

impl<T> Reference<T> {
    pub(super) fn new(path: Path) -> Self {
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
pub trait StandIn {
    /// A value that is a parameter until the reference takes its place. It is not sent.
    #[doc(hidden)]
    fn stand_in(number: i64) -> Self;
}

impl<I: Id> StandIn for I {
    fn stand_in(number: i64) -> Self {
        Self::from(number)
    }
}

impl StandIn for String {
    fn stand_in(number: i64) -> Self {
        number.to_string()
    }
}

/// One reference, or a tuple of up to four.
pub trait References {
    /// What they stand for.
    type Values;

    /// Values in the place of the references, with numbers from `first` on, and the references in the same order.
    #[doc(hidden)]
    fn stand_ins(self, first: i64) -> (Self::Values, Vec<Path>);
}

impl<T: StandIn> References for Reference<T> {
    type Values = T;

    fn stand_ins(self, first: i64) -> (T, Vec<Path>) {
        (T::stand_in(first), vec![self.path])
    }
}

macro_rules! references {
    ($($name:ident $place:tt),+) => {
        impl<$($name: StandIn),+> References for ($(Reference<$name>,)+) {
            type Values = ($($name,)+);

            fn stand_ins(self, first: i64) -> (Self::Values, Vec<Path>) {
                (($($name::stand_in(first + $place),)+), vec![$(self.$place.path),+])
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
    fn a_path_is_written_as_the_server_reads_it() {
        let path = Path::new(1, 3).field("workgroups").index(0).field("id");
        assert_eq!(path.written(0), "$result[c3][workgroups][0][id]");
        assert_eq!(path.written(3), "$result[c0][workgroups][0][id]");
        assert_eq!(Path::new(1, 0).written(0), "$result[c0]");
        assert!(path.check().is_ok());
        assert!(Path::new(1, 0).field("A]").check().is_err());
        assert!(Path::new(1, 0).field("").check().is_err());
    }

    #[test]
    fn a_path_leads_to_what_is_there() {
        let leads = |path: Path, value| path.leads_into(&value);
        let path = || Path::new(1, 0);
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
