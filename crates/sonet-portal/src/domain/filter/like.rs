//! Search by pattern.

/// Whether a text matches a pattern in which `%` stands for any text and `_` for any one symbol.
///
/// The first place that fits is the right one for each piece between two `%`, so that the text is gone
/// through once; only a piece with `_` in it may be held against the same symbols again.
pub(crate) fn like(text: &str, pattern: &str) -> bool {
    let mut pieces = pattern.split('%');
    let Some(rest) = strip(text, pieces.next().unwrap_or_default()) else {
        return false;
    };
    let Some(last) = pieces.next_back() else {
        return rest.is_empty();
    };
    let rest = pieces.try_fold(rest, after);
    rest.and_then(|rest| tail(rest, last))
        .is_some_and(|tail| strip(tail, last) == Some(""))
}

/// What comes behind a piece that a text begins with.
fn strip<'a>(text: &'a str, piece: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for wanted in piece.chars() {
        let symbol = rest.next()?;
        if wanted != '_' && wanted != symbol {
            return None;
        }
    }
    Some(rest.as_str())
}

/// What comes behind the first place in a text where a piece fits.
fn after<'a>(text: &'a str, piece: &str) -> Option<&'a str> {
    if !piece.contains('_') {
        return text.split_once(piece).map(|(_, rest)| rest);
    }
    let mut places = text.char_indices();
    places.find_map(|(at, _)| strip(&text[at..], piece))
}

/// The end of a text that is as long as a piece.
fn tail<'a>(text: &'a str, piece: &str) -> Option<&'a str> {
    match piece.chars().count() {
        0 => Some(""),
        length => {
            let (at, _) = text.char_indices().rev().nth(length - 1)?;
            Some(&text[at..])
        }
    }
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

    /// The rule itself, symbol by symbol.
    fn plainly(text: &[u8], pattern: &[u8]) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some((b'%', rest)) => (0..=text.len()).any(|at| plainly(&text[at..], rest)),
            Some((symbol, rest)) => text.split_first().is_some_and(|(first, text)| {
                (*symbol == b'_' || symbol == first) && plainly(text, rest)
            }),
        }
    }

    /// All words of some letters, up to a length.
    fn words(letters: &str, length: usize) -> Vec<String> {
        let mut words = vec![String::new()];
        for from in 0.. {
            let Some(word) = words.get(from).filter(|word| word.len() < length).cloned() else {
                return words;
            };
            words.extend(letters.chars().map(|letter| format!("{word}{letter}")));
        }
        words
    }

    #[test]
    fn every_short_pattern_is_read_as_the_rule_has_it() {
        let patterns = words("ab%_", 4);
        for text in words("ab", 5) {
            for pattern in &patterns {
                let due = plainly(text.as_bytes(), pattern.as_bytes());
                assert_eq!(like(&text, pattern), due, "{text} {pattern}");
            }
        }
    }

    /// Held against each place of the text, this would take days.
    #[test]
    fn a_long_pattern_is_looked_for_once() {
        let text = "a".repeat(2_000_000);
        let pattern = format!("%{}b%", "a".repeat(1_000_000));
        assert!(!like(&text, &pattern) && like(&format!("{text}b"), &pattern));
    }
}
