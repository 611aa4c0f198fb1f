//! The JSON that the portal prints.
//!
//! It is printed the way PHP's `json_encode` does by default: an object without keys is `[]`, a
//! float without a fraction has no `.0`, slashes are escaped, and so is everything beyond ASCII.
//! Keys keep the order in which the method gave them.

#[cfg(test)]
use super::value::Value;
use std::borrow::Cow;
use std::fmt::{self, Write};

/// A JSON value to print.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    List(Vec<Json>),
    Object(Object),
}

/// An object with its keys in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Object(Vec<(Cow<'static, str>, Json)>);

impl Object {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a key, or gives a present one a new value.
    pub(crate) fn set(&mut self, key: impl Into<Cow<'static, str>>, value: impl Into<Json>) {
        let (key, value) = (key.into(), value.into());
        match self.0.iter_mut().find(|(k, _)| *k == key) {
            Some(entry) => entry.1 = value,
            None => self.0.push((key, value)),
        }
    }

    /// The keys and values in order.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(key, value)| (key.as_ref(), value))
    }

    /// Adds a key, for building in one expression.
    #[must_use]
    pub(crate) fn with(
        mut self,
        key: impl Into<Cow<'static, str>>,
        value: impl Into<Json>,
    ) -> Self {
        self.set(key, value);
        self
    }
}

impl Json {
    /// A `Y` or an `N`.
    pub(crate) fn flag(flag: bool) -> Self {
        Json::Text(if flag { "Y" } else { "N" }.to_owned())
    }

    /// An identifier or a counter printed as a number.
    pub(crate) fn number(number: u64) -> Self {
        Json::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// An identifier or a counter printed as text.
    pub(crate) fn digits(number: u64) -> Self {
        Json::Text(number.to_string())
    }

    /// A text, or `null` where there is none.
    pub(crate) fn text_or_null(text: &str) -> Self {
        if text.is_empty() {
            Json::Null
        } else {
            Json::Text(text.to_owned())
        }
    }
}

impl Json {
    /// An array of PHP's: a list if its keys are 0, 1, 2 and so on, otherwise an object. The keys
    /// must differ.
    pub(crate) fn php_array(entries: Vec<(String, Json)>) -> Self {
        let numbered = |(n, (key, _)): (usize, &(String, Json))| *key == n.to_string();
        if entries.iter().enumerate().all(numbered) {
            return Json::List(entries.into_iter().map(|(_, value)| value).collect());
        }
        let entries = entries.into_iter();
        Json::Object(Object(
            entries.map(|(key, value)| (key.into(), value)).collect(),
        ))
    }

    /// What stands under a key or a number.
    pub(crate) fn at(&self, key: &str) -> Option<&Json> {
        match self {
            Json::List(items) => {
                let index = key.parse::<usize>().ok()?;
                items.get(index).filter(|_| index.to_string() == key)
            }
            Json::Object(Object(entries)) => {
                let entry = entries.iter().find(|(own, _)| own == key)?;
                Some(&entry.1)
            }
            _ => None,
        }
    }
}

impl From<bool> for Json {
    fn from(flag: bool) -> Self {
        Json::Bool(flag)
    }
}

impl From<i64> for Json {
    fn from(number: i64) -> Self {
        Json::Int(number)
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Json::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Json::Text(text)
    }
}

impl From<Object> for Json {
    fn from(object: Object) -> Self {
        Json::Object(object)
    }
}

impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(items: Vec<T>) -> Self {
        Json::List(items.into_iter().map(Into::into).collect())
    }
}

/// The tests of what comes in print it.
#[cfg(test)]
impl From<&Value> for Json {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Json::Null,
            Value::Bool(flag) => Json::Bool(*flag),
            Value::Int(number) => Json::Int(*number),
            Value::Float(number) => Json::Float(*number),
            Value::Text(text) => Json::Text(text.clone()),
            Value::Array(array) if array.is_list() => {
                Json::List(array.values().map(Json::from).collect())
            }
            Value::Array(array) => Json::Object(Object(
                array
                    .iter()
                    .map(|(key, value)| (Cow::Owned(key.to_owned()), value.into()))
                    .collect(),
            )),
        }
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Json::Null => f.write_str("null"),
            Json::Bool(flag) => write!(f, "{flag}"),
            Json::Int(number) => write!(f, "{number}"),
            // Rust prints the shortest text that reads back the same, without `.0`, as PHP does.
            Json::Float(number) if number.is_finite() => write!(f, "{number}"),
            Json::Float(_) => f.write_str("0"),
            Json::Text(text) => print_text(f, text),
            Json::List(items) => print_list(f, items),
            Json::Object(Object(entries)) if entries.is_empty() => f.write_str("[]"),
            Json::Object(Object(entries)) => print_object(f, entries),
        }
    }
}

fn print_list(f: &mut fmt::Formatter<'_>, items: &[Json]) -> fmt::Result {
    f.write_char('[')?;
    for (n, item) in items.iter().enumerate() {
        if n > 0 {
            f.write_char(',')?;
        }
        write!(f, "{item}")?;
    }
    f.write_char(']')
}

fn print_object(f: &mut fmt::Formatter<'_>, entries: &[(Cow<'static, str>, Json)]) -> fmt::Result {
    f.write_char('{')?;
    for (n, (key, value)) in entries.iter().enumerate() {
        if n > 0 {
            f.write_char(',')?;
        }
        print_text(f, key)?;
        write!(f, ":{value}")?;
    }
    f.write_char('}')
}

fn print_text(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    // Most texts need no escape, and are written in one go.
    let plain = |byte: &u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\' | b'/');
    if text.as_bytes().iter().all(plain) {
        f.write_str(text)?;
        return f.write_char('"');
    }
    for symbol in text.chars() {
        match symbol {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '/' => f.write_str("\\/")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            '\u{8}' => f.write_str("\\b")?,
            '\u{c}' => f.write_str("\\f")?,
            ' '..='~' => f.write_char(symbol)?,
            _ => {
                for unit in symbol.encode_utf16(&mut [0; 2]) {
                    write!(f, "\\u{unit:04x}")?;
                }
            }
        }
    }
    f.write_char('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_as_php_does() {
        let json = Json::from(
            Object::new()
                .with("z", Object::new())
                .with("a", Json::Float(1.0))
                .with("b", Json::Float(0.25))
                .with("c", vec!["x/y", "\u{1}\"\\\r\n"])
                .with("d", "Я😀"),
        );
        assert_eq!(
            json.to_string(),
            "{\"z\":[],\"a\":1,\"b\":0.25,\"c\":[\"x\\/y\",\"\\u0001\\\"\\\\\\r\\n\"],\
             \"d\":\"\\u042f\\ud83d\\ude00\"}"
        );
    }

    #[test]
    fn a_key_stands_once() {
        let object = Object::new()
            .with("a", 1_i64)
            .with("b", 2_i64)
            .with("a", 3_i64);
        assert_eq!(Json::from(object).to_string(), r#"{"a":3,"b":2}"#);
    }
}
