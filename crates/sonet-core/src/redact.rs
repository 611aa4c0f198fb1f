//! Texts that come from elsewhere, made safe to show.

use crate::Secret;

/// What stands in a secret's place.
const MASK: &str = "***";

/// Replaces every secret in `text`, in each form that a server may quote it in.
///
/// Errors of HTTP clients name addresses, and a webhook's address is a password; a proxy's error page may quote the
/// request. Very short secrets are left alone: replacing every `a` would hide nothing and destroy the text.
pub(crate) fn redact<'a>(text: &str, secrets: impl IntoIterator<Item = &'a Secret>) -> String {
    let mut text = text.to_owned();
    for secret in secrets {
        if secret.expose().len() < 4 {
            continue;
        }
        for form in forms(secret.expose()) {
            if text.contains(&form) {
                text = text.replace(&form, MASK);
            }
        }
    }
    text
}

/// A secret as it is, as JSON escapes it (PHP escapes slashes too), twice over for JSON in JSON, and as an address does.
/// Most have letters and digits only, and one form.
fn forms(secret: &str) -> Vec<String> {
    let mut forms = vec![secret.to_owned()];
    if secret.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return forms;
    }
    for level in 0..2 {
        let escaped = json(&forms[level]);
        forms.push(escaped.replace('/', "\\/"));
        forms.insert(level + 1, escaped);
    }
    forms.push(secret.bytes().map(percent).collect());
    forms
}

/// The text between the quotes of a JSON text.
fn json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted
        .trim_start_matches('"')
        .strip_suffix('"')
        .unwrap_or(&quoted)
        .to_owned()
}

fn percent(byte: u8) -> String {
    match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    }
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
    fn secrets_are_masked_as_they_are_quoted() {
        let secret = Secret::new("to/k\"en");
        for text in [
            r#"to/k"en"#,
            r#"to/k\"en"#,
            r#"to\/k\"en"#,
            r#"to/k\\\"en"#,
            "to%2Fk%22en",
        ] {
            assert_eq!(redact(&format!("<{text}>"), [&secret]), "<***>", "{text}");
        }
    }

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(shorten("жук", 3), "ж…");
        assert_eq!(shorten("жук", 6), "жук");
    }
}
