//! What only an older copy of the server's source says, each thing as a rule that is off by default.

use crate::common::{Desk, now};
use serde_json::{Value, json};
use sonet_portal::{BatchReferences, Request, Role, UserKind};

const GET: &str = "sonet_group.get";
const LIST: &str = "socialnetwork.api.workgroup.list";

fn stored_name(desk: &Desk, id: &Value) -> String {
    let group = desk.portal.group(id.as_u64().unwrap()).unwrap();
    group.name.clone()
}

#[test]
fn a_repeated_request_is_refused() {
    let mut desk = Desk::new();
    desk.portal.rules_mut().repeated_request_fails = true;
    let (method, text) = ("sonet_group.user.request", "Cannot request to join group");
    for opened in [true, false] {
        let group = desk.group(|group| group.visible && group.opened == opened && !group.closed);
        let ask = json!({"GROUP_ID": group.id}).to_string();
        let strangers = desk.strangers(group.id, |user| user.kind == UserKind::Employee);
        assert_eq!(desk.raw(strangers[0], method, &ask), "true");
        desk.portal
            .set_member(group.id, strangers[1], Role::Awaiting);
        for user in [strangers[0], strangers[1], group.owner_id] {
            desk.refused(user, method, &ask, text);
        }
    }
}

#[test]
fn symbols_beyond_the_basic_plane_are_stored_in_a_form_of_their_own() {
    let mut desk = Desk::new();
    desk.portal.rules_mut().coded_emoji = true;
    let group = json!({"NAME": "🚀 Team ✓", "DESCRIPTION": "a🚀b", "KEYWORDS": "🚀"});
    let id = desk.ok(1, "sonet_group.create", &group.to_string());
    assert_eq!(stored_name(&desk, &id), ":f09f9a80: Team ✓");
    // Answers have it as it was sent, wherever they have it.
    let row = desk.ok(1, GET, &json!({"GROUP_ID": id}).to_string())[0].take();
    assert_eq!(
        (&row["NAME"], &row["DESCRIPTION"]),
        (&group["NAME"], &group["DESCRIPTION"])
    );
    let own = desk.ok(1, "sonet_group.user.groups", "{}");
    let own = own.as_array().unwrap().last().unwrap();
    assert_eq!(own["GROUP_NAME"], group["NAME"]);
    let body = json!({"params": {"groupId": id}}).to_string();
    let row = desk.ok(1, "socialnetwork.api.workgroup.get", &body);
    assert_eq!(
        (&row["NAME"], &row["DESCRIPTION"]),
        (&group["NAME"], &group["DESCRIPTION"])
    );
    let body = json!({"filter": {"ID": id}, "select": ["NAME", "DESCRIPTION"]}).to_string();
    let row = desk.ok(1, LIST, &body)["workgroups"][0].take();
    assert_eq!(
        (&row["name"], &row["description"]),
        (&group["NAME"], &group["DESCRIPTION"])
    );
    // Filters know the stored form alone.
    for (filter, found) in [
        (json!({"NAME": "🚀 Team ✓"}), 0),
        (json!({"%NAME": "🚀"}), 0),
        (json!({"NAME": ":f09f9a80: Team ✓"}), 1),
        (json!({"%NAME": "Team ✓"}), 1),
        (json!({"!NAME": "🚀 Team ✓", "ID": id}), 1),
    ] {
        let rows = desk.ok(1, GET, &json!({"FILTER": filter}).to_string());
        assert_eq!(rows.as_array().unwrap().len(), found, "{filter}");
        let rows = desk.ok(1, LIST, &json!({"filter": filter}).to_string());
        assert_eq!(
            rows["workgroups"].as_array().unwrap().len(),
            found,
            "{filter}"
        );
    }
    let update = json!({"GROUP_ID": id, "NAME": "𝄞"}).to_string();
    desk.ok(1, "sonet_group.update", &update);
    assert_eq!(stored_name(&desk, &id), ":f09d849e:");
    let other = desk.portal.insert_group("🚀");
    assert_eq!(stored_name(&desk, &json!(other)), ":f09f9a80:");
}

#[test]
fn by_default_they_are_stored_as_they_are() {
    let mut desk = Desk::new();
    let id = desk.ok(1, "sonet_group.create", r#"{"NAME":"🚀 :f09f9a80:"}"#);
    assert_eq!(stored_name(&desk, &id), "🚀 :f09f9a80:");
    let body = json!({"FILTER": {"NAME": "🚀 :F09F9A80:"}}).to_string();
    assert_eq!(desk.ok(1, GET, &body)[0]["NAME"], "🚀 :f09f9a80:");
}

/// The name that a group gets by a batch whose first command lists the users.
fn named(desk: &mut Desk, name: &str) -> Option<String> {
    let encoded: Vec<String> = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let batch = json!({"cmd": {
        "c0": "user.current",
        "c1": "user.get?ID=1",
        "c2": format!("sonet_group.create?NAME={}", encoded.concat()),
    }});
    let answer = desk.ok(1, "batch", &batch.to_string());
    let id = answer["result"].get("c2")?;
    Some(stored_name(desk, id))
}

#[test]
fn a_batch_takes_more_for_references_than_is_documented() {
    let mut desk = Desk::new();
    let user = desk.ok(1, "user.current", "{}")["NAME"].take();
    let user = user.as_str().unwrap();
    let names = [
        ("$results[c0][NAME]", user.to_owned()),
        ("see $resulting[c1][0][NAME] ok", format!("see {user} ok")),
        ("a $RESULT[c0][NAME] b", "a  b".to_owned()),
        ("a $result[c0] b", "a Array b".to_owned()),
        ("of $total[c1]", "of 1".to_owned()),
    ];
    for (name, _) in &names {
        let stays = Some((*name).to_owned());
        assert_eq!(named(&mut desk, name), stays, "as documented");
    }
    desk.portal.rules_mut().batch_references = BatchReferences::Loose;
    for (name, stored) in names {
        assert_eq!(named(&mut desk, name), Some(stored), "{name}");
    }
    for stays in ["price $100", "$total", "a $ result[c0]", "$result[]"] {
        assert_eq!(named(&mut desk, stays), Some(stays.to_owned()));
    }
    for lost in ["$RESULT[c0]", "$Total[c0]", "$result[c0]", "$result[none]"] {
        assert_eq!(
            named(&mut desk, lost),
            None,
            "{lost} is nothing, or an array"
        );
    }
    // What is documented goes on.
    let batch = json!({"cmd": {
        "c0": "sonet_group.create?NAME=A",
        "c1": "sonet_group.get?FILTER[ID]=$result[c0]",
    }});
    let answer = desk.ok(1, "batch", &batch.to_string());
    assert_eq!(answer["result"]["c1"][0]["NAME"], "A");
}

#[test]
fn an_administrator_needs_membership_to_invite_and_to_join() {
    let mut desk = Desk::new();
    let secret = desk.portal.secret_group(1).unwrap().id;
    let user = desk.strangers(secret, |user| user.kind == UserKind::Employee)[0];
    let invite = json!({"GROUP_ID": secret, "USER_ID": user}).to_string();
    let join = json!({"GROUP_ID": secret}).to_string();
    desk.portal.rules_mut().admin_needs_membership = true;
    let not_found = "Socialnetwork group not found";
    desk.refused(1, "sonet_group.user.invite", &invite, not_found);
    desk.refused(1, "sonet_group.user.request", &join, not_found);
    let members = json!({"ID": secret}).to_string();
    desk.ok(1, "sonet_group.user.get", &members);
    let listed = desk.portal.open_group().unwrap().id;
    let stranger = desk.strangers(listed, |user| user.kind == UserKind::Employee)[0];
    let other = json!({"GROUP_ID": listed, "USER_ID": stranger}).to_string();
    assert_eq!(
        desk.raw(1, "sonet_group.user.invite", &other),
        format!(r#"["{stranger}"]"#)
    );
    desk.portal.set_member(secret, 1, Role::Member);
    assert_eq!(
        desk.raw(1, "sonet_group.user.invite", &invite),
        format!(r#"["{user}"]"#)
    );
    desk.portal.remove_member(secret, 1);
    desk.portal.rules_mut().admin_needs_membership = false;
    assert_eq!(desk.raw(1, "sonet_group.user.request", &join), "true");
}

#[test]
fn bodies_are_read_without_complaint() {
    let mut desk = Desk::new();
    let path = desk.portal.webhook_path(1).unwrap() + "sonet_group.create";
    let typed = |kind: &str, body: &str| {
        let request = Request::new("POST", format!("{path}?NAME=Q&KEYWORDS=q"));
        let request = request.with_body(body);
        if kind.is_empty() {
            request
        } else {
            request.with_header("Content-Type", kind)
        }
    };
    for (kind, body, by_default, leniently) in [
        ("", "NAME=B", Some("Q"), Some("B")),
        ("text/plain", "NAME=B&X=1", Some("Q"), Some("B")),
        ("application/xml", "<NAME>", Some("Q"), Some("Q")),
        ("application/octet-stream", "\u{0}", Some("Q"), Some("Q")),
        ("application/json", "{", None, Some("Q")),
        ("application/json", "NAME=B", None, Some("Q")),
        ("application/json", r#"{"NAME":"B"}"#, Some("B"), Some("B")),
        (
            "application/x-www-form-urlencoded",
            "NAME=B",
            Some("B"),
            Some("B"),
        ),
    ] {
        for (lenient, name) in [(false, by_default), (true, leniently)] {
            desk.portal.rules_mut().lenient_bodies = lenient;
            let response = desk.portal.handle(&typed(kind, body), now());
            let expected = if name.is_some() { 200 } else { 400 };
            assert_eq!(response.status(), expected, "{kind} {body} {lenient}");
            if let Some(name) = name {
                let group = desk.portal.groups().last().unwrap();
                assert_eq!((group.name.as_str(), group.keywords.as_str()), (name, "q"));
            }
        }
    }
}

#[test]
fn a_start_below_zero_may_count_all_the_same() {
    let mut desk = Desk::new();
    desk.portal.rules_mut().always_counts = true;
    let answer = desk.answer(1, GET, r#"{"IS_ADMIN":"Y","start":-1}"#);
    assert_eq!(
        (&answer["next"], &answer["total"]),
        (&json!(50), &json!(120))
    );
}
