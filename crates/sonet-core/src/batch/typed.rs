//! The answer of a batch whose commands are all of one method, decoded in one pass.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::COMMANDS;
use crate::envelope::ErrorBody;
use crate::wire::{Blank, Decode as _, Float, Int, Optional, Total};
use crate::{Method, Time};

/// The key of a command. Keys are no numbers, or PHP would write the maps of an answer as lists.
pub(crate) fn key(index: usize) -> String {
    format!("c{index}")
}

/// The place of a command. More commands than a batch can have mean that the answer is no batch's.
pub(super) fn index<E: Error>(key: &str) -> Result<usize, E> {
    let number = key.strip_prefix('c').and_then(|number| number.parse().ok());
    number
        .filter(|index| *index < COMMANDS)
        .ok_or_else(|| E::custom("a command that was not sent"))
}

/// What came of each command of a batch whose commands are all of one method, by its place.
pub struct TypedAnswers<M: Method>(pub(crate) Vec<TypedAnswer<M>>);

impl<M: Method> fmt::Debug for TypedAnswers<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TypedAnswers({} of {})", self.0.len(), M::NAME)
    }
}

/// What came of one command. Nothing at all, if it did not run.
pub(crate) struct TypedAnswer<M: Method> {
    pub(crate) output: Option<M::Output>,
    pub(crate) error: Option<ErrorBody>,
    pub(crate) total: Option<u64>,
    pub(crate) next: Option<i64>,
    pub(crate) time: Option<Cost>,
}

/// What limits need to know of a command's `time`. The rest of it would cost more to decode than it is worth. One of another
/// form is none, as nothing else depends on it.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Cost {
    #[serde(deserialize_with = "Optional::<Float, Blank>::decode")]
    finish: Option<f64>,
    #[serde(deserialize_with = "Optional::<Float, Blank>::decode")]
    operating: Option<f64>,
    #[serde(deserialize_with = "Optional::<Int, Blank>::decode")]
    operating_reset_at: Option<i64>,
}

impl From<Cost> for Time {
    fn from(cost: Cost) -> Self {
        Self {
            finish: cost.finish,
            operating: cost.operating,
            operating_reset_at: cost.operating_reset_at,
            ..Self::default()
        }
    }
}

impl<M: Method> TypedAnswers<M> {
    fn answer_at<E: Error>(&mut self, key: &str) -> Result<&mut TypedAnswer<M>, E> {
        let index = index(key)?;
        while self.0.len() <= index {
            self.0.push(TypedAnswer {
                output: None,
                error: None,
                total: None,
                next: None,
                time: None,
            });
        }
        Ok(&mut self.0[index])
    }
}

impl<'de, M: Method> Deserialize<'de> for TypedAnswers<M> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Maps(PhantomData))
    }
}

/// The maps of an answer.
struct Maps<M>(PhantomData<fn() -> M>);

impl<'de, M: Method> Visitor<'de> for Maps<M> {
    type Value = TypedAnswers<M>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the answer of a batch")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<TypedAnswers<M>, A::Error> {
        let mut answers = TypedAnswers(Vec::new());
        while let Some(name) = map.next_key::<Name>()? {
            let into = &mut answers;
            match name {
                Name::Result => {
                    map.next_value_seed(PerKey::new(into, |answer, value: Output<M>| {
                        answer.output = Some(value.0);
                    }))?;
                }
                Name::Error => {
                    map.next_value_seed(PerKey::new(into, |answer, CommandError(error)| {
                        answer.error = Some(error);
                    }))?;
                }
                Name::Total => map.next_value_seed(PerKey::new(into, |answer, Rows(total)| {
                    answer.total = total;
                }))?,
                Name::Next => map.next_value_seed(PerKey::new(into, |answer, Number(next)| {
                    answer.next = next;
                }))?,
                Name::Time => {
                    map.next_value_seed(PerKey::new(into, |answer, time: Box<RawValue>| {
                        answer.time = serde_json::from_str(time.get()).ok();
                    }))?;
                }
                Name::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(answers)
    }
}

#[derive(Deserialize)]
enum Name {
    #[serde(rename = "result")]
    Result,
    #[serde(rename = "result_error")]
    Error,
    #[serde(rename = "result_total")]
    Total,
    #[serde(rename = "result_next")]
    Next,
    #[serde(rename = "result_time")]
    Time,
    #[serde(other)]
    Other,
}

/// A command's result, in the form that its method gives it.
struct Output<M: Method>(M::Output);

impl<'de, M: Method> Deserialize<'de> for Output<M> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        M::decode(deserializer).map(Self)
    }
}

/// A command's error: an object, or only its text.
struct CommandError(ErrorBody);

impl<'de> Deserialize<'de> for CommandError {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ErrorBody::of_command(deserializer).map(Self)
    }
}

/// How many rows a list has.
struct Rows(Option<u64>);

impl<'de> Deserialize<'de> for Rows {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Total::decode(deserializer).map(Self)
    }
}

struct Number(Option<i64>);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Optional::<Int, Blank>::decode(deserializer).map(Self)
    }
}

/// A map by commands. PHP writes an empty one as a list.
struct PerKey<'a, M: Method, V, F> {
    answers: &'a mut TypedAnswers<M>,
    put: F,
    value: PhantomData<fn() -> V>,
}

impl<'a, M: Method, V, F: FnMut(&mut TypedAnswer<M>, V)> PerKey<'a, M, V, F> {
    fn new(answers: &'a mut TypedAnswers<M>, put: F) -> Self {
        Self {
            answers,
            put,
            value: PhantomData,
        }
    }
}

impl<'de, M, V, F> DeserializeSeed<'de> for PerKey<'_, M, V, F>
where
    M: Method,
    V: Deserialize<'de>,
    F: FnMut(&mut TypedAnswer<M>, V),
{
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, M, V, F> Visitor<'de> for PerKey<'_, M, V, F>
where
    M: Method,
    V: Deserialize<'de>,
    F: FnMut(&mut TypedAnswer<M>, V),
{
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map keyed by command, or an empty list")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let value = map.next_value::<V>()?;
            (self.put)(self.answers.answer_at(&key)?, value);
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        match seq.next_element::<IgnoredAny>()? {
            None => Ok(()),
            Some(_) => Err(A::Error::custom("results without their keys")),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_another_form_is_none() {
        let json = r#"{"result":{"c0":1,"c1":2,"c2":3,"c3":4},"result_time":
            {"c0":null,"c1":"soon","c2":{"operating":{}},"c3":{"operating":"1.5"}}}"#;
        let answers: TypedAnswers<crate::Raw> = serde_json::from_str(json).unwrap();
        let told = answers
            .0
            .iter()
            .map(|answer| answer.time.and_then(|time| time.operating));
        assert_eq!(told.collect::<Vec<_>>(), [None, None, None, Some(1.5)]);
    }
}
