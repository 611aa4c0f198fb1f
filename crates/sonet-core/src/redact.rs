//! Texts that come from elsewhere, made safe to show.

use crate::Secret;

/// What stands in a secret's place.
const MASK: &str = "***";

/// Replaces every secret in `text`.
///
/// Errors of HTTP clients name addresses, and a webhook's address is a password; a proxy's error page may quote the
/// request. Very short secrets are left alone: replacing every `a` would hide nothing and destroy the text.
pub(crate) fn redact<'a>(text: &str, secrets: impl IntoIterator<Item = &'a Secret>) -> String {
    let mut text = text.to_owned();
    for secret in secrets {
        if secret.expose().len() >= 4 && text.contains(secret.expose()) {
            text = text.replace(secret.expose(), MASK);
        }
    }
    text
}

/// The beginning of a text, at most `limit` bytes, cut between characters.
pub(crate) fn shorten(text: &str, limit: usize) -> String {
    if text.len() <= limit {
        return text.to_owned();
    }
    let end = (0..=limit)
        .rev()
        .find(|&end| text.is_char_boundary(end))
        .unwrap_or(0);
    format!("{}…", &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked_everywhere() {
        let secret = Secret::new("s3cr3t");
        assert_eq!(
            redact("/rest/1/s3cr3t/x s3cr3t", [&secret]),
            "/rest/1/***/x ***"
        );
    }

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(shorten("жук", 3), "ж…");
        assert_eq!(shorten("жук", 6), "жук");
    }
}
