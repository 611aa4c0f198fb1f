//! Types of the spec and of the pages.

use super::compare::Found;
use super::finding::Effect;
use crate::page::Item;
use sonet_spec::model::{At, FindingKind};
use sonet_spec::types::Type;
use sonet_spec::{Symbol, Symbols};

/// Whether the page's types say the same as the spec's one. Where the page says nothing, they do.
pub(super) fn fit(ty: &Type, said: &[String], symbols: &Symbols<'_>) -> bool {
    let mut said = said.iter().filter(|word| *word != "null");
    said.all(|word| accepts(ty, word, symbols))
}

/// Whether a row has a type, which is this one.
pub(super) fn is(ty: &Type, row: &Item, symbols: &Symbols<'_>) -> bool {
    !row.types.is_empty() && fit(ty, &row.types, symbols)
}

/// Whether a row has no type, where other rows of its table have one.
pub(super) fn is_lost(ty: &Type, row: &Item, rows: &[Item]) -> bool {
    let typed = || rows.iter().any(|row| !row.types.is_empty());
    row.types.is_empty() && *ty != Type::Json && typed()
}

/// Says that a row has no type.
pub(super) fn lost<'f>(on: &str, row: &'f Item, spec: &'f At<Type>) -> Found<'f> {
    Found {
        on: on.to_owned(),
        kind: FindingKind::Type,
        effect: Effect::Compatible,
        page: String::new(),
        at: &row.at,
        spec: &spec.span,
        message: format!(
            "`{}` has no type on the page, as others have, and is `{}` in the spec",
            row.name, spec.value
        ),
    }
}

fn accepts(ty: &Type, word: &str, symbols: &Symbols<'_>) -> bool {
    if let (Type::List(inner), Some(element)) = (ty, word.strip_suffix("[]")) {
        return accepts(inner, element, symbols);
    }
    let words: &[&str] = match ty {
        Type::String | Type::Secret | Type::LocalDateTime => &["string", "text", "char"],
        Type::LooseDateTime => &["datetime", "date", "string"],
        Type::DateTime => &["datetime", "date"],
        Type::Integer => &["integer", "int", "timestamp"],
        Type::Boolean | Type::Accepted => &["boolean", "bool"],
        Type::Flag => &["string", "char"],
        Type::File => &["file"],
        Type::Filter | Type::Order => &["object", "array"],
        Type::Select | Type::List(_) | Type::Empty => &["array"],
        Type::Json => return true,
        Type::Object | Type::Map(_) => &["object"],
        Type::Named(name) => match symbols.get(name) {
            Some(Symbol::Id(_)) => &["integer", "int", "user"],
            Some(Symbol::Enum(_)) => &["string", "enum", "char"],
            Some(Symbol::Object(_)) => &["object"],
            None => return true,
        },
    };
    words.contains(&word)
}
