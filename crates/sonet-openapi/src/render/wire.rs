//! Forms of values that do not depend on the spec.

use serde_json::{Value, json};

use crate::model::{Entries, Kind, Rest, Schema};

/// The forms that have a name. They are written out in [`all`].
pub(super) const TEXT: &str = "Wire.Text";
pub(super) const INTEGER: &str = "Wire.Integer";
pub(super) const FLAG: &str = "Wire.Flag";
pub(super) const BOOLEAN: &str = "Wire.Boolean";
pub(super) const DATE_TIME: &str = "Wire.DateTime";
pub(super) const DATE: &str = "Wire.Date";
pub(super) const TIMESTAMP: &str = "Wire.Timestamp";
pub(super) const ACCEPTED: &str = "Wire.Accepted";
pub(super) const EMPTY: &str = "Wire.Empty";
pub(super) const IDENTIFIED: &str = "Wire.Identified";
pub(super) const NOTHING: &str = "Wire.Nothing";
pub(super) const NO_ID: &str = "Wire.NoId";
pub(super) const NO_OBJECT: &str = "Wire.NoObject";
pub(super) const FILE: &str = "Wire.File";
pub(super) const DIRECTION: &str = "Wire.Direction";
pub(super) const ACCESS_TOKEN: &str = "Wire.AccessToken";
pub(super) const TIME: &str = "Wire.Time";
pub(super) const ERROR: &str = "Wire.Error";

pub(super) const NUMBER: &str = "Wire.Number";

/// PHP's values for nothing.
const BLANK: [Value; 3] = [
    Value::Null,
    Value::String(String::new()),
    Value::Bool(false),
];

pub(super) fn all() -> Vec<(&'static str, Schema)> {
    let mut all = scalars();
    all.extend(values_for_nothing());
    all.extend(of_requests());
    all.push((TIME, time()));
    all.push((ERROR, error()));
    all
}

fn scalars() -> Vec<(&'static str, Schema)> {
    let any = Schema::any;
    let digits = |pattern| Schema {
        pattern: Some(pattern),
        ..Schema::of(Kind::String)
    };
    let integer = any([Schema::of(Kind::Integer), digits("^\\s*[+-]?[0-9]+\\s*$")]);
    let number = any([
        Schema::of(Kind::Number),
        digits("^\\s*[+-]?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?\\s*$"),
    ]);
    let values = |values: Value| Schema {
        values: values.as_array().cloned().unwrap_or_default(),
        ..Schema::default()
    };
    let others = json!(["y", "n", "1", "0", "true", "false", "", true, false, 1, 0]);
    let flag = any([values(json!(["Y", "N"])), values(others)]);
    let others = json!(["Y", "N", "y", "n", "1", "0", "true", "false", "", 1, 0]);
    let boolean = any([Schema::of(Kind::Boolean), values(others)]);
    let date = Schema {
        pattern: Some("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
        examples: vec![json!("2026-03-19")],
        ..Schema::of(Kind::String)
    };
    let date_time = Schema {
        pattern: Some(
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:?[0-9]{2})$",
        ),
        examples: vec![json!("2026-03-19T15:01:27+02:00")],
        ..Schema::of(Kind::String)
    };
    vec![
        (
            TEXT,
            Schema::of_any([Kind::String, Kind::Number])
                .describe("A text, or a number in its place."),
        ),
        (
            INTEGER,
            integer.describe("A whole number, or a text of digits."),
        ),
        (NUMBER, number.describe("A number, or a text of one.")),
        (FLAG, flag.describe("`Y` or `N`, or another form of it.")),
        (
            BOOLEAN,
            boolean.describe("`true` or `false`, or another form of it."),
        ),
        (
            DATE_TIME,
            date_time.describe(
                "A moment in ISO 8601 with an offset, with or without a colon in it.",
            ),
        ),
        (
            DATE,
            any([date, Schema::named(DATE_TIME)])
                .describe("A day in ISO 8601, or a moment that is midnight of it, in UTC or where it is written."),
        ),
        (
            TIMESTAMP,
            Schema::of_any([Kind::String, Kind::Number]).describe(
                "A moment whose form no page shows: ISO 8601 with an offset, or the site's own format.",
            ),
        ),
        (ACCEPTED, accepted()),
        (EMPTY, empty()),
        (IDENTIFIED, identified()),
    ]
}

/// What a method answers that has nothing to say but that it ran.
fn accepted() -> Schema {
    let mut answer = Schema::of(Kind::Object);
    answer.properties.push("data", Schema::named(ACCEPTED));
    answer.required.push("data".to_owned());
    let no = Schema {
        pattern: Some("^\\s*(?:0|[Nn]|[Nn][Oo]|[Ff][Aa][Ll][Ss][Ee]|[Nn][Uu][Ll][Ll])?\\s*$"),
        ..Schema::default()
    };
    let text = Schema {
        not: Some(Box::new(no)),
        ..Schema::of(Kind::String)
    };
    let number = Schema {
        minimum: Some(1),
        ..Schema::of(Kind::Integer)
    };
    Schema::any([Schema::constant(true), text, number, answer]).describe(
        "The server ran the call: `true`, or a text in its place, or an object with it in `data`.",
    )
}

/// What a method answers that has nothing to return.
fn empty() -> Schema {
    let object = Schema {
        max_properties: Some(0),
        ..Schema::of(Kind::Object)
    };
    let null = Schema::of(Kind::Null);
    Schema::any([empty_list(), object, null, Schema::constant(true)])
        .describe("The server ran the call and has nothing to return.")
}

fn empty_list() -> Schema {
    Schema {
        max_items: Some(0),
        ..Schema::of(Kind::Array)
    }
}

/// What older portals answer in the place of an identifier.
fn identified() -> Schema {
    let with = |key: &str| {
        let mut object = Schema::of(Kind::Object);
        object.properties.push(key, Schema::named(INTEGER));
        object.required.push(key.to_owned());
        object
    };
    Schema::any([with("ID"), with("id")])
        .describe("What is identified, in the place of its identifier, as in older versions.")
}

fn values_for_nothing() -> Vec<(&'static str, Schema)> {
    let blank = Schema {
        values: BLANK.to_vec(),
        ..Schema::default()
    };
    let zero = [json!(0), json!("0")];
    let no_id = Schema {
        values: BLANK.into_iter().chain(zero).collect(),
        ..Schema::default()
    };
    vec![
        (
            NOTHING,
            blank
                .clone()
                .describe("No value, in the forms that PHP has for it."),
        ),
        (
            NO_ID,
            no_id.describe("No identifier: they begin with 1, and `0` is none."),
        ),
        (
            NO_OBJECT,
            Schema::any([blank, empty_list()])
                .describe("No object. PHP prints an empty one as an empty list."),
        ),
    ]
}

fn of_requests() -> Vec<(&'static str, Schema)> {
    let name = Schema {
        min_length: Some(1),
        ..Schema::of(Kind::String)
    };
    let content = Schema {
        content_encoding: Some("base64"),
        ..Schema::of(Kind::String)
    };
    let file = Schema {
        prefix_items: vec![
            name.describe("Name. The server tells the type by its ending."),
            content.describe("Content in Base64."),
        ],
        min_items: Some(2),
        max_items: Some(2),
        ..Schema::of(Kind::Array)
    };
    let direction = Schema {
        values: vec![json!("ASC"), json!("DESC")],
        ..Schema::of(Kind::String)
    };
    vec![
        (FILE, file.describe("A file: its name and its content.")),
        (DIRECTION, direction.describe("Ascending or descending.")),
        (
            ACCESS_TOKEN,
            Schema::of(Kind::String).describe(
                "Access token of an application, if it is not in the query. Not with a webhook, which ignores it.",
            ),
        ),
    ]
}

/// What an answer says of the time that the call took.
fn time() -> Schema {
    let number = || Schema::named(NUMBER);
    let text = || Schema::of(Kind::String);
    let fields = [
        (
            "start",
            number(),
            "When the call began, in seconds since 1970-01-01 UTC.",
        ),
        (
            "finish",
            number(),
            "When it ended, in seconds since 1970-01-01 UTC.",
        ),
        ("duration", number(), "How long it took, in seconds."),
        (
            "processing",
            number(),
            "How long the server worked on it, in seconds.",
        ),
        ("date_start", text(), "When it began, in ISO 8601."),
        ("date_finish", text(), "When it ended, in ISO 8601."),
        (
            "operating_reset_at",
            number(),
            "When the oldest part of `operating` no longer counts, in seconds since 1970-01-01 UTC.",
        ),
        (
            "operating",
            number(),
            "How long this method has run for this application or webhook in the last 10 minutes, in seconds.",
        ),
    ];
    let properties = fields.map(|(name, schema, doc)| (name.to_owned(), schema.describe(doc)));
    let time = Schema {
        properties: Entries::from_iter(properties),
        ..Schema::of(Kind::Object)
    };
    Schema::any([time, empty_list()])
        .describe("How long the call took. What is in it differs by method and by version.")
}

/// The body of an error.
fn error() -> Schema {
    let mut error = Schema::of(Kind::Object);
    error.properties.push(
        "error",
        Schema::of_any([Kind::String, Kind::Integer]).describe(
            "Code, whose case differs from page to page. It may be empty, or a number that says nothing: then the text tells errors apart.",
        ),
    );
    error.properties.push(
        "error_description",
        Schema::of_any([Kind::String, Kind::Null]).describe(
            "Text for developers, in some cases in the portal's language. It may be empty.",
        ),
    );
    error.required.push("error".to_owned());
    error.describe(
        "What went wrong. That `error` is there tells an error from an answer, not its value.",
    )
}

/// An object that has nothing but these fields.
pub(super) fn closed(properties: Entries<Schema>, required: Vec<String>) -> Schema {
    Schema {
        properties,
        required,
        additional_properties: Some(Rest::NOTHING),
        ..Schema::of(Kind::Object)
    }
}

/// A day, of which the server keeps no time.
pub(super) fn date() -> Schema {
    Schema {
        format: Some("date"),
        ..Schema::of(Kind::String)
    }
}

/// A moment, as the pages ask for it.
pub(super) fn date_time() -> Schema {
    Schema {
        format: Some("date-time"),
        ..Schema::of(Kind::String)
    }
}

/// A flag, as the pages ask for it.
pub(super) fn flag() -> Schema {
    Schema {
        values: vec!["Y".into(), "N".into()],
        ..Schema::of(Kind::String)
    }
}
