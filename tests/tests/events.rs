//! The portal's own deliveries, as they come over a socket: neither side knows how the other one writes or reads them.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use sonet_async::events::{AppStatus, Event, GroupEvent};
use sonet_async::{Delivery, DeliveryError, OpenEnum as _, Secret};
use sonet_blocking::sonet_group::{Create, Delete, Update};
use sonet_blocking::{Client, GroupId, Raw, UserId};
use sonet_portal::{EventForm, EventTokens, Portal, Rules, Server};

const NAMES: [&str; 3] = [
    "onSonetGroupAdd",
    "onSonetGroupUpdate",
    "onSonetGroupDelete",
];

/// A portal, a client of it, and a server that its events go to.
struct Scene {
    portal: Server,
    client: Client,
    handler: String,
    bodies: Receiver<Vec<u8>>,
}

impl Scene {
    fn new(tokens: EventTokens) -> Self {
        let mut rules = Rules::default();
        rules.event_tokens = tokens;
        let portal = Portal::builder().rules(rules).start().unwrap();
        let client = Client::token(&portal.url(), portal.token_of(1).unwrap()).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let handler = format!("http://{}/", listener.local_addr().unwrap());
        let (sender, bodies) = mpsc::channel();
        thread::spawn(move || {
            while let Ok(body) = take(&listener) {
                if sender.send(body).is_err() {
                    break;
                }
            }
        });
        Self {
            portal,
            client,
            handler,
            bodies,
        }
    }

    fn bind(&self) {
        for event in NAMES {
            let params = json!({ "event": event, "handler": self.handler });
            let bound = self.client.call(&Raw::new("event.bind", params)).unwrap();
            assert_eq!(bound, true);
        }
    }

    /// Creates, changes and deletes a group; what the handler got.
    fn live(&self) -> (GroupId, [Vec<u8>; 3]) {
        let next = || self.bodies.recv_timeout(Duration::from_secs(10)).unwrap();
        let group = self.client.call(&Create::new("Rust & Co. 100% Я")).unwrap();
        let added = next();
        self.client.call(&Update::new(group).name("B")).unwrap();
        let updated = next();
        self.client.call(&Delete::new(group)).unwrap();
        (group, [added, updated, next()])
    }

    fn application_token(&self) -> Secret {
        let token = |portal: &mut Portal| portal.app().application_token.clone();
        self.portal.with(token).into()
    }
}

/// Takes a request and answers 200; its body.
fn take(listener: &TcpListener) -> std::io::Result<Vec<u8>> {
    let (stream, _) = listener.accept()?;
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    reader.into_inner().write_all(answer)?;
    Ok(body)
}

fn group_of(event: &Event) -> &GroupEvent {
    match event {
        Event::GroupAdded(event) | Event::GroupUpdated(event) | Event::GroupDeleted(event) => event,
        other => panic!("{other:?}"),
    }
}

#[test]
fn of_an_application() {
    for (tokens, form) in [
        (EventTokens::Both, EventForm::Captured),
        (EventTokens::Both, EventForm::Documented),
        (EventTokens::AccessOnly, EventForm::Captured),
        (EventTokens::Missing, EventForm::Captured),
        (EventTokens::Missing, EventForm::Documented),
    ] {
        let scene = Scene::new(tokens);
        let rule = |portal: &mut Portal| portal.rules_mut().event_form = form;
        scene.portal.with(rule);
        scene.bind();
        let (group, bodies) = scene.live();
        let token = scene.application_token();
        let events = bodies.map(|body| {
            let delivery = Delivery::parse(body).unwrap();
            let member = scene.portal.with(|portal| portal.member_id().to_owned());
            assert_eq!(delivery.member_id(), Some(member.as_str()));
            assert!(scene.portal.url().contains(delivery.domain().unwrap()));
            delivery.verify::<Event>(&token).unwrap()
        });
        assert!(
            matches!(
                events,
                [
                    Event::GroupAdded(_),
                    Event::GroupUpdated(_),
                    Event::GroupDeleted(_)
                ]
            ),
            "{events:?}"
        );
        for (event, id) in events.iter().zip(1..) {
            let event = group_of(event);
            let captured = form == EventForm::Captured && tokens != EventTokens::Missing;
            assert_eq!(
                event.auth.expires,
                captured.then(|| event.ts.unwrap() + 3_600)
            );
            assert_eq!(event.auth.user_id, captured.then(|| UserId::from(1)));
            let scope = match form {
                EventForm::Captured => "sonet_group,socialnetwork,user,task,log",
                EventForm::Documented => "sonet",
            };
            assert_eq!(event.auth.scope.as_deref(), Some(scope));
            assert_eq!(
                (event.data.fields.id, event.event_handler_id),
                (group, Some(id))
            );
            assert!(event.ts > Some(1_700_000_000));
            assert_eq!(event.auth.application_token, token);
            assert_eq!(event.auth.status, Some(AppStatus::Local));
            assert_eq!(
                event.auth.access_token.is_some(),
                tokens != EventTokens::Missing
            );
            assert_eq!(
                event.auth.refresh_token.is_some(),
                tokens == EventTokens::Both
            );
        }
        if let Some(own) = &events[0].auth().access_token {
            let client = Client::token(&scene.portal.url(), own.clone()).unwrap();
            let profile = Raw::new("profile", Value::Null).read_only();
            assert_eq!(
                client.call(&profile).unwrap()["ID"],
                "1",
                "the token is usable"
            );
        }
    }
}

#[test]
fn of_an_outgoing_webhook() {
    let scene = Scene::new(EventTokens::Both);
    let add = |portal: &mut Portal| portal.add_outgoing_webhook(&scene.handler, &NAMES);
    let token = Secret::new(scene.portal.with(add));
    let (group, bodies) = scene.live();
    for body in bodies {
        let delivery = Delivery::parse(body).unwrap();
        let event: Event = delivery.verify(&token).unwrap();
        let event = group_of(&event);
        assert_eq!(event.data.fields.id, group);
        assert_eq!(
            (&event.auth.access_token, &event.auth.status),
            (&None, &None)
        );

        let application_token = scene.application_token();
        let error = delivery.verify::<Event>(&application_token).unwrap_err();
        assert!(error.is_unverified(), "it is another one's: {error}");
    }
}

#[test]
fn of_an_event_without_a_type() {
    let scene = Scene::new(EventTokens::Both);
    scene.bind();
    let (group, [body, ..]) = scene.live();
    // The portal sends no other event, so one is made of what it sent.
    let body = String::from_utf8(body).unwrap();
    let body = body.replace("=ONSONETGROUPADD", "=ONSONETGROUPSUBJECTADD");
    let delivery = Delivery::parse(body).unwrap();
    match delivery.verify(&scene.application_token()).unwrap() {
        Event::Other(event) => {
            assert_eq!(event.event.as_str(), "ONSONETGROUPSUBJECTADD");
            assert_eq!(event.data, json!({ "FIELDS": { "ID": group.to_string() } }));
        }
        event => panic!("{event:?}"),
    }
}

#[test]
fn no_secret_shows() {
    let scene = Scene::new(EventTokens::Both);
    scene.bind();
    let (_, bodies) = scene.live();
    let token = scene.application_token();
    for body in bodies {
        let delivery = Delivery::parse(&body).unwrap();
        let event: Event = delivery.verify(&token).unwrap();
        let mut shown = format!("{delivery:?} {delivery:#?} {event:?} {event:#?}");
        // What is written of it, in a queue or a file.
        shown += &serde_json::to_string(&event).unwrap();
        // Every piece of the body, as where a connection breaks.
        for end in 0..body.len() {
            let piece = Delivery::parse(&body[..end]);
            let outcome = piece.and_then(|piece| piece.verify::<Event>(&token));
            let error: DeliveryError = outcome.unwrap_err();
            write!(shown, "{error} {error:?} {error:#?}").unwrap();
        }
        let auth = event.auth();
        let secrets = [
            &auth.access_token,
            &auth.refresh_token,
            &Some(token.clone()),
        ];
        for secret in secrets {
            let secret = secret.as_ref().unwrap().expose();
            assert!(
                secret.len() >= 8 && !shown.contains(&secret[..8]),
                "{shown}"
            );
        }
    }
}
