//! What portals leave out of their answers, or give in a form that nobody expects: every documented answer is built from the
//! spec, and decoded with anything that is not essential away.

#![allow(clippy::unwrap_used, clippy::expect_used)]
// A walk is told the time, and an `Instant` has no other constructor.
#![allow(clippy::disallowed_methods)]

mod driver;
mod sample_answers;

use std::time::Instant;

use sample_answers::{FieldPath, event, methods};
use serde_json::{Value, json};
use sonet_core::{Config, Limits, Pager, PagerStep, Rate, Session};
use sonet_spec::types::Type;
use sonet_types::sonet_group::{self, Group};

/// What may stand where a value is due, and `None` for nothing at all.
fn forms() -> Vec<Option<Value>> {
    let odd = [
        json!(null),
        json!(""),
        json!(false),
        json!([]),
        json!({}),
        json!(0),
        json!("many"),
        json!(1.5),
        json!([1]),
        json!([{ "x": [1] }, 2]),
        json!({ "x": [1] }),
        json!([[["deep"]]]),
    ];
    [None].into_iter().chain(odd.map(Some)).collect()
}

/// Whether a form is a value of a type, so that it is more than nothing.
fn is_value(ty: &Type, form: &Value) -> bool {
    match ty {
        Type::Json => !matches!(form, Value::Null | Value::Bool(_)) && *form != "",
        Type::Boolean | Type::Flag => *form == false || *form == 0,
        Type::Integer => *form == 0,
        Type::Decimal => form.is_number(),
        Type::String | Type::Secret | Type::LocalDateTime | Type::LooseDateTime => {
            form.is_number() || *form == "many"
        }
        // An enum is open; an identifier is neither of these. An object may come without anything in it.
        Type::Named(name) if name.ends_with("Id") => false,
        Type::Named(_) => form.is_number() || *form == "many" || form.is_object(),
        Type::List(_) => *form == json!([]) || *form == json!({}) || *form == json!([1]),
        // PHP prints an object as a list where its keys count from 0.
        Type::Map(element) => {
            let counted = **element == Type::Boolean && *form == json!([1]);
            counted || *form == json!([]) || *form == json!({})
        }
        _ => false,
    }
}

#[test]
fn whatever_is_not_essential_may_be_missing() {
    let mut tried = 0;
    for (name, answer, decode) in methods().into_iter().chain([event()]) {
        let whole = decode(&answer.value).unwrap_or_else(|error| panic!("{name}: {error}"));
        for field in answer.fields.iter().filter(|field| !field.essential) {
            let absent = decode(&field.replaced(&answer.value, None));
            let absent = absent.unwrap_or_else(|error| panic!("{name} without {field}: {error}"));
            assert_ne!(absent, whole, "{name}: {field} is not read");
            for form in forms().into_iter().flatten() {
                let decoded = decode(&field.replaced(&answer.value, Some(&form)));
                let decoded =
                    decoded.unwrap_or_else(|error| panic!("{name}, {field} as {form}: {error}"));
                if !is_value(&field.ty, &form) {
                    assert_eq!(decoded, absent, "{name}, {field} as {form}");
                }
                tried += 1;
            }
        }
    }
    assert!(tried > 3_000, "{tried}");
}

#[test]
fn several_may_be_missing_at_once() {
    let forms = forms();
    let mut random = Random(7);
    for (name, answer, decode) in methods().into_iter().chain([event()]) {
        let mut fields: Vec<&FieldPath> = answer
            .fields
            .iter()
            .filter(|field| !field.essential)
            .collect();
        // What is inside goes before what it is in.
        fields.sort_by_key(|field| std::cmp::Reverse(field.path.len()));
        if fields.is_empty() {
            continue;
        }
        for _ in 0..60 {
            let mut value = answer.value.clone();
            let share = random.below(fields.len()) + 1;
            for field in &fields {
                if random.below(fields.len()) < share {
                    value = field.replaced(&value, forms[random.below(forms.len())].as_ref());
                }
            }
            if let Err(error) = decode(&value) {
                assert_eq!(value, json!({}), "{name}: {error} in {value}");
            }
        }
    }
}

/// What is essential takes with it what it is in, as far as that may be missing; at the top, the call.
#[test]
fn without_what_is_essential_a_value_is_none() {
    let mut ended = 0;
    for (name, answer, decode) in methods().into_iter().chain([event()]) {
        for field in answer.fields.iter().filter(|field| field.essential) {
            for form in [None, Some(json!([[1]])), Some(json!({ "x": 1 }))] {
                if matches!(field.ty, Type::List(_) | Type::Map(_)) && form.is_some() {
                    continue;
                }
                let decoded = decode(&field.replaced(&answer.value, form.as_ref()));
                let outer = answer.fields.iter().filter(|outer| outer.holds(field));
                let outer = outer
                    .filter(|outer| !outer.essential)
                    .max_by_key(|outer| outer.path.len());
                if let Some(outer) = outer {
                    let without = decode(&outer.replaced(&answer.value, None)).unwrap();
                    assert_eq!(decoded.as_ref(), Ok(&without), "{name} without {field}");
                } else {
                    assert!(decoded.is_err(), "{name} without {field}");
                    ended += 1;
                }
            }
        }
    }
    assert!(ended > 30, "{ended}");
}

fn rows(from: i64, odd: &Value) -> Vec<Value> {
    let row = |id| {
        let mut row = json!({ "ID": id, "NAME": "Compilers", "NUMBER_OF_MEMBERS": "3" });
        if id % 7 == 0 {
            for (key, value) in odd.as_object().unwrap() {
                row[key] = value.clone();
            }
        }
        row
    };
    (from..from + 50).map(row).collect()
}

/// The rows of a walk over three pages, the last two of them in one batch.
fn walk(odd: &Value) -> Vec<Group> {
    let config = Config::webhook("https://example.bitrix24.com/rest/1/secret/").unwrap();
    let config = config.limits(Limits::new(Rate::UNLIMITED));
    let now = Instant::now();
    let session = Session::new(&config, now).unwrap();
    let mut pager = Pager::new(&session, &sonet_group::Get::new());
    let mut groups = Vec::new();
    for _ in 0..9 {
        groups.extend(std::iter::from_fn(|| pager.next_item()));
        match pager.next_step(now) {
            PagerStep::Request(mut request) => {
                let mut last = rows(101, odd);
                last.pop();
                let body = if groups.is_empty() {
                    json!({ "result": rows(1, odd), "total": 149, "next": 50 })
                } else {
                    json!({ "result": {
                        "result": { "c0": rows(51, odd), "c1": last },
                        "result_error": [], "result_total": { "c0": 99, "c1": 49 }, "result_next": { "c0": 50 },
                        "result_time": [],
                    } })
                };
                let answer = driver::drive_machine(&mut request, 200, &body.to_string());
                pager.on_answer(now, request, answer);
            }
            PagerStep::Wait => panic!("nothing is out"),
            PagerStep::Failed(error) => panic!("{odd}: {error}"),
            PagerStep::End => break,
        }
    }
    groups
}

#[test]
fn an_odd_row_ends_no_walk_neither_alone_nor_in_a_batch() {
    for odd in [
        json!({ "DATE_ACTIVITY": "", "NUMBER_OF_MEMBERS": null }),
        json!({ "DATE_ACTIVITY": "yesterday", "NUMBER_OF_MEMBERS": "many", "ACTIVE": [] }),
        json!({ "NAME": { "en": ["a", { "b": 1 }] }, "OWNER_ID": [[7]], "NUMBER_OF_MEMBERS": {} }),
    ] {
        let groups = walk(&odd);
        let ids: Vec<i64> = groups.iter().map(|group| group.id.get()).collect();
        assert_eq!(ids, (1..150).collect::<Vec<_>>(), "{odd}");
        for group in groups {
            let expected = (group.id.get() % 7 != 0).then_some(3);
            assert_eq!(group.number_of_members, expected, "{odd}");
            assert_eq!((group.date_activity, group.owner_id), (None, None));
        }
    }
}

#[test]
fn the_time_may_be_anything() {
    let call = sonet_group::Get::new();
    for time in [
        json!([]),
        json!("soon"),
        json!({}),
        json!(null),
        json!([1, { "x": [] }]),
    ] {
        let body = json!({ "result": [], "total": 0, "time": time });
        assert_eq!(driver::result(&call, &body["result"]).unwrap().rows(), []);
        let reply = driver::reply(&call, 200, &body).unwrap();
        assert_eq!(
            (reply.time.operating, reply.total),
            (None, Some(0)),
            "{time}"
        );
    }
    let time = json!({ "start": [], "finish": "x", "duration": { "y": [1] }, "operating": "1.5", "date_start": 7 });
    let body = json!({ "time": time, "result": [], "total": "x", "next": [50] });
    let reply = driver::reply(&call, 200, &body).unwrap();
    assert_eq!((reply.time.start, reply.time.operating), (None, Some(1.5)));
    assert_eq!((reply.total, reply.next), (None, None));
}

/// Numbers that look random and are the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % limit as u64).unwrap()
    }
}
