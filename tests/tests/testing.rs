//! Examples of answers, for tests of code that uses the methods: each has everything in it, and is what a portal could send.

#![allow(clippy::unwrap_used)]

mod driver;

use std::fmt::Debug;

use serde::Serialize;
use serde_json::{Value, json};
use sonet_core::{Delivery, Installation, Method, OpenEnum as _, Page, Secret};
use sonet_types::events::{
    AppInstallEvent, AppUninstallEvent, AppUpdateEvent, Event, EventAuth, EventName, GroupEvent,
    OtherEvent,
};
use sonet_types::socialnetwork::api::workgroup;
use sonet_types::sonet_group::{self, user};
use sonet_types::tasks::api::scrum::{backlog, epic, kanban, sprint, task};
use sonet_types::testing::{Example, event_body, moment};

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

/// One event of each kind that has a type, and one that has none.
fn events() -> Vec<Event> {
    let events = vec![
        Event::GroupAdded(GroupEvent::example()),
        Event::GroupUpdated(GroupEvent::example()),
        Event::GroupDeleted(GroupEvent::example()),
        Event::AppInstalled(AppInstallEvent::example()),
        Event::AppUpdated(AppUpdateEvent::example()),
        Event::AppUninstalled(AppUninstallEvent::example()),
        Event::Other(OtherEvent::example()),
    ];
    for (text, name) in EventName::KNOWN {
        assert!(events.iter().any(|event| event.name() == name), "{text}");
    }
    events
}

#[test]
fn an_example_has_the_code_of_its_event() {
    assert_eq!(GroupEvent::example().event, EventName::GroupAdded);
    assert_eq!(AppInstallEvent::example().event, EventName::AppInstalled);
    assert_eq!(AppUpdateEvent::example().event, EventName::AppUpdated);
    assert_eq!(
        AppUninstallEvent::example().event,
        EventName::AppUninstalled
    );
}

/// What a test posts to a handler is verified and read as what a portal sends.
#[test]
fn the_body_of_every_event_is_verified_and_read_back() {
    for event in events() {
        let name = event.name().as_str();
        let body = event_body(&event, "51856fef");
        let delivery = Delivery::parse(&body).unwrap();
        assert_eq!(delivery.event(), name);
        assert_eq!(delivery.member_id(), event.auth().member_id.as_deref());
        let forged = delivery.verify::<Event>(&Secret::new("51856fee"));
        assert!(forged.unwrap_err().is_unverified(), "{name}");

        let read: Event = delivery.verify(&Secret::new("51856fef")).unwrap();
        assert_eq!(read.name(), event.name());
        let auth = EventAuth::example_with(|auth| auth.application_token = "51856fef".into());
        assert_eq!(read.auth(), &auth, "{name}");
        // Once more, and nothing has changed but the token and, of a group, which event it is.
        assert_eq!(event_body(&read, "51856fef"), body);
        match (read, event) {
            (Event::AppInstalled(read), Event::AppInstalled(event)) => {
                assert_eq!((read.data, read.ts), (event.data, event.ts));
            }
            (Event::AppUpdated(read), Event::AppUpdated(event)) => {
                assert_eq!((read.data, read.ts), (event.data, event.ts));
            }
            (Event::AppUninstalled(read), Event::AppUninstalled(event)) => {
                assert_eq!((read.data, read.ts), (event.data, event.ts));
            }
            (Event::Other(read), Event::Other(event)) => {
                assert_eq!((read.data, read.ts), (event.data, event.ts));
            }
            (
                Event::GroupAdded(read) | Event::GroupUpdated(read) | Event::GroupDeleted(read),
                Event::GroupAdded(event) | Event::GroupUpdated(event) | Event::GroupDeleted(event),
            ) => assert_eq!((read.data, read.ts), (event.data, event.ts)),
            (read, event) => panic!("{event:?} is read as {read:?}"),
        }
    }
}

#[test]
fn the_body_of_an_event_is_one_of_an_outgoing_webhook_or_an_installation() {
    let webhook = GroupEvent::example_with(|event| {
        event.auth = EventAuth::example_with(|auth| {
            (auth.access_token, auth.refresh_token) = (None, None);
        });
    });
    let body = event_body(&Event::GroupAdded(webhook), "51856fef");
    let event: Event = Delivery::parse(&body)
        .unwrap()
        .verify(&Secret::new("51856fef"))
        .unwrap();
    assert_eq!(event.auth().access_token, None);
    assert_eq!(event.auth().refresh_token, None);

    for event in [
        Event::AppInstalled(AppInstallEvent::example()),
        Event::AppUpdated(AppUpdateEvent::example()),
    ] {
        let body = event_body(&event, "51856fef");
        let installation = Installation::parse(&Delivery::parse(body).unwrap()).unwrap();
        assert_eq!(
            Some(installation.member_id()),
            event.auth().member_id.as_deref()
        );
    }
    let bot = OtherEvent::example_with(|event| {
        event.event = "ONIMBOTMESSAGEADD".into();
        event.data = json!({ "BOT": { "15010": { "access_token": "b0t" } }, "TO": ["7", "8"] });
    });
    let body = event_body(&Event::Other(bot.clone()), "51856fef");
    let event = Delivery::parse(&body).unwrap();
    let Event::Other(event) = event.verify(&Secret::new("51856fef")).unwrap() else {
        panic!("{body}");
    };
    assert_eq!(event.data, bot.data);
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
