//! The words that advise against a method, or a part of one.

/// Whether a sentence, in lower case, advises against the use of a thing altogether: not against how often it is used, nor
/// against what is used in it.
pub(super) fn advises_against(sentence: &str) -> bool {
    let bare = |word| str::trim_matches(word, |char: char| !char.is_alphanumeric());
    let words: Vec<&str> = sentence.split_whitespace().map(bare).collect();
    let is_advice = |pair: &[&str]| match pair {
        ["not", word] => word.starts_with("recommend"),
        ["не", word] => word.starts_with("рекоменд"),
        _ => false,
    };
    let Some(at) = words.windows(2).position(is_advice) else {
        return false;
    };
    let (before, rest) = (&words[..at], &words[at + 2..]);
    if rest.iter().any(|word| is_rate(word)) {
        return false;
    }
    match rest {
        ["for", "use"] | ["for", "new", "development"] => true,
        ["to", "use"] | ["использовать"] | ["к", "использованию"] => {
            before.iter().take(2).any(|word| is_thing(word))
        }
        ["using" | "использовать" | "использование", used @ ..]
        | ["to", "use", used @ ..]
        | ["the", "use", "of", used @ ..] => is_about_thing(used),
        _ => false,
    }
}

/// Whether words begin with a thing, or with its name and what it is: `the methods A and B`, `the A method`.
fn is_about_thing(words: &[&str]) -> bool {
    match words {
        [
            "the" | "this" | "these" | "этот" | "этого" | "это" | "эти" | "данный" | "данное",
            rest @ ..,
        ] => is_about_thing(rest),
        [first, second, ..] if first.contains(['.', '_']) => is_thing(second),
        [first, ..] => is_thing(first),
        [] => false,
    }
}

fn is_thing(word: &str) -> bool {
    let stems = [
        "method",
        "event",
        "parameter",
        "field",
        "метод",
        "событи",
        "параметр",
        "поле",
        "поля",
    ];
    stems.iter().any(|stem| word.starts_with(stem))
}

fn is_rate(word: &str) -> bool {
    matches!(word, "often" | "frequently" | "more" | "чаще" | "часто")
}
