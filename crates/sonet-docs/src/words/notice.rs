//! The words of notices: what is outdated, with which status something is answered, how long a page is.

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
        "метод",
        "событи",
        "параметр",
        "поле ",
        "развитие",
        "поддержка",
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
        "остановлен",
        "прекращ",
        "не поддержив",
        "не рекоменд",
        "заменен",
        "заменён",
        "будет отключ",
        "будет удален",
        "будет удалён",
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
    has(&stems) || (subject && ends) || no_longer || more
}

/// Whether a sentence that calls something outdated speaks of the method that it stands below.
pub(crate) fn is_of_method(sentence: &str) -> bool {
    let text = super::normalize(sentence);
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

/// The sentences of a text, without the stops behind them.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines();
    let sentences = lines
        .flat_map(|line| line.split(". "))
        .flat_map(|text| text.split("; "));
    sentences.map(|sentence| sentence.trim().trim_end_matches('.'))
}

/// The numbers of a line such as `HTTP status: 400`. `40x` is none.
pub(crate) fn statuses(text: &str) -> Vec<String> {
    let lower = text.trim().to_lowercase();
    let starts: &[&str] = match lower.strip_prefix("http") {
        Some(_) => &["status", "code", "response", "статус", "код", "ответ"],
        None => &[
            "status",
            "response status",
            "response code",
            "статус",
            "код ответа",
        ],
    };
    let rest = lower.strip_prefix("http").unwrap_or(&lower);
    let rest = rest.trim_start_matches([' ', '-', '\u{2011}']);
    if !starts.iter().any(|start| rest.starts_with(start)) {
        return Vec::new();
    }
    let words = rest.split(|char: char| !char.is_alphanumeric());
    let codes = words.filter(|word| {
        word.len() == 3
            && word.starts_with(['2', '3', '4', '5'])
            && word.bytes().all(|byte| byte.is_ascii_digit())
    });
    codes.map(str::to_owned).collect()
}

/// The sizes of a page of an answer that a line names: in words, and in the formula for an offset.
pub(crate) fn page_sizes(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let squeezed: String = lower.chars().filter(|char| !char.is_whitespace()).collect();
    let formula = squeezed.split_once("(n-1)*").map(|(_, rest)| rest);
    let said = [
        "page size",
        "size of a page",
        "second page",
        "per page",
        "размер страницы",
        "вторую страницу",
        "на странице",
        "на страницу",
    ];
    let sentence =
        sentences(&lower).find(|sentence| said.iter().any(|word| sentence.contains(word)));
    let number = |text: &str| {
        let digits = text.split(|char: char| !char.is_ascii_digit());
        let mut digits = digits.filter(|digits| !digits.is_empty());
        digits.next().map(str::to_owned)
    };
    let said = sentence.and_then(number);
    let formula = formula.filter(|rest| rest.starts_with(|char: char| char.is_ascii_digit()));
    let mut sizes: Vec<String> = said.into_iter().chain(formula.and_then(number)).collect();
    sizes.dedup();
    sizes
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

    #[test]
    fn statuses_stand_in_lines_of_their_own() {
        assert_eq!(statuses("HTTP status: 200"), ["200"]);
        assert_eq!(statuses("HTTP-статус: 400, 403"), ["400", "403"]);
        assert_eq!(statuses("HTTP Status: 20x, 40x"), [""; 0]);
        assert_eq!(statuses("Status code: 403"), ["403"]);
        assert_eq!(statuses("Код ответа: 403"), ["403"]);
        assert_eq!(statuses("Response with 250 rows"), [""; 0]);
        assert_eq!(statuses("An HTTP status: 400"), [""; 0]);
    }

    #[test]
    fn sizes_of_pages_stand_in_words_and_in_a_formula() {
        assert_eq!(
            page_sizes("The page size is always static: 50 records."),
            ["50"]
        );
        assert_eq!(
            page_sizes("Размер страницы результатов — 50 записей."),
            ["50"]
        );
        assert_eq!(
            page_sizes("Formula: start = (N-1) * 100, where N is the page"),
            ["100"]
        );
        assert_eq!(
            page_sizes("To get the second page, pass 50; the third — 100"),
            ["50"]
        );
        assert_eq!(page_sizes("A stage must be a multiple of 100"), [""; 0]);
    }
}
