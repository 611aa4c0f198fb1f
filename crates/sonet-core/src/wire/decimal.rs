//! Numbers with a fraction, digit by digit.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize, Serializer};

/// A number with a fraction, such as an amount of money or a percentage, with the digits that came.
///
/// The server keeps money as text, and an `f64` would change what it can't hold. Two numbers are equal if their values are:
/// `1500.10` and `1500.1`. Whatever decimal type a program uses, it can read one by [`Decimal::as_str`].
///
/// A number or a text is read. A text is sent, which the server takes for a number. Of a text, every digit is kept, also of one
/// with an exponent; a JSON number with a fraction comes through an `f64`, which holds 15 digits of any number.
///
/// ```
/// # extern crate sonet_core as sonet_async;
/// use sonet_async::wire::Decimal;
///
/// let amount: Decimal = "1500.10".parse()?;
/// assert_eq!(amount.to_string(), "1500.10");
/// assert_eq!(amount, Decimal::try_from(1500.1)?);
/// assert!(amount > Decimal::from(1500));
/// # Ok::<(), sonet_async::wire::NotADecimal>(())
/// ```
#[derive(Clone)]
pub struct Decimal(String);

/// A text or a number that is no [`Decimal`]: what is no number, is not finite, or has more than 400 digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotADecimal(());

/// More digits than any `f64` has in front of its point or behind it.
const LONGEST: usize = 400;

impl Decimal {
    /// The digits: a sign, if the number is negative, digits, and perhaps a point with digits behind it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The nearest `f64`.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// Whether it is negative, and its digits before and behind the point, without zeros that mean nothing.
    fn parts(&self) -> (bool, &str, &str) {
        let digits = self.0.trim_start_matches('-');
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        let is_zero = whole.is_empty() && fraction.is_empty();
        (self.0.starts_with('-') && !is_zero, whole, fraction)
    }
}

impl FromStr for Decimal {
    type Err = NotADecimal;

    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        let text = text.trim();
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (digits, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_number =
            is_digits(whole) && is_digits(fraction) && (whole.len() + fraction.len()) > 0;
        let exponent: i32 = exponent.parse().map_err(|_| NotADecimal(()))?;
        if !is_number || digits.len() > LONGEST {
            return Err(NotADecimal(()));
        }
        let sign = if text.starts_with('-') { "-" } else { "" };
        if exponent != 0 {
            return shifted(sign, whole, fraction, exponent);
        }
        let whole = if whole.is_empty() { "0" } else { whole };
        let point = if fraction.is_empty() { "" } else { "." };
        Ok(Self(format!("{sign}{whole}{point}{fraction}")))
    }
}

/// The digits with the point moved to where the exponent says. An `f64` would do the same, and lose what it can't hold.
fn shifted(sign: &str, whole: &str, fraction: &str, exponent: i32) -> Result<Decimal, NotADecimal> {
    let places = usize::try_from(exponent.unsigned_abs()).unwrap_or(usize::MAX);
    if places > LONGEST {
        return Err(NotADecimal(()));
    }
    let zeros = "0".repeat(places);
    // With as many zeros on the side that the point moves to, it always moves between digits.
    let (digits, point) = if exponent > 0 {
        (format!("{whole}{fraction}{zeros}"), whole.len() + places)
    } else {
        (format!("{zeros}{whole}{fraction}"), whole.len())
    };
    let (whole, fraction) = digits.split_at(point);
    let fraction = match exponent {
        // The zeros that the point has not passed say nothing.
        1.. => &fraction[..fraction.len().saturating_sub(places)],
        _ => fraction,
    };
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if whole.len() + fraction.len() > LONGEST {
        return Err(NotADecimal(()));
    }
    let point = if fraction.is_empty() { "" } else { "." };
    Ok(Decimal(format!("{sign}{whole}{point}{fraction}")))
}

impl TryFrom<f64> for Decimal {
    type Error = NotADecimal;

    /// The shortest digits that mean this number.
    fn try_from(number: f64) -> Result<Self, NotADecimal> {
        if number.is_finite() {
            Ok(Self(number.to_string()))
        } else {
            Err(NotADecimal(()))
        }
    }
}

macro_rules! from_integers {
    ($($integer:ty),*) => {
        $(
            impl From<$integer> for Decimal {
                fn from(number: $integer) -> Self {
                    Self(number.to_string())
                }
            }
        )*
    };
}

from_integers!(i8, i16, i32, i64, u8, u16, u32, u64);

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl Eq for Decimal {}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parts().hash(state);
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let ((minus, whole, fraction), (other_minus, other_whole, other_fraction)) =
            (self.parts(), other.parts());
        let size =
            (whole.len(), whole, fraction).cmp(&(other_whole.len(), other_whole, other_fraction));
        match (minus, other_minus) {
            (false, false) => size,
            (true, true) => size.reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for NotADecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "not a number with at most {LONGEST} digits, such as 1500.10"
        )
    }
}

impl std::error::Error for NotADecimal {}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Digits;

        impl Visitor<'_> for Digits {
            type Value = Decimal;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number, or a text of one")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Decimal, E> {
                text.parse()
                    .map_err(|_| E::invalid_value(de::Unexpected::Str("…"), &self))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Decimal, E> {
                Ok(number.into())
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Decimal, E> {
                Ok(number.into())
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Decimal, E> {
                number.try_into().map_err(E::custom)
            }
        }

        deserializer.deserialize_any(Digits)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn digits_stay_and_values_are_compared() {
        for text in [
            "1500.10",
            "0.5",
            "-3",
            "00012.340",
            "123456789012345678901234567890.12",
        ] {
            let number = decimal(text);
            assert_eq!(number.to_string(), text);
            let json = serde_json::to_string(&number).unwrap();
            assert_eq!(serde_json::from_str::<Decimal>(&json).unwrap(), number);
        }
        assert_eq!(decimal("1500.10"), decimal("1500.1"));
        assert_eq!(decimal("-0.00"), decimal("0"));
        assert_ne!(decimal("1.01"), decimal("1.1"));
        assert_eq!(decimal("+.5").as_str(), "0.5");
        assert_eq!(decimal("7.").as_str(), "7");
        assert_eq!(decimal("1e3"), Decimal::from(1000));
        assert_eq!(
            decimal("12345678901234567890.12E1").as_str(),
            "123456789012345678901.2"
        );
        assert_eq!(decimal("-1234567.8900e-2").as_str(), "-12345.678900");
        assert_eq!(decimal("5e-3").as_str(), "0.005");
        assert_eq!(decimal("1.50e+1").as_str(), "15.0");
        assert_eq!(decimal("1500.10e0").as_str(), "1500.10");
        let distinct: HashSet<_> = ["1", "1.0", "01", "2"].map(decimal).into_iter().collect();
        assert_eq!(distinct.len(), 2);
    }

    #[test]
    fn an_exponent_moves_the_point_as_in_any_other_number() {
        for digits in [
            "0",
            "7",
            "-7",
            "+12.5",
            ".25",
            "3.",
            "-0.00120",
            "90071992547409.91",
        ] {
            for exponent in -20..=20 {
                let text = format!("{digits}e{exponent}");
                let expected: f64 = text.parse().unwrap();
                let number = decimal(&text);
                assert_eq!(number.to_f64().to_bits(), expected.to_bits(), "{text}");
                assert_eq!(decimal(number.as_str()).as_str(), number.as_str(), "{text}");
            }
        }
    }

    #[test]
    fn order_is_that_of_numbers() {
        let mut numbers = ["10", "9.5", "-1", "-10", "0", "9.45", "0.1"].map(decimal);
        numbers.sort();
        assert_eq!(
            numbers.map(|number| number.to_string()),
            ["-10", "-1", "0", "0.1", "9.45", "9.5", "10"]
        );
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "",
            " ",
            ".",
            "-",
            "1,5",
            "1.2.3",
            "NaN",
            "inf",
            "0x10",
            "e3",
            "12a",
            "1e999",
            "1e-999",
            "1e",
            "1e+",
            "1e1.5",
            "1e+-2",
            "1e2e3",
            "1e99999999999999999999",
        ] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
        assert!("1".repeat(401).parse::<Decimal>().is_err());
        assert!(Decimal::try_from(f64::NAN).is_err());
        assert!(
            serde_json::from_str::<Decimal>("\"secret\"")
                .unwrap_err()
                .to_string()
                .contains('…')
        );
    }

    #[test]
    fn numbers_come_as_numbers_or_texts() {
        for json in ["1500.1", "\"1500.10\"", "\" 1500.1 \""] {
            assert_eq!(
                serde_json::from_str::<Decimal>(json).unwrap(),
                decimal("1500.1")
            );
        }
        assert_eq!(
            serde_json::from_str::<Decimal>("18446744073709551615")
                .unwrap()
                .as_str(),
            u64::MAX.to_string()
        );
        assert!((decimal("2.5").to_f64() - 2.5).abs() < f64::EPSILON);
    }
}
