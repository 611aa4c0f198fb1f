//! Errors in a body.

use std::fmt;

use http::StatusCode;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::json::{is_object, without_place};
use super::outline::Presence;
use crate::redact::Redactor;
use crate::{ApiError, Documented};

/// `{"error": …, "error_description": …}`; the rest is passed over.
#[derive(Deserialize)]
pub(crate) struct ErrorBody {
    #[serde(default)]
    error: Option<ErrorCode>,
    #[serde(default)]
    error_description: Option<ErrorCode>,
    #[serde(default)]
    result: Presence,
}

impl ErrorBody {
    /// The error in an answer, if it is an object: one of the API may be among its keys.
    pub(super) fn of(text: &str) -> Option<Result<Self, serde_json::Error>> {
        is_object(text).then(|| serde_json::from_str(text))
    }

    /// Why nobody can say whether there is an error in an object, if that is so.
    pub(super) fn problem(text: &str) -> Option<String> {
        let error = Self::of(text)?.err()?;
        Some(without_place(&error))
    }

    /// The error of one command of a batch: an object, or only its code.
    pub(crate) fn of_command<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CommandVisitor)
    }

    /// Whether the code is one of these, in any case.
    pub(crate) fn has_code(&self, codes: &[&str]) -> bool {
        self.error.as_ref().is_some_and(|error| {
            let mut codes = codes.iter();
            codes.any(|code| error.code.eq_ignore_ascii_case(code))
        })
    }

    /// The error, if the body says one: an empty code is an error too, a `null` is none.
    pub(crate) fn into_api(
        self,
        status: StatusCode,
        documented: &[Documented],
        redactor: &Redactor<'_>,
    ) -> Option<ApiError> {
        let beside_result = self.result.is_there();
        let ErrorCode { code, message } = self.error?;
        let description = self
            .error_description
            .map(|text| text.code)
            .or(message)
            .unwrap_or_default();
        let refusal = Documented::find(documented, &code, &description);
        let (code, description) = (redactor.excerpt(&code), redactor.excerpt(&description));
        Some(ApiError {
            status,
            code,
            description,
            refusal,
            beside_result,
        })
    }
}

/// A code: a text, a number, or from newer methods an object with `code` and `message`.
pub(super) struct ErrorCode {
    code: String,
    message: Option<String>,
}

impl From<String> for ErrorCode {
    fn from(code: String) -> Self {
        Self {
            code,
            message: None,
        }
    }
}

impl<'de> Deserialize<'de> for ErrorCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ErrorCodeVisitor)
    }
}

struct ErrorCodeVisitor;

impl<'de> Visitor<'de> for ErrorCodeVisitor {
    type Value = ErrorCode;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an error code")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<ErrorCode, E> {
        Ok(value.to_owned().into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<ErrorCode, E> {
        Ok(value.to_string().into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<ErrorCode, E> {
        Ok(value.to_string().into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<ErrorCode, E> {
        Ok(value.to_string().into())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<ErrorCode, E> {
        Ok(value.to_string().into())
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<ErrorCode, S::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(String::new().into())
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<ErrorCode, M::Error> {
        let mut error = ErrorCode::from(String::new());
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "code" => error.code = map.next_value::<ErrorCode>()?.code,
                "message" => error.message = Some(map.next_value::<ErrorCode>()?.code),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(error)
    }
}

struct CommandVisitor;

impl<'de> Visitor<'de> for CommandVisitor {
    type Value = ErrorBody;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the error of a command")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<ErrorBody, E> {
        Ok(ErrorBody {
            error: Some(String::new().into()),
            error_description: Some(text.to_owned().into()),
            result: Presence::default(),
        })
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<ErrorBody, M::Error> {
        let body = ErrorBody::deserialize(MapAccessDeserializer::new(map))?;
        Ok(ErrorBody {
            error: body.error.or_else(|| Some(String::new().into())),
            ..body
        })
    }
}
