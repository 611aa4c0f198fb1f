//! Numbers: as numbers, or as texts of digits.

use std::fmt;

use serde::Deserializer;
use serde::de::{Error, Unexpected, Visitor};

use super::Decode;

/// An `i64` from a number or a text of digits.
#[derive(Debug)]
pub struct Int;

impl Decode<i64> for Int {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
        deserializer.deserialize_any(IntVisitor)
    }
}

struct IntVisitor;

impl Visitor<'_> for IntVisitor {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer, as a number or a text of digits")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<i64, E> {
        Ok(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<i64, E> {
        i64::try_from(value).map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    /// PHP prints a whole double as `1.0` where its precision is set so.
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)] // checked right before
    fn visit_f64<E: Error>(self, value: f64) -> Result<i64, E> {
        const EXACT: f64 = (1_i64 << 53) as f64;
        if value.fract() == 0.0 && value.abs() <= EXACT {
            Ok(value as i64)
        } else {
            Err(E::invalid_value(Unexpected::Float(value), &self))
        }
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<i64, E> {
        value
            .parse()
            .or_else(|_| value.trim().parse())
            .map_err(|_| E::invalid_value(Unexpected::Str(value), &self))
    }
}

/// An `f64` from any number or a text of one. `NaN` and infinities are none: JSON has no form for them.
#[derive(Debug)]
pub struct Float;

impl Decode<f64> for Float {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        deserializer.deserialize_any(FloatVisitor)
    }
}

struct FloatVisitor;

impl Visitor<'_> for FloatVisitor {
    type Value = f64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<f64, E> {
        Ok(value)
    }

    #[allow(clippy::cast_precision_loss)] // seconds and Unix times are far below 2^53
    fn visit_i64<E: Error>(self, value: i64) -> Result<f64, E> {
        Ok(value as f64)
    }

    #[allow(clippy::cast_precision_loss)]
    fn visit_u64<E: Error>(self, value: u64) -> Result<f64, E> {
        Ok(value as f64)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<f64, E> {
        let number = value.trim().parse().ok();
        number
            .filter(|number: &f64| number.is_finite())
            .ok_or_else(|| E::invalid_value(Unexpected::Str(value), &self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(json: &str) -> Result<i64, serde_json::Error> {
        Int::decode(&mut serde_json::Deserializer::from_str(json))
    }

    #[test]
    fn integers_come_as_numbers_and_texts() {
        assert_eq!(int("77").unwrap(), 77);
        assert_eq!(int(r#""77""#).unwrap(), 77);
        assert_eq!(int("-1").unwrap(), -1);
        assert_eq!(int("1.0").unwrap(), 1);
        for json in [
            "1.5",
            r#""x""#,
            r#""""#,
            "true",
            "18446744073709551615",
            "1e300",
        ] {
            assert!(
                int(json).unwrap_err().to_string().contains("an integer"),
                "{json}"
            );
        }
    }

    #[test]
    fn doubles_come_as_integers() {
        let float = |json| Float::decode(&mut serde_json::Deserializer::from_str(json)).unwrap();
        assert!((float("0") - 0.0).abs() < f64::EPSILON);
        assert!((float("1773921687") - 1_773_921_687.0).abs() < f64::EPSILON);
        assert!((float(r#""0.5""#) - 0.5).abs() < f64::EPSILON);
    }

    #[test]
    fn what_json_cannot_say_is_no_number() {
        for text in [
            r#""NaN""#,
            r#""inf""#,
            r#""-infinity""#,
            r#""1e999""#,
            r#""x""#,
        ] {
            let decoded = Float::decode(&mut serde_json::Deserializer::from_str(text));
            assert!(decoded.is_err(), "{text}");
        }
    }
}
