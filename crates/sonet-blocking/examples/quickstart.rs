//! The life of a project: created, found, staffed, changed, deleted.
//!
//! ```text
//! cargo run -p sonet-blocking --example quickstart
//! ```
//!
//! Without more, a simulated portal inside this program answers. On a portal of your own, the example creates one
//! project and deletes it again, even where a step fails in between:
//!
//! ```text
//! SONET_WEBHOOK=https://example.bitrix24.com/rest/1/secret/ SONET_PEOPLE=5,8 \
//!     cargo run -p sonet-blocking --example quickstart
//! ```
//!
//! `SONET_PEOPLE` are the users to invite (the first one) and to add (the others). They get notifications, so nobody is
//! taken who is not named.

use std::error::Error;
use std::process::ExitCode;

use sonet_blocking::sonet_group::{Create, Delete, Get, Update, user};
use sonet_blocking::{Client, GroupId, UserId};
use sonet_portal::Portal;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("failed    {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let (client, people, _portal) = if let Ok(webhook) = std::env::var("SONET_WEBHOOK") {
        let client = Client::webhook(&webhook)?;
        println!("On the portal {}:", client.address());
        (client, people_named()?, None)
    } else {
        let portal = Portal::builder().groups(120).users(40).start()?;
        println!("On a simulated portal (set SONET_WEBHOOK for one of your own):");
        // Employees of every simulated portal; user 1 is the administrator who calls.
        let people = [2, 3, 7].map(UserId::from).to_vec();
        (Client::webhook(&portal.webhook())?, people, Some(portal))
    };

    let name = format!("sonet quickstart {}", std::process::id());
    let project = Create::new(&name)
        .description("Made by an example, and deleted by it")
        .project(true)
        .visible(false);
    let group = client.call(&project)?;
    println!("created   project {group}, {name:?}");

    let outcome = live(&client, group, &name, &people);
    // Whatever came of it, nothing is left behind.
    let deleted = client.call(&Delete::new(group));
    if deleted.is_ok() {
        println!("deleted   project {group}");
    } else {
        println!("NOT deleted: project {group}; please delete it by hand");
    }
    outcome?;
    deleted?;
    Ok(())
}

fn live(
    client: &Client,
    group: GroupId,
    name: &str,
    people: &[UserId],
) -> Result<(), sonet_blocking::Error> {
    let named = Get::new().filter(Get::NAME.eq(name)).order(Get::ID.asc());
    for row in client.page(&named)? {
        println!(
            "found     {} {:?}, owner {}, {} member(s)",
            row.id, row.name, row.owner_id, row.number_of_members
        );
    }

    if let Some((guest, staff)) = people.split_first() {
        let invite = user::Invite::new(group, [*guest]).message("Have a look");
        println!("invited   {:?}", ids(&client.call(&invite)?));
        if !staff.is_empty() {
            let added = client.call(&user::Add::new(group, staff.iter().copied()))?;
            println!("added     {:?}", ids(&added));
            let promote = user::Update::new(group, [staff[0]], user::SettableRole::Moderator);
            println!("promoted  {:?}", ids(&client.call(&promote)?));
        }
    } else {
        println!("nobody to invite or to add (name users in SONET_PEOPLE)");
    }

    for member in client.call(&user::Get::new(group))? {
        println!("member    user {} is {:?}", member.user_id, member.role);
    }
    let mine = client.call(&user::Groups::new())?;
    println!(
        "mine      {} group(s), this one among them: {}",
        mine.len(),
        mine.iter().any(|row| row.group_id == group)
    );

    let changed = client.call(&Update::new(group).description("Changed").closed(true))?;
    println!("updated   project {changed}");
    Ok(())
}

fn ids(users: &[UserId]) -> Vec<i64> {
    users.iter().map(|user| user.get()).collect()
}

/// The users in `SONET_PEOPLE`.
fn people_named() -> Result<Vec<UserId>, String> {
    let named = std::env::var("SONET_PEOPLE").unwrap_or_default();
    let parts = named
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    parts
        .map(|part| {
            part.parse().map_err(|_| {
                format!("SONET_PEOPLE: {part:?} is no user's number; write it like 5,8")
            })
        })
        .collect()
}
