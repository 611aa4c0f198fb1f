//! The words of sentences that say a default.

use super::sentence::sentence;

/// The default that a sentence says: after the words for it, before them, or as what holds without a value.
pub(crate) fn default_in(text: &str) -> Option<&str> {
    default_after(text)
        .or_else(|| default_before(text))
        .or_else(|| default_without(text))
}

/// `40` by default: a code right before the words.
fn default_before(text: &str) -> Option<&str> {
    let words = [" by default", " по умолчанию"];
    let at = words.iter().find_map(|word| text.find(word))?;
    let before = &text[..at];
    let before = [" is used", " используется"]
        .iter()
        .find_map(|used| before.strip_suffix(used))
        .unwrap_or(before);
    let start = before.strip_suffix('`')?.rfind('`')?;
    Some(&before[start..])
}

/// If omitted, `40` is used.
fn default_without(text: &str) -> Option<&str> {
    let absent = [
        "omitted",
        "not specified",
        "not passed",
        "not provided",
        "not set",
        "not given",
        "не указан",
        "не передан",
        "не задан",
        "не заполнен",
        "ithout it",
        "ез него",
        "ез нее",
        "ез неё",
    ];
    let used = [
        "is used",
        "be used",
        " uses ",
        "is assumed",
        "be assumed",
        "is taken",
        "is applied",
        "использ",
        "применя",
        "берется",
        "берётся",
        "подставля",
        "считается",
    ];
    let (at, _) = absent
        .iter()
        .find_map(|words| text.find(words).map(|at| (at, words)))?;
    let rest = sentence(&text[at..]);
    // A code before the comma is what is left out.
    let rest = rest.split_once(',').map_or(rest, |(_, rest)| rest);
    if !used.iter().any(|word| rest.contains(word)) {
        return None;
    }
    let start = rest.find('`')?;
    Some(rest[start..].trim())
}

/// What stands after the words for a default, in the same sentence.
fn default_after(text: &str) -> Option<&str> {
    let starts = ["efault", "о умолчанию"];
    let (at, word) = starts
        .iter()
        .find_map(|word| text.find(word).map(|at| (at, word)))?;
    let after = text[at + word.len()..].trim_start_matches('s').trim_start();
    // At the beginning of a sentence: "By default, `Y`".
    let before = text[..at].trim_start_matches(['*', ' ']);
    let begins = ["By d", "П"].iter().any(|start| {
        let before = before.strip_suffix(start);
        before.is_some_and(|before| before.is_empty() || before.ends_with([' ', '\n']))
    });
    let after = match after.strip_prefix(',') {
        Some(rest) if begins => {
            return Some(sentence(rest.trim_start())).filter(|text| !text.is_empty());
        }
        _ => after,
    };
    let links = [
        "value",
        "is",
        "to",
        "—",
        "–",
        "-",
        ":",
        "имеет",
        "значение",
        "равно",
        "используется",
        "it",
    ];
    let mut rest = after;
    while let Some(link) = links.iter().find(|link| {
        rest.strip_prefix(**link)
            .is_some_and(|after| after.is_empty() || after.starts_with([' ', '\n', '`', ':']))
    }) {
        rest = rest[link.len()..].trim_start();
    }
    // `Default value of the door` says what another thing is.
    let is_of = ["of ", "for ", "для "]
        .iter()
        .any(|start| rest.starts_with(start));
    if is_of {
        return None;
    }
    // A default sorting is no default of this value.
    let is_value = rest.starts_with(|char: char| char == '`' || char.is_ascii_digit());
    let linked = rest.len() < after.len() || is_value;
    let stop = rest.starts_with([')', ',', '.']) || rest.is_empty();
    (linked && !stop).then(|| sentence(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_found_in_both_languages() {
        assert_eq!(default_in("Default — `Y`. For others"), Some("`Y`"));
        assert_eq!(default_in("По умолчанию — без отбора"), Some("без отбора"));
        assert_eq!(
            default_in("Optional. Defaults to True. (Since 1)"),
            Some("True")
        );
        assert_eq!(
            default_in("Which (default — all (of them)), or"),
            Some("all (of them)")
        );
        assert_eq!(default_in("exact match (used by default)"), None);
        assert_eq!(default_in("The default value is `0`"), Some("`0`"));
        assert_eq!(default_in("A text. By default, 40. More"), Some("40"));
        assert_eq!(default_in("Sorted by name by default, then by city"), None);
        assert_eq!(default_in("Default value of the door"), None);
        assert_eq!(default_in("Значение по умолчанию для двери"), None);
        assert_eq!(default_in("Значение по умолчанию: `0`"), Some("`0`"));
        assert_eq!(default_in("Сколько строк. По умолчанию 40"), Some("40"));
        assert_eq!(default_in("По умолчанию берется все"), None);
        assert_eq!(default_in("At most, `40` by default"), Some("`40`"));
        assert_eq!(
            default_in("If omitted, the value `40` is used. More"),
            Some("`40` is used")
        );
        assert_eq!(
            default_in("Если не указан, используется `40`"),
            Some("`40`")
        );
        assert_eq!(default_in("If not passed, only `ID` is selected"), None);
    }
}
