//! What a parameter is for, by its name.

/// The role of a parameter in the vendor's methods, whose fields are the method's: `filter`, `order` or `select`.
pub(crate) fn role(name: &str) -> Option<&'static str> {
    match name.to_ascii_lowercase().as_str() {
        "filter" => Some("filter"),
        "order" | "sort" => Some("order"),
        "select" => Some("select"),
        _ => None,
    }
}
