//! The words of descriptions: which sentences say what something is, and which say something beside that.

use super::normalize;

/// Whether a sentence says something other than what the thing is: where to read more, what is assumed, what values follow.
pub(crate) fn is_aside(sentence: &str) -> bool {
    let text = normalize(sentence);
    let starts = [
        "default",
        "by default",
        "possible ",
        "allowed value",
        "available value",
        "available keys",
        "may contain keys",
        "can contain keys",
        "available fields",
        "acceptable value",
        "permissible value",
        "valid value",
        "supported value",
        "can take",
        "can have the following",
        "may take",
        "values:",
        "read more",
        "read about",
        "more detail",
        "more about",
        "for more",
        "learn more",
        "see ",
        "you can ",
        "detail",
        "a detailed",
        "description of",
        "descriptions of",
        "required parameters",
        "required fields are marked",
        "optional parameter",
        "optional.",
        "example",
        "for example",
        "deprecated",
        "по умолчанию",
        "возможн",
        "допустим",
        "доступные значения",
        "может принимать",
        "значения:",
        "подробн",
        "смотри",
        "см.",
        "required if",
        "required when",
        "required only",
        "обязателен",
        "обязательно ",
        "обязательно,",
        "необязател",
        "используются значения",
        "чтобы получить идентификатор",
        "пример",
        "например",
        "устаре",
    ];
    let inside = [
        "can be obtained",
        "can be retrieved",
        "can be found",
        "is described in",
        "are described in",
        "is provided below",
        "described below",
        "see below",
        "default value",
        "can take the following",
        "может принимать следующие",
        "можно получить",
        "можно узнать",
        "описание ниже",
        "описан ниже",
        "описана ниже",
        "описано ниже",
        "описаны ниже",
        "приведен ниже",
        "приведена ниже",
        "приведено ниже",
        "приведены ниже",
        "перечислены ниже",
        "значение по умолчанию",
    ];
    matches!(
        text.as_str(),
        "" | "required"
            | "required parameter"
            | "required field"
            | "optional"
            | "обязательно"
            | "необязательный"
    ) || starts.iter().any(|start| text.starts_with(start))
        || says_only_required(&text)
        || inside.iter().any(|words| text.contains(words))
        || (text.starts_with("получить ") && text.contains(" можно "))
}

/// Whether a sentence that begins as those beside a description do may be the description, where there is no other one:
/// `Description of the club`, `Default value of the field`.
pub(crate) fn may_describe(sentence: &str) -> bool {
    let text = normalize(sentence);
    let starts = [
        "default ",
        "description of ",
        "detail",
        "example of ",
        "пример ",
    ];
    starts.iter().any(|start| text.starts_with(start))
        && !leads_elsewhere(&text)
        && super::default_in(sentence).is_none()
        && text.contains(' ')
}

/// Whether a sentence says where something stands: below, here, in an article. `The page of guests` is a thing.
fn leads_elsewhere(text: &str) -> bool {
    let words = text.split(|char: char| !char.is_alphabetic());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let places = [
        "article",
        "section",
        "subsection",
        "page",
        "стать",
        "раздел",
        "подраздел",
        "страниц",
    ];
    let is_place = |word: &&str| places.iter().any(|place| word.starts_with(place));
    words.iter().enumerate().any(|(at, word)| match *word {
        "below" | "here" | "ниже" | "здесь" => true,
        // `In the Files section`
        "in" | "on" | "в" | "на" => words[at + 1..].iter().take(3).any(is_place),
        _ => false,
    })
}

/// Whether a sentence says only that something is required, or under which condition.
fn says_only_required(text: &str) -> bool {
    let begins = ["обязательный", "обязательное"];
    let Some(rest) = begins.iter().find_map(|begin| text.strip_prefix(begin)) else {
        return false;
    };
    let things = [" параметр", " поле"];
    let rest = things
        .iter()
        .find_map(|thing| rest.strip_prefix(thing))
        .unwrap_or(rest);
    let conditions = [
        ",",
        " (",
        " если",
        " когда",
        " только",
        " кроме",
        " при ",
        " для ",
    ];
    rest.is_empty()
        || conditions
            .iter()
            .any(|condition| rest.starts_with(condition))
}

/// The sentence without the words that only introduce what stands below it.
pub(crate) fn without_introduction(sentence: &str) -> &str {
    let tails = [
        ", where",
        ", possible values",
        ", возможные значения",
        ", где",
        ", for example",
        ", например",
        " in the following format",
        " in the format",
        " of the form",
        " with the following fields",
        " with the following keys",
        " with the following structure",
        " в формате",
        " вида",
        " со следующими полями",
        " со следующей структурой",
    ];
    let text = sentence.trim().trim_end_matches([':', ';', ',']).trim_end();
    let mut tails = tails.iter().filter_map(|tail| text.strip_suffix(tail));
    tails.next().unwrap_or(text)
}

/// The sentence without the clause that says where to get the thing.
pub(crate) fn without_source(sentence: &str) -> &str {
    let clauses = [
        ", which can be ",
        ", which you can ",
        ", can be obtained ",
        ", который можно ",
        ", которые можно ",
        ", которую можно ",
        ", можно получить ",
    ];
    let mut starts = clauses.iter().filter_map(|clause| sentence.find(clause));
    starts.next().map_or(sentence, |at| &sentence[..at])
}

/// What a method does, from a sentence that begins with the method: `The method club.open opens a club`, or
/// `Opens a club` where the sentence leaves it out.
pub(crate) fn deed<'t>(sentence: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = sentence.trim();
    let mut is_named = false;
    loop {
        let word = rest.split_whitespace().next()?;
        let bare = word.trim_matches('`');
        let lower = bare.to_lowercase();
        let is_subject = matches!(lower.as_str(), "method" | "метод") || bare == name;
        let is_article = matches!(lower.as_str(), "the" | "this" | "a" | "данный" | "этот");
        if !is_subject && !is_article {
            break;
        }
        is_named |= is_subject;
        rest = rest[word.len()..].trim_start();
    }
    let verb = rest.split_whitespace().next()?.to_lowercase();
    let is_auxiliary = [
        "is",
        "was",
        "has",
        "does",
        "works",
        "supports",
        "requires",
        "accepts",
        "takes",
        "depends",
        "работает",
        "поддерживает",
        "требует",
        "принимает",
        "имеет",
        "является",
        "зависит",
        "доступен",
    ]
    .contains(&verb.as_str());
    let third = if verb.is_ascii() {
        let noun_ends = ["ss", "us", "is"];
        verb.ends_with('s') && !noun_ends.iter().any(|end| verb.ends_with(end))
    } else {
        let ends = ["ет", "ит", "ут", "ют", "ат", "ят"];
        ends.iter().any(|end| verb.ends_with(end))
    };
    // Without the method before it, a word in the plural may be what the page is about.
    let is_deed = third && !is_auxiliary && (is_named || sentence.trim().len() == rest.len());
    let is_deed = is_deed && verb.chars().all(char::is_alphabetic);
    (is_deed && (is_named || is_known(&verb))).then_some(rest)
}

/// Whether a word in the third person is that of a method, with nothing before it that says so.
fn is_known(verb: &str) -> bool {
    let base = |end: &str, instead: &str| {
        let base = verb.strip_suffix(end)?;
        Some(format!("{base}{instead}"))
    };
    let bases = [base("s", ""), base("es", ""), base("ies", "y")];
    let mut bases = bases.into_iter().flatten();
    bases.any(|base| super::verbs::is_write(&base) || super::verbs::reads_by_title(&base))
        || matches!(verb, "returns" | "shows" | "allows" | "возвращает")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_beside_the_description_is_told_from_it() {
        for text in [
            "Default — `Y`",
            "By default, all clubs are shown",
            "Possible values:",
            "The identifier can be obtained with club.list",
            "Required",
            "Подробнее в статье",
            "Идентификатор можно получить методом club.list",
            "Получить идентификатор клуба можно методом club.list",
            "Структура описана ниже",
            "Обязательное, если клуб закрыт",
            "Обязательный параметр",
            "Обязательный при закрытой двери",
            "Обязательно для гостей",
        ] {
            assert!(is_aside(text), "{text}");
        }
        for text in [
            "The club's identifier",
            "Who may open it",
            "Идентификатор клуба",
            "Обязательность двери",
            "Обязательный идентификатор клуба",
        ] {
            assert!(!is_aside(text), "{text}");
        }
        assert_eq!(without_introduction("The doors of the form:"), "The doors");
    }

    #[test]
    fn a_description_may_begin_as_what_is_beside_it() {
        for text in [
            "Description of the section.",
            "Description of the page where guests are",
            "Details of an article",
        ] {
            assert!(may_describe(text), "{text}");
        }
        for text in [
            "Details in the section of doors",
            "Description of doors is here",
            "Details are in the Files subsection.",
            "Details are in the article",
            "Description of parameters is below",
            "Details on the page of clubs",
        ] {
            assert!(!may_describe(text), "{text}");
        }
    }

    #[test]
    fn what_a_method_does_stands_behind_its_name() {
        let deed = |text| deed(text, "club.open");
        for text in [
            "The method `club.open` opens a club",
            "The `club.open` method opens a club",
            "This method opens a club",
            "Method opens a club",
        ] {
            assert_eq!(deed(text), Some("opens a club"), "{text}");
        }
        assert_eq!(deed("Opens a club"), None);
        assert_eq!(deed("Closes a club"), Some("Closes a club"));
        assert_eq!(
            deed("Метод `club.open` открывает клуб"),
            Some("открывает клуб")
        );
        for text in [
            "This method is for clubs",
            "The method has no parameters",
            "Clubs are opened by it",
            "The door opens",
            "",
        ] {
            assert_eq!(deed(text), None, "{text}");
        }
    }
}
