//! Examples of answers, for tests of code that uses the methods: each has everything in it, and is what a portal could send.

#![allow(clippy::unwrap_used)]

mod driver;

use std::fmt::Debug;

use serde::Serialize;
use serde_json::Value;
use sonet_core::{Method, Page};
use sonet_types::events::{Event, GroupEvent, OtherEvent};
use sonet_types::socialnetwork::api::workgroup;
use sonet_types::sonet_group::{self, user};
use sonet_types::tasks::api::scrum::{backlog, epic, kanban, sprint, task};
use sonet_types::testing::{Example, moment};

/// Holds an answer against the method that gives it.
fn check<M>(output: &M::Output)
where
    M: Method<Output: Serialize + PartialEq + Debug>,
{
    driver::read_back_equal::<M>(output);
    complete(M::NAME, &serde_json::to_value(output).unwrap());
}

/// A page of one row.
fn page<T: Example>() -> Page<T> {
    Page::new(vec![T::example()])
}

fn complete(place: &str, value: &Value) {
    match value {
        Value::Null => panic!("{place} has no value"),
        Value::Array(items) => {
            assert!(!items.is_empty(), "{place} is empty");
            for item in items {
                complete(place, item);
            }
        }
        Value::Object(entries) => {
            assert!(!entries.is_empty(), "{place} is empty");
            for (key, value) in entries {
                complete(&format!("{place}.{key}"), value);
            }
        }
        _ => {}
    }
}

#[test]
fn every_object_of_an_answer_has_an_example_with_everything_in_it() {
    check::<sonet_group::Get>(&page());
    check::<user::Get>(&vec![Example::example()]);
    check::<user::Groups>(&vec![Example::example()]);
    check::<workgroup::Get>(&Example::example());
    check::<workgroup::List>(&page());
    check::<backlog::Get>(&Example::example());
    check::<backlog::GetFields>(&Example::example());
    check::<epic::Get>(&Example::example());
    check::<epic::List>(&page());
    check::<epic::GetFields>(&Example::example());
    check::<sprint::Get>(&Example::example());
    check::<sprint::List>(&page());
    check::<sprint::GetFields>(&Example::example());
    check::<kanban::GetStages>(&vec![Example::example()]);
    check::<kanban::GetFields>(&Example::example());
    check::<task::Get>(&Example::example());
    check::<task::GetFields>(&Example::example());
}

#[test]
fn an_example_of_an_event_is_one_that_a_portal_sends() {
    let event = GroupEvent::example_with(|event| event.data.fields.id = 9.into());
    assert_eq!(event.ts, Some(moment().timestamp()));
    for event in [
        Event::example(),
        Event::GroupAdded(event),
        Event::Other(OtherEvent::example()),
    ] {
        let mut written = serde_json::to_value(&event).unwrap();
        assert!(!written.to_string().contains("secret"), "{written}");
        for token in ["access_token", "refresh_token", "application_token"] {
            written["auth"][token] = "secret".into();
        }
        assert_eq!(serde_json::from_value::<Event>(written).unwrap(), event);
    }
}

/// The function of a consumer, and its test.
#[test]
fn a_consumers_function_is_tested_with_an_example() {
    fn is_mine(group: &sonet_group::Group, me: sonet_types::UserId) -> bool {
        group.owner_id == Some(me) && group.closed != Some(true)
    }

    let mut group = sonet_group::Group::example();
    group.owner_id = Some(5.into());
    assert!(is_mine(&group, 5.into()));
    assert!(!is_mine(&group, 6.into()));
    group.closed = Some(true);
    assert!(!is_mine(&group, 5.into()));
}
