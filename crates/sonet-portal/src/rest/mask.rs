//! Hides secrets in texts and trees.

use percent_encoding::percent_decode_str;

/// What stands in the place of a secret.
pub(crate) const MASK: &str = "***";

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
pub(crate) fn is_secret(name: &str) -> bool {
    SECRETS
        .iter()
        .any(|secret| secret.eq_ignore_ascii_case(name))
}

/// A text with the secrets of webhooks, and with those after names such as `auth=` and
/// `"access_token":"`, hidden.
///
/// It takes time in proportion to the text: whatever is looked at from one place on, or back from it,
/// is not looked at again from the next.
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

/// A path with the secrets hidden. One that shows a secret only when it is percent-decoded comes back decoded.
pub(crate) fn path(path: &str) -> String {
    let masked = text(path);
    let decoded = percent_decode_str(&masked).decode_utf8_lossy();
    let again = text(&decoded);
    if again == decoded { masked } else { again }
}

/// Where the first secret begins, and how long it is.
fn next_secret(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    (0..bytes.len()).find_map(|at| match bytes[at] {
        b'r' | b'R' => webhook(text, at),
        b'<' => shown(text, at),
        b'=' | b':' | b'%' => named(text, at),
        _ => None,
    })
}

/// A webhook's secret, if `rest/1/` stands here.
fn webhook(text: &str, at: usize) -> Option<(usize, usize)> {
    let rest = text.get(at..at + 4)?;
    let user = slashes(&text[at + 4..]).filter(|_| rest.eq_ignore_ascii_case("rest"))?;
    // The interface of REST 3.0 has a folder of its own.
    let user = user.strip_prefix("api").and_then(slashes).unwrap_or(user);
    let end = user.trim_start_matches(|c: char| c.is_ascii_digit());
    if end.len() == user.len() {
        return None;
    }
    let secret = slashes(end)?;
    let length = word(secret);
    (length > 0).then_some((text.len() - secret.len(), length))
}

/// What a page shows as code: that of an authorization.
fn shown(text: &str, at: usize) -> Option<(usize, usize)> {
    let code = text[at..].strip_prefix("<code>")?;
    let length = code.find('<').unwrap_or(code.len());
    let is_masked = length == 0 || &code[..length] == MASK;
    (!is_masked).then_some((text.len() - code.len(), length))
}

/// What stands behind slashes, which JSON and addresses may have escaped. One too many makes no
/// secret less of one.
fn slashes(text: &str) -> Option<&str> {
    const SLASHES: [&str; 4] = ["/", "\\/", "%2F", "%2f"];
    let mut rest = text;
    while let Some(more) = SLASHES.iter().find_map(|slash| rest.strip_prefix(slash)) {
        rest = more;
    }
    (rest.len() < text.len()).then_some(rest)
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

/// How long the word at the beginning of a text is. What ends it may be percent-encoded, and so may a letter of it.
fn word(text: &str) -> usize {
    let ends = |c: char| matches!(c, '/' | '&' | '"' | '?' | '\\' | '#') || c.is_whitespace();
    let escaped = |at: usize| {
        let code = text.get(at + 1..at + 3)?;
        u8::from_str_radix(code, 16).ok().map(char::from)
    };
    let mut letters = text.char_indices();
    let end = letters.find(|(at, c)| match c {
        '%' => escaped(*at).is_some_and(ends),
        c => ends(*c),
    });
    end.map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hides_secrets_and_nothing_else() {
        for (plain, masked) in [
            ("/rest/1/abc/sonet_group.get", "/rest/1/***/sonet_group.get"),
            ("/rest/12/abc", "/rest/12/***"),
            ("/REST/12/abc/x", "/REST/12/***/x"),
            ("/b24/Rest/api/1/abc", "/b24/Rest/api/1/***"),
            (
                "<p>Code: <code>abc</code></p>",
                "<p>Code: <code>***</code></p>",
            ),
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
            ("/rest//1/\\/abc", "/rest//1/\\/***"),
            ("h=x%2Frest%2f12%2Fabc%2F&y", "h=x%2Frest%2f12%2F***%2F&y"),
            ("/rest/1/a%62c/x", "/rest/1/***/x"),
            ("/rest/1/%61bc", "/rest/1/***"),
            ("/rest/1/ab%c%", "/rest/1/***"),
            ("auth=a%62c%26d%3De", "auth=***%26d%3De"),
            ("rest/rest/1/rest/2/abc", "rest/rest/1/***/2/abc"),
            ("rest/1/", "rest/1/"),
            ("rest/x/abc", "rest/x/abc"),
            ("Я/rest/1/é\"", "Я/rest/1/***\""),
        ] {
            assert_eq!(text(plain), masked);
            assert_eq!(text(&text(plain)), text(plain), "twice is the same");
        }
    }

    #[test]
    fn a_path_hides_its_secrets_however_it_is_encoded() {
        for (plain, masked) in [
            ("/rest/1/abc/x", "/rest/1/***/x"),
            ("/%72est/1/abc/x%20y", "/rest/1/***/x y"),
            ("/rest%2f%31%2Fab%63%2Fx", "/rest/1/***/x"),
            ("/%72est/1/a+b/x", "/rest/1/***/x"),
            ("/rest/a%20b", "/rest/a%20b"),
        ] {
            assert_eq!(path(plain), masked);
        }
    }

    /// With a look back from every slash, or forward from every name, this would take hours.
    #[test]
    fn a_long_text_takes_no_longer_than_its_parts() {
        const MANY: usize = 200_000;
        for piece in [
            "/", "\\", "1", "rest", "rest/", "rest/1", "rest/1/", "%2F", "=", "auth", "auth=", ":",
            "\"", "\":", "\" ", " :", "%3D", "%", "_", "auth%",
        ] {
            let long = piece.repeat(MANY);
            assert!(text(&long).len() <= 2 * long.len());
            let after = format!("rest/1{long}");
            assert!(text(&after).len() <= 2 * after.len());
        }
    }
}
