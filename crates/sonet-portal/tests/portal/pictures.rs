//! The pictures that answers point to.

use crate::common::{Desk, now};
use serde_json::{Value, json};
use sonet_portal::{Request, Response};

const HOST: &str = "portal.test:8080";

fn get(desk: &mut Desk, target: &str) -> Response {
    let request = Request::get(target).with_header("Host", HOST);
    desk.portal.handle(&request, now())
}

/// What a method answers to somebody who called the portal under its name.
fn ask(desk: &mut Desk, method: &str, body: &Value) -> Value {
    let path = desk.portal.webhook_path(1).unwrap();
    let request = Request::json(format!("{path}{method}"), &body.to_string());
    let response = desk
        .portal
        .handle(&request.with_header("Host", HOST), now());
    assert_eq!(response.status(), 200, "{}", response.text());
    serde_json::from_slice::<Value>(response.body()).unwrap()["result"].take()
}

/// The path of an address of this portal.
fn path(address: &Value) -> String {
    let address = address.as_str().unwrap();
    let path = address.strip_prefix("http://portal.test:8080/");
    format!("/{}", path.unwrap_or_else(|| panic!("{address}")))
}

fn is_png(response: &Response) {
    assert_eq!(response.status(), 200);
    assert_eq!(response.header("content-type"), Some("image/png"));
    assert!(response.body().starts_with(b"\x89PNG\r\n\x1a\n"));
    assert!(response.body().ends_with(b"IEND\xaeB`\x82"), "it is whole");
}

#[test]
fn every_method_points_to_a_picture_that_is_there() {
    let mut desk = Desk::new();
    let id = desk
        .group(|group| group.image.is_some() && group.visible)
        .id;
    desk.portal.set_member(id, 1, sonet_portal::Role::Member);
    let row = ask(&mut desk, "sonet_group.get", &json!({"GROUP_ID": id}));
    let mut pictures = vec![path(&row[0]["IMAGE"])];
    let own = ask(&mut desk, "sonet_group.user.groups", &json!({}));
    let own = own.as_array().unwrap().iter();
    let own = own.filter(|row| row["GROUP_IMAGE"] != "");
    pictures.extend(own.map(|row| path(&row["GROUP_IMAGE"])));
    assert!(pictures.len() > 1);
    let list = json!({"filter": {"ID": id}, "select": ["AVATAR"], "params": {"IS_ADMIN": "Y", "siteId": "s1"}});
    let list = ask(&mut desk, "socialnetwork.api.workgroup.list", &list);
    if let Some(row) = list["workgroups"].get(0) {
        pictures.push(path(&row["avatar"]));
    }
    let select = ["AVATAR", "AVATAR_DATA", "AVATAR_TYPES"];
    let get_one = json!({"params": {"groupId": id, "select": select}});
    let group = ask(&mut desk, "socialnetwork.api.workgroup.get", &get_one);
    pictures.push(path(&group["AVATAR"]));
    pictures.push(path(&group["AVATAR_DATA"]["id"]));
    let types = group["AVATAR_TYPES"].as_object().unwrap();
    for kind in types.values() {
        pictures.push(path(&kind["mobileUrl"]));
        pictures.push(path(&kind["entitySelectorUrl"]));
    }
    assert!(pictures.len() > 13, "{pictures:?}");
    for picture in pictures {
        is_png(&get(&mut desk, &picture));
    }
}

#[test]
fn an_uploaded_picture_comes_back_byte_by_byte() {
    let mut desk = Desk::new();
    for (name, kind) in [
        ("a b.png", "image/png"),
        ("ä/../ö?#%41.JPG", "image/jpeg"),
        ("x.gif", "image/gif"),
        ("x.webp", "image/webp"),
        ("<script>.bmp", "image/bmp"),
        ("x.jpeg", "image/jpeg"),
    ] {
        let upload = json!({"NAME": "Pictured", "IMAGE": [name, "PGh0bWw+"]});
        let id = ask(&mut desk, "sonet_group.create", &upload);
        let row = ask(&mut desk, "sonet_group.get", &json!({"GROUP_ID": id}));
        let picture = path(&row[0]["IMAGE"]);
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~%".contains(&byte);
        assert!(picture.bytes().all(plain), "{picture}");
        let response = get(&mut desk, &picture);
        assert_eq!(response.body(), b"<html>", "{picture}");
        assert_eq!(response.header("content-type"), Some(kind), "{picture}");
        assert_eq!(
            response.header("x-content-type-options"),
            Some("nosniff"),
            "no browser takes it for a page"
        );
    }
}

#[test]
fn what_nothing_points_to_is_not_there() {
    let mut desk = Desk::new();
    let upload = json!({"NAME": "Pictured", "IMAGE": ["a.png", "aGk="]});
    let id = ask(&mut desk, "sonet_group.create", &upload);
    let row = ask(&mut desk, "sonet_group.get", &json!({"GROUP_ID": id}));
    let picture = path(&row[0]["IMAGE"]);
    for missing in [
        picture.replace("a.png", "b.png"),
        picture.replace("/a.png", ""),
        "/upload/socialnetwork/".to_owned(),
        "/upload/socialnetwork/x/a.png".to_owned(),
        "/bitrix/images/mobile/nothing.png".to_owned(),
        "/bitrix/images/nowhere/tasks.png".to_owned(),
    ] {
        assert_eq!(get(&mut desk, &missing).status(), 404, "{missing}");
    }
    let post = Request::form(&picture, "").with_header("Host", HOST);
    assert_eq!(desk.portal.handle(&post, now()).status(), 405);
    desk.portal.delete_group(id.as_u64().unwrap());
    assert_eq!(get(&mut desk, &picture).status(), 404);
}
