//! The result of a command, and how it is decoded.

use serde_json::value::RawValue;

use super::answers::Answer;
use crate::attempts::Attempts;
use crate::envelope::mismatch_of;
use crate::error::Kind;
use crate::redact::Redactor;
use crate::{BesideResult, Error, Method, Reply, Time};

/// Decodes a result and what stands beside it, in the form that its method gives it.
pub(super) type Decoder<T> = fn(&str, &BesideResult, &Redactor<'_>) -> Result<T, Kind>;

/// The decoder of a method.
pub(super) fn decode<M: Method>(
    json: &str,
    beside: &BesideResult,
    redactor: &Redactor<'_>,
) -> Result<M::Output, Kind> {
    let mut output = M::decode(&mut serde_json::Deserializer::from_str(json))
        .map_err(|_| mismatch_of::<M>(json, redactor))?;
    M::beside_result(&mut output, beside);
    Ok(output)
}

/// A command's result, as it came.
pub(super) struct Done {
    result: Box<RawValue>,
    total: Option<u64>,
    next: Option<i64>,
    time: Time,
    past: Attempts,
}

impl Done {
    /// The result of an answer, if it has one.
    pub(super) fn of(answer: Answer, past: Attempts) -> Option<Self> {
        Some(Self {
            total: answer.total(),
            next: answer.next(),
            time: answer.time().unwrap_or_default(),
            result: answer.result?,
            past,
        })
    }

    /// Decodes the result of a command of this method.
    pub(super) fn decode<T>(
        &self,
        method: &str,
        decoder: Decoder<T>,
        redactor: &Redactor<'_>,
    ) -> Result<Reply<T>, Error> {
        let beside = BesideResult::new(self.next, self.total);
        match decoder(self.result.get(), &beside, redactor) {
            Ok(result) => Ok(Reply {
                result,
                total: self.total,
                next: self.next,
                time: self.time.clone(),
                past: self.past.clone(),
            }),
            Err(kind) => Err(Error::new(method, kind).of(method, self.past.clone())),
        }
    }
}

#[cfg(test)]
impl Done {
    /// A result of `null`.
    pub(super) fn null() -> Self {
        Self {
            result: RawValue::NULL.to_owned(),
            total: None,
            next: None,
            time: Time::default(),
            past: Attempts::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_without_a_result_is_none() {
        assert!(Done::of(Answer::default(), Attempts::default()).is_none());
    }
}
