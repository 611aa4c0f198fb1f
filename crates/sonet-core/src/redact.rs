//! Texts that come from elsewhere, made safe to show.

use crate::Secret;

/// Makes texts that come from elsewhere safe to show in an error: free of these secrets, and of a bounded length.
pub(crate) struct Redactor<'a>(pub(crate) &'a [&'a Secret]);

impl Redactor<'_> {
    /// How much of a text an error shows, in bytes.
    const LIMIT: usize = 240;

    /// The beginning of a text.
    pub(crate) fn excerpt(&self, text: &str) -> String {
        excerpt(text, self.0, Self::LIMIT)
    }

    /// A text of any length, whole.
    pub(crate) fn mask(&self, text: &str) -> String {
        redact(text, self.0.iter().copied())
    }

    /// What a decoder says is wrong, without the texts that it quotes: they are of people, and an error is logged.
    pub(crate) fn problem(&self, problem: &str) -> String {
        self.excerpt(&without_texts(problem))
    }
}

/// Shorter secrets are left alone.
const SHORTEST: usize = 4;

/// What stands in a secret's place.
const MASK: &str = "***";

/// Replaces every secret in `text`, in each form that a server may quote it in.
///
/// Errors of HTTP clients name addresses, and a webhook's address is a password; a proxy's error page may quote the
/// request. Very short secrets are left alone: replacing every `a` would hide nothing and destroy the text.
pub(crate) fn redact<'a>(text: &str, secrets: impl IntoIterator<Item = &'a Secret>) -> String {
    let mut text = text.to_owned();
    for secret in secrets {
        if secret.expose().len() < SHORTEST {
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
    if is_plain(secret) {
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

/// Whether a secret is written the same everywhere.
fn is_plain(secret: &str) -> bool {
    secret.bytes().all(|byte| byte.is_ascii_alphanumeric())
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

/// The beginning of a text, free of secrets and at most `limit` bytes.
///
/// Masking comes before the cut, which could otherwise leave a part of a secret; and only as much of the text is looked
/// at as can show, since it may be a body of any size.
pub(crate) fn excerpt(text: &str, secrets: &[&Secret], limit: usize) -> String {
    let longest = secrets
        .iter()
        .flat_map(|secret| forms(secret.expose()))
        .map(|form| form.len())
        .max();
    let margin = longest.unwrap_or_default();
    let text = text.trim();
    let window = floor(text, limit.saturating_add(margin));
    let masked = redact(window, secrets.iter().copied());
    // The window may end within a secret. Masks are shorter than what they mask, so that end may have come into view.
    let visible = if window.len() < text.len() {
        masked.len().saturating_sub(margin)
    } else {
        masked.len()
    };
    let shown = floor(&masked, visible.min(limit));
    if window.len() < text.len() || shown.len() < masked.len() {
        format!("{shown}…")
    } else {
        masked
    }
}

/// The beginning of a text, at most `limit` bytes, cut between characters.
fn floor(text: &str, limit: usize) -> &str {
    if text.len() <= limit {
        return text;
    }
    let end = (0..=limit)
        .rev()
        .find(|&end| text.is_char_boundary(end))
        .unwrap_or(0);
    &text[..end]
}

/// Takes out what stands in quotes: serde quotes the texts that do not fit, and any of them may be a token, or a name.
pub(crate) fn without_texts(problem: &str) -> String {
    let problem = without_variant(problem);
    let mut shown = String::with_capacity(problem.len());
    let mut characters = problem.chars();
    while let Some(character) = characters.next() {
        shown.push(character);
        if character != '"' {
            continue;
        }
        shown.push('…');
        while let Some(character) = characters.next() {
            match character {
                '\\' => drop(characters.next()),
                '"' => {
                    shown.push('"');
                    break;
                }
                _ => {}
            }
        }
    }
    shown
}

/// The same of a text that is none of an enum's, which serde quotes as it quotes the names in the program.
fn without_variant(problem: &str) -> String {
    const BEGIN: &str = "unknown variant `";
    let Some(begin) = problem.find(BEGIN).map(|at| at + BEGIN.len()) else {
        return problem.to_owned();
    };
    let (before, text) = problem.split_at(begin);
    let ends = ["`, expected ", "`, there are no variants"];
    let end = ends.iter().filter_map(|end| text.rfind(end)).max();
    let rest = end.map_or("`", |end| &text[end..]);
    format!("{before}…{rest}")
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
        assert_eq!(excerpt("жук", &[], 3), "ж…");
        assert_eq!(excerpt(" жук\n", &[], 6), "жук");
    }

    #[test]
    fn quoted_texts_are_not_shown() {
        for (problem, shown) in [
            ("missing field `ID`", "missing field `ID`"),
            (
                r#"invalid value: string "canary", expected an integer"#,
                r#"invalid value: string "…", expected an integer"#,
            ),
            (r#"string "a\"canary", string "canary\\", end"#, {
                r#"string "…", string "…", end"#
            }),
            (r#"cut "canary"#, r#"cut "…"#),
            (r#"cut "canary\"#, r#"cut "…"#),
            (
                "unknown variant `canary`, expected one of `A`, `B`",
                "unknown variant `…`, expected one of `A`, `B`",
            ),
            (
                "at: unknown variant `a`, expected \"canary`, expected `A`",
                "at: unknown variant `…`, expected `A`",
            ),
            ("unknown variant `canary", "unknown variant `…`"),
        ] {
            assert_eq!(without_texts(problem), shown);
        }
    }

    #[test]
    fn no_cut_leaves_a_part_of_a_secret() {
        let secret = Secret::new("abcdefghijkl");
        for before in 0..60 {
            let text = format!("{}{}", "abcdefghijkl.".repeat(3), "x".repeat(before))
                + "abcdefghijkl tail tail tail";
            for limit in 0..80 {
                let shown = excerpt(&text, &[&secret], limit);
                assert!(!shown.contains("abc"), "{before} {limit}: {shown}");
                assert!(shown.len() <= limit + "…".len(), "{shown}");
            }
        }
    }
}
