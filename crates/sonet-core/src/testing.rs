//! Values for tests of code that uses the methods.

use chrono::{DateTime, FixedOffset};
use form_urlencoded::Serializer;
use serde_json::Value;

/// An object of an answer as a portal could give it, for tests.
///
/// Generated for every object. All of its fields are public, so that a test sets what it is about.
pub trait Example: Sized {
    /// An object with everything in it.
    ///
    /// Which values these are may change with any version: a test sets those that it looks at.
    fn example() -> Self;

    /// The same with changes: `Group::example_with(|group| group.closed = Some(true))`.
    fn example_with(change: impl FnOnce(&mut Self)) -> Self {
        let mut example = Self::example();
        change(&mut example);
        example
    }
}

/// The moment that examples have for every date: 2026-03-19T15:01:27+02:00.
#[must_use]
pub fn moment() -> DateTime<FixedOffset> {
    let offset = FixedOffset::east_opt(2 * 60 * 60);
    DateTime::from_timestamp(1_773_925_287, 0)
        .zip(offset)
        .map(|(utc, offset)| utc.with_timezone(&offset))
        .unwrap_or_default()
}

/// The body by which a portal delivers an event of any kind: a form, as PHP writes it, for tests of a handler.
///
/// It has whatever the payload has, the application token included. `null` and what is empty have no place in a form, and are
/// left out. `sonet-types` has `testing::event_body` for the events that have types.
///
/// ```
/// # extern crate sonet_core as sonet_async;
/// use sonet_async::{Delivery, Secret, testing};
/// use serde_json::{Value, json};
///
/// let body = testing::form(&json!({
///     "event": "ONTASKADD",
///     "data": { "FIELDS_AFTER": { "ID": 7 } },
///     "auth": { "member_id": "a223", "application_token": "51856fef" },
/// }));
/// let event: Value = Delivery::parse(body)?.verify(&Secret::new("51856fef"))?;
/// assert_eq!(event["data"]["FIELDS_AFTER"]["ID"], "7");
/// # Ok::<(), sonet_core::DeliveryError>(())
/// ```
#[must_use]
pub fn form(payload: &Value) -> String {
    let mut form = Serializer::new(String::new());
    add(&mut form, "", payload);
    form.finish()
}

fn add(form: &mut Serializer<'_, String>, name: &str, value: &Value) {
    let below = |key: &str| match name {
        "" => key.to_owned(),
        name => format!("{name}[{key}]"),
    };
    match value {
        Value::Null => {}
        Value::Bool(value) => drop(form.append_pair(name, if *value { "1" } else { "0" })),
        Value::Number(number) => drop(form.append_pair(name, &number.to_string())),
        Value::String(text) => drop(form.append_pair(name, text)),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                add(form, &below(&index.to_string()), item);
            }
        }
        Value::Object(entries) => {
            for (key, value) in entries {
                add(form, &below(key), value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{form, moment};
    use crate::Delivery;

    #[test]
    fn a_form_is_one_that_php_writes() {
        let payload = json!({
            "event": "X", "a": { "b c": "1&2=3", "list": [true, null, false, { "n": -1.5 }] },
            "none": null, "empty": [[], {}],
        });
        assert_eq!(
            form(&payload),
            "a%5Bb+c%5D=1%262%3D3&a%5Blist%5D%5B0%5D=1&a%5Blist%5D%5B2%5D=0&a%5Blist%5D%5B3%5D%5Bn%5D=-1.5&event=X"
        );
        let read = Delivery::parse(form(&payload)).unwrap();
        let read: serde_json::Value = read.without_verification().unwrap();
        let list = json!({ "0": "1", "2": "0", "3": { "n": "-1.5" } });
        let expected = json!({ "event": "X", "a": { "b c": "1&2=3", "list": list } });
        assert_eq!(read, expected);
        assert_eq!(form(&json!({})), "");
    }

    #[test]
    fn the_moment_is_the_one_that_is_said() {
        assert_eq!(moment().to_rfc3339(), "2026-03-19T15:01:27+02:00");
    }
}
