//! `log.blogpost.*`

use crate::common::Desk;
use serde_json::{Value, json};
use sonet_portal::{Destination, Role, UserKind};

const ADD: &str = "log.blogpost.add";
const GET: &str = "log.blogpost.get";
const UPDATE: &str = "log.blogpost.update";
const DELETE: &str = "log.blogpost.delete";
const SHARE: &str = "log.blogpost.share";
const READERS: &str = "log.blogpost.getusers.important";

const ADD_ERROR: &str = "SONET_CONTROLLER_LIVEFEED_BLOGPOST_ADD_ERROR";
const UPDATE_ERROR: &str = "SONET_CONTROLLER_LIVEFEED_BLOGPOST_UPDATE_ERROR";

/// The posts that a user gets.
fn found(desk: &mut Desk, user: u64, body: &Value) -> Vec<u64> {
    let rows = desk.ok(user, GET, &body.to_string());
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| row["ID"].as_str().unwrap().parse().unwrap())
        .collect()
}

fn row(desk: &mut Desk, id: u64) -> Value {
    desk.ok(1, GET, &json!({"POST_ID": id}).to_string())[0].take()
}

#[test]
fn a_post_has_the_documented_shape() {
    let mut desk = Desk::new();
    let body = json!({
        "POST_TITLE": "New rules", "POST_MESSAGE": "From now on", "TAGS": "rules, news",
        "FILES": [["a.txt", "aGk="], ["broken", "*"]],
    });
    let raw = desk.raw(1, ADD, &body.to_string());
    assert_eq!(raw, "1");
    let own = row(&mut desk, 1);
    let file = desk.portal.post(1).unwrap().files[0];
    for (key, value) in [
        ("ID", json!("1")),
        ("BLOG_ID", json!("1")),
        ("PUBLISH_STATUS", json!("P")),
        ("TITLE", json!("New rules")),
        ("AUTHOR_ID", json!("1")),
        ("ENABLE_COMMENTS", json!("Y")),
        ("NUM_COMMENTS", json!("0")),
        ("CODE", Value::Null),
        ("MICRO", json!("N")),
        ("DETAIL_TEXT", json!("From now on")),
        ("DATE_PUBLISH", json!("2026-03-19T14:01:27+02:00")),
        ("CATEGORY_ID", json!("1,2")),
        ("HAS_SOCNET_ALL", json!("Y")),
        ("HAS_TAGS", json!("Y")),
        ("HAS_IMAGES", json!("N")),
        ("HAS_PROPS", json!("Y")),
        ("HAS_COMMENT_IMAGES", Value::Null),
        ("FILES", json!([file])),
    ] {
        assert_eq!(own[key], value, "{key}");
    }
    let files = &own["UF_BLOG_POST_FILE"];
    for (key, value) in [
        ("ID", json!("19")),
        ("USER_TYPE_ID", json!("disk_file")),
        ("MULTIPLE", json!("Y")),
        ("VALUE", json!([file])),
        ("VALUE_RAW", json!(format!("a:1:{{i:0;i:{file};}}"))),
        ("ENTITY_VALUE_ID", json!(1)),
        ("CUSTOM_DATA", json!({"PHOTO_TEMPLATE": "gallery"})),
    ] {
        assert_eq!(files[key], value, "{key}");
    }
    for (name, value, settings) in [
        ("UF_BLOG_POST_DOC", json!(false), "EXTENSIONS"),
        ("UF_GRATITUDE", Value::Null, "MIN_VALUE"),
        ("UF_BLOG_POST_IMPRTNT", Value::Null, "MIN_VALUE"),
        ("UF_IMPRTANT_DATE_END", json!(""), "USE_SECOND"),
        ("UF_BLOG_POST_VOTE", Value::Null, "UNIQUE_IP_DELAY"),
    ] {
        assert_eq!(own[name]["VALUE"], value, "{name}");
        assert!(own[name]["SETTINGS"].get(settings).is_some(), "{name}");
        assert_eq!(own[name]["CUSTOM_DATA"], json!([]), "{name}");
    }
    assert_eq!(own["UF_BLOG_POST_URL_PRV"]["SETTINGS"], json!([]));
    assert_eq!(own["UF_MAIL_MESSAGE"]["SETTINGS"], Value::Null);
    assert_eq!(
        own["UF_MAIL_MESSAGE"]["USER_TYPE"]["onDelete"],
        json!(["Bitrix\\Mail\\MessageUserType", "onDelete"])
    );
    assert_eq!(
        own["UF_BLOG_POST_IMPRTNT"]["LIST_COLUMN_LABEL"],
        "Important"
    );
}

#[test]
fn a_post_without_a_title_and_with_everything_else() {
    let mut desk = Desk::new();
    let message = format!("See https://a.example\n{}", "x".repeat(80));
    let id = desk.add_post(
        1,
        &json!({
            "POST_MESSAGE": message, "IMPORTANT": "Y", "IMPORTANT_DATE_END": "2026-12-31T23:59:59",
            "UF_BLOG_POST_FILE": ["n505", "n7"], "PARSE_PREVIEW": "Y", "GRATITUDE_MEDAL": "cup",
            "GRATITUDE_EMPLOYEES": [2], "UF_BLOG_POST_VOTE": "n123",
        }),
    );
    let own = row(&mut desk, id);
    assert_eq!(
        (&own["TITLE"], &own["MICRO"]),
        (&json!("See https://a.example"), &json!("Y"))
    );
    assert_eq!(
        (&own["HAS_TAGS"], &own["CATEGORY_ID"]),
        (&json!("N"), &json!(""))
    );
    assert_eq!(own["FILES"], json!([505, 7]));
    assert_eq!(own["UF_BLOG_POST_IMPRTNT"]["VALUE"], "1");
    assert_eq!(own["UF_IMPRTANT_DATE_END"]["VALUE"], "12/31/2026 23:59:59");
    for name in ["UF_GRATITUDE", "UF_BLOG_POST_VOTE", "UF_BLOG_POST_URL_PRV"] {
        assert_eq!(own[name]["VALUE"], id.to_string(), "{name}");
    }
}

#[test]
fn a_post_goes_where_it_is_to_go() {
    let mut desk = Desk::new();
    let (group, member, stranger) = desk.full_scrum();
    let external = desk.portal.extranet_user().unwrap().id;
    desk.portal.remove_member(group, external);
    desk.portal.user_mut(stranger).unwrap().profile.departments = vec![3];
    desk.portal.user_mut(member).unwrap().profile.departments = vec![2];
    let mut posts = Vec::new();
    for destinations in [
        json!(["UA"]),
        json!([format!("SG{group}")]),
        json!([format!("U{stranger}")]),
        json!(["DR3"]),
        json!(["DR1"]),
        json!([format!("U{external}"), "U99999", "nowhere"]),
    ] {
        let body = json!({"POST_MESSAGE": "x", "DEST": destinations});
        posts.push(desk.add_post(1, &body));
    }
    let [
        all,
        to_group,
        to_user,
        to_department,
        to_company,
        to_external,
    ] = posts[..]
    else {
        panic!("{posts:?}")
    };
    let nothing = json!({});
    assert_eq!(
        found(&mut desk, stranger, &nothing),
        [to_company, to_department, to_user, all]
    );
    assert_eq!(
        found(&mut desk, member, &nothing),
        [to_company, to_group, all]
    );
    assert_eq!(found(&mut desk, external, &nothing), [to_external]);
    assert_eq!(
        desk.portal.post(to_external).unwrap().destinations,
        [Destination::User(external)]
    );
    // A former name of the parameter, and no list.
    let body = json!({"POST_MESSAGE": "x", "SPERM": format!("U{stranger}")});
    let id = desk.add_post(1, &body);
    assert_eq!(found(&mut desk, stranger, &nothing)[0], id);
}

#[test]
fn a_secret_groups_posts_are_for_its_members() {
    let mut desk = Desk::new();
    let author = desk.employee();
    let group = desk.portal.secret_group(author).unwrap().id;
    desk.portal.set_member(group, author, Role::Member);
    let body = json!({"POST_MESSAGE": "x", "DEST": [format!("SG{group}")]});
    let id = desk.add_post(author, &body);
    let stranger = desk.portal.stranger(group).unwrap().id;
    let own = json!({"POST_ID": id});
    assert_eq!(found(&mut desk, author, &own), [id]);
    assert_eq!(found(&mut desk, stranger, &own), [0_u64; 0]);
    desk.portal.remove_member(group, 1);
    assert_eq!(found(&mut desk, 1, &json!({})), [0_u64; 0]);
    assert_eq!(
        found(&mut desk, 1, &own),
        [id],
        "an administrator reaches it"
    );
    desk.portal.set_member(group, stranger, Role::Member);
    assert_eq!(found(&mut desk, stranger, &json!({})), [id]);
}

#[test]
fn an_administrator_writes_for_others() {
    let mut desk = Desk::new();
    let (admin, employee) = (1, desk.employee());
    let body = json!({"POST_MESSAGE": "x", "USER_ID": employee});
    let id = desk.add_post(admin, &body);
    assert_eq!(desk.portal.post(id).unwrap().author_id, employee);
    let id = desk.add_post(employee, &json!({"POST_MESSAGE": "x", "USER_ID": 1}));
    assert_eq!(desk.portal.post(id).unwrap().author_id, employee);
}

#[test]
fn adding_a_post_refuses() {
    let mut desk = Desk::new();
    let (group, _, stranger) = desk.full_scrum();
    let text = "Blog post hasn't been added";
    for body in [r#"{"POST_TITLE":"x"}"#, r#"{"POST_MESSAGE":" ","DEST":[]}"#] {
        desk.refused_with(1, ADD, body, ADD_ERROR, text);
    }
    let foreign = json!([format!("SG{group}")]);
    for destinations in [
        json!([]),
        json!(["nowhere"]),
        json!(["U99999"]),
        json!(["DR99"]),
        foreign,
    ] {
        let body = json!({"POST_MESSAGE": "x", "DEST": destinations}).to_string();
        desk.refused_with(stranger, ADD, &body, ADD_ERROR, "No destination specified");
    }
    let message = r#"{"POST_MESSAGE":"x"}"#;
    let external = desk.portal.extranet_user().unwrap().id;
    desk.refused_with(
        external,
        ADD,
        message,
        ADD_ERROR,
        "No destination specified",
    );
    let other = desk.portal.other_user().unwrap().id;
    let code = "SONET_CONTROLLER_LIVEFEED_BLOG_NOT_FOUND";
    desk.refused_with(other, ADD, message, code, "Blog not found");
    desk.portal.fail_next(ADD);
    desk.refused(1, ADD, message, "Cannot add blog post");
    desk.portal.rules_mut().without_blog = true;
    let code = "SONET_CONTROLLER_LIVEFEED_BLOGPOST_MODULE_BLOG_NOT_INSTALLED";
    desk.refused_with(1, ADD, message, code, "Blog module is not installed");
    assert_eq!(desk.portal.posts().count(), 0);
}

#[test]
fn posts_are_filtered() {
    let mut desk = Desk::new();
    let (group, ..) = desk.full_scrum();
    let all = desk.add_post(1, &json!({"POST_MESSAGE": "x"}));
    let code = format!("SG{group}");
    let grouped = desk.add_post(1, &json!({"POST_MESSAGE": "x", "DEST": [code]}));
    for (body, expected) in [
        (json!({}), vec![grouped, all]),
        (json!({"LOG_RIGHTS": [code]}), vec![grouped]),
        (json!({"LOG_RIGHTS": "UA"}), vec![all]),
        (json!({"LOG_RIGHTS": [code, "UA"]}), vec![grouped, all]),
        (json!({"LOG_RIGHTS": ["nowhere"]}), vec![]),
        (json!({"POST_ID": all, "LOG_RIGHTS": [code]}), vec![all]),
        (json!({"POST_ID": 99_999}), vec![]),
        (json!({"POST_ID": "x"}), vec![]),
        (
            json!({"LOG_DATE_FROM": "2026-03-19T14:01:28+02:00"}),
            vec![],
        ),
        (json!({"LOG_DATE_FROM": "2026-03-19"}), vec![grouped, all]),
        (
            json!({"LOG_DATE_TO": "2026-03-19T14:01:27+02:00"}),
            vec![grouped, all],
        ),
        (json!({"LOG_DATE_TO": "2026-03-19T14:01:26+02:00"}), vec![]),
        (
            json!({"LOG_DATE_FROM": "2026-03-21", "LOG_DATE_TO": "2026-03-18"}),
            vec![],
        ),
    ] {
        assert_eq!(found(&mut desk, 1, &body), expected, "{body}");
    }
}

#[test]
fn posts_come_in_pages_and_by_identifier() {
    let mut desk = Desk::new();
    for _ in 0..220 {
        desk.add_post(1, &json!({"POST_MESSAGE": "x"}));
    }
    let answer = desk.answer(1, GET, r#"{"start":50}"#);
    assert_eq!(
        (&answer["total"], &answer["next"]),
        (&json!(220), &json!(100))
    );
    assert_eq!(answer["result"][0]["ID"], "170");
    let answer = desk.answer(1, GET, r#"{"start":-1}"#);
    assert_eq!((answer.get("total"), answer.get("next")), (None, None));
    for (body, first, last) in [
        (json!({"FIRST_ID": 0}), 1, 50),
        (json!({"FIRST_ID": 100, "LIMIT": 3}), 101, 103),
        (json!({"FIRST_ID": 10, "LAST_ID": 5, "LIMIT": 2}), 11, 12),
        (json!({"FIRST_ID": 0, "LIMIT": 500}), 1, 200),
        (json!({"LAST_ID": 100, "LIMIT": "10"}), 99, 90),
        (json!({"LAST_ID": 100, "LIMIT": 0}), 99, 50),
        (json!({"LAST_ID": 100, "LIMIT": "x"}), 99, 50),
    ] {
        let posts = found(&mut desk, 1, &body);
        assert_eq!((posts[0], *posts.last().unwrap()), (first, last), "{body}");
        let answer = desk.answer(1, GET, &body.to_string());
        assert_eq!((answer.get("total"), answer.get("next")), (None, None));
    }
}

#[test]
fn a_post_is_updated() {
    let mut desk = Desk::new();
    let body = json!({
        "POST_TITLE": "Old", "POST_MESSAGE": "Text", "FILES": [["a.txt", "aGk="], ["b.txt", "aGk="]],
    });
    let id = desk.add_post(1, &body);
    let [first, second] = desk.portal.post(id).unwrap().files[..] else {
        panic!("two files")
    };
    let mut update = |more: Value| {
        let mut body = json!({"POST_ID": id});
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        assert_eq!(desk.raw(1, UPDATE, &body.to_string()), id.to_string());
        desk.portal.post(id).unwrap().clone()
    };
    let own = update(json!({"POST_TITLE": "New", "FILES": {first.to_string(): "del"}}));
    assert_eq!(
        (own.title.as_str(), own.text.as_str(), &own.files[..]),
        ("New", "Text", &[second][..])
    );
    let own = update(json!({"POST_MESSAGE": "Other", "IMPORTANT": "Y", "DEST": ["U2"]}));
    assert_eq!(
        (own.title.as_str(), own.micro, own.important),
        ("Other", true, true)
    );
    assert_eq!(own.destinations, [Destination::User(2)]);
    let own = update(json!({"POST_TITLE": "x", "DEST": ["nowhere"], "UF_BLOG_POST_FILE": ["n5"]}));
    assert_eq!(
        (&own.destinations[..], &own.files[..]),
        (&[Destination::User(2)][..], &[5][..])
    );
    let own = update(json!({"POST_TITLE": "x", "UF_BLOG_POST_FILE": ["empty"], "IMPORTANT": "N"}));
    assert_eq!((own.files.len(), own.important), (0, false));
}

#[test]
fn updating_a_post_refuses() {
    let mut desk = Desk::new();
    let author = desk.employee();
    let id = desk.add_post(author, &json!({"POST_MESSAGE": "x"}));
    let body = |id: &Value| json!({"POST_ID": id, "POST_TITLE": "y"}).to_string();
    for wrong in [json!(0), json!("x"), json!(-1)] {
        desk.refused_with(1, UPDATE, &body(&wrong), UPDATE_ERROR, "Wrong post ID");
    }
    let text = "Message title is not specified.";
    let empty = json!({"POST_ID": 99_999, "POST_TITLE": ""}).to_string();
    desk.refused_with(1, UPDATE, &empty, "EMPTY_TITLE", text);
    desk.refused_with(
        1,
        UPDATE,
        &body(&json!(99_999)),
        UPDATE_ERROR,
        "No post found",
    );
    desk.refused_with(3, UPDATE, &body(&json!(id)), UPDATE_ERROR, "No write perms");
    let posing = json!({"POST_ID": id, "POST_TITLE": "y", "USER_ID": 3}).to_string();
    desk.refused_with(1, UPDATE, &posing, UPDATE_ERROR, "No write perms");
    desk.portal.fail_next(UPDATE);
    desk.refused(1, UPDATE, &body(&json!(id)), "Cannot update blog post");
    desk.portal.user_mut(author).unwrap().kind = UserKind::Other;
    desk.refused_with(1, UPDATE, &body(&json!(id)), UPDATE_ERROR, "No blog found");
    desk.portal.rules_mut().without_blog = true;
    let text = "Blog module is not installed.";
    desk.refused_with(1, UPDATE, &body(&json!(id)), UPDATE_ERROR, text);
    assert_eq!(desk.portal.post(id).unwrap().text, "x");
}

#[test]
fn a_post_is_deleted_with_its_comments() {
    let mut desk = Desk::new();
    let author = desk.employee();
    let id = desk.add_post(author, &json!({"POST_MESSAGE": "x"}));
    let comment = json!({"POST_ID": id, "TEXT": "Yes"}).to_string();
    desk.ok(author, "log.blogcomment.add", &comment);
    for wrong in [
        json!({}),
        json!({"POST_ID": "x"}),
        json!({"POST_ID": 99_999}),
    ] {
        desk.refused_with(1, DELETE, &wrong.to_string(), "100", "Wrong post ID");
    }
    let body = json!({"POST_ID": id}).to_string();
    let text = "You do not have permission to delete this message";
    desk.refused_with(3, DELETE, &body, "403", text);
    desk.portal.fail_next(DELETE);
    desk.refused_with(author, DELETE, &body, "0", "Error deleting message");
    desk.portal.rules_mut().without_blog = true;
    let text = "Blog module is not installed.";
    desk.refused_with(author, DELETE, &body, "0", text);
    desk.portal.rules_mut().without_blog = false;
    assert_eq!(desk.raw(author, DELETE, &body), "true");
    assert_eq!(
        (desk.portal.posts().count(), desk.portal.comments().count()),
        (0, 0)
    );
    let next = desk.add_post(1, &json!({"POST_MESSAGE": "x"}));
    assert_eq!(next, id + 1, "an identifier is not given twice");
    desk.ok(1, DELETE, &json!({"POST_ID": next}).to_string());
}

#[test]
fn a_post_is_shared() {
    let mut desk = Desk::new();
    let (group, member, stranger) = desk.full_scrum();
    let id = desk.add_post(stranger, &json!({"POST_MESSAGE": "x", "DEST": ["U1"]}));
    let code = format!("SG{group}");
    let share = |id: &Value, to: &Value| json!({"POST_ID": id, "DEST": to}).to_string();
    let own = json!(id);
    for wrong in [json!(0), json!("x"), json!(99_999)] {
        desk.refused(1, SHARE, &share(&wrong, &json!([code])), "Wrong post ID");
    }
    for wrong in [
        json!([]),
        json!(null),
        json!(["nowhere"]),
        json!(["U2", "SG"]),
    ] {
        desk.refused(1, SHARE, &share(&own, &wrong), "Wrong destinations");
    }
    desk.refused(member, SHARE, &share(&own, &json!(["U2"])), "No read perms");
    let text = "No access to one or more message recipients";
    for foreign in [json!(["U2", code]), json!(["U99999"]), json!(["DR99"])] {
        desk.refused(stranger, SHARE, &share(&own, &foreign), text);
    }
    assert_eq!(
        desk.raw(1, SHARE, &share(&own, &json!([code, "U1"]))),
        "true"
    );
    let destinations = [Destination::User(1), Destination::Group(group)];
    assert_eq!(desk.portal.post(id).unwrap().destinations, destinations);
    assert_eq!(found(&mut desk, member, &json!({})), [id]);
    desk.portal.rules_mut().without_blog = true;
    desk.refused(
        1,
        SHARE,
        &share(&own, &json!(["U2"])),
        "Blog module not installed",
    );
}

#[test]
fn readers_of_what_is_important_are_told() {
    let mut desk = Desk::new();
    let important = json!({"POST_MESSAGE": "x", "IMPORTANT": "Y", "DEST": ["U2"]});
    let id = desk.add_post(1, &important);
    let plain = desk.add_post(1, &json!({"POST_MESSAGE": "x"}));
    assert!(desk.portal.read_post(id, 3) && desk.portal.read_post(id, 2));
    assert!(!desk.portal.read_post(plain, 2) && !desk.portal.read_post(99_999, 2));
    let body = json!({"POST_ID": id}).to_string();
    for user in [1, 2] {
        assert_eq!(desk.raw(user, READERS, &body), r#"["2","3"]"#);
    }
    assert_eq!(
        desk.raw(3, READERS, &body),
        "[]",
        "not a reader of this post"
    );
    for other in [plain, 99_999] {
        let body = json!({"POST_ID": other}).to_string();
        assert_eq!(desk.raw(1, READERS, &body), "[]");
    }
    for wrong in [r"{}", r#"{"POST_ID":"x"}"#, r#"{"POST_ID":0}"#] {
        desk.refused(1, READERS, wrong, "Wrong post ID");
    }
    for reader in 1_000_u64..1_600 {
        desk.portal.read_post(id, reader);
    }
    let readers = desk.ok(1, READERS, &body);
    assert_eq!(readers.as_array().unwrap().len(), 500);
}

#[test]
fn the_scope_is_log_and_the_strict_portal_knows_the_parameters() {
    let mut desk = Desk::new();
    let path = desk.portal.webhook_path_with_scope(1, &["task"]).unwrap();
    let request = sonet_portal::Request::get(format!("{path}{GET}"));
    let response = desk.portal.handle(&request, crate::common::now());
    assert_eq!(response.status(), 403);
    desk.portal.rules_mut().strict = sonet_portal::Strict::Refuse;
    let poll = json!({"POST_MESSAGE": "x", "UF_BLOG_POST_VOTE_n1_DATA": {"QUESTIONS": []}});
    desk.add_post(1, &poll);
    for (method, body) in [
        (ADD, json!({"post_message": "x"})),
        (UPDATE, json!({"POST_ID": 1, "TAGS": "x"})),
        (GET, json!({"LOG_DATE_FROM": "soon"})),
        (SHARE, json!({"POST_ID": 1, "SPERM": ["UA"]})),
        (
            "log.blogcomment.add",
            json!({"POST_ID": 1, "POST_TEXT": "x"}),
        ),
    ] {
        let response = desk.send(1, method, &body.to_string());
        assert!(
            response.text().contains("PORTAL_STRICT"),
            "{method} {}",
            response.text()
        );
    }
}
