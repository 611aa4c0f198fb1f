//! Texts, and numbers where a text is due.

use std::fmt;

use serde::Deserializer;
use serde::de::{Error, Visitor};

use super::Decode;

/// A `String` from a text, or from a number in its place.
#[derive(Debug)]
pub struct Text;

impl Decode<String> for Text {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<String, E> {
        Ok(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<String, E> {
        Ok(value.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_texts_too() {
        let text = |json| Text::decode(&mut serde_json::Deserializer::from_str(json));
        assert_eq!(text(r#""s1""#).unwrap(), "s1");
        assert_eq!(text("12").unwrap(), "12");
        assert!(text("[]").unwrap_err().to_string().contains("a text"));
    }
}
