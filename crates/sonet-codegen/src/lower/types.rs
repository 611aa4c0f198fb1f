//! Types.

use crate::ir::{Path, Ty};
use sonet_spec::types::Type;
use sonet_spec::{Symbol, Symbols};

/// Resolves the type of a value in a parameter, where a moment can say a day, too.
pub(super) fn sent(ty_: &Type, symbols: &Symbols<'_>) -> Ty {
    match ty_ {
        Type::Date => Ty::Day,
        Type::List(element) => Ty::List(Box::new(sent(element, symbols))),
        Type::Map(element) => Ty::Map(Box::new(sent(element, symbols))),
        other => ty(other, symbols),
    }
}

/// Resolves a type. What only parameters have is resolved by them.
pub(super) fn ty(ty_: &Type, symbols: &Symbols<'_>) -> Ty {
    match ty_ {
        Type::String
        | Type::LocalDateTime
        | Type::Filter
        | Type::Order
        | Type::Select
        | Type::Object => Ty::Text,
        Type::Secret => Ty::Secret,
        Type::Integer => Ty::Int,
        Type::Decimal => Ty::Decimal,
        Type::Boolean => Ty::Bool,
        Type::Flag => Ty::Flag,
        Type::Accepted => Ty::Accepted,
        Type::Empty => Ty::EmptyList,
        Type::Json => Ty::Json,
        Type::DateTime => Ty::Iso,
        Type::Date => Ty::Date,
        Type::LooseDateTime => Ty::Loose,
        Type::File => Ty::File,
        Type::PageStart => Ty::PageStart(false),
        Type::List(element) => Ty::List(Box::new(ty(element, symbols))),
        Type::Map(element) => Ty::Map(Box::new(ty(element, symbols))),
        Type::Named(name) => match symbols.get(name) {
            Some(symbol @ Symbol::Id(_)) => Ty::Id(path(symbol)),
            Some(symbol @ Symbol::Enum(def)) => Ty::Enum(
                path(symbol),
                def.values.iter().any(|value| value.wire.is_empty()),
            ),
            Some(symbol @ Symbol::Object(object)) => Ty::Object(
                path(symbol),
                object.fields.iter().any(|field| field.essential.value),
            ),
            Some(symbol @ Symbol::Input(_)) => Ty::Input(path(symbol)),
            None => Ty::Text,
        },
    }
}

/// The place of a named type.
pub(super) fn path(symbol: Symbol<'_>) -> Path {
    let modules = symbol.module().split("::").filter(|part| !part.is_empty());
    Path {
        modules: modules.map(str::to_owned).collect(),
        name: symbol.name().value.clone(),
    }
}
