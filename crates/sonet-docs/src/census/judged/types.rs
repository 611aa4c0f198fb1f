//! How a drafted type fits the one that was judged.

use sonet_spec::model::Enum;
use sonet_spec::types::Type;
use sonet_spec::{Symbol, Symbols};

/// How a drafted type fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// It is the same.
    Same,
    /// A person said more exactly what it is.
    Refined,
    /// It is read from the same answers. What is sent is another.
    Read,
    /// It takes anything.
    Open,
    /// It is another.
    Other,
}

/// A type, and what the names in it stand for.
type Known<'t> = (&'t Type, &'t Symbols<'t>);

/// How a drafted type fits the one of the entry.
pub(super) fn fit(drafted: Known<'_>, settled: Known<'_>) -> Fit {
    let ((draft, draft_symbols), (entry, symbols)) = (drafted, settled);
    match (draft, entry) {
        (Type::List(one), Type::List(other)) | (Type::Map(one), Type::Map(other)) => {
            return fit((one, draft_symbols), (other, symbols));
        }
        (Type::Json, other) if *other != Type::Json => return Fit::Open,
        _ => {}
    }
    match (draft_symbols.of_type(draft), symbols.of_type(entry)) {
        (Some(one), Some(other)) => named(one, other),
        (None, Some(other)) => worded(draft, other),
        (None, None) if draft == entry => Fit::Same,
        (None, None) => words(draft, entry),
        _ => Fit::Other,
    }
}

/// How two words fit that are not the same.
fn words(draft: &Type, entry: &Type) -> Fit {
    use Type::{
        Accepted, Boolean, Date, DateTime, Decimal, Flag, Integer, LocalDateTime, LooseDateTime,
        Secret, String,
    };
    match (draft, entry) {
        (String, Secret | Date | DateTime | LooseDateTime | LocalDateTime)
        | (DateTime, Date)
        | (LooseDateTime, Date | DateTime | LocalDateTime)
        | (Integer, Decimal)
        | (Boolean, Accepted) => Fit::Refined,
        (String, Flag | Integer | Decimal) => Fit::Read,
        _ => Fit::Other,
    }
}

/// How a word fits a named type.
fn worded(draft: &Type, entry: Symbol<'_>) -> Fit {
    match (draft, entry) {
        (Type::Object, Symbol::Input(_)) => Fit::Same,
        (Type::Integer, Symbol::Id(_)) | (Type::String, Symbol::Enum(_)) => Fit::Refined,
        (Type::String, Symbol::Id(_)) => Fit::Read,
        (Type::Integer, Symbol::Enum(def)) if is_numeric(def) => Fit::Refined,
        _ => Fit::Other,
    }
}

/// How two named types fit: what they are called is up to people, and what they are is not.
fn named(draft: Symbol<'_>, entry: Symbol<'_>) -> Fit {
    match (draft, entry) {
        (Symbol::Enum(draft), Symbol::Enum(entry)) => {
            let has = |def: &Enum, wire: &str| def.values.iter().any(|value| *value.wire == wire);
            let all =
                |one: &Enum, other: &Enum| one.values.iter().all(|value| has(other, &value.wire));
            match (all(draft, entry), all(entry, draft)) {
                (true, true) => Fit::Same,
                (true, false) => Fit::Refined,
                _ => Fit::Other,
            }
        }
        (Symbol::Id(_), Symbol::Id(_))
        | (Symbol::Object(_) | Symbol::Input(_), Symbol::Object(_) | Symbol::Input(_)) => Fit::Same,
        _ => Fit::Other,
    }
}

fn is_numeric(def: &Enum) -> bool {
    let mut values = def.values.iter();
    values.all(|value| value.wire.parse::<i64>().is_ok())
}
