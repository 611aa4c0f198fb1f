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

/// Whether a sentence says that one of those that it names must be there, so that none of them must.
pub(crate) fn requires_one_of(sentence: &str) -> bool {
    let text = normalize(sentence);
    [
        "at least one of",
        "one of the parameters",
        "one of these parameters",
        "one of the two parameters",
        "хотя бы один",
        "как минимум один",
        "один из параметров",
    ]
    .iter()
    .any(|words| text.contains(words))
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
