//! The words for what has an end. They say it of what stands right before them: further on, the same words are about what a
//! call does, or about a part of what it takes.

/// Whether a sentence, in lower case, says that a method or a part of one is no longer kept up.
pub(super) fn has_ended(sentence: &str) -> bool {
    let bare = |word| str::trim_matches(word, ['*', '`', '(', ')', '"', '.', ':', ';', '!']);
    let words: Vec<&str> = sentence.split_whitespace().map(bare).collect();
    in_russian(&words) || in_english(&words)
}

fn in_english(words: &[&str]) -> bool {
    let is_thing = |word: &str| begins(word, &["method", "event", "parameter", "field"]);
    // The sentence is about its subject, not about what else it names.
    let subject = words.iter().take(3).position(|word| is_thing(word));
    let of_things = subject.is_some_and(|at| {
        let is_whole = match &words[..at] {
            [] => true,
            [first, ..] => matches!(*first, "the" | "this" | "these" | "all"),
        };
        is_whole && right_behind(words, at, is_end_of_thing)
    });
    let is_upkeep = |word: &str| matches!(word, "development" | "support");
    let upkeep = words.iter().position(|word| is_upkeep(word));
    let of_upkeep = upkeep.is_some_and(|at| {
        let is_before = at > 0 && is_stopped(words[at - 1]);
        is_before || behind(words, at, is_end_of_upkeep)
    });
    of_things || of_upkeep
}

fn is_end_of_thing(words: &[&str]) -> bool {
    match words {
        ["is" | "are", "not", "supported", ..] | ["not", "supported", ..] => true,
        ["has" | "have", "been", word, ..] => is_stopped(word) || *word == "replaced",
        ["will", "be", word, ..] => {
            is_stopped(word) || begins(word, &["removed", "disabled", "switched"])
        }
        ["is" | "are", word, ..] => is_stopped(word),
        _ => false,
    }
}

fn is_end_of_upkeep(words: &[&str]) -> bool {
    match words {
        ["is" | "are" | "was" | "were", word, ..]
        | ["has" | "have", "been", word, ..]
        | ["will", "be", word, ..] => is_stopped(word),
        ["ends", "on", ..] => true,
        _ => false,
    }
}

fn is_stopped(word: &str) -> bool {
    begins(word, &["halted", "discontinued", "suspended", "stopped"])
}

fn in_russian(words: &[&str]) -> bool {
    let is_end = |words: &[&str]| match words {
        ["не", word, ..] => begins(word, &["поддерживается", "поддерживаются"]),
        ["будет" | "будут", word, ..] => begins(word, &["отключ", "удал"]),
        [word, ..] => begins(
            word,
            &[
                "остановлен",
                "прекращен",
                "прекращён",
                "прекращается",
                "заменен",
                "заменён",
            ],
        ),
        [] => false,
    };
    let things = ["метод", "событи", "параметр", "поле", "поля"];
    let upkeep = ["развити", "поддержк"];
    (0..words.len()).any(|at| {
        (begins(words[at], &things) && right_behind(words, at, is_end))
            || (begins(words[at], &upkeep) && behind(words, at, is_end))
    })
}

/// Whether an end stands right behind a thing, or behind the one word of its name, in the same clause.
fn right_behind(words: &[&str], at: usize, is_end: impl Fn(&[&str]) -> bool) -> bool {
    let closes = |at: &usize| words[*at].ends_with(',');
    let mut before = (at..words.len()).take(2).take_while(|at| !closes(at));
    before.any(|at| words[at] != "не" && is_end(&words[at + 1..]))
}

/// Whether an end stands anywhere behind a subject that can have no other predicate.
fn behind(words: &[&str], at: usize, is_end: impl Fn(&[&str]) -> bool) -> bool {
    (at..words.len()).any(|at| words[at] != "не" && is_end(&words[at + 1..]))
}

fn begins(word: &str, stems: &[&str]) -> bool {
    stems.iter().any(|stem| word.starts_with(stem))
}

#[cfg(test)]
mod tests {
    use super::has_ended;

    #[test]
    fn an_end_is_that_of_the_subject_before_it() {
        for text in [
            "the development of this method has been halted since version 7.",
            "development of the `club.*` methods of doors has been discontinued",
            "**method with discontinued development**",
            "development of club.open, club.close is halted",
            "support for this method ends on monday",
            "the `club.open` method will be removed",
            "this parameter is not supported",
            "the field `hall` has been replaced by `door`.",
            "события будут отключены",
        ] {
            assert!(has_ended(text), "{text}");
        }
        for text in [
            "a photo in the filter for fields of guests is not supported.",
            "the value `x` is not supported by all field types",
            "custom fields are not supported",
            "guests that are not passed to the method will be removed from the club",
            "if one clears the field, it will be removed",
            "the method returns a list; the use of photos is not supported",
            "if the door is closed, the field will be removed",
            "если очистить поле, оно будет удалено",
        ] {
            assert!(!has_ended(text), "{text}");
        }
    }
}
