//! The answer of a batch of any methods, not yet read further than to its commands.

use std::fmt;

use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::typed::index;
use crate::Time;
use crate::envelope::ErrorBody;
use crate::error::OUT_OF_TIME;
use crate::wire::{Blank, Decode as _, Int, Optional, Total};

/// What came of each command, by its place.
pub struct BatchAnswers(pub(super) Vec<Answer>);

/// What came of one command. One that does not decode must not spoil the others, so it stays as it came.
#[derive(Default)]
pub(super) struct Answer {
    pub(super) result: Option<Box<RawValue>>,
    pub(super) error: Option<Box<RawValue>>,
    total: Option<Box<RawValue>>,
    next: Option<Box<RawValue>>,
    time: Option<Box<RawValue>>,
}

impl Answer {
    pub(super) fn total(&self) -> Option<u64> {
        Total::decode(&mut serde_json::Deserializer::from_str(
            self.total.as_deref()?.get(),
        ))
        .ok()?
    }

    pub(super) fn next(&self) -> Option<i64> {
        number(self.next.as_deref()?)
    }

    pub(super) fn time(&self) -> Option<Time> {
        serde_json::from_str(self.time.as_ref()?.get()).ok()
    }

    /// Whether it was refused because its method has used up its time.
    pub(super) fn is_out_of_time(&self) -> bool {
        self.error.as_ref().is_some_and(|error| {
            let mut json = serde_json::Deserializer::from_str(error.get());
            ErrorBody::of_command(&mut json).is_ok_and(|error| error.has_code(&[OUT_OF_TIME]))
        })
    }
}

fn number(json: &RawValue) -> Option<i64> {
    let mut json = serde_json::Deserializer::from_str(json.get());
    Optional::<Int, Blank>::decode(&mut json).ok()?
}

/// The maps of an answer.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Maps {
    result: Option<PerKey>,
    result_error: Option<PerKey>,
    result_total: Option<PerKey>,
    result_next: Option<PerKey>,
    result_time: Option<PerKey>,
}

impl<'de> Deserialize<'de> for BatchAnswers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let maps = Maps::deserialize(deserializer)?;
        // Without these, "not run" would be a guess.
        if maps.result.is_none() && maps.result_error.is_none() {
            let problem = "it has neither results nor errors of commands";
            return Err(D::Error::custom(problem));
        }
        let mut answers = Self(Vec::new());
        answers.put(maps.result, |answer| &mut answer.result);
        answers.put(maps.result_error, |answer| &mut answer.error);
        answers.put(maps.result_total, |answer| &mut answer.total);
        answers.put(maps.result_next, |answer| &mut answer.next);
        answers.put(maps.result_time, |answer| &mut answer.time);
        Ok(answers)
    }
}

impl BatchAnswers {
    fn put(&mut self, map: Option<PerKey>, side: fn(&mut Answer) -> &mut Option<Box<RawValue>>) {
        for (index, json) in map.into_iter().flat_map(|map| map.0) {
            if self.0.len() <= index {
                self.0.resize_with(index + 1, Answer::default);
            }
            *side(&mut self.0[index]) = Some(json);
        }
    }
}

impl fmt::Debug for BatchAnswers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BatchAnswers({})", self.0.len())
    }
}

/// A map by commands. PHP writes an empty one as a list.
struct PerKey(Vec<(usize, Box<RawValue>)>);

impl<'de> Deserialize<'de> for PerKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PerKeyVisitor)
    }
}

struct PerKeyVisitor;

impl<'de> Visitor<'de> for PerKeyVisitor {
    type Value = PerKey;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map keyed by command, or an empty list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<PerKey, A::Error> {
        let mut values = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            values.push((index(&key)?, map.next_value()?));
        }
        Ok(PerKey(values))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<PerKey, A::Error> {
        match seq.next_element::<IgnoredAny>()? {
            None => Ok(PerKey(Vec::new())),
            Some(_) => Err(A::Error::custom(
                "a list, which does not say which commands its elements belong to",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<BatchAnswers, serde_json::Error> {
        serde_json::from_str(json)
    }

    fn texts(json: &str) -> Vec<(Option<String>, Option<String>)> {
        let text = |json: Option<Box<RawValue>>| json.map(|json| json.get().to_owned());
        let answers = read(json).unwrap().0;
        answers
            .into_iter()
            .map(|answer| (text(answer.result), text(answer.error)))
            .collect()
    }

    #[test]
    fn empty_maps_are_lists() {
        for json in [
            r#"{"result":[],"result_error":[],"result_total":[],"result_next":[],"result_time":[]}"#,
            r#"{"result":{},"result_error":{},"result_time":null}"#,
            r#"{"result":[],"more":1}"#,
        ] {
            assert!(read(json).unwrap().0.is_empty(), "{json}");
        }
    }

    #[test]
    fn a_result_of_null_is_a_result() {
        let json =
            r#"{"result":{"c0":null,"c2":[{"a":1}]},"result_error":{"c3":"no"},"result_time":[]}"#;
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            texts(json),
            [
                (some("null"), None),
                (None, None),
                (some(r#"[{"a":1}]"#), None),
                (None, some(r#""no""#))
            ]
        );
    }

    #[test]
    fn what_stands_beside_a_result_is_read_leniently() {
        let json = r#"{"result":{"c0":1,"c1":2},"result_total":{"c0":"7","c1":{}},"result_next":{"c0":50,"c1":"x"},
            "result_time":{"c0":{"operating":0,"start":1.5},"c1":"soon"}}"#;
        let answers = read(json).unwrap().0;
        assert_eq!((answers[0].total(), answers[0].next()), (Some(7), Some(50)));
        let time = answers[0].time().unwrap();
        assert_eq!((time.operating, time.start), (Some(0.0), Some(1.5)));
        assert_eq!((answers[1].total(), answers[1].next()), (None, None));
        assert_eq!(answers[1].time(), None);
    }

    #[test]
    fn what_is_no_answer_of_a_batch_is_none() {
        for json in [
            "{}",
            "[]",
            "true",
            r#"{"result_time":{}}"#,
            r#"{"result":null}"#,
            r#"{"result":{"c50":1}}"#,
            r#"{"result":{"0":1}}"#,
            r#"{"result":[1]}"#,
            r#"{"result":true}"#,
        ] {
            assert!(read(json).is_err(), "{json}");
        }
    }
}
