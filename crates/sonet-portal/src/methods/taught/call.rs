//! What a handler of a program's own gets.

use crate::domain::model::User;
use crate::methods::call::Call;
use crate::wire::json;
use serde_json::Value;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A call of a method that a program has taught the portal.
#[derive(Debug)]
pub struct TaughtCall {
    method: &'static str,
    user: User,
    params: Value,
    now: i64,
}

impl TaughtCall {
    pub(super) fn of(method: &'static str, call: &Call<'_>) -> Self {
        Self {
            method,
            user: call.user.clone(),
            params: json::of_array(call.params.fields()),
            now: call.now,
        }
    }

    /// Returns the method's name in lower case.
    #[must_use]
    pub fn method(&self) -> &str {
        self.method
    }

    /// Returns the user who makes the call.
    #[must_use]
    pub fn user(&self) -> &User {
        &self.user
    }

    /// Returns all parameters as PHP has read them: those of a form are texts, and so are those of a
    /// batch's command. Without parameters it is an empty list, as PHP has one type for both.
    #[must_use]
    pub fn params(&self) -> &Value {
        &self.params
    }

    /// Returns a parameter by its exact name, `null` if it is missing.
    #[must_use]
    pub fn param(&self, name: &str) -> &Value {
        self.params.get(name).unwrap_or(&Value::Null)
    }

    /// Returns a parameter that is a whole number above zero, be it a number or a text.
    #[must_use]
    pub fn id(&self, name: &str) -> Option<u64> {
        let id = match self.param(name) {
            Value::String(text) => text.trim().parse().ok(),
            other => other.as_u64(),
        };
        id.filter(|id| *id > 0)
    }

    /// Returns the portal's time, in whole seconds.
    #[must_use]
    pub fn time(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(u64::try_from(self.now).unwrap_or_default())
    }
}
