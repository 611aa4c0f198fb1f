//! The words of sentences that introduce something.

use super::{normal, sentences};

/// Whether the page says that there are no parameters.
pub(crate) fn no_params(text: &str) -> bool {
    let text = normal(text);
    [
        "no parameters",
        "without parameters",
        "без параметров",
        "параметров нет",
        "нет параметров",
    ]
    .iter()
    .any(|words| text.starts_with(words))
}

/// Whether a text says that nothing stands there.
pub(crate) fn says_empty(text: &str) -> bool {
    let text = normal(text);
    let text = text.strip_prefix("an ").unwrap_or(&text);
    [
        "empty",
        "empty value",
        "empty string",
        "empty code",
        "no code",
        "пусто",
        "пустое значение",
        "пустая строка",
        "пустой код",
        "без кода",
        "нет кода",
    ]
    .contains(&text)
}

/// A line such as `Scope: …` or `Who can execute the method: …`.
pub(crate) enum Label {
    Scope,
    Who,
}

/// What a label stands before.
pub(crate) fn label(text: &str) -> Option<Label> {
    let text = normal(text);
    let who = [
        "who can ",
        "execution rights",
        "кто может ",
        "права на выполнение",
    ];
    match text.as_str() {
        "scope" => Some(Label::Scope),
        text if who.iter().any(|start| text.starts_with(start)) => Some(Label::Who),
        _ => None,
    }
}

/// Whether a sentence introduces examples, so that what follows are not all the values.
pub(crate) fn introduces_examples(text: &str) -> bool {
    let text = normal(text);
    let ends = [
        "example",
        "examples",
        "example,",
        "например",
        "пример",
        "примеры",
    ];
    ends.iter().any(|end| text.ends_with(end))
}

/// Whether a sentence introduces the fields of an object.
pub(crate) fn introduces_fields(text: &str) -> bool {
    let text = normal(text);
    ["structure", "структур", "allowed keys", "ключи массива"]
        .iter()
        .any(|stem| text.contains(stem))
}

/// Whether a sentence introduces defaults.
pub(crate) fn introduces_defaults(text: &str) -> bool {
    let text = normal(text);
    text.contains("default value is used") || text.contains("значение по умолчанию")
}

/// Whether values follow right after these words.
pub(crate) fn introduces_values(text: &str) -> bool {
    let text = text.trim_end();
    let last = normal(text.rsplit([' ', '\n', '(']).next().unwrap_or_default());
    let word = matches!(
        last.as_str(),
        "flag" | "флаг" | "value" | "values" | "значение" | "значения"
    );
    let all = normal(text);
    let ends = [
        "values are",
        "one of",
        "either",
        "can be",
        "may be",
        "must be",
        "takes",
        "accepts",
        "одно из",
        "один из",
        "одно из значений",
        "может быть",
        "принимает",
    ];
    let end = ends.iter().any(|end| all.ends_with(end));
    word || end || text.ends_with(':')
}

/// Whether the words around one value say that it comes to those that are listed.
pub(crate) fn introduces_another_value(before: &str, after: &str) -> bool {
    let before = normal(before);
    let before = before.rsplit(". ").next().unwrap_or_default();
    let after = normal(sentence(after));
    let has = |words: &[&str]| {
        words
            .iter()
            .any(|word| before.contains(word) || after.contains(word))
    };
    let also = has(&["also", "another", "further", "также", "ещё", "еще"]);
    let possible = has(&[
        "possible",
        "allowed",
        "value",
        "supported",
        "available",
        "возмож",
        "допустим",
        "значени",
        "поддержив",
        "доступн",
    ]);
    let named = before.ends_with("value") || before.ends_with("значение");
    let came = [
        "is supported",
        "is possible",
        "is allowed",
        "is available",
        "was added",
        "поддерживается",
        "возможно",
        "добавлено",
        "доступно",
    ];
    (also && possible) || (named && came.iter().any(|start| after.starts_with(start)))
}

/// Whether these words say that the one value after them is the only one.
pub(crate) fn introduces_only_value(text: &str) -> bool {
    let text = normal(text);
    let last = text.rsplit(' ').next().unwrap_or_default();
    let only = text.contains("only") || text.contains("только");
    only && matches!(last, "value" | "значение")
}

/// Whether this is all that stands between two values of a list in a sentence: `, `, ` or `, or a word on the first.
pub(crate) fn separates_values(text: &str) -> bool {
    let text = normal(text);
    let joints = [
        "/", ",", "or", "или", "and", "и", ", or", ", или", "|", "\\|",
    ];
    if joints.contains(&text.as_str()) {
        return true;
    }
    let meaning = text.starts_with(['—', '-', '–']) && !text.contains('.');
    let joint = [",", " and", " и", " or", " или"];
    let meaning = meaning || (text.starts_with('(') && text.contains(')'));
    meaning && text.split(' ').count() <= 8 && joint.iter().any(|end| text.ends_with(end))
}

/// Whether a description says that it must be there, or that it need not.
pub(crate) fn requiredness(text: &str) -> Option<bool> {
    let all = normal(text);
    let has = |words: &[&str]| words.iter().any(|word| all.contains(word));
    if has(&["optional parameter", "необязательн"]) {
        return Some(false);
    }
    if has(&[
        "(required field)",
        "(required)",
        "required parameter",
        "(mandatory",
        "(обязательн",
    ]) {
        return Some(true);
    }
    // A condition makes a sentence longer: "Required for guests" says nothing of everybody.
    let mut sentences = sentences(text).map(|sentence| whole(&normal(sentence)));
    sentences.find_map(|said| said)
}

/// What a whole sentence says of whether something must be there.
fn whole(sentence: &str) -> Option<bool> {
    let subjects = [
        "this parameter is ",
        "the parameter is ",
        "this field is ",
        "the field is ",
        "it is ",
        "is ",
        "parameter is ",
        "этот параметр ",
        "параметр ",
        "это поле ",
        "поле ",
    ];
    let mut subjects = subjects
        .iter()
        .filter_map(|subject| sentence.strip_prefix(subject));
    match subjects.next().unwrap_or(sentence) {
        "must be provided"
        | "must be set"
        | "must be given"
        | "must be filled"
        | "обязательно для заполнения"
        | "обязателен для заполнения"
        | "обязательно к заполнению" => Some(true),
        "required"
        | "mandatory"
        | "obligatory"
        | "required parameter"
        | "required field"
        | "mandatory parameter"
        | "mandatory field"
        | "must be specified"
        | "must be passed"
        | "обязательный"
        | "обязательный параметр"
        | "обязательное поле"
        | "обязателен"
        | "обязательно"
        | "обязательное"
        | "является обязательным" => Some(true),
        "optional"
        | "not required"
        | "optional field"
        | "not mandatory"
        | "не обязателен"
        | "не обязательно"
        | "не является обязательным"
        | "опциональный"
        | "опционально" => Some(false),
        _ => None,
    }
}

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
    // A default sorting is no default of this value.
    let linked = rest.len() < after.len() || rest.starts_with('`');
    let stop = rest.starts_with([')', ',', '.']) || rest.is_empty();
    (linked && !stop).then(|| sentence(rest))
}

/// The value of a flag that a page says in a word.
pub(crate) fn flag_in_words(text: &str) -> Option<&'static str> {
    match normal(text).as_str() {
        "yes" | "да" => Some("Y"),
        "no" | "not" | "нет" => Some("N"),
        _ => None,
    }
}

/// Up to the end of a sentence.
fn sentence(text: &str) -> &str {
    let ends = [". ", "\n", ".\n", ".)"];
    let end = ends.iter().filter_map(|end| text.find(end)).min();
    let text = text[..end.unwrap_or(text.len())].trim();
    let text = &text[..closing(text).unwrap_or(text.len())];
    text.trim().trim_end_matches('.')
}

/// Where a bracket closes that was opened before the text: `(default — this) and more`.
fn closing(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    text.char_indices().find_map(|(at, char)| {
        match char {
            '(' => open += 1,
            ')' if open == 0 => return Some(at),
            ')' => open -= 1,
            _ => {}
        }
        None
    })
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
        assert_eq!(default_in("Значение по умолчанию: `0`"), Some("`0`"));
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

    #[test]
    fn whole_sentences_say_what_must_be_there() {
        for text in [
            "How many. Required.",
            "Обязательный параметр.",
            "This parameter is required",
        ] {
            assert_eq!(requiredness(text), Some(true), "{text}");
        }
        for text in ["Name. Optional", "Параметр не обязателен."] {
            assert_eq!(requiredness(text), Some(false), "{text}");
        }
        for text in [
            "Required for guests",
            "Whether a photo is required to join",
            "Rights required",
        ] {
            assert_eq!(requiredness(text), None, "{text}");
        }
    }
}
