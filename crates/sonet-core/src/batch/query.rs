//! Parameters as PHP writes them in a query: `FILTER[>ID]=5&USER_ID[0]=7`.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::reference;
use super::unsayable::Unsayable;

/// Parameters by their names in a query, in order, nothing escaped yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Query {
    values: Vec<(String, String)>,
    /// The first key that would not arrive as it is.
    unsayable: Option<Unsayable>,
    /// Whether there is an empty list or object in it.
    has_empty: bool,
}

impl Query {
    /// The query of an object of parameters that is written as JSON.
    ///
    /// The same parameters serialize once, whichever form they are sent in.
    pub(crate) fn of(params: &str) -> Result<Self, serde_json::Error> {
        let mut query = Self::default();
        let mut json = serde_json::Deserializer::from_str(params);
        Named {
            name: String::new(),
            depth: 0,
            query: &mut query,
        }
        .deserialize(&mut json)?;
        json.end()?;
        Ok(query)
    }

    /// The text, percent-encoded: names and values alike, as servers decode both.
    pub(crate) fn encode(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.values);
        query.finish()
    }

    /// How many values there are.
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// The first parameter with a text in its name or its value that a server would take for a reference, and that text.
    pub(crate) fn reference(&self) -> Option<(&str, &str)> {
        self.values.iter().find_map(|(name, value)| {
            let found = reference::find(name).or_else(|| reference::find(value))?;
            Some((name.as_str(), found))
        })
    }

    /// The first key that a server would read as another one, or not at all.
    pub(crate) fn unsayable(&self) -> Option<&Unsayable> {
        self.unsayable.as_ref()
    }

    /// Whether it is read as it stands in JSON: nothing in it is unsayable, and no list or object is empty, which is read as a
    /// list with an empty text in it.
    pub(crate) fn is_exact(&self) -> bool {
        self.unsayable.is_none() && !self.has_empty
    }

    /// The first value with this in it.
    pub(super) fn find(&self, text: &str) -> Option<&str> {
        let found = self
            .values
            .iter()
            .find(|(name, value)| value.contains(text) || name.contains(text))?;
        Some(&found.0)
    }

    /// Replaces a value wherever it is the whole of one; `false` if it is nowhere.
    pub(super) fn replace(&mut self, value: &str, by: &str) -> bool {
        let mut found = false;
        for (_, own) in &mut self.values {
            if own == value {
                by.clone_into(own);
                found = true;
            }
        }
        found
    }
}

/// A value, and the name that leads to it.
struct Named<'a> {
    name: String,
    /// How many keys lead to it.
    depth: usize,
    query: &'a mut Query,
}

impl Named<'_> {
    fn add(self, value: String) {
        self.query.values.push((self.name, value));
    }

    /// What is below a key of an object.
    fn child(&mut self, key: &str) -> Named<'_> {
        let depth = self.depth;
        let mut child = self.element(key);
        child.note(Unsayable::key(&child.name, key, depth));
        child
    }

    /// What is below a number in a list.
    fn element(&mut self, index: &str) -> Named<'_> {
        let name = if self.depth == 0 {
            index.to_owned()
        } else {
            format!("{}[{index}]", self.name)
        };
        let mut element = Named {
            name,
            depth: self.depth + 1,
            query: self.query,
        };
        element.note(Unsayable::depth(&element.name, self.depth));
        element
    }

    /// Notes what would not arrive, if it is the first.
    fn note(&mut self, unsayable: Option<Unsayable>) {
        if self.query.unsayable.is_none() {
            self.query.unsayable = unsayable;
        }
    }

    /// An empty list or object has no other form; PHP reads it as a list with an empty text.
    fn add_empty(mut self) {
        if self.depth > 0 {
            self.query.has_empty = true;
            self.element("").add(String::new());
        }
    }
}

impl<'de> DeserializeSeed<'de> for Named<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Named<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("parameters")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.add(String::new());
        Ok(())
    }

    /// PHP's own way: there is no other in a query.
    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.add(if value { "1" } else { "0" }.to_owned());
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.add(value.to_string());
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.add(value.to_string());
        Ok(())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.add(value.to_string());
        Ok(())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.add(value.to_owned());
        Ok(())
    }

    fn visit_seq<S: SeqAccess<'de>>(mut self, mut seq: S) -> Result<(), S::Error> {
        let mut index = 0_usize;
        while let Some(()) = seq.next_element_seed(self.element(&index.to_string()))? {
            index += 1;
        }
        if index == 0 {
            self.add_empty();
        }
        Ok(())
    }

    fn visit_map<M: MapAccess<'de>>(mut self, mut map: M) -> Result<(), M::Error> {
        let mut empty = true;
        while let Some(key) = map.next_key::<String>()? {
            empty = false;
            map.next_value_seed(self.child(&key))?;
        }
        if empty {
            self.add_empty();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(params: &str) -> Vec<(String, String)> {
        Query::of(params).unwrap().values
    }

    #[test]
    fn names_have_brackets_and_keep_their_order() {
        let query = pairs(
            r#"{"ORDER":{"NAME":"ASC","ID":"DESC"},"FILTER":{">ID":5,"!NAME":["a","b"]},"start":-1}"#,
        );
        let query: Vec<_> = query.iter().map(|(n, v)| format!("{n}={v}")).collect();
        assert_eq!(
            query,
            [
                "ORDER[NAME]=ASC",
                "ORDER[ID]=DESC",
                "FILTER[>ID]=5",
                "FILTER[!NAME][0]=a",
                "FILTER[!NAME][1]=b",
                "start=-1"
            ]
        );
    }

    #[test]
    fn every_kind_of_value() {
        let query = pairs(
            r#"{"a":null,"b":true,"c":false,"d":1.5,"e":[],"f":{},"g":18446744073709551615}"#,
        );
        let query: Vec<_> = query.iter().map(|(n, v)| format!("{n}={v}")).collect();
        assert_eq!(
            query,
            [
                "a=",
                "b=1",
                "c=0",
                "d=1.5",
                "e[]=",
                "f[]=",
                "g=18446744073709551615"
            ]
        );
        assert!(pairs("{}").is_empty());
    }

    #[test]
    fn everything_is_escaped() {
        let query = Query::of(r#"{"A[]":"x&y=z ж"}"#).unwrap();
        assert_eq!(query.encode(), "A%5B%5D=x%26y%3Dz+%D0%B6");
    }

    #[test]
    fn a_whole_value_is_replaced() {
        let mut query = Query::of(r#"{"A":{"B":1,"C":[7,71]},"D":"7","E":"a 7"}"#).unwrap();
        assert!(query.replace("7", "x"));
        assert!(!query.replace("8", "x"));
        assert_eq!(
            query.encode(),
            "A%5BB%5D=1&A%5BC%5D%5B0%5D=x&A%5BC%5D%5B1%5D=71&D=x&E=a+7"
        );
    }
}
