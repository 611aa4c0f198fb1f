//! Any method by name.

mod list;
mod rows;

use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

pub use list::RawList;

use crate::{Effect, Invalid, Method};

/// A call of any method by its name, with parameters and an answer as JSON.
///
/// It counts as a write unless [`Raw::read_only`] says otherwise, so that nothing runs twice by mistake.
///
/// ```
/// # extern crate sonet_core as sonet_async;
/// use serde_json::json;
/// use sonet_async::Raw;
///
/// let call = Raw::new("user.get", json!({ "FILTER": { "ACTIVE": true } })).read_only();
/// # use sonet_async::Method;
/// # assert_eq!(call.name(), "user.get");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct Raw<T = Value> {
    name: String,
    params: Value,
    effect: Effect,
    is_untyped: bool,
    output: PhantomData<fn() -> T>,
}

impl Raw {
    /// Names a method and its parameters: an object, or `null` for none.
    pub fn new(name: impl Into<String>, params: Value) -> Self {
        let params = if params.is_null() {
            Value::Object(Map::new())
        } else {
            params
        };
        Self {
            name: name.into(),
            params,
            effect: Effect::Write,
            is_untyped: true,
            output: PhantomData,
        }
    }
}

impl<T> Raw<T> {
    /// Says that the method only reads.
    pub fn read_only(mut self) -> Self {
        self.effect = Effect::Read;
        self
    }

    /// Decodes the answer to a type of the caller's instead of a [`Value`]. It takes less memory, and so four times as much may
    /// come: see [`Config::body_limit`](crate::Config::body_limit).
    pub fn output<U: DeserializeOwned>(self) -> Raw<U> {
        Raw {
            name: self.name,
            params: self.params,
            effect: self.effect,
            is_untyped: false,
            output: PhantomData,
        }
    }
}

impl<T> Serialize for Raw<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.params.serialize(serializer)
    }
}

impl<T: DeserializeOwned> Method for Raw<T> {
    const NAME: &'static str = "";
    const EFFECT: Effect = Effect::Write;
    type Output = T;

    fn name(&self) -> &str {
        &self.name
    }

    fn effect(&self) -> Effect {
        self.effect
    }

    fn is_untyped(&self) -> bool {
        self.is_untyped
    }

    fn check(&self) -> Result<(), Invalid> {
        match &self.params {
            Value::Object(params) if params.contains_key("auth") => Err(Invalid::new(
                "auth",
                "the client adds it; make a client with this token (`Client::token`)",
            )),
            Value::Object(_) => Ok(()),
            _ => Err(Invalid::new(
                "params",
                "parameters have to be an object; wrap them in `json!({ … })`",
            )),
        }
    }
}
