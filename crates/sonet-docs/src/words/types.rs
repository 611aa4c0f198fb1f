//! The vendor's words for types that are identifiers or codes of something: what they are on the wire.

/// Words for identifiers.
const IDENTIFIERS: [&str; 8] = [
    "user",
    "crm_category",
    "crm_company",
    "crm_contact",
    "crm_deal",
    "crm_invoice",
    "crm_lead",
    "crm_quote",
];

/// Words for codes.
const CODES: [&str; 2] = ["crm_currency", "crm_status"];

/// Words for numbers with a fraction.
const FRACTIONS: [&str; 5] = ["decimal", "double", "float", "money", "number"];

/// Words for values that may be listed by their codes.
const CODED: [&str; 6] = ["string", "text", "char", "enum", "array", "null"];

/// Words for numbers, flags and moments, in which nothing can be searched for.
const PLAIN: [&str; 7] = [
    "integer",
    "int",
    "decimal",
    "boolean",
    "bool",
    "datetime",
    "timestamp",
];

/// Whether a word is no name, but says what a value is: `object`, or a list of something.
pub(crate) fn is_form(word: &str) -> bool {
    word.ends_with("[]")
        || PLAIN.contains(&word)
        || CODED.contains(&word)
        || matches!(word, "any" | "object")
}

/// Whether the values of a type, which may be a list, can be codes.
pub(crate) fn has_codes(word: &str) -> bool {
    CODED.contains(&base(element(word)))
}

/// Whether the values of a type, which may be a list, are numbers, flags or moments.
pub(crate) fn is_plain(word: &str) -> bool {
    PLAIN.contains(&base(element(word)))
}

/// Words for one value, and for no value in particular.
const VALUES: [&str; 14] = [
    "any", "bool", "boolean", "char", "date", "datetime", "enum", "file", "int", "integer",
    "mixed", "null", "string", "time",
];

/// Whether a word is the vendor's own for something with fields, such as `section` or `crm_multifield`.
pub(crate) fn is_own(word: &str) -> bool {
    let word = base(word);
    let is_name = !word.is_empty()
        && word
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || char == '_');
    is_name && !VALUES.contains(&word) && !is_plain(word) && !has_codes(word) && word != "object"
}

/// Whether a word says that there are fields, or several of what has them.
pub(crate) fn is_structured(word: &str) -> bool {
    let element = element(word);
    matches!(element, "object" | "array") || is_own(element)
}

fn element(word: &str) -> &str {
    word.strip_suffix("[]").unwrap_or(word)
}

/// What a word identifies, if it is one for identifiers from 1 on: `deal` of `crm_deal`, `sale_order` of `sale_order.id`.
pub(crate) fn identified(word: &str) -> Option<&str> {
    // There is a category with the number 0.
    if IDENTIFIERS.contains(&word) && word != "crm_category" {
        return Some(word.strip_prefix("crm_").unwrap_or(word));
    }
    let what = word.strip_suffix(".id");
    // Of which kind, another parameter says.
    what.filter(|what| !what.ends_with("entity"))
}

/// The type that a word stands for: `crm_company` and `sale_order.id` are integers. Of any other word, itself.
pub(crate) fn base(word: &str) -> &str {
    if IDENTIFIERS.contains(&word) || word.rsplit_once('.').is_some_and(|(_, last)| last == "id") {
        "integer"
    } else if CODES.contains(&word) {
        "string"
    } else if FRACTIONS.contains(&word) {
        "decimal"
    } else {
        word
    }
}

/// The same of a type that may be a list.
pub(crate) fn resolved(word: &str) -> String {
    match word.strip_suffix("[]") {
        Some(element) => format!("{}[]", base(element)),
        None => base(word).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_vendor_stand_for_plain_types() {
        assert_eq!(base("sale_order.id"), "integer");
        assert_eq!(resolved("crm_contact[]"), "integer[]");
        assert_eq!(identified("crm_deal"), Some("deal"));
        assert_eq!(identified("sale_order.id"), Some("sale_order"));
        assert_eq!(identified("crm_category"), None);
        assert_eq!(identified("integer"), None);
        assert_eq!(identified("crm_entity.id"), None);
        assert_eq!(base("crm_status"), "string");
        assert!(is_form("object") && is_form("club_door[]") && is_form("null"));
        assert!(!is_form("club_door") && !is_form("ID"));
        assert_eq!(base("crm_multifield"), "crm_multifield");
        for own in ["crm_multifield", "section"] {
            assert!(is_own(own) && is_structured(&format!("{own}[]")), "{own}");
        }
        for other in [
            "string",
            "crm_deal",
            "crm_status",
            "double",
            "any",
            "file",
            "",
            "a b",
        ] {
            assert!(!is_own(other) && !is_structured(other), "{other}");
        }
        assert!(is_structured("object[]") && is_structured("array") && !is_structured("string[]"));
        for plain in ["crm_deal", "sale_order.id", "user[]", "boolean"] {
            assert!(is_plain(plain) && !has_codes(plain), "{plain}");
        }
        for coded in ["string[]", "crm_status", "array"] {
            assert!(has_codes(coded) && !is_plain(coded), "{coded}");
        }
    }
}
