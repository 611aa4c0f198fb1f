//! What values have to look like.

use crate::domain::dates;
use crate::domain::filter::{Dialect, TableDialect};
use crate::wire::value::{Array, Value};

/// A parameter and what it has to look like.
pub(super) type Parameter = (&'static str, Shape);

/// The name that stands for the fields of a portal's own.
pub(super) const CUSTOM: &str = "UF_*";

/// The fields of a portal's own.
pub(super) const CUSTOM_FIELDS: Parameter = (CUSTOM, Shape::Any);

/// The form of a value. Numbers may come as texts everywhere, as forms have nothing else.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    Any,
    /// A positive whole number.
    Id,
    /// One identifier, or a list of them that isn't empty.
    Ids,
    Int,
    /// A multiple of 100.
    Hundreds,
    Text,
    Texts,
    /// A list of files on Drive, each with `n` before its identifier.
    Attached,
    /// One of these files.
    File,
    /// `Y` or `N`.
    Flag,
    /// `true`, `false`, `1` or `0`.
    Truth,
    Date,
    /// One of these.
    Code(&'static [&'static str]),
    /// A list of these.
    Codes(&'static [&'static str]),
    /// A file's name and its content in Base64.
    Image,
    Filter(Dialect),
    Order(Dialect),
    /// A date in ISO 8601, or Unix seconds.
    Moment,
    /// A filter by these fields of a scrum list.
    Columns(&'static [&'static str]),
    /// An order by these fields of a scrum list.
    Directions(&'static [&'static str]),
    /// The commands of a batch.
    Commands,
    Fields(&'static [Parameter]),
}

impl Shape {
    /// Says what is wrong with a value. A `null` is as good as nothing.
    pub(super) fn check(self, value: &Value, name: &str) -> Result<(), String> {
        if *value == Value::Null {
            return Ok(());
        }
        let wants = |what: &str| Err(format!("{name} must be {what}, not {}", shown(value)));
        match self {
            Self::Any => Ok(()),
            Self::Id if value.to_id().is_some() => Ok(()),
            Self::Id => wants("a positive whole number"),
            Self::Ids => check_ids(value, name),
            Self::Int if value.to_int().is_some() => Ok(()),
            Self::Int => wants("a whole number"),
            Self::Hundreds if value.to_int().is_some_and(|number| number % 100 == 0) => Ok(()),
            Self::Hundreds => wants("a multiple of 100"),
            Self::Text if is_text(value) => Ok(()),
            Self::Text => wants("a text"),
            Self::Texts => each(value, name, Self::Text, "a list of texts"),
            Self::Attached => each(value, name, Self::File, "a list of files"),
            Self::File if is_file(value) => Ok(()),
            Self::File => wants("a file's identifier with n before it, such as n428"),
            Self::Flag if is_one_of(value, &["Y", "N"]) => Ok(()),
            Self::Flag => wants("\"Y\" or \"N\""),
            Self::Truth if is_truth(value) => Ok(()),
            Self::Truth => wants("true, false, 1 or 0"),
            Self::Date if is_date(value) => Ok(()),
            Self::Date => wants("a date in ISO 8601 such as 2026-03-19T15:01:27+02:00"),
            Self::Code(codes) if is_one_of(value, codes) => Ok(()),
            Self::Code(codes) => wants(&format!("one of {}", codes.join(", "))),
            Self::Codes(codes) => each(value, name, Self::Code(codes), "a list of codes"),
            Self::Image if is_image(value) => Ok(()),
            Self::Image => wants("a list of a file's name and its content in Base64"),
            Self::Filter(dialect) => check_filter(value, name, dialect),
            Self::Order(dialect) => {
                let told = conditions(dialect).to_owned();
                check_order(value, name, |key| dialect.field(key).is_some(), &told)
            }
            Self::Moment if value.to_int().is_some() || is_date(value) => Ok(()),
            Self::Moment => wants("a date in ISO 8601, or seconds since 1970"),
            Self::Columns(names) => check_columns(value, name, names),
            Self::Directions(names) => {
                check_order(value, name, |key| names.contains(&key), &columns(names))
            }
            Self::Commands => each(value, name, Self::Text, "a list or map of texts"),
            // What is in it is looked at field by field.
            Self::Fields(_) if value.as_array().is_some() => Ok(()),
            Self::Fields(_) => wants("an object"),
        }
    }
}

fn check_ids(value: &Value, name: &str) -> Result<(), String> {
    match value {
        Value::Array(array) if array.is_empty() => Err(format!("{name} must not be an empty list")),
        Value::Array(_) => each(value, name, Shape::Id, "a list"),
        scalar => Shape::Id.check(scalar, name),
    }
}

fn each(value: &Value, name: &str, shape: Shape, what: &str) -> Result<(), String> {
    let Value::Array(array) = value else {
        return Err(format!("{name} must be {what}, not {}", shown(value)));
    };
    array
        .iter()
        .try_for_each(|(key, item)| shape.check(item, &format!("{name}[{key}]")))
}

fn check_filter(value: &Value, name: &str, dialect: Dialect) -> Result<(), String> {
    for (key, _) in object(value, name)?.iter() {
        if dialect.read(key).is_none() {
            return Err(format!(
                "{name} has the unknown condition {key:?}; {}",
                conditions(dialect)
            ));
        }
    }
    Ok(())
}

fn check_columns(value: &Value, name: &str, names: &[&str]) -> Result<(), String> {
    for (key, _) in object(value, name)?.iter() {
        let read = TableDialect::Scrum.read(key);
        if !read.is_some_and(|(_, field)| names.contains(&field)) {
            return Err(format!(
                "{name} has the unknown condition {key:?}; {}",
                columns(names)
            ));
        }
    }
    Ok(())
}

/// What a scrum list filters and orders by.
fn columns(names: &[&str]) -> String {
    let names = names.join(", ");
    format!("the fields are {names}, and the operators = != > >= < <= % =% %= !% !=% !%=")
}

fn check_order(
    value: &Value,
    name: &str,
    knows: impl Fn(&str) -> bool,
    told: &str,
) -> Result<(), String> {
    for (key, direction) in object(value, name)?.iter() {
        if !knows(key) {
            return Err(format!("{name} has the unknown field {key:?}; {told}"));
        }
        let text = direction.to_text().unwrap_or_default();
        if !matches!(text.to_ascii_uppercase().as_str(), "ASC" | "DESC") {
            return Err(format!("{name}[{key}] must be ASC or DESC"));
        }
    }
    Ok(())
}

fn object<'a>(value: &'a Value, name: &str) -> Result<&'a Array, String> {
    let array = value.as_array();
    array.ok_or_else(|| format!("{name} must be an object, not {}", shown(value)))
}

/// What a list method filters and orders by.
fn conditions(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::SonetGroup => {
            "the fields are ID, NAME, OWNER_ID, ACTIVE, VISIBLE, OPENED, CLOSED, DATE_CREATE, \
             DATE_UPDATE, DATE_ACTIVITY, IS_EXTRANET, and the operators = ! != > >= < <= >< !>< ? % !%"
        }
        Dialect::Workgroup => {
            "the fields are ID, NAME, OWNER_ID, ACTIVE, VISIBLE, OPENED, CLOSED, PROJECT, SUBJECT_ID, \
             SITE_ID, DATE_CREATE, DATE_UPDATE, DATE_ACTIVITY, and the operators \
             = ! != > >= < <= % =% %= !% !=% !%="
        }
    }
}

fn is_text(value: &Value) -> bool {
    matches!(value, Value::Text(_) | Value::Int(_) | Value::Float(_))
}

fn is_one_of(value: &Value, codes: &[&str]) -> bool {
    matches!(value, Value::Text(text) if codes.contains(&text.as_str()))
}

/// A form writes an empty list as one with an empty text.
fn is_file(value: &Value) -> bool {
    let Value::Text(text) = value else {
        return false;
    };
    let id = text.strip_prefix('n').and_then(|id| id.parse::<u64>().ok());
    text.is_empty() || id.is_some_and(|id| id > 0)
}

fn is_truth(value: &Value) -> bool {
    match value {
        Value::Bool(_) | Value::Int(0 | 1) => true,
        Value::Text(text) => matches!(text.as_str(), "0" | "1" | "true" | "false"),
        _ => false,
    }
}

fn is_date(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.is_empty() || dates::parse(text).is_some())
}

fn is_image(value: &Value) -> bool {
    let Value::Array(array) = value else {
        return false;
    };
    array.len() == 2 && array.is_list() && array.values().all(|item| matches!(item, Value::Text(_)))
}

/// A value in words, short enough for a message.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Text(text) if text.chars().count() > 40 => "a long text".to_owned(),
        Value::Text(text) => format!("{text:?}"),
        Value::Array(array) if array.is_list() => "a list".to_owned(),
        Value::Array(_) => "an object".to_owned(),
    }
}
