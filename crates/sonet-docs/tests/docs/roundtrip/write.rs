//! Methods as a spec, and as a page.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::model::{Kind, Method, Value};

/// How a page looks.
#[expect(clippy::struct_excessive_bools, reason = "each is a habit of its own")]
#[derive(Debug, Clone)]
pub(crate) struct Style {
    russian: bool,
    /// The type beside the name, not below it.
    one_line: bool,
    /// `||` in a line of its own.
    wide: bool,
    windows: bool,
    dash: &'static str,
    /// Rows lack their end here and there.
    careless: bool,
    /// Values in a sentence, where they are few.
    sentences: bool,
}

impl Style {
    pub(crate) fn plain() -> Self {
        Self {
            russian: false,
            one_line: false,
            wide: false,
            windows: false,
            dash: "—",
            careless: false,
            sentences: false,
        }
    }

    fn word(&self, english: &'static str, russian: &'static str) -> &'static str {
        if self.russian { russian } else { english }
    }
}

/// A style.
pub(crate) fn style() -> impl Strategy<Value = Style> {
    let dash = prop::sample::select(vec!["—", "-", "–"]);
    (any::<[bool; 6]>(), dash).prop_map(
        |([russian, one_line, wide, windows, careless, sentences], dash)| Style {
            russian,
            one_line,
            wide,
            windows,
            dash,
            careless,
            sentences,
        },
    )
}

/// The spec of the method.
pub(crate) fn spec(method: &Method) -> String {
    let mut out =
        String::from("format = 1\ndocumentation = \"https://docs.example/api-reference/\"\n");
    let filters = method.filters.iter().filter(|_| method.filtered);
    let all: Vec<&Value> = method
        .params
        .iter()
        .chain(&method.fields)
        .chain(filters)
        .collect();
    let has = |value: &Value, kinds: &[Kind]| kinds.contains(&value.kind);
    let uses = |kinds: &[Kind]| {
        all.iter()
            .any(|value| has(value, kinds) || value.fields.iter().any(|inner| has(inner, kinds)))
    };
    if uses(&[Kind::Id, Kind::Ids]) {
        out.push_str("[[id]]\nname = \"ClubId\"\ndoc = \"A club.\"\n");
    }
    if uses(&[Kind::Choice]) {
        out.push_str("[[enum]]\nname = \"Choice\"\ndoc = \"A choice.\"\nvalues = [\n");
        for (wire, name) in [
            ("red", "Red"),
            ("green", "Green"),
            ("dark_blue", "DarkBlue"),
        ] {
            let _ = writeln!(
                out,
                "{{ wire = \"{wire}\", name = \"{name}\", doc = \"It.\" }},"
            );
        }
        out.push_str("]\n");
    }
    object(&mut out, "Answer", &method.fields);
    for field in &method.fields {
        if field.kind == Kind::Object {
            object(&mut out, &field.kind.in_spec(&field.name), &field.fields);
        }
    }
    out.push_str(
        "[[method]]\nname = \"club.read\"\npage = \"club/club-read.html\"\nscope = \"clubs\"\neffect = \"read\"\n\
         who = \"any user\"\ndoc = \"Reads.\"\nparams = [\n",
    );
    for param in &method.params {
        out.push_str(&param_in_spec(param));
        out.push_str(",\n");
    }
    if method.filtered {
        out.push_str("{ name = \"filter\", type = \"filter\", doc = \"It.\" },\n");
        out.push_str("{ name = \"order\", type = \"order\", doc = \"It.\" },\n");
    }
    out.push_str("]\n");
    if method.filtered {
        let _ = writeln!(out, "filter_operators = {:?}", method.operators);
        out.push_str("filter_fields = [\n");
        for filter in &method.filters {
            let _ = writeln!(
                out,
                "{{ name = \"{}\", type = \"{}\", doc = \"It.\" }},",
                filter.name,
                filter.kind.in_spec("")
            );
        }
        let names: Vec<&str> = method
            .filters
            .iter()
            .map(|filter| filter.name.as_str())
            .collect();
        let _ = writeln!(out, "]\norder_fields = {names:?}");
    }
    let ty = if method.listed { "Answer[]" } else { "Answer" };
    let _ = writeln!(
        out,
        "result = {{ type = \"{ty}\", doc = \"It.\" }}\nerrors = ["
    );
    for (at, (code, text)) in method.errors.iter().enumerate() {
        let name = ["First", "Second", "Third", "Fourth"][at];
        let _ = writeln!(
            out,
            "{{ name = \"{name}\", code = \"{code}\", text = \"{text}\", doc = \"It.\" }},"
        );
    }
    out.push_str("]\n");
    out
}

fn object(out: &mut String, name: &str, fields: &[Value]) {
    let _ = writeln!(
        out,
        "[[object]]\nname = \"{name}\"\nmodule = \"answers\"\ndoc = \"It.\"\nfields = ["
    );
    for field in fields {
        let _ = writeln!(
            out,
            "{{ name = \"{}\", type = \"{}\", doc = \"It.\" }},",
            field.name,
            field.kind.in_spec(&field.name)
        );
    }
    out.push_str("]\n");
}

fn param_in_spec(param: &Value) -> String {
    let ty = match param.kind {
        Kind::Object => "object".to_owned(),
        kind => kind.in_spec(""),
    };
    let mut out = format!(
        "{{ name = \"{}\", type = \"{ty}\", doc = \"It.\"",
        param.name
    );
    if param.required {
        out.push_str(", required = true");
    }
    if let Some(default) = param.default {
        let _ = write!(out, ", default = \"{default}\"");
    }
    if !param.fields.is_empty() {
        let fields: Vec<String> = param.fields.iter().map(param_in_spec).collect();
        let _ = write!(out, ", fields = [ {} ]", fields.join(", "));
    }
    out.push_str(" }");
    out
}

/// The page of the method.
pub(crate) fn page(method: &Method, style: &Style) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "# {} club.read\n",
        style.word("Read a club", "Прочитать клуб")
    );
    let who = style.word(
        "Who can execute the method: any user",
        "Кто может выполнять метод: любой пользователь",
    );
    let _ = writeln!(out, "> Scope: [`clubs`](../scopes.md)\n>\n> {who}\n");
    let _ = writeln!(
        out,
        "## {}\n",
        style.word("Method Parameters", "Параметры метода")
    );
    let mut rows: Vec<String> = method
        .params
        .iter()
        .map(|param| row(param, style))
        .collect();
    if method.filtered {
        rows.push(filter(method, style));
        let sorted = style.word(
            "How to sort by the [fields](#filterable)",
            "Сортировка по [полям](#filterable)",
        );
        rows.push(cells("order", "`object`", sorted, style));
    }
    out.push_str(&table(&rows, style));
    if method.filtered {
        let title = style.word(
            "Available Fields for Filtering",
            "Доступные поля для фильтрации",
        );
        let _ = writeln!(out, "### {title} {{#filterable}}\n");
        let rows: Vec<String> = method
            .filters
            .iter()
            .map(|filter| row(filter, style))
            .collect();
        out.push_str(&table(&rows, style));
    }
    inner(
        &mut out,
        &method.params,
        style.word("Parameter", "Параметр"),
        "param",
        style,
    );
    let _ = writeln!(
        out,
        "## {}\n",
        style.word("Response Handling", "Обработка ответа")
    );
    let _ = writeln!(out, "```json\n{}\n```\n", example(method));
    let _ = writeln!(
        out,
        "### {}\n",
        style.word("Returned Data", "Возвращаемые данные")
    );
    let ty = if method.listed {
        "`array`"
    } else {
        "[`object`](../types.md)"
    };
    let mut rows = vec![cells(
        "result",
        ty,
        style.word("The answer", "Ответ"),
        style,
    )];
    rows.extend(method.fields.iter().map(|field| row(field, style)));
    rows.push(cells(
        "time",
        "[`time`](../types.md#time)",
        style.word("Time", "Время"),
        style,
    ));
    out.push_str(&table(&rows, style));
    inner(
        &mut out,
        &method.fields,
        style.word("Object", "Объект"),
        "object",
        style,
    );
    errors(&mut out, method, style);
    if style.windows {
        out = out.replace('\n', "\r\n");
    }
    out
}

/// The tables of objects.
fn inner(out: &mut String, values: &[Value], kind: &str, anchor: &str, style: &Style) {
    for value in values.iter().filter(|value| !value.fields.is_empty()) {
        // Links and names lead to a table alike.
        let link = if value.name.len() % 2 == 0 {
            format!(" {{#{anchor}-{}}}", value.name.to_lowercase())
        } else {
            String::new()
        };
        let _ = writeln!(out, "### {kind} {}{link}\n", value.name);
        let rows: Vec<String> = value.fields.iter().map(|field| row(field, style)).collect();
        out.push_str(&table(&rows, style));
    }
}

fn errors(out: &mut String, method: &Method, style: &Style) {
    let _ = writeln!(
        out,
        "## {}\n",
        style.word("Error Handling", "Обработка ошибок")
    );
    if method.errors.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "### {}\n",
        style.word("Possible Error Codes", "Возможные коды ошибок")
    );
    let heading = style.word(
        "|| **Code** | **Description** | **Value** ||",
        "|| **Код** | **Описание** | **Значение** ||",
    );
    let _ = writeln!(out, "#|\n{heading}");
    for (code, text) in &method.errors {
        let code = if code.is_empty() {
            "—".to_owned()
        } else {
            format!("`{code}`")
        };
        let _ = writeln!(
            out,
            "|| {code} | `{text}` | {} ||",
            style.word("It happens", "Бывает")
        );
    }
    out.push_str("|#\n");
}

fn table(rows: &[String], style: &Style) -> String {
    let name = style.word("Name", "Название");
    let ty = style.word("type", "тип");
    let description = style.word("Description", "Описание");
    let mut out = String::from("#|\n");
    let between = if style.one_line { ' ' } else { '\n' };
    let _ = writeln!(out, "|| **{name}**{between}`{ty}` | **{description}** ||");
    for (at, row) in rows.iter().enumerate() {
        let end = match at {
            at if style.careless && at % 3 == 1 => "",
            _ if style.wide || row.trim_end().ends_with('`') => "\n||",
            _ => " ||",
        };
        let _ = writeln!(out, "|| {row}{end}");
    }
    out.push_str("|#\n\n");
    out
}

/// The cells of a row; a name may end with a star.
fn cells(name: &str, ty: &str, text: &str, style: &Style) -> String {
    let between = if style.one_line { ' ' } else { '\n' };
    let star = if name.ends_with('*') { "*" } else { "" };
    let name = name.trim_end_matches('*');
    format!("**{name}**{star}{between}{ty} | {text}")
}

fn row(value: &Value, style: &Style) -> String {
    let star = if value.required { "*" } else { "" };
    let mut text = match value.kind {
        Kind::Object => format!(
            "{} [below](#{}-{})",
            style.word("More", "Подробнее"),
            "param",
            value.name.to_lowercase()
        ),
        _ => style.word("What it is", "Что это").to_owned(),
    };
    let values = value.kind.values();
    if style.sentences && values.len() == 2 {
        let or = style.word("or", "или");
        let _ = write!(text, ": `{}` {or} `{}`", values[0], values[1]);
    } else if !values.is_empty() {
        let _ = write!(
            text,
            ".\n\n{}",
            style.word("Possible values:", "Возможные значения:")
        );
        for one in values {
            let _ = write!(
                text,
                "\n- `{one}` {} {}",
                style.dash,
                style.word("it", "это")
            );
        }
    }
    if let Some(default) = value.default {
        let _ = write!(
            text,
            "\n\n{} {} `{default}`",
            style.word("Default", "По умолчанию"),
            style.dash
        );
    }
    let name = format!("{}{star}", value.name);
    let ty = format!("[`{}`](../types.md)", value.kind.on_page());
    cells(&name, &ty, &text, style)
}

fn filter(method: &Method, style: &Style) -> String {
    let mut text = style
        .word(
            "Which [fields](#filterable). Prefixes:",
            "Какие [поля](#filterable). Префиксы:",
        )
        .to_owned();
    for operator in &method.operators {
        let _ = write!(
            text,
            "\n- `{operator}` {} {}",
            style.dash,
            style.word("compares", "сравнивает")
        );
    }
    text.push('\n');
    cells("filter", "[`object`](../types.md)", &text, style)
}

/// An answer with every field.
fn example(method: &Method) -> String {
    let fields: Vec<String> = method.fields.iter().map(shown).collect();
    let object = format!("{{ {} }}", fields.join(", "));
    let result = if method.listed {
        format!("[ {object} ]")
    } else {
        object
    };
    format!("{{ \"result\": {result} }}")
}

fn shown(value: &Value) -> String {
    let fields: Vec<String> = value.fields.iter().map(shown).collect();
    let json = match value.kind {
        Kind::Object => format!("{{ {} }}", fields.join(", ")),
        Kind::Ids | Kind::Texts => "[\"1\"]".to_owned(),
        Kind::Boolean => "true".to_owned(),
        Kind::Choice => "\"red\"".to_owned(),
        Kind::Flag => "\"Y\"".to_owned(),
        _ => "\"1\"".to_owned(),
    };
    format!("\"{}\": {json}", value.name)
}
