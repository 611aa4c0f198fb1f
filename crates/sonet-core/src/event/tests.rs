//! From a body to an event, and every way not to get there.

use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Delivery, DeliveryError};
use crate::Secret;

const TOKEN: &str = "canary-application-token";

/// The documentation's sample, as PHP encodes it.
const BODY: &str = "event=ONSONETGROUPADD&event_handler_id=655&data%5BFIELDS%5D%5BID%5D=6675&ts=1736424182\
    &auth%5Baccess_token%5D=canary-access&auth%5Bexpires_in%5D=3600&auth%5Bscope%5D=sonet\
    &auth%5Bdomain%5D=some-domain.bitrix24.com&auth%5Bserver_endpoint%5D=https%3A%2F%2Foauth.bitrix.info%2Frest%2F\
    &auth%5Bstatus%5D=L&auth%5Bmember_id%5D=a223c6b3&auth%5Brefresh_token%5D=canary-refresh\
    &auth%5Bapplication_token%5D=canary-application-token";

#[derive(Debug, PartialEq, Deserialize)]
struct Added {
    event: String,
    data: Data,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Data {
    #[serde(rename = "FIELDS")]
    fields: Fields,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Fields {
    #[serde(rename = "ID")]
    id: String,
}

fn verify(body: &str) -> Result<Value, DeliveryError> {
    Delivery::parse(body).unwrap().verify(&Secret::new(TOKEN))
}

#[track_caller]
fn shows_nothing(error: &DeliveryError) {
    let shown = format!("{error} {error:?} {error:#?}");
    assert!(!shown.contains("canary"), "{shown}");
    assert!(shown.len() < 5_000);
}

#[test]
fn a_verified_event_is_any_type() {
    let delivery = Delivery::parse(BODY).unwrap();
    let added: Added = delivery.verify(&Secret::new(TOKEN)).unwrap();
    let id = "6675".to_owned();
    let expected = Added {
        event: "ONSONETGROUPADD".to_owned(),
        data: Data {
            fields: Fields { id },
        },
    };
    assert_eq!(added, expected);

    let all: Value = delivery.verify(&Secret::new(TOKEN)).unwrap();
    assert_eq!(all["data"], json!({"FIELDS": {"ID": "6675"}}));
    assert_eq!(
        all["auth"]["server_endpoint"],
        "https://oauth.bitrix.info/rest/"
    );
}

#[test]
fn hints_say_which_portal_it_claims_to_be() {
    let delivery = Delivery::parse(BODY).unwrap();
    assert_eq!(delivery.member_id(), Some("a223c6b3"));
    assert_eq!(delivery.domain(), Some("some-domain.bitrix24.com"));
    insta::assert_snapshot!(format!("{delivery:?}"), @r#"Delivery { member_id: Some("a223c6b3"), domain: Some("some-domain.bitrix24.com"), .. }"#);

    for body in [
        "event=X",
        "event=X&auth=a",
        "event=X&auth[]=a",
        "event=X&auth[member_id][]=a",
    ] {
        let delivery = Delivery::parse(body).unwrap();
        assert_eq!((delivery.member_id(), delivery.domain()), (None, None));
    }
}

#[test]
fn another_token_or_none_is_refused() {
    let body = |token: &str| format!("event=X&auth[application_token]={token}");
    for token in [
        "canary",
        "canary-application-tokem",
        "Canary-application-token",
        "",
        "+",
    ] {
        let error = verify(&body(token)).unwrap_err();
        assert!(error.is_unverified() && !error.is_malformed() && !error.is_decode());
        assert_eq!(error.status(), 403);
        shows_nothing(&error);
    }
    for none in [
        "event=X",
        "event=X&application_token=canary-application-token",
        "event=X&auth=canary-application-token",
        "event=X&auth[]=canary-application-token",
        "event=X&auth[application_token][]=canary-application-token",
    ] {
        let error = verify(none).unwrap_err();
        assert!(error.is_unverified());
        assert!(error.to_string().contains("no application token"));
        shows_nothing(&error);
    }
    // The last one counts, for what is compared as for what is decoded.
    assert!(verify(&(body("canary") + "&auth[application_token]=" + TOKEN)).is_ok());
    assert!(verify(&(body(TOKEN) + "&auth[application_token]=canary")).is_err());
}

#[test]
fn an_empty_token_verifies_nothing() {
    for body in ["event=X", "event=X&auth[application_token]="] {
        let delivery = Delivery::parse(body).unwrap();
        let error = delivery.verify::<Value>(&Secret::new("")).unwrap_err();
        assert!(error.is_unverified());
        assert!(error.to_string().contains("is empty"), "{error}");
    }
}

#[test]
fn an_installation_may_be_read_unverified() {
    let delivery = Delivery::parse("event=ONAPPINSTALL&data[VERSION]=1").unwrap();
    assert!(delivery.verify::<Value>(&Secret::new(TOKEN)).is_err());
    let event: Value = delivery.without_verification().unwrap();
    assert_eq!(event["data"]["VERSION"], "1");
}

#[test]
fn a_body_without_an_event_says_so() {
    let bodies = [
        "",
        "a=1",
        "event=",
        "event",
        "event[]=X",
        "EVENT=X",
        r#"{"event":"X"}"#,
    ];
    for body in bodies {
        let error = Delivery::parse(body).unwrap_err();
        assert!(error.is_malformed(), "{body}");
        assert_eq!(error.status(), 400);
        assert!(error.to_string().contains("no field `event`"), "{error}");
    }
    let error = Delivery::parse("event=X&auth[access_token=canary").unwrap_err();
    insta::assert_snapshot!(error, @"the body is not an event, see field 2: the brackets in its name do not match; pass the body as it came");
    shows_nothing(&error);
}

#[test]
fn another_form_is_located() {
    let token = "&auth[application_token]=canary-application-token";
    let read = |body: &str| {
        let delivery = Delivery::parse(body.to_owned() + token).unwrap();
        delivery.verify::<Added>(&Secret::new(TOKEN)).unwrap_err()
    };
    let error = read("event=X&data[FIELDS][ID][]=canary");
    assert!(error.is_decode() && !error.is_unverified());
    assert_eq!(error.status(), 422);
    insta::assert_snapshot!(error, @"the event does not have the expected form: data.FIELDS.ID: invalid type: sequence, expected a string");
    let error = read("event=X&data[FIELDS]=canary%22canary");
    insta::assert_snapshot!(error, @r#"the event does not have the expected form: data.FIELDS: invalid type: string "…", expected struct Fields"#);
    shows_nothing(&error);
    shows_nothing(&read(&format!("event=X&data={}", "canary".repeat(10_000))));
    let error = read("event=X");
    insta::assert_snapshot!(error, @"the event does not have the expected form: missing field `data`");
}

#[test]
fn the_deepest_event_is_read() {
    let body = format!("event=X&data{}=1", "[0]".repeat(63));
    let delivery = Delivery::parse(body).unwrap();
    let event: Value = delivery.without_verification().unwrap();
    assert_eq!(event["data"].to_string().matches('[').count(), 63);
}

#[test]
fn no_secret_shows() {
    let delivery = Delivery::parse(BODY).unwrap();
    let shown = format!("{delivery:?} {delivery:#?}");
    assert!(!shown.contains("canary"), "{shown}");
}

/// Bytes that mean something in a form are more frequent than the others.
fn bodies() -> impl Strategy<Value = Vec<u8>> {
    let telling = prop::sample::select(&b"&&&==[][][]%%+019aAfF\xff\xd0\xaf"[..]);
    prop::collection::vec(prop_oneof![4 => telling, 1 => any::<u8>()], 0..200)
}

proptest! {
    #[test]
    fn no_bytes_panic_or_pass(tail in bodies()) {
        let mut body = b"event=X&".to_vec();
        body.extend(&tail);
        for body in [tail, body] {
            match Delivery::parse(&body) {
                Ok(delivery) => {
                    prop_assert!(delivery.verify::<Value>(&Secret::new(TOKEN)).unwrap_err().is_unverified());
                    let whole: Value = delivery.without_verification().unwrap();
                    prop_assert!(whole["event"].is_string());
                }
                Err(error) => prop_assert!(error.is_malformed()),
            }
        }
    }

    #[test]
    fn any_text_comes_as_it_was_sent(text in any::<String>()) {
        let escaped: Vec<_> = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let escaped = escaped.concat();
        let body = format!("event=X&data[TEXT]={escaped}&auth[application_token]={TOKEN}");
        prop_assert_eq!(&verify(&body).unwrap()["data"]["TEXT"], &text);
    }
}
