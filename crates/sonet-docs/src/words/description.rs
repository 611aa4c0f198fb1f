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
        "required parameter",
        "required field",
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
        "обязательный",
        "обязательно ",
        "обязательно,",
        "обязательное",
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
    matches!(text.as_str(), "" | "required" | "optional" | "обязательно")
        || starts.iter().any(|start| text.starts_with(start))
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
        "required field ",
        "required parameter ",
        "пример ",
    ];
    let elsewhere = [
        "below",
        "here",
        "article",
        "section",
        "page",
        "ниже",
        "стать",
        "раздел",
    ];
    starts.iter().any(|start| text.starts_with(start))
        && !elsewhere.iter().any(|word| text.contains(word))
        && super::default_in(sentence).is_none()
        && text.contains(' ')
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
        ] {
            assert!(is_aside(text), "{text}");
        }
        for text in [
            "The club's identifier",
            "Who may open it",
            "Идентификатор клуба",
            "Обязательность двери",
        ] {
            assert!(!is_aside(text), "{text}");
        }
        assert_eq!(without_introduction("The doors of the form:"), "The doors");
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
