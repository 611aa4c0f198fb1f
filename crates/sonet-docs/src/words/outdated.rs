//! The words for what is outdated, and for what to use instead.

use super::{normalize, sentences};

/// The sentence that says that something is outdated, if one does.
pub(crate) fn outdated(text: &str) -> Option<&str> {
    sentences(text).find(|sentence| is_outdated(&sentence.to_lowercase()))
}

fn is_outdated(sentence: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
    let stems = [
        "deprecated",
        "outdated",
        "obsolete",
        "legacy",
        "устаре",
        "снят с поддержки",
    ];
    // The same words are about something else where they are about what a call does.
    let subject = has(&[
        "method",
        "event",
        "parameter",
        "field",
        "support ",
        "development",
    ]);
    let ends = has(&[
        "halted",
        "discontinued",
        "suspended",
        "been stopped",
        "been replaced",
        "not supported",
        "not recommend",
        "will be removed",
        "will be disabled",
        "will be switched off",
        " ends on",
    ]);
    let no_longer = has(&["no longer", "not supported any"])
        && has(&[
            "support",
            "develop",
            "maintain",
            "used",
            "recommend",
            "available",
        ]);
    let more = has(&["больше не", "более не"])
        && has(&[
            "поддерж",
            "разви",
            "использ",
            "рекоменд",
            "доступ",
            "работа",
        ]);
    has(&stems) || (subject && ends) || no_longer || more || ends_in_russian(sentence)
}

/// Whether a Russian sentence says right behind its subject that this has an end: `Метод будет отключен`. Further on, such
/// words are about what a call does.
fn ends_in_russian(sentence: &str) -> bool {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let begins = |word: &&str, stems: &[&str]| stems.iter().any(|stem| word.starts_with(stem));
    let is_end = |at: usize| match &words[at..] {
        ["не", word, ..] => begins(word, &["поддерживается", "поддерживаются"]),
        ["будет" | "будут", word, ..] => {
            begins(word, &["отключ", "удал"]) && words[at - 1] != "не"
        }
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
    let ended = |subjects: &[&str], near: usize| {
        let mut at = (0..words.len()).filter(|at| begins(&words[*at], subjects));
        at.any(|at| (at + 1..words.len()).take(near).any(is_end))
    };
    let things = ["метод", "событи", "параметр", "поле", "поля"];
    let advises = sentence.contains("не рекоменд") && sentence.contains("использ");
    ended(&things, 2)
        || ended(&["развити", "поддержк"], words.len())
        || (advises && words.iter().any(|word| begins(word, &things)))
}

/// Whether a sentence that calls something outdated speaks of the method that it stands below.
pub(crate) fn is_of_method(sentence: &str) -> bool {
    let text = normalize(sentence);
    let alone = [
        "deprecated",
        "outdated",
        "obsolete",
        "legacy",
        "устарело",
        "устарел",
        "устаревший",
    ];
    let starts = [
        "the method",
        "this method",
        "method",
        "deprecated method",
        "outdated method",
        "the development of this method",
        "development of this method",
        "the development of the method",
        "development of the method",
        "we do not recommend using this method",
        "it is not recommended to use this method",
        "метод",
        "этот метод",
        "данный метод",
        "устаревший метод",
        "развитие метода",
        "развитие этого метода",
    ];
    let starts_so = |start: &&str| {
        let rest = text.strip_prefix(*start);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    alone.contains(&text.as_str()) || starts.iter().any(starts_so)
}

/// The names of methods that a line says to use instead; `*` stands for several.
pub(crate) fn successors(line: &str) -> Vec<&str> {
    let is_part = |part: &str| {
        let is_name = |char: char| char.is_ascii_alphanumeric() || char == '_';
        part == "*"
            || (part.len() > 1
                && part.starts_with(|char: char| char.is_ascii_alphabetic())
                && part.chars().all(is_name))
    };
    let is_method = |word: &&str| {
        let parts: Vec<&str> = word.split('.').collect();
        parts.len() > 1 && parts.iter().all(|part| is_part(part)) && !word.starts_with('*')
    };
    let says = [
        "use",
        "alternative",
        "replaced",
        "instead",
        "recommend",
        "использ",
        "замен",
        "вместо",
    ];
    let advice = sentences(line).filter(|sentence| {
        let lower = sentence.to_lowercase();
        says.iter().any(|word| lower.contains(word))
    });
    let words = advice.flat_map(str::split_whitespace);
    let words = words.map(|word| {
        word.trim_matches(|char: char| !char.is_alphanumeric() && char != '*' && char != '_')
    });
    words.filter(is_method).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_outdated_is_said_in_many_ways() {
        for text in [
            "DEPRECATED",
            "Development of this method has been halted. Please use another one.",
            "It works. The parameter is no longer supported.",
            "Метод устарел",
            "Развитие метода остановлено.",
            "Поле больше не используется",
            "We do not recommend using this method",
            "The method has been replaced by `A`",
            "Не рекомендуем использовать этот метод",
            "Метод будет отключен в марте",
            "Развитие методов этого раздела остановлено",
            "Метод `club.open` заменен на `club.door.open`",
            "Параметр не поддерживается",
            "Поддержка метода прекращена",
        ] {
            assert!(outdated(text).is_some(), "{text}");
        }
        for text in [
            "The user may no longer be a member",
            "Support answers within a day",
            "Остановить спринт",
            "What comes depends on the fields",
            "The avatar will be removed; the new one will not be used",
            "Стадия не будет удалена",
            "Фильтр не поддерживает поле `CITY`",
            "Метод не поддерживает выборку по городу",
            "Если заполнить поле, прежний адрес будет заменен",
            "Когда параметр задан, рассылка будет отключена",
            "Метод прекращает работу с первой ошибкой",
            "Поле заполнено, если спринт остановлен",
            "Метод не рекомендуется вызывать чаще раза в час",
        ] {
            assert_eq!(outdated(text), None, "{text}");
        }
        assert_eq!(
            outdated("A text. Deprecated, use `B`. More."),
            Some("Deprecated, use `B`")
        );
    }

    #[test]
    fn what_is_outdated_is_the_method_or_something_else() {
        for text in [
            "DEPRECATED",
            "Development of this method has been halted",
            "The method is outdated",
            "Метод устарел",
        ] {
            assert!(outdated(text).is_some() && is_of_method(text), "{text}");
        }
        for text in [
            "Deprecated fields",
            "The methods of clubs are outdated",
            "The parameter is outdated",
        ] {
            assert!(outdated(text).is_some() && !is_of_method(text), "{text}");
        }
        let said = "It is outdated. Please use club.open, or club.door.*: both are like club.old";
        assert_eq!(successors(said), ["club.open", "club.door.*", "club.old"]);
        assert_eq!(
            successors("Use the other one, i.e. that of clubs"),
            ["i.e"; 0]
        );
        assert_eq!(successors("club.open opens"), [""; 0]);
    }
}
