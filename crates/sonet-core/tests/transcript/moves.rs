//! A portal that has another address now.

use sonet_core::Config;

use super::play::*;

const DELETE: Delete = Delete { group_id: 7 };

#[test]
fn a_moved_portal_is_followed_once_with_the_same_request_and_remembered() {
    let answers = vec![
        (
            0.1,
            Answer::Moved("https://new.bitrix24.com/rest/1/s3cr3t/sonet_group.delete.json"),
        ),
        (0.1, Answer::ok()),
        (0.1, Answer::ok()),
    ];
    let mut stage = Stage::new(webhook(), answers);
    stage.call(&DELETE);
    stage.call(&DELETE);
    assert_eq!(
        stage.session.address().to_string(),
        "https://new.bitrix24.com"
    );
    insta::assert_snapshot!(stage.end());
}

#[test]
fn a_second_move_within_a_call_is_not_followed() {
    let answers = vec![
        (0.1, Answer::Moved("https://b.bitrix24.com/")),
        (0.1, Answer::Moved("https://c.bitrix24.com/")),
    ];
    insta::assert_snapshot!(play(webhook(), &DELETE, answers));
}

#[test]
fn why_it_is_not_followed_is_told() {
    let told = |config, answers| {
        let log = play(config, &DELETE, answers);
        log.lines().last().unwrap().to_owned()
    };
    let moved = |location| (0.1, Answer::Moved(location));
    let webhook = || webhook().allow_redirect_to("portal.example.com").unwrap();
    for location in [
        "https://c.bitrix24.com/",
        "https://portal.example.com/",
        "https://b.bitrix24.com/",
    ] {
        let again = told(
            webhook(),
            vec![moved("https://b.bitrix24.com/"), moved(location)],
        );
        assert!(
            again.contains("after this call had already followed it once"),
            "{again}"
        );
        assert!(!again.contains("allow"), "{again}");
    }
    let foreign = told(
        webhook(),
        vec![
            moved("https://b.bitrix24.com/"),
            moved("https://evil.example.com/"),
        ],
    );
    assert!(
        foreign.contains("allow it with `Config::allow_redirect_to`"),
        "{foreign}"
    );
    for location in ["http://portal.example.com/", "http://b.bitrix24.com/"] {
        let insecure = told(webhook(), vec![moved(location)]);
        assert!(
            insecure.contains("over http, where the secret could be read"),
            "{insecure}"
        );
        assert!(!insecure.contains("allow_redirect_to"), "{insecure}");
    }
    let malformed = told(webhook(), vec![moved("https://user@b.bitrix24.com/")]);
    assert!(malformed.contains("not a portal's address"), "{malformed}");
    assert!(!malformed.contains("allow_redirect_to"), "{malformed}");
}

#[test]
fn a_secret_goes_to_no_foreign_host() {
    for location in [
        "https://evil.example.com/rest/1/s3cr3t/",
        "https://new.bitrix24.com.evil.example.com/",
        "http://new.bitrix24.com/",
        "http://127.0.0.1/",
        "https://user@new.bitrix24.com/",
        "//evil.example.com/",
        "/relative",
        "",
    ] {
        let log = play(webhook(), &DELETE, vec![(0.1, Answer::Moved(location))]);
        assert_eq!(log.matches(" > ").count(), 1, "{log}");
        assert!(log.contains("[executed: No]"), "{log}");
    }
}

#[test]
fn a_host_that_the_user_names_is_followed() {
    let config = webhook().allow_redirect_to("portal.example.com").unwrap();
    let answers = vec![
        (0.1, Answer::Moved("https://portal.example.com/")),
        (0.1, Answer::ok()),
    ];
    insta::assert_snapshot!(play(config, &DELETE, answers));
}

#[test]
fn where_it_may_not_be_followed_is_told() {
    insta::assert_snapshot!(play(
        webhook(),
        &DELETE,
        vec![(0.1, Answer::Moved("https://elsewhere.example.com/"))]
    ));
}

#[test]
fn where_it_leads_is_told_without_the_secret() {
    for location in [
        "https://s3cr3t.example.com/",
        "https://s3cr3t@new.bitrix24.com/rest/1/s3cr3t/",
        "https://elsewhere.example.com/rest/1/s3cr3t/",
        "/rest/1/s3cr3t/",
    ] {
        let mut stage = Stage::new(webhook(), vec![(0.1, Answer::Moved(location))]);
        let call = sonet_core::Exchange::new(&stage.session, &DELETE);
        let error = stage.drive(call).unwrap_err();
        let told = format!(
            "{error} {error:?} {:?} {:?}",
            error.moved_to(),
            error.excerpt()
        );
        assert!(!told.contains("s3cr3t"), "{told}");
    }
}

#[test]
fn what_is_no_host_is_not_allowed() {
    for text in [
        "",
        ".",
        "*.example.com",
        ".example.com",
        "https://portal.example.com",
        "portal.example.com:8443",
        "portal.example.com/rest/",
        "user@portal.example.com",
    ] {
        assert!(
            webhook().allow_redirect_to(text).unwrap_err().is_config(),
            "{text}"
        );
    }
    assert!(webhook().allow_redirect_to("Portal.Example.com.").is_ok());
}

#[test]
fn a_portal_that_moves_keeps_the_path_that_it_is_set_up_with() {
    let config = Config::webhook("https://old.bitrix24.com/b24/rest/1/s3cr3t/").unwrap();
    for location in [
        "https://new.bitrix24.com/b24/rest/1/s3cr3t/sonet_group.delete.json",
        "https://new.bitrix24.com/",
    ] {
        let answers = vec![(0.1, Answer::Moved(location)), (0.1, Answer::ok())];
        let mut stage = Stage::new(config.clone(), answers);
        stage.call(&DELETE);
        assert_eq!(
            stage.session.address().to_string(),
            "https://new.bitrix24.com/b24/rest"
        );
        let log = stage.end();
        let asked = " > POST new.bitrix24.com/b24/rest/1/s3cr3t/sonet_group.delete.json";
        assert!(log.contains(asked), "{log}");
    }
}

#[test]
fn http_is_not_followed_unless_it_is_allowed_too() {
    let location = "http://192.168.1.11/rest/1/s3cr3t/sonet_group.delete.json";
    let config = Config::webhook("http://192.168.1.10/rest/1/s3cr3t/").unwrap();
    let config = config.allow_http("192.168.1.10").unwrap();
    let config = config.allow_redirect_to("192.168.1.11").unwrap();
    let refused = vec![(0.1, Answer::Moved(location))];
    let log = play(config.clone(), &DELETE, refused);
    assert_eq!(log.matches(" > ").count(), 1, "{log}");
    let config = config.allow_http("192.168.1.11").unwrap();
    let answers = vec![(0.1, Answer::Moved(location)), (0.1, Answer::ok())];
    let log = play(config, &DELETE, answers);
    assert_eq!(log.matches(" > ").count(), 2, "{log}");
}
