//! Events as the pages show them, sent as a form.

use serde_json::{Value, json};
use sonet_core::{Delivery, DeliveryError, OpenEnum, Secret, Tokens};

use super::{AppStatus, Event, EventName, GroupEvent, OtherEvent};
use crate::{GroupId, UserId};

const WEBHOOK: &str = "auth[domain]=portal.bitrix24.com&auth[client_endpoint]=https://portal.bitrix24.com/rest/\
    &auth[server_endpoint]=https://oauth.bitrix.info/rest/&auth[member_id]=d897&auth[application_token]=canary";

const APP: &str = "auth[access_token]=canary&auth[expires]=1736427782&auth[expires_in]=3600&auth[scope]=sonet\
    &auth[domain]=portal.bitrix24.com&auth[server_endpoint]=https://oauth.bitrix.info/rest/&auth[status]=L\
    &auth[client_endpoint]=https://portal.bitrix24.com/rest/&auth[member_id]=d897&auth[user_id]=1\
    &auth[refresh_token]=canary&auth[application_token]=canary&auth[new][key]=1";

fn read(body: &str) -> Result<Event, DeliveryError> {
    Delivery::parse(body)
        .unwrap()
        .verify(&Secret::new("canary"))
}

#[test]
fn groups() {
    let groups = EventName::KNOWN
        .iter()
        .filter(|(name, _)| name.starts_with("ONSONETGROUP"));
    assert_eq!(groups.clone().count(), 3);
    for (name, known) in groups {
        for auth in [WEBHOOK, APP] {
            let body = format!(
                "event={name}&event_handler_id=655&data[FIELDS][ID]=6675&ts=1736424182&{auth}"
            );
            let event = read(&body).unwrap();
            assert_eq!(
                (event.name(), event.auth().member_id.as_deref()),
                (known, Some("d897"))
            );
            assert!(!format!("{event:?} {event:#?}").contains("canary"));
            let (Event::GroupAdded(group)
            | Event::GroupUpdated(group)
            | Event::GroupDeleted(group)) = event
            else {
                panic!("{name} is an event of groups");
            };
            assert_eq!(group.data.fields.id, GroupId::new(6675));
            assert_eq!(
                (group.event_handler_id, group.ts),
                (Some(655), Some(1_736_424_182))
            );
        }
    }
}

#[test]
fn what_came_with_it() {
    let auth = |auth| {
        let event = read(&format!(
            "event=ONSONETGROUPADD&data[FIELDS][ID]=1&ts=1&{auth}"
        ));
        event.unwrap().auth().clone()
    };
    let app = auth(APP);
    assert_eq!(app.access_token.unwrap().expose(), "canary");
    assert_eq!(
        (app.expires_in, app.expires),
        (Some(3600), Some(1_736_427_782))
    );
    assert_eq!(
        (app.status, app.user_id),
        (Some(AppStatus::Local), Some(UserId::new(1)))
    );
    let webhook = auth(WEBHOOK);
    assert_eq!(
        (webhook.access_token, webhook.status, webhook.user_id),
        (None, None, None)
    );
    assert_eq!(webhook.domain.as_deref(), Some("portal.bitrix24.com"));
    // The least that a page shows, and what comes where nobody caused the event.
    let least =
        auth("auth[domain]=d&auth[member_id]=m&auth[application_token]=canary&auth[user_id]=0");
    assert_eq!((least.server_endpoint, least.user_id), (None, None));
}

#[test]
fn the_application_is_installed_updated_and_uninstalled() {
    let event = read(&format!(
        "event=ONAPPINSTALL&data[VERSION]=1.0.0&data[ACTIVE]=Y&data[INSTALLED]=N&data[LANGUAGE_ID]=de&ts=1696527000&{APP}"
    ))
    .unwrap();
    assert_eq!(event.name(), &EventName::AppInstalled);
    assert_eq!(event.auth().member_id.as_deref(), Some("d897"));
    assert!(!format!("{event:?} {event:#?}").contains("canary"));
    let Event::AppInstalled(installed) = event else {
        panic!("{event:?}");
    };
    assert_eq!(
        (installed.event_handler_id, installed.ts),
        (None, Some(1_696_527_000))
    );
    let data = installed.data.unwrap();
    assert_eq!(data.version.as_deref(), Some("1.0.0"));
    assert_eq!((data.active, data.installed), (Some(true), Some(false)));
    assert_eq!(data.language_id.as_deref(), Some("de"));

    let event = read(&format!(
        "event=ONAPPUPDATE&data[VERSION]=2.1.0&data[PREVIOUS_VERSION]=2.0.3&data[LANGUAGE_ID]=de&ts=1696527000&{APP}"
    ))
    .unwrap();
    assert_eq!(event.name(), &EventName::AppUpdated);
    assert_eq!(event.auth().member_id.as_deref(), Some("d897"));
    assert!(!format!("{event:?} {event:#?}").contains("canary"));
    let Event::AppUpdated(updated) = event else {
        panic!("{event:?}");
    };
    assert_eq!(updated.ts, Some(1_696_527_000));
    let data = updated.data.unwrap();
    assert_eq!(
        (data.version.as_deref(), data.previous_version.as_deref()),
        (Some("2.1.0"), Some("2.0.3"))
    );
    assert_eq!(data.language_id.as_deref(), Some("de"));

    for (clean, expected) in [("1", Some(true)), ("0", Some(false)), ("", None)] {
        let event = read(&format!(
            "event=ONAPPUNINSTALL&data[LANGUAGE_ID]=de&data[CLEAN]={clean}&ts=1466439714&{WEBHOOK}"
        ))
        .unwrap();
        assert_eq!(event.name(), &EventName::AppUninstalled);
        assert_eq!(event.auth().access_token, None);
        let Event::AppUninstalled(uninstalled) = event else {
            panic!("{event:?}");
        };
        assert_eq!(uninstalled.data.unwrap().clean, expected);
    }
    // An older portal tells less.
    for name in ["ONAPPINSTALL", "ONAPPUPDATE", "ONAPPUNINSTALL"] {
        let event = read(&format!("event={name}&auth[application_token]=canary")).unwrap();
        assert!(event.name().is_known());
    }
}

#[test]
fn the_tokens_of_an_event_are_a_pair() {
    let auth = |fields: &str| {
        let event = read(&format!(
            "event=ONSONETGROUPADD&data[FIELDS][ID]=1&{fields}"
        ));
        event.unwrap().auth().clone()
    };
    let tokens = Tokens::try_from(auth(APP)).unwrap();
    assert_eq!(tokens.access_token.expose(), "canary");
    assert_eq!(tokens.refresh_token.expose(), "canary");
    assert_eq!(tokens.application_token.unwrap().expose(), "canary");
    assert_eq!(tokens.client_endpoint, "https://portal.bitrix24.com/rest/");
    assert_eq!(
        tokens.server_endpoint.as_deref(),
        Some("https://oauth.bitrix.info/rest/")
    );
    assert_eq!(
        (tokens.member_id.as_deref(), tokens.user_id),
        (Some("d897"), Some(1))
    );
    assert_eq!(
        (tokens.scope.as_deref(), tokens.expires_in),
        (Some("sonet"), Some(3600))
    );
    // The host is an address, too.
    let host = auth(&APP.replace("[client_endpoint]", "[other]"));
    let tokens = Tokens::try_from(host).unwrap();
    assert_eq!(tokens.client_endpoint, "https://portal.bitrix24.com/rest/");

    for (fields, expected) in [
        (WEBHOOK.to_owned(), "no access token"),
        (
            APP.replace("[refresh_token]", "[other]"),
            "no refresh token",
        ),
        (
            APP.replace("[client_endpoint]", "[other]")
                .replace("[domain]", "[other]"),
            "no address of the portal",
        ),
        (
            APP.replace("https://portal.bitrix24.com/rest/", "https://e@x/"),
            "user name",
        ),
    ] {
        let error = Tokens::try_from(auth(&fields)).unwrap_err();
        assert!(error.is_config());
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(expected), "{shown}");
        assert!(!shown.contains("canary"), "{shown}");
    }
}

#[test]
fn others_keep_their_name_and_data() {
    let other = |body: &str| {
        let event = read(&format!("{body}&{WEBHOOK}")).unwrap();
        assert!(!event.name().is_known());
        assert!(!format!("{event:?} {event:#?}").contains("canary"));
        match event {
            Event::Other(other) => other,
            event => panic!("{event:?} is known"),
        }
    };
    let added = other("event=ONUSERADD&data[ID]=123&data[NAME]=Klaus&ts=1466439714");
    assert_eq!(added.event.as_str(), "ONUSERADD");
    assert_eq!(added.data, json!({"ID": "123", "NAME": "Klaus"}));
    assert_eq!(
        (added.event_handler_id, added.ts),
        (None, Some(1_466_439_714))
    );

    // PHP leaves an empty list out of a form.
    let offline = other("event=ONOFFLINEEVENT");
    assert_eq!((offline.data, offline.ts), (Value::Null, None));

    let deprecated = other("event=ONSONETGROUPSUBJECTADD&data[FIELDS][ID]=3&ts=1");
    assert_eq!(deprecated.data["FIELDS"]["ID"], "3");

    // Bots have tokens in their data.
    let message =
        other("event=ONIMBOTMESSAGEADD&data[BOT][15010][access_token]=canary&data[PARAMS][TO][]=7");
    assert_eq!(message.data["BOT"]["15010"]["access_token"], "canary");
    assert_eq!(message.data["PARAMS"]["TO"], json!(["7"]));
}

#[test]
fn what_is_written_has_no_tokens_in_it_and_is_read_back() {
    let bodies = [
        "event=ONSONETGROUPADD&event_handler_id=655&data[FIELDS][ID]=6675&ts=1736424182",
        "event=ONIMBOTMESSAGEADD&data[BOT][0][access_token]=canary&data[BOT][0][ID]=7&data[CLIENT_SECRET]=canary\
            &data[PARAMS][TO][]=7&data[PARAMS][TO][]=8",
        "event=ONOFFLINEEVENT",
    ];
    for (body, auth) in bodies
        .iter()
        .flat_map(|body| [(body, WEBHOOK), (body, APP)])
    {
        let mut event = read(&format!("{body}&{auth}")).unwrap();
        let mut written = serde_json::to_value(&event).unwrap();
        assert!(!written.to_string().contains("canary"), "{written}");
        let without = serde_json::from_value::<Event>(written.clone()).unwrap_err();
        assert!(
            without.to_string().contains("application_token"),
            "{without}"
        );

        let (Event::GroupAdded(GroupEvent { auth, .. }) | Event::Other(OtherEvent { auth, .. })) =
            &mut event
        else {
            panic!("{event:?}");
        };
        (auth.access_token, auth.refresh_token) = (None, None);
        if let Event::Other(other) = &mut event {
            if let Some(data) = other.data.as_object_mut() {
                data.remove("CLIENT_SECRET");
                data["BOT"][0]
                    .as_object_mut()
                    .unwrap()
                    .remove("access_token");
            }
        }
        written["auth"]["application_token"] = "canary".into();
        let read: Event = serde_json::from_value(written).unwrap();
        assert_eq!(read, event);
    }
}

#[test]
fn another_form_is_located() {
    for (fields, place) in [
        ("event=ONSONETGROUPADD&ts=1", "missing field `data`"),
        (
            "event=ONSONETGROUPADD&data[FIELDS][ID]=canary&ts=1",
            "data.FIELDS.ID: invalid",
        ),
        (
            "event=ONSONETGROUPADD&data[FIELDS][X]=1&ts=1",
            "data.FIELDS: missing field `ID`",
        ),
    ] {
        let error = read(&format!("{fields}&{WEBHOOK}")).unwrap_err();
        assert!(error.is_decode());
        let shown = format!("{error} {error:?}");
        assert!(
            shown.contains(place) && !shown.contains("canary"),
            "{shown}"
        );
    }
}

/// What an event is about, and that it is genuine, is told; nothing else has to be.
#[test]
fn what_is_not_told_is_none() {
    let event = read("event=ONTASKADD&auth[application_token]=canary").unwrap();
    let Event::Other(event) = event else {
        panic!("{event:?}");
    };
    assert_eq!((event.ts, event.event_handler_id), (None, None));
    assert_eq!((event.auth.domain, event.auth.member_id), (None, None));
}
