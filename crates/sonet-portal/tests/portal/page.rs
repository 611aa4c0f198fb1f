//! The page for people.

use sonet_portal::{Fault, Portal, Rate, Server};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

fn fetch(server: &Server, target: &str) -> String {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    write!(
        stream,
        "GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn call(server: &Server, method: &str) -> String {
    let webhook = server.webhook();
    let path = webhook.strip_prefix(&server.url()).unwrap();
    fetch(server, &format!("{path}{method}"))
}

#[test]
fn it_shows_groups_users_and_calls() {
    let server = Portal::builder().groups(120).start().unwrap();
    let empty = fetch(&server, "/");
    assert!(empty.starts_with("HTTP/1.1 200 OK\r\n") && empty.contains("text/html; charset=utf-8"));
    assert!(empty.contains("No calls yet."));
    server.faults().on("*.get").nth(2).after(Fault::Garbage);
    call(&server, "sonet_group.get");
    call(&server, "sonet_group.get?FILTER[NAME]=Needle");
    call(&server, "sonet_group.user.invite?GROUP_ID=0");
    let page = fetch(&server, "/?x=1");
    for shown in [
        "<b>120</b> groups",
        "<b>12</b> users",
        "<b>3</b> calls",
        "<b>2</b> executed",
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert!(page.contains("Needle") && page.contains("after: garbage"));
    assert!(page.contains("Wrong group ID") && page.contains(">400<"));
    let (newest, owner) = server.with(|portal| {
        let newest = portal.groups().last().unwrap();
        let owner = portal.user(newest.owner_id).unwrap().formatted_name();
        (newest.id, owner)
    });
    assert!(page.contains(&format!("id=group{newest}>")) && page.contains(&owner));
    assert_eq!(server.log().len(), 3, "the page is no call");
}

#[test]
fn it_shows_the_limits() {
    let server = Portal::builder().start().unwrap();
    assert!(fetch(&server, "/").contains("<td>requests<td class=n>no limit"));
    server.with(|portal| portal.rules_mut().rate = Some(Rate::STANDARD));
    let page = fetch(&server, "/");
    assert!(page.contains("requests of 127.0.0.1<td class=n>0 of 50, 2 less each second"));
    let fast = Rate::ENTERPRISE.every(Duration::from_millis(100));
    server.with(|portal| portal.rules_mut().rate = Some(fast));
    assert!(fetch(&server, "/").contains("0 of 250, 5 less every 100ms"));
}

#[test]
fn it_has_a_way_to_every_group() {
    let server = Portal::builder().groups(120).start().unwrap();
    let mut target = "/".to_owned();
    let mut seen = 0;
    loop {
        let page = fetch(&server, &target);
        seen += page.matches("<details id=group").count();
        let Some(at) = page.find("\">Older</a>") else {
            break;
        };
        let begin = page[..at].rfind('"').unwrap() + 1;
        target = page[begin..at].split('#').next().unwrap().to_owned();
    }
    assert_eq!(seen, 120);
    for odd in [
        "/?groups=99999",
        "/?groups=x",
        "/?groups=99999999999999999999",
    ] {
        assert!(fetch(&server, odd).starts_with("HTTP/1.1 200 "), "{odd}");
    }
}

#[test]
fn nothing_in_it_runs_and_no_secret_is_in_it() {
    let server = Portal::builder().groups(3).start().unwrap();
    let evil = "<script>alert(1)</script>";
    let id = server.with(|portal| portal.insert_group(evil));
    server.with(|portal| portal.user_mut(2).unwrap().name = "<img src=x onerror=1>".to_owned());
    server.with(|portal| portal.set_member(id, 2, sonet_portal::Role::Member));
    let escaped = "%3Cscript%3Ealert(2)%3C/script%3E";
    call(
        &server,
        &format!("sonet_group.get?FILTER[{escaped}]={escaped}"),
    );
    call(&server, escaped);
    let token = server.token_of(1).unwrap();
    fetch(&server, &format!("/rest/sonet_group.get?auth={token}"));
    fetch(
        &server,
        "/rest/1/guessed/sonet_group.get?access_token=guessed",
    );
    let page = fetch(&server, "/");
    assert!(page.contains("&lt;script&gt;alert(1)") && page.contains("&lt;script&gt;alert(2)"));
    assert_eq!(page.matches("<script").count(), 1, "its own");
    assert!(!page.contains("<img"));
    // A name without a space must not push the other columns off the page.
    assert!(page.contains("<td class=w>&lt;script") && page.contains("td.w{overflow-wrap"));
    let webhook = server.webhook();
    let secret = webhook.split('/').rev().nth(1).unwrap();
    assert!(!page.contains(secret) && !page.contains(&token) && !page.contains("guessed"));
    assert!(page.contains("Content-Security-Policy: default-src 'none'"));
}
