//! The words of identifiers: what something identifies, as its description and its name say.

use super::{genitive, is_russian, normalize};

/// Nouns that say nothing of what they stand for.
const ANYTHING: [&str; 10] = [
    "element", "entity", "entry", "field", "item", "object", "record", "result", "row", "value",
];

/// What a description calls what is identified, in letters only: `timeentry` of `Identifier of the time entry`. Nothing where
/// it may be one of several things.
pub(crate) fn identified(description: &str) -> Option<String> {
    let text = description.replace('`', "");
    let sentence = text.split(['.', '(', ',', ';', ':', '\n']).next();
    let sentence = normalize(sentence.unwrap_or_default());
    let lists = [
        "array of ",
        "an array of ",
        "list of ",
        "a list of ",
        "массив ",
        "список ",
    ];
    let mut one = lists.iter().filter_map(|list| sentence.strip_prefix(list));
    let words: Vec<&str> = one.next().unwrap_or(&sentence).split(' ').collect();
    let at = words.iter().position(|word| is_identifier(word))?;
    if is_russian(&sentence) {
        let is_first = words[..at].iter().all(|word| is_beside(word));
        let noun = is_first.then(|| genitive::noun(&words[at + 1..])).flatten();
        return noun.filter(|noun| !ANYTHING.contains(&noun.as_str()));
    }
    let noun = if words[..at].iter().all(|word| is_beside(word)) {
        let (of, rest) = words[at + 1..].split_first()?;
        let end = rest.iter().position(|word| ends_noun(word));
        (*of == "of").then_some(&rest[..end.unwrap_or(rest.len())])?
    } else {
        let is_whole = words.get(at + 1).is_none_or(|next| ends_noun(next));
        is_whole.then_some(&words[..at])?
    };
    let nouns = noun.iter().filter(|word| !is_beside(word));
    let nouns: Vec<&str> = nouns.map(|word| word.trim_end_matches("'s")).collect();
    let is_one = !nouns
        .iter()
        .any(|word| matches!(*word, "or" | "and" | "of" | "/"));
    let noun = letters(&nouns.concat());
    let is_said = is_one && nouns.len() < 4 && !noun.is_empty() && noun.is_ascii();
    (is_said && !ANYTHING.contains(&noun.as_str())).then_some(noun)
}

/// What a name says that it identifies, in letters only: `timeentry` of `TIME_ENTRY_ID`; nothing of `ID`.
pub(crate) fn of_name(name: &str) -> String {
    let letters = letters(name);
    let bare = letters.strip_suffix("ids").or(letters.strip_suffix("id"));
    bare.unwrap_or(&letters).to_owned()
}

/// The letters of a name, in lower case.
pub(crate) fn letters(name: &str) -> String {
    let letters = name.chars().filter(|char| char.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether two nouns are one, in letters only, in whatever number.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    let singular = |noun: &str| match noun.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => noun.strip_suffix('s').unwrap_or(noun).to_owned(),
    };
    !one.is_empty() && singular(one) == singular(other)
}

fn is_identifier(word: &str) -> bool {
    matches!(word, "identifier" | "identifiers" | "id" | "ids") || word.starts_with("идентификатор")
}

/// Words that stand beside a noun and are none.
fn is_beside(word: &str) -> bool {
    [
        "the",
        "a",
        "an",
        "this",
        "unique",
        "numeric",
        "numerical",
        "integer",
        "new",
        "newly",
        "created",
        "added",
        "existing",
        "updated",
        "modified",
        "deleted",
        "required",
        "specified",
        "current",
        "bitrix24",
        "crm",
        "уникальный",
        "числовой",
        "целочисленный",
        "новый",
    ]
    .contains(&word)
}

/// Words that a noun ends before.
fn ends_noun(word: &str) -> bool {
    [
        "that",
        "which",
        "who",
        "whose",
        "whom",
        "to",
        "for",
        "from",
        "in",
        "with",
        "on",
        "by",
        "where",
        "when",
        "is",
        "must",
        "being",
        "associated",
        "returned",
        "obtained",
        "linked",
        "as",
        "—",
        "-",
        "–",
    ]
    .contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_names_what_is_identified() {
        for (text, noun) in [
            ("Identifier of the club", "club"),
            ("The club's unique identifier.", "club"),
            ("`ID` of the created time entry, which is new", "timeentry"),
            ("Identifier of the user who opened it", "user"),
            ("Array of club identifiers", "club"),
            ("Club ID to open", "club"),
            ("Идентификатор пользователя, который открыл дверь", "user"),
            ("Массив идентификаторов созданных задач", "task"),
            ("Уникальный идентификатор сделки.", "deal"),
            ("ID шаблона задачи", "tasktemplate"),
        ] {
            assert_eq!(identified(text).as_deref(), Some(noun), "{text}");
        }
        for text in [
            "Identifier of the club or room",
            "Identifier of the door of the club",
            "Identifier of the item",
            "Identifier",
            "Club identifier type",
            "The club",
            "Идентификатор двери",
            "Идентификатор пользователя или группы",
            "Идентификатор элемента",
            "Тип идентификатора задачи",
            "",
        ] {
            assert_eq!(identified(text), None, "{text}");
        }
        assert_eq!(of_name("TIME_ENTRY_ID"), "timeentry");
        assert_eq!(of_name("clubIds"), "club");
        assert_eq!(of_name("ID"), "");
        assert!(is_same("entries", "entry") && is_same("club", "clubs"));
        assert!(!is_same("", "") && !is_same("clubroom", "club"));
    }
}
