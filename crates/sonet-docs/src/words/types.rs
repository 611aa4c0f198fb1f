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

/// The type that a word stands for: `crm_company` and `sale_order.id` are integers. Of any other word, itself.
pub(crate) fn base(word: &str) -> &str {
    if IDENTIFIERS.contains(&word) || word.rsplit_once('.').is_some_and(|(_, last)| last == "id") {
        "integer"
    } else if CODES.contains(&word) {
        "string"
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
        assert_eq!(base("crm_status"), "string");
        assert_eq!(base("crm_multifield"), "crm_multifield");
    }
}
