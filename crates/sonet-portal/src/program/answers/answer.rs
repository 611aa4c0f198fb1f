//! One answer: a result, a list or a refusal.

use super::key::Key;
use super::when::When;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::Value;
use sonet_portal::Reply;
use std::fmt;

/// What a method answers, and to which parameters.
#[derive(Debug)]
pub(super) struct Answer {
    when: When,
    pub(super) reply: Reply,
}

impl Answer {
    pub(super) fn fits(&self, params: &Value) -> bool {
        self.when.fits(params)
    }

    /// Whether it answers all calls, so that none is left for the answers behind it.
    pub(super) fn fits_all(&self) -> bool {
        self.when.is_empty()
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(AnswerVisitor)
    }
}

struct AnswerVisitor;

impl<'de> Visitor<'de> for AnswerVisitor {
    type Value = Answer;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an answer, such as {\"result\": true}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Answer, A::Error> {
        let mut draft = Draft::default();
        while let Some(key) = map.next_key()? {
            draft.read(key, &mut map)?;
        }
        draft.finish()
    }
}

/// An answer of which a part has been read.
#[derive(Default)]
pub(super) struct Draft {
    reply: Option<(Key, Reply)>,
    under: Option<String>,
    when: Option<When>,
}

impl Draft {
    /// Reads the value of a key.
    pub(super) fn read<'de, A: MapAccess<'de>>(
        &mut self,
        key: Key,
        map: &mut A,
    ) -> Result<(), A::Error> {
        match key {
            Key::Result | Key::Rows | Key::Refusal => {
                self.check_kind(key)?;
                let reply = match key {
                    Key::Rows => rows(map.next_value()?)?,
                    Key::Refusal => map.next_value::<Refusal>()?.into(),
                    _ => map.next_value::<Value>()?.into(),
                };
                self.reply = Some((key, reply));
            }
            Key::Under => {
                key.once(self.under.as_ref())?;
                self.under = Some(map.next_value()?);
            }
            Key::When => {
                key.once(self.when.as_ref())?;
                self.when = Some(map.next_value()?);
            }
            Key::Answers | Key::Scope | Key::Cost => {
                return Err(A::Error::custom(format!(
                    "`{}` belongs to a method, not to one of its answers; write \
                     {{\"scope\": …, \"cost\": …, \"answers\": […]}}",
                    key.name()
                )));
            }
        }
        Ok(())
    }

    fn check_kind<E: Error>(&self, key: Key) -> Result<(), E> {
        let Some((earlier, reply)) = &self.reply else {
            return Ok(());
        };
        if *earlier == key {
            return key.once(Some(reply));
        }
        Err(E::custom(format!(
            "an answer can't have both `{}` and `{}`; remove one, or make two answers with `when`",
            earlier.name(),
            key.name()
        )))
    }

    pub(super) fn is_begun(&self) -> bool {
        self.reply.is_some() || self.under.is_some() || self.when.is_some()
    }

    pub(super) fn finish<E: Error>(self) -> Result<Answer, E> {
        let (kind, reply) = self.reply.ok_or_else(|| {
            E::custom("there is no answer; add one of `result`, `rows` and `refusal`")
        })?;
        let reply = match self.under {
            None => reply,
            Some(under) if kind == Key::Rows => reply.under(under),
            Some(_) => {
                return Err(E::custom(format!(
                    "`under` is the key of a list, and here is a `{}`; use it with `rows`",
                    kind.name()
                )));
            }
        };
        let when = self.when.unwrap_or_default();
        Ok(Answer { when, reply })
    }
}

fn rows<E: Error>(given: Value) -> Result<Reply, E> {
    let Value::Array(rows) = given else {
        let told = "`rows` needs a list of all rows; for anything else use `result`";
        return Err(E::custom(told));
    };
    Ok(Reply::list(rows))
}

/// The words of a refusal.
#[derive(serde::Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "a refusal, such as {\"description\": \"Not found\"}"
)]
struct Refusal {
    #[serde(default = "bad_request", deserialize_with = "status")]
    status: u16,
    #[serde(default)]
    code: String,
    description: String,
}

fn bad_request() -> u16 {
    400
}

fn status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    let status = u64::deserialize(deserializer)?;
    let fit = u16::try_from(status)
        .ok()
        .filter(|status| (200..600).contains(status));
    fit.ok_or_else(|| {
        let told = format!("{status} is no status of a refusal; give one from 200 to 599");
        D::Error::custom(told)
    })
}

impl From<Refusal> for Reply {
    fn from(refusal: Refusal) -> Self {
        Reply::refusal(refusal.code, refusal.description).status(refusal.status)
    }
}
