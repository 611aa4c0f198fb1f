//! `sonet_group.get` and `sonet_group.user.groups`.

use crate::common::Desk;
use serde_json::Value;
use sonet_portal::{Group, Role, User};

const GET: &str = "sonet_group.get";

fn ids(rows: &Value) -> Vec<u64> {
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| row["ID"].as_str().unwrap().parse().unwrap())
        .collect()
}

#[test]
fn a_row_has_the_documented_shape() {
    let mut desk = Desk::new();
    let body = r#"{"NAME":"A/B \"c\" Я","OPENED":"Y"}"#;
    let id = desk.ok(1, "sonet_group.create", body);
    let filter = format!(r#"{{"FILTER":{{"ID":{id}}}}}"#);
    let expected = format!(
        r#"[{{"ID":"{id}","SITE_ID":"s1","NAME":"A\/B \"c\" \u042f","DESCRIPTION":null,"DATE_CREATE":"2026-03-19T14:01:27+02:00","DATE_UPDATE":"2026-03-19T14:01:27+02:00","ACTIVE":"Y","VISIBLE":"Y","OPENED":"Y","CLOSED":"N","SUBJECT_ID":"1","OWNER_ID":"1","KEYWORDS":null,"NUMBER_OF_MEMBERS":"1","DATE_ACTIVITY":"2026-03-19T14:01:27+02:00","SUBJECT_NAME":"Workgroups","PROJECT":"N","IS_EXTRANET":"N"}}]"#
    );
    assert_eq!(desk.raw(1, GET, &filter), expected);
    let update = format!(r#"{{"GROUP_ID":{id},"IMAGE_FILE_ID":5,"KEYWORDS":"a,b"}}"#);
    desk.ok(1, "sonet_group.update", &update);
    let row = desk.ok(1, GET, &filter)[0].take();
    assert!(row["IMAGE"].as_str().unwrap().starts_with("https://"));
    assert_eq!(row["KEYWORDS"], "a,b");
}

#[test]
fn pages_cover_everything_once() {
    let mut desk = Desk::new();
    let mut seen = Vec::new();
    let (mut start, mut pages) = (0, 0);
    loop {
        let answer = desk.answer(1, GET, &format!(r#"{{"IS_ADMIN":"Y","start":{start}}}"#));
        assert_eq!(answer["total"], 120);
        seen.extend(ids(&answer["result"]));
        pages += 1;
        match answer.get("next") {
            Some(next) => {
                assert_eq!(next, start + 50);
                start += 50;
            }
            None => break,
        }
    }
    assert_eq!(pages, 3);
    let mut all: Vec<u64> = desk.portal.groups().map(|group| group.id).collect();
    all.reverse();
    assert_eq!(seen, all, "the default order is ID DESC");
}

#[test]
fn start_floors_to_whole_pages() {
    let mut desk = Desk::new();
    let mut page = |start: &str| {
        let answer = desk.answer(1, GET, &format!(r#"{{"IS_ADMIN":"Y","start":{start}}}"#));
        (ids(&answer["result"]), answer.get("next").cloned())
    };
    let (first, next) = page("0");
    assert_eq!((first.len(), next), (50, Some(50.into())));
    for same in ["49", "-1", "\"x\"", "null", "[5]"] {
        assert_eq!(page(same).0, first, "{same}");
    }
    let (second, next) = page("50");
    assert_eq!(next, Some(100.into()));
    assert_eq!(page("\"99\"").0, second);
    let (last, next) = page("100");
    assert_eq!((last.len(), next), (20, None));
    assert_eq!(page("150"), (vec![], None));
}

#[test]
fn everybody_sees_what_is_theirs() {
    let mut desk = Desk::new();
    let user = desk.employee();
    let secret = desk.portal.secret_group(user).unwrap().id;
    let body = format!(r#"{{"GROUP_ID":{secret}}}"#);
    assert_eq!(desk.raw(user, GET, &body), "[]");
    let pushy = format!(r#"{{"GROUP_ID":{secret},"IS_ADMIN":"Y"}}"#);
    assert_eq!(desk.raw(user, GET, &pushy), "[]", "ignored, not refused");
    desk.portal.set_member(secret, user, Role::Awaiting);
    assert_eq!(desk.raw(user, GET, &body), "[]");
    desk.portal.set_member(secret, user, Role::Member);
    assert_eq!(ids(&desk.ok(user, GET, &body)), [secret]);

    let hidden = desk.portal.secret_group(1).unwrap().id;
    assert_eq!(
        desk.raw(1, GET, &format!(r#"{{"GROUP_ID":{hidden}}}"#)),
        "[]"
    );
    let asked = format!(r#"{{"GROUP_ID":{hidden},"IS_ADMIN":"Y"}}"#);
    assert_eq!(ids(&desk.ok(1, GET, &asked)), [hidden]);

    let external = desk.portal.extranet_user().unwrap().id;
    let rows = desk.ok(external, GET, "{}");
    let rows = rows.as_array().unwrap();
    assert!(!rows.is_empty() && rows.iter().all(|row| row["IS_EXTRANET"] == "Y"));
}

#[test]
fn filters_and_orders_work_over_the_wire() {
    let mut desk = Desk::new();
    let mut found = |body: &str| ids(&desk.ok(1, GET, body));
    let closed =
        found(r#"{"IS_ADMIN":"Y","FILTER":{"CLOSED":"Y","!ACTIVE":"N"},"ORDER":{"ID":"ASC"}}"#);
    let extranet = found(r#"{"IS_ADMIN":"Y","FILTER":{"IS_EXTRANET":"Y"},"ORDER":{"ID":"ASC"}}"#);
    let some = found(r#"{"IS_ADMIN":"Y","FILTER":{"@ID":[1],"nonsense":1}}"#);
    let lower = found(r#"{"IS_ADMIN":"Y","filter":{"ID":1},"order":{"ID":"ASC"}}"#);
    let named = found(r#"{"IS_ADMIN":"Y","ORDER":{"NAME":"ASC","ID":"DESC"}}"#);
    let listed = |fit: fn(&Group) -> bool| -> Vec<u64> {
        desk.portal
            .groups()
            .filter(|group| fit(group))
            .map(|group| group.id)
            .collect()
    };
    assert_eq!(closed, listed(|group| group.closed && group.active));
    assert_eq!(extranet, listed(Group::is_extranet));
    assert_eq!(some.len(), 50, "what isn't understood widens the query");
    assert_eq!(lower, some, "keys are case-sensitive");
    let mut by_name: Vec<&Group> = desk.portal.groups().collect();
    by_name.sort_by_key(|group| (group.name.to_lowercase(), u64::MAX - group.id));
    assert_eq!(
        named,
        by_name
            .iter()
            .take(50)
            .map(|group| group.id)
            .collect::<Vec<_>>()
    );
}

#[test]
fn a_cursor_walks_the_list() {
    let mut desk = Desk::new();
    let (mut last, mut seen) = (0, Vec::new());
    loop {
        let body =
            format!(r#"{{"IS_ADMIN":"Y","FILTER":{{">ID":{last}}},"ORDER":{{"ID":"ASC"}}}}"#);
        let page = ids(&desk.ok(1, GET, &body));
        let Some(end) = page.last() else { break };
        last = *end;
        seen.extend(page);
    }
    assert_eq!(
        seen,
        desk.portal
            .groups()
            .map(|group| group.id)
            .collect::<Vec<_>>()
    );
}

#[test]
fn own_groups_leave_out_what_is_pending() {
    const GROUPS: &str = "sonet_group.user.groups";
    let mut desk = Desk::new();
    desk.ok(1, "sonet_group.create", r#"{"NAME":"x"}"#);
    let user = 1;
    let rows = desk.ok(user, GROUPS, "{}");
    let rows: Vec<u64> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["GROUP_ID"].as_str().unwrap().parse().unwrap())
        .collect();
    let is_member = |id: u64| {
        desk.portal
            .relation(id, user)
            .is_some_and(|r| r.role.is_member())
    };
    let expected: Vec<u64> = desk
        .portal
        .groups()
        .map(|g| g.id)
        .filter(|id| is_member(*id))
        .collect();
    assert_eq!(rows, expected);

    let fresh = desk.strangers(0, User::is_extranet)[0];
    let all: Vec<u64> = desk.portal.groups().map(|group| group.id).collect();
    for id in all {
        desk.portal.remove_member(id, fresh);
    }
    assert_eq!(desk.raw(fresh, GROUPS, "{}"), "[]");
    let plain = desk.group(|group| !group.is_extranet() && group.image.is_none());
    let pictured = desk.group(|group| group.image.is_some());
    desk.portal.set_member(plain.id, fresh, Role::Awaiting);
    assert_eq!(desk.raw(fresh, GROUPS, "{}"), "[]");
    desk.portal.set_member(plain.id, 1, Role::Moderator);
    let row = |rows: String, id: u64| {
        let from = rows.find(&format!(r#"{{"GROUP_ID":"{id}""#)).unwrap();
        rows[from..=from + rows[from..].find('}').unwrap()].to_owned()
    };
    desk.portal.group_mut(plain.id).unwrap().sites = vec!["s1".to_owned()];
    desk.portal.group_mut(plain.id).unwrap().name = "Plain".to_owned();
    assert_eq!(
        row(desk.raw(1, GROUPS, "{}"), plain.id),
        format!(
            r#"{{"GROUP_ID":"{}","GROUP_NAME":"Plain","ROLE":"E","GROUP_IMAGE_ID":null,"GROUP_IMAGE":""}}"#,
            plain.id
        )
    );
    // An external member brings the extranet to the group.
    desk.portal.set_member(pictured.id, fresh, Role::Member);
    desk.portal.group_mut(pictured.id).unwrap().name = "Pictured".to_owned();
    let image = pictured.image.unwrap();
    assert_eq!(
        desk.raw(fresh, GROUPS, "{}"),
        format!(
            r#"[{{"GROUP_ID":"{}","GROUP_NAME":"Pictured","ROLE":"K","GROUP_IMAGE_ID":"{}","GROUP_IMAGE":"https:\/\/portal.example.com\/upload\/socialnetwork\/{}\/{}","IS_EXTRANET":"Y"}}]"#,
            pictured.id, image.id, image.id, image.name
        )
    );
}

#[test]
fn a_start_below_zero_counts_nothing() {
    let mut desk = Desk::new();
    for start in ["-1", "\"-1\"", "-50"] {
        let body = format!(r#"{{"IS_ADMIN":"Y","ORDER":{{"ID":"ASC"}},"start":{start}}}"#);
        let answer = desk.answer(1, "sonet_group.get", &body);
        assert_eq!(answer["result"].as_array().unwrap().len(), 50);
        assert_eq!((answer.get("next"), answer.get("total")), (None, None));
    }
}
