//! `log.blogcomment.*`

use crate::common::Desk;
use serde_json::{Value, json};
use sonet_portal::{Role, UserKind};

const ADD: &str = "log.blogcomment.add";
const GET: &str = "log.blogcomment.user.get";
const DELETE: &str = "log.blogcomment.delete";

/// A picture of 640 by 480 points, as far as it matters.
const PICTURE: &str = "iVBORw0KGgoAAAANSUhEUgAAAoAAAAHg";

impl Desk {
    fn comment(&mut self, user: u64, post: u64, text: &str) -> u64 {
        let body = json!({"POST_ID": post, "TEXT": text}).to_string();
        self.ok(user, ADD, &body).as_u64().unwrap()
    }
}

fn found(desk: &mut Desk, user: u64, body: &Value) -> Vec<u64> {
    let answer = desk.ok(user, GET, &body.to_string());
    let comments = answer["comments"].as_array().unwrap().iter();
    comments.map(|row| row["id"].as_u64().unwrap()).collect()
}

#[test]
fn a_comment_has_the_documented_shape() {
    let mut desk = Desk::new();
    let author = desk.employee();
    let post = desk.add_post(1, &json!({"POST_MESSAGE": "x"}));
    let body = json!({
        "POST_ID": post, "TEXT": "Yes", "FILES": [["plan.png", PICTURE], ["a.txt", "aGk="]],
    });
    assert_eq!(desk.raw(author, ADD, &body.to_string()), "1");
    let files = desk.portal.comments().next().unwrap().files.clone();
    let answer = desk.ok(author, GET, "{}");
    assert_eq!(
        answer["comments"],
        json!([{
            "id": 1, "comment_id": 1, "log_id": post, "date": "2026-03-19T14:01:27+02:00",
            "text": "Yes", "attach": files,
        }])
    );
    let picture = &answer["files"][files[0].to_string()];
    let name = desk.portal.user(author).unwrap().formatted_name();
    for (key, value) in [
        ("id", json!(files[0])),
        ("date", json!("2026-03-19T14:01:27+02:00")),
        ("type", json!("image")),
        ("name", json!("plan.png")),
        ("size", json!(24)),
        ("image", json!({"width": 640, "height": 480})),
        ("authorId", json!(author)),
        ("authorName", json!(name)),
    ] {
        assert_eq!(picture[key], value, "{key}");
    }
    let download = picture["urlDownload"].as_str().unwrap();
    assert!(
        download.ends_with(&format!("/disk/downloadFile/{}", files[0])),
        "{download}"
    );
    let text = &answer["files"][files[1].to_string()];
    assert_eq!(
        (&text["type"], &text["size"], text.get("image")),
        (&json!("file"), &json!(2), None)
    );
    let row = desk.ok(1, "log.blogpost.get", &json!({"POST_ID": post}).to_string());
    assert_eq!(row[0]["NUM_COMMENTS"], "1");
    let nothing = desk.raw(1, GET, "{}");
    assert_eq!(nothing, r#"{"comments":[],"files":[]}"#);
}

#[test]
fn adding_a_comment_refuses() {
    let mut desk = Desk::new();
    let author = desk.employee();
    let post = desk.add_post(
        1,
        &json!({"POST_MESSAGE": "x", "DEST": [format!("U{author}")]}),
    );
    let body = |post: &Value, text: &str| json!({"POST_ID": post, "TEXT": text}).to_string();
    for wrong in [json!(null), json!("x"), json!(99_999)] {
        desk.refused(author, ADD, &body(&wrong, "Yes"), "No post found");
    }
    let own = json!(post);
    desk.refused(3, ADD, &body(&own, "Yes"), "No post found");
    let posing = json!({"POST_ID": post, "TEXT": "Yes", "USER_ID": 3}).to_string();
    desk.refused(1, ADD, &posing, "No post found");
    desk.refused(
        author,
        ADD,
        &body(&own, " "),
        "Blog comment hasn't been added",
    );
    desk.portal.fail_next(ADD);
    desk.refused(
        author,
        ADD,
        &body(&own, "Yes"),
        "Blog comment hasn't been added",
    );
    desk.comment(author, post, "Yes");
    desk.refused(author, ADD, &body(&own, "Yes"), "Duplicate comment");
    desk.comment(1, post, "Yes");
    let filed = json!({"POST_MESSAGE": "x", "UF_BLOG_POST_FILE": ["n7"]});
    let filed = desk.add_post(author, &filed);
    desk.comment(author, filed, "Yes");
    desk.comment(author, filed, "Yes");
    desk.portal.user_mut(1).unwrap().kind = UserKind::Other;
    desk.refused(author, ADD, &body(&own, "No"), "No blog found");
    desk.portal.rules_mut().without_blog = true;
    desk.refused(author, ADD, &body(&own, "No"), "No blog module installed");
    assert_eq!(desk.portal.comments().count(), 4);
}

#[test]
fn nobody_comments_in_an_archived_group() {
    let mut desk = Desk::new();
    let (group, member, _) = desk.full_scrum();
    let body = json!({"POST_MESSAGE": "x", "DEST": [format!("SG{group}")]});
    let post = desk.add_post(member, &body);
    desk.portal.group_mut(group).unwrap().closed = true;
    let body = json!({"POST_ID": post, "TEXT": "Yes"}).to_string();
    desk.refused(member, ADD, &body, "No permissions");
    desk.comment(1, post, "Yes");
}

#[test]
fn comments_are_walked() {
    let mut desk = Desk::new();
    let author = desk.employee();
    let post = desk.add_post(1, &json!({"POST_MESSAGE": "x"}));
    for n in 0..120 {
        desk.comment(author, post, &n.to_string());
    }
    for (body, first, last, count) in [
        (json!({}), 120, 21, 100),
        (json!({"LIMIT": 2}), 120, 119, 2),
        (json!({"LIMIT": 0}), 120, 21, 100),
        (json!({"LIMIT": 101}), 120, 21, 100),
        (json!({"FIRST_ID": 100}), 101, 120, 20),
        (json!({"LAST_ID": 5}), 4, 1, 4),
        (json!({"FIRST_ID": 5, "LAST_ID": 9}), 6, 8, 3),
    ] {
        let ids = found(&mut desk, author, &body);
        let told = (ids[0], *ids.last().unwrap(), ids.len());
        assert_eq!(told, (first, last, count), "{body}");
    }
}

#[test]
fn comments_of_others_are_those_that_one_may_read() {
    let mut desk = Desk::new();
    let author = desk.employee();
    let open = desk.add_post(author, &json!({"POST_MESSAGE": "x"}));
    let closed = desk.add_post(author, &json!({"POST_MESSAGE": "x", "DEST": ["U2"]}));
    let (first, second) = (
        desk.comment(author, open, "Yes"),
        desk.comment(author, closed, "No"),
    );
    let theirs = json!({"USER_ID": author});
    assert_eq!(found(&mut desk, 3, &theirs), [first]);
    let answer = desk.ok(1, GET, &theirs.to_string());
    let texts = |n: usize| &answer["comments"][n]["text"];
    assert_eq!(answer["comments"][0]["id"], second);
    assert_eq!(
        (texts(0), texts(1)),
        (&json!(""), &json!("Yes")),
        "as an administrator"
    );
    for wrong in [json!("x"), json!(0), json!(99_999)] {
        assert_eq!(
            found(&mut desk, author, &json!({"USER_ID": wrong})),
            [second, first]
        );
    }
}

#[test]
fn a_comment_is_deleted() {
    let mut desk = Desk::new();
    let (group, ..) = desk.full_scrum();
    let employees = desk.strangers(group, |user| user.kind == UserKind::Employee);
    let (member, stranger) = (employees[0], employees[1]);
    desk.portal.set_member(group, member, Role::Moderator);
    desk.portal.set_member(group, stranger, Role::Member);
    let owner = desk.portal.group(group).unwrap().owner_id;
    let body = json!({"POST_MESSAGE": "x", "DEST": [format!("SG{group}")]});
    let post = desk.add_post(stranger, &body);
    let ids: Vec<u64> = ["a", "b", "c"]
        .map(|text| desk.comment(stranger, post, text))
        .to_vec();
    for wrong in [
        json!({}),
        json!({"COMMENT_ID": 0}),
        json!({"COMMENT_ID": "x"}),
    ] {
        desk.refused(stranger, DELETE, &wrong.to_string(), "Wrong comment ID");
    }
    desk.refused(
        stranger,
        DELETE,
        r#"{"COMMENT_ID":99999}"#,
        "No comment found",
    );
    let delete = |n: usize| json!({"COMMENT_ID": ids[n]}).to_string();
    desk.refused(member, DELETE, &delete(0), "No delete perms");
    let posing = json!({"COMMENT_ID": ids[0], "USER_ID": member}).to_string();
    desk.refused(1, DELETE, &posing, "No delete perms");
    desk.portal.rules_mut().without_blog = true;
    desk.refused(stranger, DELETE, &delete(0), "Blog module not installed");
    desk.portal.rules_mut().without_blog = false;
    for (n, user) in [stranger, owner, 1].into_iter().enumerate() {
        assert_eq!(desk.raw(user, DELETE, &delete(n)), "true");
    }
    assert_eq!(desk.portal.comments().count(), 0);
}
