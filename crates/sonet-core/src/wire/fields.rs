//! Objects, field by field.
//!
//! An object of an answer says what its fields are called and what reads each, and all else is here, once: the search of a
//! name, fields that come twice or not at all, and what is unknown. `#[derive(Deserialize)]` would write it again for each
//! object, and compilers would work several times as long.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeStruct;
use serde::{Deserializer, Serialize, Serializer};

use super::{Decode, Encode, Encoded, Essential, Nothing, Optional};

/// For generated code: an object whose fields are read one by one, in the order in which they come. It is read from a map
/// alone, and not from a list of its values.
#[doc(hidden)]
pub trait ReadFields: Sized {
    /// The name of the type, for errors.
    const NAME: &'static str;

    /// The names of the fields on the wire.
    const FIELDS: &'static [&'static str];

    /// Which of [`ReadFields::FIELDS`] are essential, by their places.
    const ESSENTIAL: &'static [usize] = &[];

    /// The object before anything of it is read. [`read_fields`] gives it to nobody as long as an essential field did not
    /// come.
    fn unread() -> Self;

    /// Reads the value of the field at this place in [`ReadFields::FIELDS`], and passes over that of any other.
    fn read<'de, M: MapAccess<'de>>(
        &mut self,
        field: usize,
        value: FieldValue<'_, M>,
    ) -> Result<(), M::Error>;
}

/// For generated code: the value of a field, which waits to be read.
#[doc(hidden)]
#[derive(Debug)]
pub struct FieldValue<'a, M>(&'a mut M);

impl<'de, M: MapAccess<'de>> FieldValue<'_, M> {
    /// Passes over it.
    pub fn skip(self) -> Result<(), M::Error> {
        self.0.next_value::<IgnoredAny>().map(|_| ())
    }

    #[inline] // into the one function that reads fields of a form
    fn read<T, A: Decode<T>>(self, place: &mut T) -> Result<(), M::Error> {
        self.0.next_value_seed(Place::<T, A>(place, PhantomData))
    }
}

/// Fields that a [`ReadFields`] reads.
impl<A> Essential<A> {
    /// Reads the value of a field.
    pub fn read<'de, T, M>(value: FieldValue<'_, M>, place: &mut T) -> Result<(), M::Error>
    where
        A: Decode<T>,
        M: MapAccess<'de>,
    {
        value.read::<T, Self>(place)
    }
}

/// Fields that a [`ReadFields`] reads.
impl<A, N: Nothing> Optional<A, N> {
    /// Reads the value of a field, where there is one.
    #[inline(never)] // one function for all objects that have a field of this form
    pub fn read<'de, T, M>(value: FieldValue<'_, M>, place: &mut Option<T>) -> Result<(), M::Error>
    where
        A: Decode<T>,
        M: MapAccess<'de>,
    {
        value.read::<Option<T>, Self>(place)
    }
}

/// Decodes a value to where it belongs, so that no caller has to move it.
struct Place<'a, T, A>(&'a mut T, PhantomData<A>);

impl<'de, T, A: Decode<T>> DeserializeSeed<'de> for Place<'_, T, A> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        *self.0 = A::decode(deserializer)?;
        Ok(())
    }
}

/// For generated code: deserializes an object by its fields.
#[doc(hidden)]
pub fn read_fields<'de, T: ReadFields, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_struct(T::NAME, T::FIELDS, FieldsVisitor::<T>(PhantomData))
}

struct FieldsVisitor<T>(PhantomData<T>);

impl<'de, T: ReadFields> Visitor<'de> for FieldsVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", T::NAME)
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<T, M::Error> {
        let mut object = T::unread();
        let mut seen = Seen::default();
        let mut likely = 0;
        while let Some(found) = map.next_key_seed(Search {
            names: T::FIELDS,
            likely,
        })? {
            if let Some(name) = T::FIELDS.get(found) {
                if !seen.insert(found) {
                    return Err(M::Error::duplicate_field(name));
                }
                likely = found + 1;
            }
            object.read(found, FieldValue(&mut map))?;
        }
        for &essential in T::ESSENTIAL {
            if !seen.contains(essential) {
                return Err(M::Error::missing_field(T::FIELDS[essential]));
            }
        }
        Ok(object)
    }
}

/// Which fields came.
#[derive(Default)]
struct Seen {
    /// A bit for each of the first 128.
    first: [u64; 2],
    /// The places of the others, of which hardly any object has one.
    others: Vec<usize>,
}

impl Seen {
    fn contains(&self, field: usize) -> bool {
        match self.first.get(field / 64) {
            Some(word) => word & (1 << (field % 64)) != 0,
            None => self.others.contains(&field),
        }
    }

    /// Notes that a field came, and says whether it is the first time.
    #[inline] // a few instructions, for each field of each row
    fn insert(&mut self, field: usize) -> bool {
        match self.first.get_mut(field / 64) {
            Some(word) => {
                let before = *word;
                *word |= 1 << (field % 64);
                before != *word
            }
            None => self.insert_other(field),
        }
    }

    #[cold]
    fn insert_other(&mut self, field: usize) -> bool {
        let is_first = !self.others.contains(&field);
        if is_first {
            self.others.push(field);
        }
        is_first
    }
}

/// Finds the place of a name; of one that is not there, the place behind the last.
#[derive(Clone, Copy)]
struct Search {
    names: &'static [&'static str],
    /// Where it stands in all likelihood: servers give the fields in one order.
    likely: usize,
}

impl Search {
    #[inline] // in most cases it compares one name
    fn find(self, name: &str) -> usize {
        if self.names.get(self.likely) == Some(&name) {
            return self.likely;
        }
        self.find_elsewhere(name)
    }

    /// Where answers leave fields out, the one that comes stands close behind.
    #[inline(never)]
    fn find_elsewhere(self, name: &str) -> usize {
        let (before, behind) = self.names.split_at(self.likely);
        let place = |names: &[&str]| names.iter().position(|known| *known == name);
        match place(behind) {
            Some(place) => self.likely + place,
            None => place(before).unwrap_or(self.names.len()),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Search {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Search {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("field identifier")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<usize, E> {
        Ok(self.find(name))
    }

    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<usize, E> {
        Ok(std::str::from_utf8(name).map_or(self.names.len(), |name| self.find(name)))
    }
}

/// For generated code: writes an object field by field. What goes wrong is kept for [`WriteFields::end`].
#[doc(hidden)]
#[derive(Debug)]
pub struct WriteFields<S: Serializer>(Result<S::SerializeStruct, S::Error>);

impl<S: Serializer> WriteFields<S> {
    /// Begins an object with this many fields.
    pub fn new(serializer: S, name: &'static str, fields: usize) -> Self {
        Self(serializer.serialize_struct(name, fields))
    }

    /// Writes a field whose value serializes itself.
    #[must_use]
    pub fn field<T: Serialize>(mut self, name: &'static str, value: &T) -> Self {
        if let Ok(object) = &mut self.0 {
            if let Err(error) = object.serialize_field(name, value) {
                self.0 = Err(error);
            }
        }
        self
    }

    /// Writes a field by an encoder.
    #[must_use]
    pub fn field_by<A: Encode<T>, T>(self, name: &'static str, value: &T) -> Self {
        self.field(name, &Encoded::<T, A>::new(value))
    }

    /// Ends the object.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.0?.end()
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::super::{Blank, Flag, Int, Text};
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Thing {
        id: i64,
        name: Option<String>,
        closed: Option<bool>,
    }

    impl ReadFields for Thing {
        const NAME: &'static str = "Thing";
        const FIELDS: &'static [&'static str] = &["ID", "NAME", "CLOSED"];
        const ESSENTIAL: &'static [usize] = &[0];

        fn unread() -> Self {
            Self {
                id: 0,
                name: None,
                closed: None,
            }
        }

        fn read<'de, M: MapAccess<'de>>(
            &mut self,
            field: usize,
            value: FieldValue<'_, M>,
        ) -> Result<(), M::Error> {
            match field {
                0 => Essential::<Int>::read(value, &mut self.id),
                1 => Optional::<Text, Blank>::read(value, &mut self.name),
                2 => Optional::<Flag>::read(value, &mut self.closed),
                _ => value.skip(),
            }
        }
    }

    impl<'de> Deserialize<'de> for Thing {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            read_fields(deserializer)
        }
    }

    impl Serialize for Thing {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            WriteFields::new(serializer, Self::NAME, 3)
                .field("ID", &self.id)
                .field("NAME", &self.name)
                .field_by::<Optional<Flag>, _>("CLOSED", &self.closed)
                .end()
        }
    }

    fn thing(json: &str) -> Result<Thing, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn fields_come_in_any_order_and_among_others() {
        let expected = Thing {
            id: 7,
            name: Some("Kim".to_owned()),
            closed: Some(true),
        };
        for json in [
            r#"{"ID": 7, "NAME": "Kim", "CLOSED": "Y"}"#,
            r#"{"CLOSED": "Y", "X": [{"ID": 8}], "NAME": "Kim", "": null, "\u0049D": "7"}"#,
        ] {
            assert_eq!(thing(json).unwrap(), expected, "{json}");
        }
        let written = serde_json::to_string(&expected).unwrap();
        assert_eq!(written, r#"{"ID":7,"NAME":"Kim","CLOSED":"Y"}"#);
        assert_eq!(thing(&written).unwrap(), expected);
        let nothing = serde_json::to_string(&thing(r#"{"ID": 7}"#).unwrap()).unwrap();
        assert_eq!(nothing, r#"{"ID":7,"NAME":null,"CLOSED":null}"#);
    }

    #[test]
    fn what_an_object_cannot_be_without_is_named() {
        let problem = |json| thing(json).unwrap_err().to_string();
        insta::assert_snapshot!(problem("{}"), @"missing field `ID` at line 1 column 2");
        insta::assert_snapshot!(
            problem(r#"{"ID": 7, "NAME": null, "ID": 8}"#),
            @"duplicate field `ID` at line 1 column 28"
        );
        insta::assert_snapshot!(
            problem("7"),
            @"invalid type: integer `7`, expected struct Thing at line 1 column 1"
        );
        let list = problem("[7]");
        assert!(
            list.starts_with("invalid type: sequence, expected struct Thing"),
            "{list}"
        );
    }

    #[test]
    fn the_128th_field_is_seen_as_the_first_is() {
        let mut seen = Seen::default();
        let fields = [0, 63, 64, 127, 128, 300];
        for field in fields {
            assert!(!seen.contains(field), "{field}");
            assert!(seen.insert(field), "{field}");
            assert!(seen.contains(field), "{field}");
        }
        for field in fields {
            assert!(!seen.insert(field), "{field}");
        }
        assert!(!seen.contains(129));
    }

    #[test]
    fn an_error_of_a_field_is_kept_to_the_end() {
        struct Unwritable;

        impl Serialize for Unwritable {
            fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
                Err(serde::ser::Error::custom("no form"))
            }
        }

        let mut text = Vec::new();
        let mut json = serde_json::Serializer::new(&mut text);
        let written = WriteFields::new(&mut json, "Thing", 2)
            .field("A", &Unwritable)
            .field("B", &1)
            .end();
        assert_eq!(written.unwrap_err().to_string(), "no form");
    }

    #[test]
    fn a_name_is_found_wherever_the_search_begins() {
        let names = &["ID", "NAME", "CLOSED"];
        for likely in 0..=names.len() {
            let search = Search { names, likely };
            for (place, name) in names.iter().enumerate() {
                assert_eq!(search.find(name), place, "{name} from {likely}");
            }
            assert_eq!(search.find("OTHER"), names.len(), "from {likely}");
        }
    }
}
