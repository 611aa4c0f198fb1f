//! One method: its answers, and what a call of it needs and costs.

use super::answer::{Answer, Draft};
use super::key::Key;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::fmt;
use std::time::Duration;

/// What a method answers.
#[derive(Debug)]
pub(super) struct MethodAnswers {
    pub(super) scope: Option<String>,
    pub(super) cost: Option<Duration>,
    /// The first that fits is given.
    pub(super) answers: Vec<Answer>,
}

impl<'de> Deserialize<'de> for MethodAnswers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MethodVisitor)
    }
}

struct MethodVisitor;

impl<'de> Visitor<'de> for MethodVisitor {
    type Value = MethodAnswers;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an answer, such as {\"result\": true}, or a list of answers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<MethodAnswers, A::Error> {
        let answers = ListVisitor.visit_seq(list)?;
        Ok(MethodAnswers {
            scope: None,
            cost: None,
            answers,
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<MethodAnswers, A::Error> {
        let (mut scope, mut cost, mut answers) = (None, None, None);
        let mut single = Draft::default();
        while let Some(key) = map.next_key::<Key>()? {
            match key {
                Key::Scope => {
                    key.once(scope.as_ref())?;
                    scope = Some(map.next_value()?);
                }
                Key::Cost => {
                    key.once(cost.as_ref())?;
                    cost = Some(map.next_value::<Seconds>()?.0);
                }
                Key::Answers => {
                    key.once(answers.as_ref())?;
                    if single.is_begun() {
                        return Err(beside_answers());
                    }
                    answers = Some(map.next_value::<List>()?.0);
                }
                _ if answers.is_some() => return Err(beside_answers()),
                _ => single.read(key, &mut map)?,
            }
        }
        let answers = match answers {
            Some(answers) => answers,
            None => vec![single.finish()?],
        };
        Ok(MethodAnswers {
            scope,
            cost,
            answers,
        })
    }
}

fn beside_answers<E: Error>() -> E {
    E::custom("a method has either `answers` or a single answer; move that one into `answers`")
}

/// The answers of a method, at least one.
struct List(Vec<Answer>);

impl<'de> Deserialize<'de> for List {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ListVisitor).map(Self)
    }
}

struct ListVisitor;

impl<'de> Visitor<'de> for ListVisitor {
    type Value = Vec<Answer>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of answers, such as [{\"result\": true}]")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<Answer>, A::Error> {
        let mut answers: Vec<Answer> = Vec::new();
        loop {
            let is_reached = !answers.last().is_some_and(Answer::fits_all);
            match list.next_element_seed(Next { is_reached })? {
                Some(answer) => answers.push(answer),
                None if answers.is_empty() => {
                    return Err(A::Error::custom(
                        "the list has no answer; add one, such as {\"result\": true}",
                    ));
                }
                None => return Ok(answers),
            }
        }
    }
}

/// The next answer of a list.
struct Next {
    is_reached: bool,
}

impl<'de> DeserializeSeed<'de> for Next {
    type Value = Answer;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Answer, D::Error> {
        if self.is_reached {
            return Answer::deserialize(deserializer);
        }
        Err(D::Error::custom(
            "the answer before this one has no `when` and fits all calls; put it last",
        ))
    }
}

/// An operating time, as in a file of rules.
struct Seconds(Duration);

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let given = Value::deserialize(deserializer)?;
        let seconds = given.as_f64().map(Duration::try_from_secs_f64);
        seconds.and_then(Result::ok).map(Self).ok_or_else(|| {
            D::Error::custom(format!(
                "{given} is no operating time; give a number of seconds, such as 0.3"
            ))
        })
    }
}
