//! Conditions and the filter that holds them.

use std::fmt;
use std::marker::PhantomData;

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::Invalid;

/// A condition on a field of the method `M`.
#[must_use = "a condition does nothing until a request's `filter` takes it"]
pub struct Condition<M> {
    key: String,
    value: Value,
    owner: PhantomData<fn() -> M>,
}

impl<M> Condition<M> {
    pub(super) fn new(operator: &str, field: &str, value: Value) -> Self {
        Self {
            key: format!("{operator}{field}"),
            value,
            owner: PhantomData,
        }
    }

    pub(super) fn range(operator: &str, field: &str, from: Value, to: Value) -> Self {
        Self::new(operator, field, Value::from(vec![from, to]))
    }

    pub(super) fn set(operator: &str, field: &str, values: impl Iterator<Item = Value>) -> Self {
        Self::new(operator, field, values.collect())
    }
}

impl<M> Clone for Condition<M> {
    fn clone(&self) -> Self {
        Self {
            key: self.key.clone(),
            value: self.value.clone(),
            owner: PhantomData,
        }
    }
}

impl<M> PartialEq for Condition<M> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && self.value == other.value
    }
}

impl<M> Eq for Condition<M> {}

impl<M> fmt::Debug for Condition<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.key, self.value)
    }
}

/// The conditions of a request: all of them must hold.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Filter(Vec<(String, Value)>);

impl Filter {
    /// Adds a condition.
    pub fn push<M>(&mut self, condition: Condition<M>) {
        self.0.push((condition.key, condition.value));
    }

    /// Whether there is no condition.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Refuses two conditions under one key: the wire's object can hold only one of them, and the answer would be wider
    /// than asked for. Refuses an empty list, too: as a command of a batch, it can only be sent as a list with an empty text,
    /// and what a server makes of either is in no documentation.
    pub fn check(&self, parameter: &'static str) -> Result<(), Invalid> {
        for (index, (key, value)) in self.0.iter().enumerate() {
            if value.as_array().is_some_and(Vec::is_empty) {
                let problem = format!(
                    "the condition `{key}` has no value to compare with; give at least one, or leave the condition out"
                );
                return Err(Invalid::new(parameter, problem));
            }
            if self.0[..index].iter().any(|(earlier, _)| earlier == key) {
                let problem = format!(
                    "there are two conditions `{key}`, and the server reads only one; remove the other"
                );
                return Err(Invalid::new(parameter, problem));
            }
        }
        Ok(())
    }
}

impl Serialize for Filter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}
