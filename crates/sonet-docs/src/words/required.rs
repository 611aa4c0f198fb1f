//! The words of sentences that say what must be there.

use super::{normalize, sentences};

/// Whether a description says that it must be there, or that it need not.
pub(crate) fn requiredness(text: &str) -> Option<bool> {
    let all = normalize(text);
    let has = |words: &[&str]| words.iter().any(|word| all.contains(word));
    if has(&["optional parameter", "необязательн"]) {
        return Some(false);
    }
    // `Required parameters are marked` is said of others.
    let all = all.replace("required parameters", "");
    let has = |words: &[&str]| words.iter().any(|word| all.contains(word));
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
    let mut sentences = sentences(text).map(|sentence| whole(&normalize(sentence)));
    sentences.find_map(|said| said)
}

/// What of a sentence names those of which one must be there, so that none of them must.
pub(crate) fn one_of(sentence: &str) -> Option<&str> {
    let begins = [
        "at least one of",
        "one of the parameters",
        "one of these parameters",
        "one of the two parameters",
        "хотя бы один",
        "как минимум один",
        "один из параметров",
    ];
    // What goes with whichever it is has to be there.
    let ends = ["together with", "along with", "вместе с"];
    // In lower case a letter may be longer: then the words are not where they seem to be, or nowhere.
    let lower = sentence.to_lowercase();
    let found = begins
        .iter()
        .find_map(|begin| Some(lower.find(begin)? + begin.len()));
    let named = sentence.get(found?..)?;
    let rest = named.to_lowercase();
    let end = ends.iter().filter_map(|end| rest.find(end)).min();
    named.get(..end.unwrap_or(named.len()))
}

/// Whether a description says that it must be there under some condition, so that it need not be otherwise.
pub(crate) fn is_required_sometimes(text: &str) -> bool {
    let conditions = [
        "if",
        "when",
        "unless",
        "only",
        "если",
        "когда",
        "только",
        "кроме",
    ];
    sentences(text).any(|sentence| {
        let sentence = normalize(sentence);
        let said = without_subject(&sentence);
        let mut words = said.split([' ', ',']).filter(|word| !word.is_empty());
        let is_said = words.next().is_some_and(|word| {
            matches!(word, "required" | "mandatory") || word.starts_with("обязател")
        });
        is_said && words.next().is_some_and(|word| conditions.contains(&word))
    })
}

/// What a whole sentence says of whether something must be there.
fn whole(sentence: &str) -> Option<bool> {
    match without_subject(sentence) {
        "required"
        | "mandatory"
        | "obligatory"
        | "required parameter"
        | "required field"
        | "mandatory parameter"
        | "mandatory field"
        | "must be specified"
        | "must be passed"
        | "must be provided"
        | "must be set"
        | "must be given"
        | "must be filled"
        | "обязательно для заполнения"
        | "обязателен для заполнения"
        | "обязательно к заполнению"
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

/// A sentence without the thing that it is about.
fn without_subject(sentence: &str) -> &str {
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
    subjects.next().unwrap_or(sentence)
}

/// The parameter that an error says is missing: the server answers so to a call without it.
pub(crate) fn demanded(error: &str) -> Option<&str> {
    let bare = error.trim().trim_matches(['"', '`']);
    let begins = [
        "Could not find value for parameter ",
        "Required parameter ",
        "Missing required parameter ",
    ];
    let (begin, rest) = begins
        .into_iter()
        .find_map(|begin| Some((begin, bare.strip_prefix(begin)?)))?;
    let rest = rest.trim_start_matches(['{', '`', '\\', '"', '\'']);
    let is_part = |char: char| char.is_alphanumeric() || char == '_';
    let end = rest.find(|char| !is_part(char)).unwrap_or(rest.len());
    let (name, rest) = rest.split_at(end);
    let rest = normalize(rest.trim_start_matches(['}', '`', '\\', '"', '\'']));
    // Of one or the other, neither has to be there.
    let is_whole = match begin {
        "Required parameter " => [
            "is missing",
            "is not specified",
            "not specified",
            "is not provided",
            "not provided",
            "was not provided",
            "not passed",
            "is not set",
        ]
        .contains(&rest.trim_end_matches('.')),
        _ => !rest.starts_with("or "),
    };
    (is_whole && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_says_when_it_must_be_there() {
        for text in [
            "The door. Required if `HALL` is not passed",
            "This field is required only for guests",
            "Дверь.\n\nОбязателен, если не передан `HALL`",
            "Поле обязательное, если `IS_OPEN` = `Y`",
        ] {
            assert!(is_required_sometimes(text), "{text}");
        }
        for text in [
            "Required",
            "Обязательное поле",
            "Whether a photo is required if one joins",
        ] {
            assert!(!is_required_sometimes(text), "{text}");
        }
    }

    #[test]
    fn an_error_says_which_parameter_is_missing() {
        for (error, name) in [
            ("Could not find value for parameter {clubId}", "clubId"),
            (
                "Could not find value for parameter {id} (internal error)",
                "id",
            ),
            ("Required parameter `ID` is missing", "ID"),
            ("Required parameter `id` not provided.", "id"),
            ("Missing required parameter ID", "ID"),
        ] {
            assert_eq!(demanded(error), Some(name), "{error}");
        }
        for error in [
            "Required parameter `id` or `code` is missing",
            "Required parameter `id` is missing where the club is closed",
            "Required parameters are missing",
            "Invalid value {x} to match with parameter {id}",
            "Club not found",
        ] {
            assert_eq!(demanded(error), None, "{error}");
        }
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
            "Required parameters are marked with *",
        ] {
            assert_eq!(requiredness(text), None, "{text}");
        }
    }
}
