//! Search by pattern.

/// Whether a text matches a pattern in which `%` stands for any text and `_` for any one symbol.
pub(crate) fn like(text: &str, pattern: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let pattern: Vec<char> = pattern.chars().collect();
    let (mut at, mut p) = (0, 0);
    // Where to go on if the text after the last `%` turns out not to match.
    let mut retry: Option<(usize, usize)> = None;
    while at < text.len() {
        match pattern.get(p) {
            Some('%') => {
                retry = Some((at, p));
                p += 1;
            }
            Some(symbol) if *symbol == '_' || *symbol == text[at] => {
                at += 1;
                p += 1;
            }
            _ => {
                let Some((from, percent)) = retry else {
                    return false;
                };
                retry = Some((from + 1, percent));
                at = from + 1;
                p = percent + 1;
            }
        }
    }
    pattern[p..].iter().all(|symbol| *symbol == '%')
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn matches_patterns() {
        for (text, pattern) in [
            ("", ""),
            ("", "%"),
            ("rust", "rust"),
            ("rust", "r%"),
            ("rust", "%st"),
            ("rust", "%u%"),
            ("rust", "r__t"),
            ("rust rust", "%rust"),
            ("aab", "%ab"),
            ("яблоко", "я%о"),
        ] {
            assert!(like(text, pattern), "{text} {pattern}");
        }
        for (text, pattern) in [
            ("rust", ""),
            ("rust", "rus"),
            ("rust", "ust"),
            ("rust", "r_t"),
            ("", "_"),
        ] {
            assert!(!like(text, pattern), "{text} {pattern}");
        }
    }

    #[test]
    fn many_wildcards_do_not_blow_up() {
        assert!(!like(&"a".repeat(2_000), &format!("{}b", "%a".repeat(500))));
    }
}
