//! A page as it was answered: its rows, and whether they were a list at all.

use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeSeed;
use serde::{Deserialize, Deserializer};

use super::rows_tracker::track_rows;
use crate::Paged;

/// The result of a page.
///
/// `null` and `false` decode as no rows, since PHP writes them for nothing. They prove less than an empty list does: a
/// method that failed halfway answers them, too.
pub struct PageOutput<M: Paged> {
    output: M::Output,
    is_list: bool,
}

impl<M: Paged> PageOutput<M> {
    /// The rows, and whether they came as a list.
    pub(super) fn into_rows(self) -> (Vec<M::Item>, bool) {
        (M::rows(self.output), self.is_list)
    }
}

impl<M: Paged> fmt::Debug for PageOutput<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PageOutput({})", M::NAME)
    }
}

impl<'de, M: Paged> Deserialize<'de> for PageOutput<M> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let seed = OutputSeed::<M>(PhantomData);
        let keys = M::PAGING.rows.get(1..).unwrap_or_default();
        let (output, is_list) = track_rows(seed, keys, deserializer)?;
        Ok(Self { output, is_list })
    }
}

/// The whole result, in the form that its method gives it.
struct OutputSeed<M>(PhantomData<fn() -> M>);

impl<'de, M: Paged> DeserializeSeed<'de> for OutputSeed<M> {
    type Value = M::Output;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<M::Output, D::Error> {
        M::decode(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeOwned;

    use super::super::numbers::{IntoNumbers, Numbers};
    use super::*;
    use crate::wire::{Decode as _, List};

    #[derive(Deserialize)]
    struct Lenient(#[serde(deserialize_with = "List::<crate::wire::Int>::decode")] Vec<i64>);

    impl IntoNumbers for Lenient {
        fn into_numbers(self) -> Vec<i64> {
            self.0
        }
    }

    #[derive(Deserialize)]
    struct Wrapped {
        #[serde(default, deserialize_with = "List::<crate::wire::Int>::decode")]
        rows: Vec<i64>,
        #[serde(default)]
        other: Option<Box<serde_json::value::RawValue>>,
    }

    impl IntoNumbers for Wrapped {
        fn into_numbers(self) -> Vec<i64> {
            assert!(
                self.other
                    .is_none_or(|other| other.get() == "{\"rows\":[]}")
            );
            self.rows
        }
    }

    fn read<T: DeserializeOwned + IntoNumbers, const WRAPPED: bool>(
        json: &str,
    ) -> Result<(Vec<i64>, bool), serde_json::Error> {
        let listed: PageOutput<Numbers<T, WRAPPED>> = serde_json::from_str(json)?;
        Ok(listed.into_rows())
    }

    #[test]
    fn a_list_is_one_in_every_form_that_php_gives_it() {
        for (json, rows) in [
            ("[]", vec![]),
            ("{}", vec![]),
            (r#"[1,"2"]"#, vec![1, 2]),
            (r#"{"3":1,"7":2}"#, vec![1, 2]),
        ] {
            assert_eq!(
                read::<Lenient, false>(json).unwrap(),
                (rows, true),
                "{json}"
            );
        }
        for json in ["null", "false", r#""""#] {
            assert_eq!(
                read::<Lenient, false>(json).unwrap(),
                (vec![], false),
                "{json}"
            );
        }
        for json in ["true", "7", r#""x""#, r#"["x"]"#, "[1"] {
            assert!(read::<Lenient, false>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn a_type_decodes_as_it_would_by_itself() {
        let read = read::<Option<Vec<i64>>, false>;
        assert_eq!(read("[1,2]").unwrap(), (vec![1, 2], true));
        assert_eq!(read("null").unwrap(), (vec![], false));
        assert!(read("false").is_err());
        assert!(read("{}").is_err());
    }

    #[test]
    fn rows_may_stand_within_an_object() {
        let read = read::<Wrapped, true>;
        for (json, rows, is_list) in [
            (r#"{"rows":[1,2]}"#, vec![1, 2], true),
            (r#"{"rows":{"5":1},"other":{"rows":[]}}"#, vec![1], true),
            (r#"{"other":null,"rows":[]}"#, vec![], true),
            (r#"{"rows":null}"#, vec![], false),
            (r#"{"rows":false}"#, vec![], false),
            ("{}", vec![], false),
        ] {
            assert_eq!(read(json).unwrap(), (rows, is_list), "{json}");
        }
        assert!(read("null").is_err());
    }
}
