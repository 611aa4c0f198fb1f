//! Types of the spec and of the pages.

use crate::diff::comparison::Comparison;
use crate::diff::site::{Quote, Site};
use crate::page::Item;
use crate::words::types;
use sonet_spec::model::{At, FindingKind};
use sonet_spec::types::Type;
use sonet_spec::{Symbol, Symbols};

/// Compares the type of a row, which the message calls by `subject`.
pub(crate) fn compare(
    cx: &mut Comparison<'_>,
    site: &Site<'_>,
    ty: &At<Type>,
    row: &Item,
    subject: &str,
) {
    if fit(ty, &row.types, cx.symbols) {
        return;
    }
    let said = row.ty();
    let message = format!(
        "{subject} is `{said}` on the page, and `{}` in the spec",
        ty.value
    );
    let quote = Quote::new(said, &row.at);
    cx.breaking(
        &site.pointing_at(&ty.span),
        FindingKind::Type,
        quote,
        message,
    );
}

/// Says that a row has no type, where other rows of its table have one.
pub(crate) fn compare_presence(
    cx: &mut Comparison<'_>,
    site: &Site<'_>,
    ty: &At<Type>,
    row: &Item,
    rows: &[Item],
) {
    let typed = || rows.iter().any(|row| !row.types.is_empty());
    if !row.types.is_empty() || **ty == Type::Json || !typed() {
        return;
    }
    let message = format!(
        "`{}` has no type on the page, as others have, and is `{}` in the spec",
        row.name, ty.value
    );
    let site = site.pointing_at(&ty.span);
    cx.compatible(&site, FindingKind::Type, Quote::nothing(&row.at), message);
}

/// Whether the page's types say the same as the spec's one. Where the page says nothing, they do.
pub(crate) fn fit(ty: &Type, said: &[String], symbols: &Symbols<'_>) -> bool {
    let mut said = said.iter().filter(|word| *word != "null");
    said.all(|word| accepts(ty, word, symbols))
}

/// Whether a row has a type, which is this one.
pub(crate) fn is(ty: &Type, row: &Item, symbols: &Symbols<'_>) -> bool {
    !row.types.is_empty() && fit(ty, &row.types, symbols)
}

fn accepts(ty: &Type, word: &str, symbols: &Symbols<'_>) -> bool {
    let word = types::base(word);
    if let (Type::List(inner), Some(element)) = (ty, word.strip_suffix("[]")) {
        return accepts(inner, element, symbols);
    }
    let has_fields = match ty {
        Type::Object => true,
        ty => matches!(
            symbols.of_type(ty),
            Some(Symbol::Object(_) | Symbol::Input(_))
        ),
    };
    // The vendor's own word stands for something with fields.
    if has_fields && types::is_own(word) {
        return true;
    }
    let words: &[&str] = match ty {
        Type::String | Type::Secret | Type::LocalDateTime => &["string", "text", "char"],
        Type::LooseDateTime => &["datetime", "date", "string"],
        Type::DateTime | Type::Date => &["datetime", "date"],
        Type::Integer => &["integer", "int", "timestamp"],
        Type::Decimal => &["decimal", "integer", "int", "string"],
        Type::PageStart => &["integer", "int", "decimal"],
        Type::Boolean | Type::Accepted => &["boolean", "bool"],
        Type::Flag => &["string", "char"],
        Type::File => &["file"],
        Type::Filter | Type::Order => &["object", "array"],
        // A selection is a list of names.
        Type::Select if word == "string[]" => return true,
        Type::Select | Type::List(_) | Type::Empty => &["array"],
        Type::Json => return true,
        Type::Object | Type::Map(_) => &["object"],
        Type::Named(name) => match symbols.get(name) {
            Some(Symbol::Id(_)) => &["integer", "int", "user"],
            Some(Symbol::Enum(_)) => &["string", "enum", "char"],
            Some(Symbol::Object(_) | Symbol::Input(_)) => &["object"],
            None => return true,
        },
    };
    words.contains(&word)
}
