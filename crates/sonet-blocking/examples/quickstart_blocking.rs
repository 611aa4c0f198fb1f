//! The life of a project: created, staffed with people who are found by their names, welcomed in its feed, given a first task,
//! changed, deleted.
//!
//! ```text
//! cargo run -p sonet-blocking --example quickstart_blocking
//! ```
//!
//! Without more, a simulated portal inside this program answers. On a portal of your own, the example creates a project, a
//! post and a task, and deletes them again, even where a step fails in between:
//!
//! ```text
//! SONET_WEBHOOK=https://example.bitrix24.com/rest/1/secret/ SONET_PEOPLE='Maria Kim,boris@example.com' \
//!     cargo run -p sonet-blocking --example quickstart_blocking
//! ```
//!
//! `SONET_PEOPLE` are the users to invite (the first one) and to add (the others), by their names or addresses. They get
//! notifications, so nobody is taken who is not named.

use std::error::Error;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use sonet_blocking::log::blogpost;
use sonet_blocking::sonet_group::{Create, Delete, Get, Update, user};
use sonet_blocking::tasks::task;
use sonet_blocking::user::{Get as GetUsers, Search};
use sonet_blocking::{Client, Destination, Executed, GroupId, PostId, TaskId, UserId};
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
    let mut out = io::stdout();
    let (client, people, _portal) = if let Ok(webhook) = std::env::var("SONET_WEBHOOK") {
        let client = Client::webhook(&webhook)?;
        writeln!(out, "On the portal {}:", client.address())?;
        (client, people_named(), None)
    } else {
        let portal = Portal::builder().groups(120).users(40).start()?;
        writeln!(
            out,
            "On a simulated portal (set SONET_WEBHOOK for one of your own):"
        )?;
        // Employees of every simulated portal; user 1 is the administrator who calls.
        let people = [2_u64, 3, 7].map(|id| {
            let user = portal.with(|portal| portal.user(id).cloned());
            user.map(|user| format!("{} {}", user.name, user.last_name))
        });
        let people = people.into_iter().flatten().collect();
        (Client::webhook(&portal.webhook())?, people, Some(portal))
    };

    // Names need not be unique, and this one has to be found again.
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let name = format!("sonet quickstart {}-{}", now.as_nanos(), std::process::id());
    let project = Create::new(&name)
        .description("Made by an example, and deleted by it")
        .project(true)
        .visible(false);
    let created = client.call(&project);
    let group = match created {
        Ok(group) => group,
        Err(error) if error.executed() == Executed::No => return Err(error.into()),
        // The answer was lost, and the project may be there all the same.
        Err(error) => {
            for row in client.call(&Get::new().filter(Get::NAME.eq(&name)))? {
                delete(&client, row.id)?;
            }
            return Err(error.into());
        }
    };

    let mut made = Made::default();
    let outcome = live(&client, group, &name, &people, &mut made);
    // Whatever came of it, even that nobody reads the output any more, nothing is left behind.
    let cleared = clear(&client, &made);
    delete(&client, group)?;
    outcome.and(cleared)
}

/// What is to be deleted in the end, beside the project.
#[derive(Default)]
struct Made {
    post: Option<PostId>,
    task: Option<TaskId>,
}

fn live(
    client: &Client,
    group: GroupId,
    name: &str,
    people: &[String],
    made: &mut Made,
) -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout();
    writeln!(out, "created   project {group}, {name:?}")?;

    let named = Get::new().filter(Get::NAME.eq(name)).order(Get::ID.asc());
    for row in client.call(&named)? {
        let id = row.id;
        // A portal may leave out anything but identifiers.
        if let (Some(owner), Some(members)) = (row.owner_id, row.number_of_members) {
            writeln!(out, "found     {id}, owner {owner}, {members} member(s)")?;
        } else {
            writeln!(out, "found     {id}")?;
        }
    }

    let mut found = Vec::new();
    for wanted in people {
        let user = find(client, wanted)?;
        writeln!(out, "found     user {user}, {wanted:?}")?;
        found.push(user);
    }
    if let Some((guest, staff)) = found.split_first() {
        let invite = user::Invite::new(group, [*guest]).message("Have a look");
        let invited = client.call(&invite)?;
        writeln!(out, "invited   {}", list(&invited))?;
        if let Some(first) = staff.first() {
            let added = client.call(&user::Add::new(group, staff.iter().copied()))?;
            writeln!(out, "added     {}", list(&added))?;
            let promote = user::Update::new(group, [*first], user::SettableRole::Moderator);
            let promoted = client.call(&promote)?;
            writeln!(out, "promoted  {}", list(&promoted))?;
        }
    } else {
        writeln!(
            out,
            "nobody    to invite or to add (name users in SONET_PEOPLE)"
        )?;
    }

    for member in client.call(&user::Get::new(group))? {
        let role = member
            .role
            .map_or("?".to_owned(), |role| format!("{role:?}"));
        writeln!(out, "member    user {} is {role}", member.user_id)?;
    }
    let welcome = blogpost::Add::new("Welcome, everybody!")
        .post_title("Our project begins")
        .dest([Destination::Group(group)]);
    let post = client.call(&welcome)?;
    made.post = Some(post);
    writeln!(out, "posted    {post} in the feed of the project")?;

    let me = client.call(&sonet_blocking::user::Current::new())?;
    let first = task::Add::new("Read the welcome", me.id).group_id(group);
    let task = client.call(&first)?;
    made.task = Some(task.id);
    let begun = client.call(&task::Start::new(task.id))?;
    let status = begun
        .status
        .map_or("?".to_owned(), |status| format!("{status:?}"));
    writeln!(out, "task      {} for user {} is {status}", task.id, me.id)?;

    let mine = client.call(&user::Groups::new())?;
    let among = mine.iter().any(|row| row.group_id == group);
    writeln!(
        out,
        "mine      {} group(s), this one among them: {among}",
        mine.len()
    )?;

    let change = Update::new(group).description("Changed").closed(true);
    let changed = client.call(&change)?;
    writeln!(out, "updated   project {changed}")?;
    Ok(())
}

fn delete(client: &Client, group: GroupId) -> Result<(), Box<dyn Error>> {
    if let Err(error) = client.call(&Delete::new(group)) {
        eprintln!("NOT deleted: project {group}; please delete it by hand");
        return Err(error.into());
    }
    // The project is gone; whether anybody reads so is no failure.
    let _ = writeln!(io::stdout(), "deleted   project {group}");
    Ok(())
}

/// The one user of this name or address.
fn find(client: &Client, wanted: &str) -> Result<UserId, Box<dyn Error>> {
    let users = if wanted.contains('@') {
        let by_address = GetUsers::new().filter(GetUsers::EMAIL.eq(wanted));
        client.call(&by_address)?
    } else {
        let by_name = Search::new().filter(Search::FIND.eq(wanted));
        client.call(&by_name)?
    };
    let mut users = users.iter();
    match (users.next(), users.next()) {
        (Some(user), None) => Ok(user.id),
        (None, _) => Err(format!("nobody is called {wanted:?}").into()),
        (Some(_), Some(_)) => {
            Err(format!("several are called {wanted:?}; name the address").into())
        }
    }
}

/// Deletes what was made in the project, as far as it was.
fn clear(client: &Client, made: &Made) -> Result<(), Box<dyn Error>> {
    if let Some(task) = made.task {
        client.call(&task::Delete::new(task))?;
    }
    if let Some(post) = made.post {
        client.call(&blogpost::Delete::new(post))?;
    }
    Ok(())
}

/// Users as text: `3, 7`, or `nobody`.
fn list(users: &[UserId]) -> String {
    let users: Vec<_> = users.iter().map(|user| format!("user {user}")).collect();
    if users.is_empty() {
        "nobody".to_owned()
    } else {
        users.join(", ")
    }
}

/// The names and addresses in `SONET_PEOPLE`.
fn people_named() -> Vec<String> {
    let named = std::env::var("SONET_PEOPLE").unwrap_or_default();
    let parts = named.split(',').map(str::trim);
    let parts = parts.filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}
