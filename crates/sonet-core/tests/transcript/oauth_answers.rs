//! What the token server answers, in all the forms that must not lose a pair of tokens.

use std::sync::Arc;

use serde_json::{Value, json};
use sonet_core::{
    Callback, Config, Delivery, Error, Exchange, Installation, MemoryStore, NoRetry, Tokens,
};

use super::oauth::{DELETE, application, config, expired, pair};
use super::play::*;
use super::shelf::Shelf;

/// A token server's answer with one field as it is documented not to be; without the field, if it is `None`.
fn with(field: &str, value: Option<Value>) -> Value {
    let mut answer = json!({
        "access_token": "access-1",
        "refresh_token": "refresh-1",
        "client_endpoint": "https://portal.example.com/rest/",
        "server_endpoint": "https://oauth.bitrix.info/rest/",
        "member_id": "known",
        "user_id": 7,
        "scope": "sonet_group,user",
        "expires_in": 3600,
    });
    let fields = answer.as_object_mut().unwrap();
    match value {
        Some(value) => fields.insert(field.to_owned(), value),
        None => fields.remove(field),
    };
    answer
}

fn authorized(domain: &str) -> Config {
    let callback = format!("code=the-code&state=s&domain={domain}&member_id=known");
    let callback = Callback::parse(&callback, "s").unwrap();
    alone(Config::authorized(application(), callback))
}

/// The tokens after one call, whose client has to ask the token server first, and asks it once.
fn got(config: Config, answer: Answer) -> Tokens {
    let store = Arc::new(MemoryStore::new());
    let config = config.token_store(Arc::clone(&store)).retry(NoRetry);
    let mut answers = vec![(0.1, answer), (0.1, Answer::ok())];
    if config.address().host() == "known.example.com" {
        answers.insert(0, (0.1, expired()));
    }
    let mut stage = Stage::new(config, answers);
    let exchange = Exchange::new(&stage.session, &DELETE);
    let outcome = stage.drive(exchange);
    assert!(outcome.is_ok(), "{outcome:?}");
    stage.end();
    store.tokens().unwrap()
}

/// A client with a pair that the server calls expired.
fn with_tokens() -> Config {
    let tokens = Tokens::new("https://known.example.com", "access-0", "refresh-0").unwrap();
    alone(Config::app(application(), tokens).unwrap())
}

fn endpoint(tokens: &Tokens) -> &str {
    &tokens.client_endpoint
}

#[test]
fn the_portal_is_the_one_that_the_callback_named_where_the_answer_has_no_usable_address() {
    for address in [
        None,
        Some(json!(null)),
        Some(json!("")),
        Some(json!(17)),
        Some(json!([])),
        Some(json!({ "0": "https://portal.example.com/rest/" })),
        Some(json!("no address")),
        Some(json!("ftp://portal.example.com/rest/")),
        Some(json!("https://portal.example.com/rest/1/secret/")),
    ] {
        let shown = format!("{address:?}");
        let answer = with("client_endpoint", address);
        let tokens = got(
            authorized("named.example.com:8443"),
            Answer::Json(200, answer),
        );
        let expected = "https://named.example.com:8443/rest/";
        assert_eq!(endpoint(&tokens), expected, "{shown}");
        assert_eq!(tokens.refresh_token.expose(), "refresh-1");
    }
    // A name in Unicode is that of the callback in another form.
    let answer = with("client_endpoint", Some(json!("https://пример.рф/rest/")));
    let tokens = got(
        authorized("xn--e1afmkfd.xn--p1ai"),
        Answer::Json(200, answer),
    );
    assert_eq!(endpoint(&tokens), "https://xn--e1afmkfd.xn--p1ai/rest/");
}

#[test]
fn an_address_without_encryption_becomes_one_with() {
    for (answered, expected) in [
        (
            "http://portal.example.com/rest/",
            "https://portal.example.com/rest/",
        ),
        (
            "HTTP://portal.example.com:80/rest/",
            "https://portal.example.com/rest/",
        ),
        (
            "http://other.example.com:8080/rest/",
            "https://other.example.com/rest/",
        ),
        // The browser has been there.
        (
            "http://named.example.com/rest/",
            "https://named.example.com:8443/rest/",
        ),
    ] {
        let answer = with("client_endpoint", Some(json!(answered)));
        let tokens = got(
            authorized("named.example.com:8443"),
            Answer::Json(200, answer),
        );
        assert_eq!(endpoint(&tokens), expected, "{answered}");
    }
    // Where calls have been made already, they go on to be made there.
    for answered in [
        "http://inside.example.com/rest/",
        "http://known.example.com/",
    ] {
        let answer = with("client_endpoint", Some(json!(answered)));
        let tokens = got(with_tokens(), Answer::Json(200, answer));
        let expected = "https://known.example.com/rest/";
        assert_eq!(endpoint(&tokens), expected, "{answered}");
    }
}

#[test]
fn only_the_tokens_of_an_answer_are_essential() {
    let odd = || {
        vec![
            None,
            Some(json!(null)),
            Some(json!("")),
            Some(json!("odd")),
            Some(json!(17)),
            Some(json!(-1.5)),
            Some(json!(true)),
            Some(json!(["a", "b"])),
            Some(json!({ "a": { "b": [] } })),
        ]
    };
    for config in [|| authorized("portal.example.com"), with_tokens] {
        for field in [
            "client_endpoint",
            "server_endpoint",
            "member_id",
            "user_id",
            "scope",
            "expires_in",
            "status",
        ] {
            for value in odd() {
                let answer = with(field, value);
                // One that is named, and is another one, is no odd form of it: see below.
                let names_another = matches!(&answer[field], Value::String(text) if text == "odd")
                    || answer[field].is_number();
                let is_callback = config().address().host() == "portal.example.com";
                if field == "member_id" && names_another && is_callback {
                    continue;
                }
                let tokens = got(config(), Answer::Json(200, answer.clone()));
                let texts = [&tokens.access_token, &tokens.refresh_token];
                let texts = texts.map(|token| token.expose().to_owned());
                assert_eq!(texts, ["access-1", "refresh-1"], "{answer}");
            }
        }
    }
}

#[test]
fn what_an_answer_says_in_another_form_is_read() {
    let read = |field: &str, value: Value| {
        let answer = Answer::Json(200, with(field, Some(value)));
        got(authorized("portal.example.com"), answer)
    };
    let scope = |value| read("scope", value).scope;
    assert_eq!(
        scope(json!(["sonet_group", "user"])).as_deref(),
        Some("sonet_group,user")
    );
    assert_eq!(
        scope(json!({ "0": "user", "2": "im" })).as_deref(),
        Some("user,im")
    );
    assert_eq!(scope(json!(true)), None);
    assert_eq!(read("expires_in", json!("3600")).expires_in, Some(3600));
    assert_eq!(read("expires_in", json!("soon")).expires_in, None);
    assert_eq!(read("user_id", json!("7")).user_id, Some(7));
    let member = |config, value| {
        let answer = with("member_id", Some(value));
        got(config, Answer::Json(200, answer)).member_id
    };
    let refreshed = member(with_tokens(), json!(17));
    assert_eq!(refreshed.as_deref(), Some("17"));
    // The callback's.
    let claimed = || authorized("portal.example.com");
    assert_eq!(member(claimed(), json!([])).as_deref(), Some("known"));
    assert_eq!(member(claimed(), json!("known")).as_deref(), Some("known"));
}

/// What comes of one call, and whether anything was saved.
fn refused(config: Config, answer: Value) -> (Error, bool) {
    let store = Arc::new(MemoryStore::new());
    let config = config.token_store(Arc::clone(&store)).retry(NoRetry);
    let mut stage = Stage::new(config, vec![(0.1, Answer::Json(200, answer))]);
    let exchange = Exchange::new(&stage.session, &DELETE);
    let error = stage.drive(exchange).unwrap_err();
    stage.end();
    (error, store.tokens().is_some())
}

#[test]
fn nobody_passes_a_pair_of_one_portal_off_as_anothers() {
    for another in [json!("another"), json!(17)] {
        let answer = with("member_id", Some(another));
        let (error, saved) = refused(authorized("portal.example.com"), answer);
        assert!(error.needs_authorization() && !saved, "{error}");
        assert!(
            error.to_string().contains("names another portal"),
            "{error}"
        );
        assert!(!format!("{error} {error:?}").contains("access-1"));
    }
}

fn installed() -> Config {
    let body = "event=ONAPPINSTALL&auth[access_token]=access-0&auth[refresh_token]=refresh-0\
        &auth[application_token]=canary&auth[domain]=claimed.example.com&auth[member_id]=known";
    let delivery = Delivery::parse(body).unwrap();
    let installation = Installation::parse(&delivery).unwrap();
    alone(Config::installed(application(), installation).unwrap())
}

#[test]
fn an_installation_is_confirmed_by_the_token_servers_word_alone() {
    let tokens = got(installed(), Answer::Json(200, with("status", None)));
    assert_eq!(endpoint(&tokens), "https://portal.example.com/rest/");
    assert_eq!(tokens.application_token.unwrap().expose(), "canary");
    // Whatever the event says, the portal and its address are those that the token server names.
    for (field, value, expected) in [
        ("member_id", None, "does not say of which portal"),
        ("member_id", Some(json!("")), "does not say of which portal"),
        ("member_id", Some(json!("another")), "names another portal"),
        ("client_endpoint", None, "does not say of which portal"),
        (
            "client_endpoint",
            Some(json!("https://e@x/")),
            "does not say of which portal",
        ),
    ] {
        let (error, saved) = refused(installed(), with(field, value));
        assert!(error.needs_authorization() && !saved, "{error}");
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(expected), "{shown}");
        assert!(!shown.contains("canary") && !shown.contains("access-"));
    }
}

#[test]
fn a_pair_is_read_out_of_what_is_around_it() {
    for text in [
        "\u{feff}{\"access_token\":\"access-1\",\"refresh_token\":\"refresh-1\"}",
        " \n\u{feff}\n{\"access_token\":\"access-1\",\"refresh_token\":\"refresh-1\"}\n",
        r#"{"access_token":"access-1","refresh_token":"refresh-1"}<br />Warning: headers already sent"#,
        r#"{"expires_in":1e400,"access_token":"access-1","refresh_token":"refresh-1","scope":"\ud800"}"#,
        r#"{"access_token":"old","access_token":"access-1","refresh_token":"refresh-1"}"#,
        r#"{"access_token":"access-1","refresh_token":"refresh-1","error":null}"#,
        r#"{"error":"","access_token":"access-1","refresh_token":"refresh-1"}"#,
        // Cut off behind the tokens.
        r#"{"access_token":"access-1","refresh_token":"refresh-1","scope":"sonet_gr"#,
    ] {
        for config in [authorized("portal.example.com"), with_tokens()] {
            let tokens = got(config, Answer::Text(200, text));
            assert_eq!(tokens.access_token.expose(), "access-1", "{text}");
            assert_eq!(tokens.refresh_token.expose(), "refresh-1", "{text}");
        }
    }
    for status in [201, 302, 400, 500] {
        let answer = Answer::Json(status, with("scope", None));
        got(with_tokens(), answer);
    }
}

#[test]
fn a_code_that_brought_no_whole_pair_is_not_shown_again() {
    for answer in [
        r#"{"access_token":"access-9"}"#,
        r#"{"access_token":"access-9","refresh_token":""}"#,
        r#"{"access_token":"access-9","refresh_token":null,"client_endpoint":"https://portal.example.com/rest/"}"#,
        r#"{"access_token":"access-9","refresh_tok"#,
    ] {
        let config = authorized("portal.example.com").token_store(Arc::new(MemoryStore::new()));
        let mut stage = Stage::new(config, vec![(0.1, Answer::Text(200, answer))]);
        for _ in 0..2 {
            let exchange = Exchange::new(&stage.session, &DELETE);
            let error = stage.drive(exchange).unwrap_err();
            assert!(error.needs_authorization(), "{answer}: {error}");
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains("access-9"), "{shown}");
            assert!(shown.contains("authorize the application again"), "{shown}");
        }
        stage.end();
    }
}

#[test]
fn the_token_server_is_found_however_its_address_is_written() {
    for named in [
        "https://oauth.bitrix24.tech/rest/",
        "http://oauth.bitrix24.tech/rest/",
        "OAUTH.bitrix24.tech",
        "https://oauth.bitrix24.tech:443",
    ] {
        let config = alone(Config::app(application(), pair(0).server(named)).unwrap());
        let answers = vec![
            (0.1, expired()),
            (0.1, Answer::Json(200, with("server_endpoint", None))),
            (0.1, Answer::ok()),
        ];
        let log = play(config, &DELETE, answers);
        assert!(
            log.contains("> POST oauth.bitrix24.tech/"),
            "{named}: {log}"
        );
    }
}

#[test]
fn what_the_store_has_is_used_whatever_its_address_is() {
    for address in [
        json!("http://example.bitrix24.com/rest/"),
        json!("no address"),
        json!(""),
    ] {
        let mut saved = serde_json::to_value(pair(1)).unwrap();
        saved["client_endpoint"] = address;
        let saved: Tokens = serde_json::from_value(saved).unwrap();
        let log = Log::default();
        let store = Shelf::new(&log).with(saved);
        let answers = vec![(0.1, expired()), (0.1, Answer::ok())];
        let mut stage = Stage::with_log(log, config().token_store(store), answers);
        let exchange = Exchange::new(&stage.session, &DELETE);
        let outcome: Result<_, Error> = stage.drive(exchange);
        outcome.unwrap();
        stage.end();
    }
}

/// What is allowed for others, or on this machine, is no reason to leave a portal's encryption.
#[test]
fn a_portal_over_https_stays_so_whatever_may_be_called_without() {
    for named in ["http://127.0.0.1/rest/", "http://portal.lan/rest/"] {
        let config = with_tokens().allow_http("portal.lan").unwrap();
        let answer = with("client_endpoint", Some(json!(named)));
        let tokens = got(config, Answer::Json(200, answer));
        assert_eq!(endpoint(&tokens), "https://known.example.com/rest/");
    }
}
