//! Values to compare a field with.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde_json::Value;

use crate::Id;
use crate::wire::{self, Decimal};

/// A value that a condition can hold.
#[diagnostic::on_unimplemented(
    message = "a condition can't hold a value of the type `{Self}`",
    label = "this field is not compared with a value"
)]
pub trait Operand {
    /// The value as the server reads it.
    fn to_wire(&self) -> Value;
}

/// A value with an order.
#[diagnostic::on_unimplemented(
    message = "values of the type `{Self}` have no order to compare by",
    label = "this field is only equal to a value or not"
)]
pub trait Ordered {}

/// A text.
#[diagnostic::on_unimplemented(
    message = "a field of the type `{Self}` can't be searched for a text",
    label = "this field does not hold a text"
)]
pub trait Textual {}

impl<T: Id> Operand for T {
    fn to_wire(&self) -> Value {
        Value::from(Into::<i64>::into(*self))
    }
}

impl<T: Id> Ordered for T {}

impl Operand for i64 {
    fn to_wire(&self) -> Value {
        Value::from(*self)
    }
}

impl Ordered for i64 {}

impl Operand for Decimal {
    fn to_wire(&self) -> Value {
        Value::from(self.as_str())
    }
}

impl Ordered for Decimal {}

impl Operand for bool {
    fn to_wire(&self) -> Value {
        Value::from(wire::letter(*self))
    }
}

impl Operand for String {
    fn to_wire(&self) -> Value {
        Value::from(self.as_str())
    }
}

impl Ordered for String {}
impl Textual for String {}

impl Operand for DateTime<FixedOffset> {
    fn to_wire(&self) -> Value {
        Value::from(wire::print(self))
    }
}

impl Ordered for DateTime<FixedOffset> {}

impl Operand for NaiveDate {
    fn to_wire(&self) -> Value {
        Value::from(self.to_string())
    }
}

impl Ordered for NaiveDate {}
