//! Doubts: comments of a draft.

/// What one begins with.
pub(super) const DOUBT: &str = "# Doubt: ";

/// The doubts in an entry.
pub fn doubts(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().map(str::trim_start);
    lines.filter_map(|line| line.strip_prefix(DOUBT))
}
