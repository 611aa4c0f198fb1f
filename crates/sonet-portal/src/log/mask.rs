//! Hides secrets in texts and trees.

/// What stands in the place of a secret.
pub(super) const MASK: &str = "***";

/// The names whose values are secrets.
const SECRETS: [&str; 8] = [
    "authorization",
    "auth",
    "access_token",
    "refresh_token",
    "application_token",
    "client_secret",
    "password",
    "code",
];

/// Whether a name's value is a secret.
pub(super) fn is_secret(name: &str) -> bool {
    SECRETS
        .iter()
        .any(|secret| secret.eq_ignore_ascii_case(name))
}

/// A text with the secrets of webhooks, and with those after names such as `auth=` and
/// `"access_token":"`, hidden.
pub(crate) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, length)) = next_secret(rest) {
        out.push_str(&rest[..at]);
        out.push_str(MASK);
        rest = &rest[at + length..];
    }
    out + rest
}

/// Where the first secret begins, and how long it is.
fn next_secret(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    (0..bytes.len())
        .filter(|at| matches!(bytes[*at], b'/' | b'=' | b':' | b'%' | b'\\'))
        .find_map(|at| webhook(text, at).or_else(|| named(text, at)))
}

/// A webhook's secret, if `rest/1/` ends after this slash, which JSON may have escaped.
fn webhook(text: &str, at: usize) -> Option<(usize, usize)> {
    let (head, tail) = (&text[..at], text[at..].strip_prefix('/')?);
    // A slash too many makes no secret less of one.
    let head = head.trim_end_matches(['/', '\\']);
    let user = head.trim_end_matches(|c: char| c.is_ascii_digit());
    let path = user.strip_suffix('/')?;
    let path = path.strip_suffix('\\').unwrap_or(path);
    let is_rest = ["rest", "rest/api", r"rest\/api"]
        .iter()
        .any(|own| path.ends_with(own));
    if user.len() == head.len() || !is_rest {
        return None;
    }
    let length = word(tail);
    (length > 0).then_some((at + 1, length))
}

/// A value after a name and `=`, `%3D` or `":"`.
fn named(text: &str, at: usize) -> Option<(usize, usize)> {
    let (head, tail) = (&text[..at], &text[at..]);
    let name = |head: &str| {
        let end = head.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
        let name = &head[end.len()..];
        // What stands before it may be escaped, too: `%26auth%3D`.
        let escaped = end.ends_with('%').then(|| name.get(2..)).flatten();
        is_secret(name) || escaped.is_some_and(is_secret)
    };
    let begin = if let Some(value) = tail.strip_prefix('=') {
        name(head).then_some(value)
    } else if let Some(value) = tail.strip_prefix("%3D").or(tail.strip_prefix("%3d")) {
        name(head).then_some(value)
    } else if let Some(value) = tail.strip_prefix(':') {
        let head = head.trim_end().strip_suffix('"')?;
        let value = value.trim_start();
        // Within another JSON text the quotes are escaped.
        let value = value.strip_prefix('\\').unwrap_or(value);
        let value = value.strip_prefix('"')?;
        name(head.strip_suffix('\\').unwrap_or(head)).then_some(value)
    } else {
        None
    }?;
    let length = word(begin);
    // A mask needs no other.
    (length > 0 && &begin[..length] != MASK).then_some((text.len() - begin.len(), length))
}

/// How long the word at the beginning of a text is.
fn word(text: &str) -> usize {
    text.find(|c: char| matches!(c, '/' | '&' | '"' | '?' | '%' | '\\' | '#') || c.is_whitespace())
        .unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hides_secrets_and_nothing_else() {
        for (plain, masked) in [
            ("/rest/1/abc/sonet_group.get", "/rest/1/***/sonet_group.get"),
            ("/rest/12/abc", "/rest/12/***"),
            ("/rest/12//abc/", "/rest/12//***/"),
            ("/rest/sonet_group.get", "/rest/sonet_group.get"),
            ("/rest/api/1/abc/batch", "/rest/api/1/***/batch"),
            (r"x\/rest\/api\/1\/abc\/y", r"x\/rest\/api\/1\/***\/y"),
            ("/rest/api/batch", "/rest/api/batch"),
            (
                r"http:\/\/x\/rest\/1\/abc\/y",
                r"http:\/\/x\/rest\/1\/***\/y",
            ),
            ("a?auth=abc&b=c auth=d", "a?auth=***&b=c auth=***"),
            ("a%3Fauth%3Dabc%26b", "a%3Fauth%3D***%26b"),
            (r#"{"auth" : "abc","b":"c"}"#, r#"{"auth" : "***","b":"c"}"#),
            (r#""{\"auth\":\"abc\"}""#, r#""{\"auth\":\"***\"}""#),
            ("author=abc&auth=", "author=abc&auth="),
            ("1/2/3 = 4: 5%", "1/2/3 = 4: 5%"),
            ("Я/rest/1/é\"", "Я/rest/1/***\""),
        ] {
            assert_eq!(text(plain), masked);
            assert_eq!(text(&text(plain)), text(plain), "twice is the same");
        }
    }
}
