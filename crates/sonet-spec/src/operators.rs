//! The prefixes of filter keys, and the types that they make sense for.

use super::types::Type;
use super::{Symbol, Symbols};

/// What the values of a field must be for an operator to be of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Anything: it is the same, or it isn't.
    Anything,
    /// Something with an order: a number, an identifier, a date or a text.
    Order,
    /// A text.
    Text,
}

/// The prefixes that the documentation knows, and what they need.
pub const OPERATORS: [(&str, Needs); 19] = [
    ("", Needs::Anything),
    ("=", Needs::Anything),
    ("!", Needs::Anything),
    ("!=", Needs::Anything),
    (">=", Needs::Order),
    (">", Needs::Order),
    ("<=", Needs::Order),
    ("<", Needs::Order),
    ("><", Needs::Order),
    ("!><", Needs::Order),
    ("@", Needs::Anything),
    ("!@", Needs::Anything),
    ("?", Needs::Text),
    ("%", Needs::Text),
    ("!%", Needs::Text),
    ("=%", Needs::Text),
    ("%=", Needs::Text),
    ("!=%", Needs::Text),
    ("!%=", Needs::Text),
];

/// What the operator needs, if there is such an operator.
#[must_use]
pub fn needs(operator: &str) -> Option<Needs> {
    let found = OPERATORS.iter().find(|(prefix, _)| *prefix == operator);
    found.map(|(_, needs)| *needs)
}

impl Needs {
    /// Whether fields of the type have it.
    #[must_use]
    pub fn met_by(self, ty: &Type, symbols: &Symbols<'_>) -> bool {
        match self {
            Self::Anything => true,
            Self::Text => *ty == Type::String,
            Self::Order => match ty {
                Type::String | Type::Integer | Type::Decimal | Type::DateTime | Type::Date => true,
                other => matches!(symbols.of_type(other), Some(Symbol::Id(_))),
            },
        }
    }
}
