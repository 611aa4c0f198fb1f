//! What is written in a form of the wire is read back equal.

use std::collections::BTreeMap;
use std::fmt::Debug;

use chrono::{DateTime, FixedOffset, NaiveDate};
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sonet_core::Time;
use sonet_core::wire::{
    Accepted, Blank, Date, Empty, Essential, Flag, Iso, List, Map, Optional, Timestamp,
};

/// Every form that is not the one of its type in Rust, alone and inside of others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Forms {
    #[serde(with = "Essential::<Flag>")]
    flag: bool,
    #[serde(default, with = "Optional::<Flag, Empty>")]
    maybe_flag: Option<bool>,
    #[serde(default, with = "Optional::<List<Flag>, Blank>")]
    flags: Option<Vec<bool>>,
    #[serde(with = "Essential::<Iso>")]
    moment: DateTime<FixedOffset>,
    #[serde(default, with = "Optional::<Iso, Blank>")]
    maybe_moment: Option<DateTime<FixedOffset>>,
    #[serde(default, with = "Optional::<Map<List<Iso>>, Blank>")]
    moments: Option<BTreeMap<String, Vec<DateTime<FixedOffset>>>>,
    #[serde(default, with = "Optional::<List<Date>, Blank>")]
    days: Option<Vec<NaiveDate>>,
    accepted: Accepted,
}

/// From year 1 to year 9999, with every offset in minutes, and with fractions of seconds.
fn moments() -> impl Strategy<Value = DateTime<FixedOffset>> {
    let seconds = -62_135_000_000..253_402_000_000_i64;
    let nanos = prop_oneof![Just(0), Just(123_000_000), 0..1_000_000_000_u32];
    (seconds, nanos, -1_439..1_440).prop_map(|(seconds, nanos, minutes)| {
        let offset = FixedOffset::east_opt(minutes * 60).unwrap();
        DateTime::from_timestamp(seconds, nanos)
            .unwrap()
            .with_timezone(&offset)
    })
}

fn forms() -> impl Strategy<Value = Forms> {
    let moments_by_key =
        proptest::collection::btree_map(".{0,5}", proptest::collection::vec(moments(), 0..3), 0..3);
    (
        any::<bool>(),
        any::<Option<bool>>(),
        any::<Option<Vec<bool>>>(),
        moments(),
        proptest::option::of(moments()),
        proptest::option::of(moments_by_key),
        proptest::option::of(proptest::collection::vec(moments(), 0..3)),
    )
        .prop_map(
            |(flag, maybe_flag, flags, moment, maybe_moment, moments, days)| Forms {
                flag,
                maybe_flag,
                flags,
                moment,
                maybe_moment,
                moments,
                days: days.map(|days| days.iter().map(DateTime::date_naive).collect()),
                accepted: Accepted,
            },
        )
}

/// Numbers as JSON has them.
fn numbers() -> impl Strategy<Value = Option<f64>> {
    proptest::option::of(prop_oneof![
        any::<f64>().prop_filter("JSON has no form for it", |number| number.is_finite()),
        // What servers say: Unix seconds, and what a call took.
        (0..2_000_000_000_u32, 0.0..1.0_f64).prop_map(|(whole, part)| f64::from(whole) + part),
        0.0..100.0_f64,
    ])
}

/// Writes a value as text and as a value of JSON, and reads both.
fn read_back<T: Serialize + DeserializeOwned>(value: &T) -> [T; 2] {
    let text = serde_json::to_string(value).unwrap();
    let json = serde_json::to_value(value).unwrap();
    [
        serde_json::from_str(&text).unwrap(),
        serde_json::from_value(json).unwrap(),
    ]
}

/// The text of a moment too, as its offset is no part of its equality.
fn assert_read_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    for read in read_back(value) {
        assert_eq!(read, *value);
        assert_eq!(format!("{read:?}"), format!("{value:?}"));
    }
}

proptest! {
    #![proptest_config(crate::cases(300))]

    #[test]
    fn forms_of_the_wire(forms in forms()) {
        assert_read_back(&forms);
    }

    #[test]
    fn moments_of_any_form(moment in moments(), text in ".{0,30}") {
        assert_read_back(&Timestamp::At(moment));
        // Whatever text there is: as a moment if it is one.
        let read: Timestamp = serde_json::from_value(text.into()).unwrap();
        assert_read_back(&read);
    }

    #[test]
    fn what_a_call_cost(
        numbers in proptest::array::uniform5(numbers()),
        texts in proptest::array::uniform2(proptest::option::of(".{1,30}")),
        reset in any::<Option<i64>>(),
    ) {
        let mut time = Time::default();
        [time.start, time.finish, time.duration, time.processing, time.operating] = numbers;
        [time.date_start, time.date_finish] = texts;
        time.operating_reset_at = reset;
        assert_read_back(&time);
    }
}

#[test]
fn what_is_written_is_the_form_of_the_wire() {
    let forms: Forms = serde_json::from_str(
        r#"{"flag": true, "maybe_flag": "0", "flags": ["Y", 0], "moment": "2026-03-19T15:01:27.5+0200", "accepted": "Y"}"#,
    )
    .unwrap();
    let written = serde_json::to_value(&forms).unwrap();
    assert_eq!(
        written,
        json!({
            "flag": "Y",
            "maybe_flag": "N",
            "flags": ["Y", "N"],
            "moment": "2026-03-19T15:01:27.500+02:00",
            "maybe_moment": null,
            "moments": null,
            "days": null,
            "accepted": true,
        })
    );
}
