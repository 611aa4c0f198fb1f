//! A value inside a JSON text, found by its path without building the rest.

use std::fmt;

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use serde_path_to_error::{Path, Segment};

/// The text of the value at a path; of the nearest one above it where the path leads no further.
pub(super) fn find<'t>(text: &'t str, path: &Path) -> Option<&'t str> {
    let segments: Vec<_> = path.iter().collect();
    (0..=segments.len()).rev().find_map(|depth| {
        let mut found = None;
        let seed = Finder {
            path: &segments[..depth],
            found: &mut found,
        };
        seed.deserialize(&mut serde_json::Deserializer::from_str(text))
            .ok()?;
        found
    })
}

/// Follows a path, and passes over everything beside it.
struct Finder<'p, 't> {
    path: &'p [&'p Segment],
    found: &'p mut Option<&'t str>,
}

impl<'t> DeserializeSeed<'t> for Finder<'_, 't> {
    type Value = ();

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.path.is_empty() {
            *self.found = Some(<&RawValue>::deserialize(deserializer)?.get());
            return Ok(());
        }
        deserializer.deserialize_any(self)
    }
}

impl<'t> Visitor<'t> for Finder<'_, 't> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list")
    }

    fn visit_map<M: MapAccess<'t>>(self, mut map: M) -> Result<(), M::Error> {
        let Some((Segment::Map { key: wanted }, rest)) = self.path.split_first() else {
            return Err(M::Error::custom("no key"));
        };
        while let Some(key) = map.next_key::<String>()? {
            if key == *wanted {
                map.next_value_seed(Finder {
                    path: rest,
                    found: &mut *self.found,
                })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<S: SeqAccess<'t>>(self, mut seq: S) -> Result<(), S::Error> {
        let Some((Segment::Seq { index: wanted }, rest)) = self.path.split_first() else {
            return Err(S::Error::custom("no index"));
        };
        for _ in 0..*wanted {
            if seq.next_element::<IgnoredAny>()?.is_none() {
                return Ok(());
            }
        }
        seq.next_element_seed(Finder {
            path: rest,
            found: &mut *self.found,
        })?;
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }
}
