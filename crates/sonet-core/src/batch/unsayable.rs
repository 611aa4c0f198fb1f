//! Keys that JSON can have and a query can't: a server would read another one, or nothing.

/// How many keys in brackets PHP reads (`max_input_nesting_level`). It drops what is nested deeper without a word.
const DEPTH: usize = 63;

/// A key that would not arrive as it is, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unsayable {
    /// The name that it makes.
    pub(crate) name: String,
    pub(crate) why: &'static str,
}

impl Unsayable {
    /// A key that a server would read as another one. It leads to `name`, below so many others.
    pub(super) fn key(name: &str, key: &str, depth: usize) -> Option<Self> {
        let why = if key.contains(['[', ']']) {
            "has a bracket in a key, by which a server tells keys apart"
        } else if key.is_empty() || (depth > 0 && is_blank(key)) {
            "has an empty key, for which a server puts a number"
        } else if key.contains('\0') {
            "has a zero byte in a key, where a server ends it"
        } else if depth == 0 && key.contains([' ', '.']) {
            "has a blank or a dot in its name, which a server replaces by `_`"
        } else {
            return None;
        };
        Some(Self::new(name, why))
    }

    /// What stands below so many keys, be they numbers of a list or not.
    pub(super) fn depth(name: &str, depth: usize) -> Option<Self> {
        (depth > DEPTH).then(|| Self::new(name, "is nested deeper than a server reads"))
    }

    fn new(name: &str, why: &'static str) -> Self {
        let name = name.to_owned();
        Self { name, why }
    }
}

/// One blank, which PHP passes over at the beginning of a key.
fn is_blank(key: &str) -> bool {
    matches!(key, " " | "\t" | "\n" | "\u{b}" | "\u{c}" | "\r")
}
