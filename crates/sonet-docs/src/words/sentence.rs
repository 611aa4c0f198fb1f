//! The words of sentences that introduce something.

use super::normalize;

/// Whether the page says that there are no parameters.
pub(crate) fn no_params(text: &str) -> bool {
    let text = normalize(text);
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
    let text = normalize(text);
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

/// Whether a description says that an object has several of what is described, under names of their own.
pub(crate) fn says_keyed(text: &str) -> bool {
    let text = normalize(text);
    [
        "contains objects, each",
        "contains objects each",
        "each key is",
        "the key is the",
        "содержит объекты, каждый",
        "где ключ",
    ]
    .iter()
    .any(|words| text.contains(words))
}

/// A line such as `Scope: …` or `Who can execute the method: …`.
pub(crate) enum Label {
    Scope,
    Who,
}

/// What a label stands before.
pub(crate) fn label(text: &str) -> Option<Label> {
    let text = normalize(text);
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
    let text = normalize(text);
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

/// Whether a sentence introduces what the names in a pattern before it stand for.
pub(crate) fn introduces_placeholders(text: &str) -> bool {
    let text = normalize(text);
    text.split(' ')
        .next_back()
        .is_some_and(|last| matches!(last, "where" | "где"))
}

/// Whether a sentence introduces the fields of an object.
pub(crate) fn introduces_fields(text: &str) -> bool {
    let text = normalize(text);
    ["structure", "структур", "allowed keys", "ключи массива"]
        .iter()
        .any(|stem| text.contains(stem))
}

/// Whether a sentence introduces keys, which are fields only of an object.
pub(crate) fn introduces_keys(text: &str) -> bool {
    let text = normalize(text);
    [
        "available keys",
        "may contain keys",
        "can contain keys",
        "following keys",
        "доступные ключи",
        "следующие ключи",
    ]
    .iter()
    .any(|words| text.contains(words))
}

/// Whether a sentence introduces defaults.
pub(crate) fn introduces_defaults(text: &str) -> bool {
    let text = normalize(text);
    text.contains("default value is used")
        || text.contains("значение по умолчанию")
        || matches!(text.as_str(), "default" | "by default" | "по умолчанию")
}

/// Whether values follow right after these words.
pub(crate) fn introduces_values(text: &str) -> bool {
    let text = text.trim_end();
    let last = normalize(text.rsplit([' ', '\n', '(']).next().unwrap_or_default());
    let word = matches!(
        last.as_str(),
        "flag" | "флаг" | "value" | "values" | "значение" | "значения"
    );
    let all = normalize(text);
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
    let before = normalize(before);
    let before = before.rsplit(". ").next().unwrap_or_default();
    let after = normalize(sentence(after));
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
    let text = normalize(text);
    let last = text.rsplit(' ').next().unwrap_or_default();
    let only = text.contains("only") || text.contains("только");
    only && matches!(last, "value" | "значение")
}

/// Whether this is all that stands between two values of a list in a sentence: `, `, ` or `, or a word on the first.
pub(crate) fn separates_values(text: &str) -> bool {
    let text = normalize(text);
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

/// The value of a flag that a page says in a word.
pub(crate) fn flag_in_words(text: &str) -> Option<&'static str> {
    match normalize(text).as_str() {
        "yes" | "да" => Some("Y"),
        "no" | "not" | "нет" => Some("N"),
        _ => None,
    }
}

/// Up to the end of a sentence.
pub(super) fn sentence(text: &str) -> &str {
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
