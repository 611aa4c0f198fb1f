//! Types of the spec and of the pages.

use crate::spec::types::Type;
use crate::spec::{Symbol, Symbols};

/// Whether the page's types say the same as the spec's one. Where the page says nothing, they do.
pub(super) fn fit(ty: &Type, said: &[String], symbols: &Symbols<'_>) -> bool {
    let mut said = said.iter().filter(|word| *word != "null");
    said.all(|word| accepts(ty, word, symbols))
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
