//! The words for what is outdated, and for what to use instead.

use super::advice::advises_against;
use super::ended::has_ended;
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
        "legacy method",
        "legacy event",
        "legacy parameter",
        "legacy field",
        "is legacy",
        "устаре",
        "снят с поддержки",
    ];
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
    // `A legacy invoice` is another thing.
    let legacy = sentence
        .trim_start_matches(['(', '*', ' '])
        .starts_with("legacy");
    has(&stems) || legacy || no_longer || more || has_ended(sentence) || advises_against(sentence)
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
            "Не рекомендуется использовать поля `A` и `B`",
            "Метод не рекомендуется использовать.",
            "Поле не рекомендуется к использованию",
            "It is not recommended to use the fields `A` and `B`",
            "A field of doors, not recommended for use.",
            "They are not recommended for new development.",
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
            "Не рекомендуем использовать в этом поле теги",
            "Не рекомендуется использовать метод чаще раза в час",
            "Метод не рекомендуется использовать чаще раза в час",
            "We do not recommend using tags in this field",
            "It is not recommended to use this method more than once an hour",
            "It is not recommended to use the method often",
            "A photo in the filter for fields of guests is not supported.",
            "The value `X` is not supported by all field types",
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
