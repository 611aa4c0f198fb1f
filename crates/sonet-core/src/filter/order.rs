//! The order of rows.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::{Serialize, Serializer};

use crate::Invalid;

/// A field of the method `M` to sort by, and the direction.
#[must_use = "an order does nothing until a request's `order` takes it"]
pub struct Sorting<M> {
    field: Cow<'static, str>,
    direction: &'static str,
    owner: PhantomData<fn() -> M>,
}

impl<M> Sorting<M> {
    pub(super) fn new(field: Cow<'static, str>, direction: &'static str) -> Self {
        Self {
            field,
            direction,
            owner: PhantomData,
        }
    }
}

impl<M> Clone for Sorting<M> {
    fn clone(&self) -> Self {
        Self {
            field: self.field.clone(),
            direction: self.direction,
            owner: PhantomData,
        }
    }
}

impl<M> PartialEq for Sorting<M> {
    fn eq(&self, other: &Self) -> bool {
        self.field == other.field && self.direction == other.direction
    }
}

impl<M> Eq for Sorting<M> {}

impl<M> fmt::Debug for Sorting<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.field, self.direction)
    }
}

/// The order of a request: by the first field, then by the second, and so on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Order(Vec<(Cow<'static, str>, &'static str)>);

impl Order {
    /// Adds a field to sort by after those that are there.
    pub fn push<M>(&mut self, sorting: Sorting<M>) {
        self.0.push((sorting.field, sorting.direction));
    }

    /// Whether there is no field to sort by.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Refuses a field that is named twice: the wire's object can hold only one direction for it.
    pub fn check(&self, parameter: &'static str) -> Result<(), Invalid> {
        for (index, (field, _)) in self.0.iter().enumerate() {
            if self.0[..index].iter().any(|(earlier, _)| earlier == field) {
                return Err(Invalid::new(
                    parameter,
                    format!("`{field}` is sorted by twice; name it once"),
                ));
            }
        }
        Ok(())
    }
}

impl Serialize for Order {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(field, direction)| (field, direction)))
    }
}
