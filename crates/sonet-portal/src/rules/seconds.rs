//! Times in a file of rules, which are numbers of seconds.

use super::method_scopes;
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

/// A number of seconds, whole or not.
struct Seconds(Duration);

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SecondsVisitor)
    }
}

struct SecondsVisitor;

impl Visitor<'_> for SecondsVisitor {
    type Value = Seconds;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number of seconds, such as 480 or 0.1")
    }

    fn visit_u64<E: Error>(self, seconds: u64) -> Result<Seconds, E> {
        Ok(Seconds(Duration::from_secs(seconds)))
    }

    fn visit_i64<E: Error>(self, seconds: i64) -> Result<Seconds, E> {
        let whole = u64::try_from(seconds).map(Duration::from_secs);
        whole.map(Seconds).map_err(|_| {
            E::custom(format!(
                "{seconds} is not a number of seconds that a clock can count"
            ))
        })
    }

    fn visit_f64<E: Error>(self, seconds: f64) -> Result<Seconds, E> {
        let time = Duration::try_from_secs_f64(seconds);
        time.map(Seconds).map_err(|_| {
            E::custom(format!(
                "{seconds} is not a number of seconds that a clock can count"
            ))
        })
    }
}

pub(crate) fn one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    Seconds::deserialize(deserializer).map(|seconds| seconds.0)
}

pub(crate) fn option<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Duration>, D::Error> {
    let seconds = Option::<Seconds>::deserialize(deserializer)?;
    Ok(seconds.map(|seconds| seconds.0))
}

/// Times by the names of methods, which have to be some of the portal's.
pub(crate) fn by_method<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, Duration>, D::Error> {
    let named = BTreeMap::<String, Seconds>::deserialize(deserializer)?;
    let known = named.into_iter().map(|(name, seconds)| {
        let method = method_scopes::find(&name);
        let (name, _) =
            method.ok_or_else(|| D::Error::custom(format!("there is no method `{name}`")))?;
        Ok((name.to_owned(), seconds.0))
    });
    known.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rules;

    #[test]
    fn times_are_numbers_of_seconds() {
        let read = |text: &str| serde_json::from_str::<Rules>(text);
        let rules = read(
            r#"{"operating_limit":480,"rate":{"every":0.25},"costs":{"Sonet_Group.GET":1.5}}"#,
        );
        let rules = rules.unwrap();
        assert_eq!(rules.operating_limit, Some(Duration::from_secs(480)));
        assert_eq!(rules.rate.unwrap().every, Duration::from_millis(250));
        assert_eq!(rules.costs["sonet_group.get"], Duration::from_millis(1_500));
        assert_eq!(
            read(r#"{"operating_limit":null}"#).unwrap().operating_limit,
            None
        );
        for (wrong, told) in [
            (r#"{"operating_limit":-1}"#, "-1 is not a number of seconds"),
            (r#"{"operating_limit":1e300}"#, "is not a number of seconds"),
            (
                r#"{"operating_limit":"soon"}"#,
                "expected a number of seconds",
            ),
            (
                r#"{"costs":{"sonet_group.gte":1}}"#,
                "there is no method `sonet_group.gte`",
            ),
            (r#"{"rate":{"drian":1}}"#, "unknown field `drian`"),
            (
                r#"{"bogus":1}"#,
                "unknown field `bogus`, expected one of `batch_overflow`",
            ),
        ] {
            let error = read(wrong).unwrap_err().to_string();
            assert!(error.contains(told), "{wrong}: {error}");
        }
    }
}
