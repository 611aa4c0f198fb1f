//! The words of headings: of tables, and of sections.

use super::normalize;

/// What a column of a table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    /// The name of a parameter or field, often with its type.
    Name,
    Type,
    Required,
    Default,
    Description,
    Value,
    Code,
    Message,
    Status,
    Other,
}

/// The words of a heading, whatever stands between them: `Name / type`, `Name (type)`.
fn words_of(heading: &str) -> String {
    normalize(&heading.replace(['/', ',', '(', ')', '|'], " "))
}

/// Whether the column with this heading has types.
pub(crate) fn has_types(heading: &str) -> bool {
    let words = words_of(heading);
    words.ends_with("type") || words.ends_with("тип")
}

/// What the column with this heading has. A heading of two lines counts by its first.
pub(crate) fn column(heading: &str) -> Option<Column> {
    let heading = heading.lines().next().unwrap_or_default();
    Some(match words_of(heading).as_str() {
        // The types stand below the names, or on the same line.
        "name"
        | "parameter"
        | "field"
        | "key"
        | "название"
        | "параметр"
        | "поле"
        | "ключ"
        | "имя"
        | "name type"
        | "parameter type"
        | "field type"
        | "key type"
        | "название тип"
        | "параметр тип"
        | "поле тип"
        | "ключ тип" => Column::Name,
        "type" | "тип" => Column::Type,
        "required" | "обязательный" | "обязательность" | "обязателен" => {
            Column::Required
        }
        "default" | "by default" | "default value" | "по умолчанию" | "значение по умолчанию" => {
            Column::Default
        }
        "description" | "описание" => Column::Description,
        "value"
        | "values"
        | "possible values"
        | "explanation"
        | "reason"
        | "cause"
        | "when it occurs"
        | "when"
        | "причина"
        | "пояснение"
        | "когда возникает"
        | "значение"
        | "значения"
        | "возможные значения" => Column::Value,
        "code" | "error code" | "код" | "код ошибки" => Column::Code,
        "error"
        | "error message"
        | "message"
        | "text"
        | "ошибка"
        | "сообщение об ошибке"
        | "сообщение"
        | "текст" => Column::Message,
        "status" | "http status" | "статус" => Column::Status,
        "available since"
        | "since version"
        | "version"
        | "с версии"
        | "доступен с версии"
        | "доступно с версии"
        | "версия" => Column::Other,
        _ => return None,
    })
}

/// What a section is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Topic {
    Params,
    Request,
    Response,
    Returned,
    Errors,
    /// What is the same on every page.
    Common,
    Handler,
    /// The fields of a row, as a list.
    Fields,
    /// One parameter, object or key.
    Named(String),
    Other,
}

/// What the section with this heading is about.
pub(crate) fn topic(heading: &str) -> Topic {
    let normal = normalize(heading);
    match normal.as_str() {
        "parameters"
        | "method parameters"
        | "call parameters"
        | "function parameters"
        | "request parameters"
        | "параметры"
        | "параметры метода"
        | "параметры вызова"
        | "параметры функции"
        | "параметры запроса" => Topic::Params,
        "request" | "запрос" => Topic::Request,
        "returned data"
        | "returned values"
        | "returned value"
        | "return value"
        | "возвращаемые данные"
        | "возвращаемые значения"
        | "возвращаемое значение" => Topic::Returned,
        "returned error information"
        | "возвращаемая информация об ошибке"
        | "statuses and system error codes"
        | "статусы и коды системных ошибок" => Topic::Common,
        "what the handler receives" | "что получает обработчик" => {
            Topic::Handler
        }
        _ if are_of_the_method(&normal) => Topic::Params,
        _ if is_about(
            &normal,
            &["error", "errors", "ошибка", "ошибки", "ошибке", "ошибок"],
        ) =>
        {
            Topic::Errors
        }
        _ if is_about(
            &normal,
            &["answer", "response", "ответ", "ответа", "ответе"],
        ) =>
        {
            Topic::Response
        }
        _ => named(heading).map_or_else(|| fields(&normal), Topic::Named),
    }
}

/// `Additional parameters` are those of the method; `filter parameters` are what is in one of them.
fn are_of_the_method(normal: &str) -> bool {
    let adjectives = normal
        .strip_suffix(" parameters")
        .or(normal.strip_suffix(" параметры"));
    let mut adjectives = adjectives.unwrap_or("?").split(' ');
    adjectives.all(|word| {
        matches!(
            word,
            "additional"
                | "and"
                | "basic"
                | "body"
                | "common"
                | "general"
                | "input"
                | "key"
                | "main"
                | "method"
                | "optional"
                | "query"
                | "request"
                | "required"
                | "входные"
                | "дополнительные"
                | "и"
                | "ключевые"
                | "необязательные"
                | "обязательные"
                | "общие"
                | "основные"
        )
    })
}

/// Whether a heading is about one of these things, with nothing but what such headings say of it: `Response on Success`,
/// `Example of an Error`.
fn is_about(normal: &str, things: &[&str]) -> bool {
    let is_beside = |word: &str| {
        matches!(
            word,
            "a" | "an"
                | "and"
                | "case"
                | "code"
                | "codes"
                | "example"
                | "examples"
                | "for"
                | "from"
                | "handling"
                | "in"
                | "method"
                | "of"
                | "on"
                | "possible"
                | "processing"
                | "response"
                | "sample"
                | "server"
                | "success"
                | "types"
                | "successful"
                | "the"
                | "to"
                | "with"
                | "в"
                | "возможные"
                | "и"
                | "код"
                | "кодов"
                | "коды"
                | "метода"
                | "на"
                | "обработка"
                | "об"
                | "ответ"
                | "ответа"
                | "ответе"
                | "при"
                | "пример"
                | "примеры"
                | "с"
                | "случае"
                | "сервера"
                | "успеха"
                | "успехе"
                | "успешный"
                | "успешного"
        )
    };
    let is_thing = |word: &str| things.contains(&word);
    let of_call = ["errors when calling", "ошибки при вызове"];
    if things.contains(&"errors") && of_call.iter().any(|start| normal.starts_with(start)) {
        return true;
    }
    let mut words = normal.split(' ');
    words.clone().any(is_thing) && words.all(|word| is_thing(word) || is_beside(word))
}

/// `Parameter NAME`, `NAME parameter`, `Object NAME`, in both languages; the last name of a path such as `params[NAME]`.
fn named(heading: &str) -> Option<String> {
    let mut words: Vec<&str> = heading.split_whitespace().collect();
    // `Response element result`
    let is_of_answer = |word: &str| matches!(normalize(word).as_str(), "response" | "ответа");
    if words.len() == 3 && is_of_answer(words[0]) && normalize(words[2]) != "fields" {
        words.remove(0);
    }
    let [first, second] = words.as_slice() else {
        return None;
    };
    let is_kind = |word: &str| {
        matches!(
            normalize(word).as_str(),
            "parameter"
                | "parameters"
                | "object"
                | "key"
                | "field"
                | "array"
                | "element"
                | "параметр"
                | "параметры"
                | "объект"
                | "ключ"
                | "поле"
                | "массив"
                | "элемент"
        )
    };
    let name = if is_kind(first) {
        second
    } else if is_kind(second) {
        first
    } else if matches!(normalize(first).as_str(), "type" | "тип") {
        // A field may be called so, too: `TYPE object`.
        second
    } else if normalize(second) == "type"
        && first.starts_with(|first: char| first.is_ascii_lowercase())
    {
        // `Document Type` may be about anything.
        first
    } else {
        return None;
    };
    let mut parts = name.split(['[', ']', '.']).filter(|part| !part.is_empty());
    let name = parts.next_back()?;
    let is_name = name
        .chars()
        .all(|char| char.is_ascii_alphanumeric() || char == '_');
    is_name.then(|| name.to_owned())
}

fn fields(normal: &str) -> Topic {
    let lists = [
        "описание полей",
        "список полей",
        "обзор полей",
        "перечень полей",
    ];
    let rows = normal.starts_with("fields of ")
        || normal.ends_with(" fields")
        || normal.starts_with("поля ")
        || normal.ends_with(" поля")
        || lists.iter().any(|start| normal.starts_with(start));
    let others = [
        "filter",
        "selection",
        "available",
        "фильтр",
        "выбор",
        "доступн",
        // `Working with fields` tells how.
        " with ",
    ];
    let other = others.iter().any(|stem| normal.contains(stem));
    if rows && !other {
        Topic::Fields
    } else {
        Topic::Other
    }
}

/// The parameter that a section lists the fields of, if its heading says so and nothing leads to it.
pub(crate) fn role_of_heading(heading: &str) -> Option<&'static str> {
    let heading = normalize(heading);
    let has = |stems: &[&str]| stems.iter().any(|stem| heading.contains(stem));
    if has(&["filter", "фильтр"]) {
        Some("filter")
    } else if has(&["select", "выбор"]) {
        Some("select")
    } else if has(&["sort", "order", "сортиров"]) {
        Some("order")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_the_wrong_alphabet_are_seen_through() {
        assert_eq!(column("Cообщение об ошибке"), Some(Column::Message));
        assert_eq!(normalize("Параметр  fields:"), "параметр fields");
    }

    #[test]
    fn headings_name_what_they_are_about() {
        assert_eq!(topic("Parameters:"), Topic::Params);
        assert_eq!(topic("Параметр auth"), Topic::Named("auth".to_owned()));
        assert_eq!(topic("fields Parameter"), Topic::Named("fields".to_owned()));
        assert_eq!(
            topic("Parameter params[select]"),
            Topic::Named("select".to_owned())
        );
        let named = |name: &str| Topic::Named(name.to_owned());
        assert_eq!(topic("Filter Parameters"), named("Filter"));
        assert_eq!(topic("Параметры fields"), named("fields"));
        assert_eq!(topic("Type club_door"), named("club_door"));
        assert_eq!(topic("TYPE Object"), named("TYPE"));
        assert_eq!(topic("Response Element result"), named("result"));
        assert_eq!(topic("club_door Type"), named("club_door"));
        assert_eq!(topic("Document Type"), Topic::Other);
        assert_eq!(topic("Required and Optional Parameters"), Topic::Params);
        assert_eq!(topic("Основные параметры"), Topic::Params);
        assert_eq!(topic("Collecting and Checking Parameters"), Topic::Other);
        assert_eq!(topic("Fields of each club:"), Topic::Fields);
        assert_eq!(topic("Описание полей клуба"), Topic::Fields);
        assert_eq!(topic("Пользовательские поля"), Topic::Fields);
        assert_eq!(topic("Available fields for filtering"), Topic::Other);
        assert_eq!(topic("Доступные поля для фильтрации"), Topic::Other);
        assert_eq!(topic("Working with several fields"), Topic::Other);
        assert_eq!(topic("Как заполнить несколько полей"), Topic::Other);
        assert_eq!(topic("Returned values"), Topic::Returned);
        assert_eq!(topic("Ответ в случае успеха"), Topic::Response);
        assert_eq!(topic("Description"), Topic::Other);
    }

    #[test]
    fn headings_of_answers_and_errors_come_in_many_words() {
        for heading in [
            "Response Handling",
            "Response on Success",
            "Successful Response",
            "Response in case of success",
            "Example of the Response",
            "Успешный ответ",
            "Ответ в случае успеха",
        ] {
            assert_eq!(topic(heading), Topic::Response, "{heading}");
        }
        for heading in [
            "Error Handling",
            "Possible Error Codes",
            "Error Response",
            "Possible Error Types",
            "Errors When Calling the Method and Their Causes",
            "Response in case of an error",
            "Ответ при ошибке",
            "Коды ошибок",
        ] {
            assert_eq!(topic(heading), Topic::Errors, "{heading}");
        }
        for heading in [
            "Limits and Response Format",
            "Objects Used in Responses",
            "Errors When Working with Doors",
            "Success",
        ] {
            assert_eq!(topic(heading), Topic::Other, "{heading}");
        }
    }
}
