//! A newcomer's first day: one person into a list of groups, by a batch.
//!
//! ```text
//! cargo run -p sonet-blocking --example onboard_blocking
//! ```
//!
//! Without more, a simulated portal inside this program answers. On a portal of your own, name the person and the groups:
//!
//! ```text
//! SONET_WEBHOOK=https://example.bitrix24.com/rest/1/secret/ SONET_NEWCOMER=1271 SONET_GROUPS=77,78 \
//!     cargo run -p sonet-blocking --example onboard_blocking
//! ```
//!
//! The person gets a group of their own to begin with, and is added to the others. What came of it is told, group by group,
//! and nothing is repeated that may have run.

use std::error::Error;
use std::io::{self, Write as _};
use std::process::ExitCode;

use sonet_blocking::sonet_group::{Create, Get, user};
use sonet_blocking::{Batch, Bulk, BulkReport, Client, GroupId, Refusal, UserId};
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
    let (client, newcomer, groups, _portal) = if let Ok(webhook) = std::env::var("SONET_WEBHOOK") {
        let client = Client::webhook(&webhook)?;
        writeln!(out, "On the portal {}:", client.address())?;
        let newcomer = numbers("SONET_NEWCOMER")?.first().copied();
        let newcomer = newcomer.ok_or("SONET_NEWCOMER: name a user by his number")?;
        let groups = numbers("SONET_GROUPS")?
            .into_iter()
            .map(GroupId::new)
            .collect();
        (client, UserId::new(newcomer), groups, None)
    } else {
        let portal = Portal::builder().groups(120).users(40).start()?;
        writeln!(
            out,
            "On a simulated portal (set SONET_WEBHOOK for one of your own):"
        )?;
        let client = Client::webhook(&portal.webhook())?;
        // User 7 is an employee of every simulated portal. Group 9999 is not there, which is told and stops nothing.
        let rows = client.call(&Get::new().order(Get::ID.asc()))?;
        let found = rows.iter().take(5).map(|row| row.id);
        let groups = found.chain([GroupId::new(9_999)]).collect::<Vec<_>>();
        (client, UserId::new(7), groups, Some(portal))
    };

    welcome(&client, newcomer)?;
    look(&client, newcomer, &groups)?;
    let report = client.bulk(&Bulk::add(groups, [newcomer]))?;
    tell(&report)?;
    Ok(())
}

/// Makes a group for the newcomer, and invites into it: three calls in one request, of which two need the result of the
/// first.
fn welcome(client: &Client, newcomer: UserId) -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout();
    let mut batch = Batch::new().halt();
    let group = Create::new(format!("Welcome, user {newcomer}")).visible(false);
    let created = batch.add(&group);
    let invited = batch.add_with(created.value(), |group| {
        user::Invite::new(group, [newcomer]).message("Your first days, step by step")
    });
    let members = batch.add_with(created.value(), user::Get::new);
    let mut run = batch.build()?;
    client.run(&mut run)?;
    writeln!(out, "created   group {}", run.outcome(created)?)?;
    writeln!(out, "invited   {} user(s)", run.outcome(invited)?.len())?;
    for member in run.outcome(members)? {
        let role = member
            .role
            .map_or("?".to_owned(), |role| format!("{role:?}"));
        writeln!(out, "member    user {} is {role}", member.user_id)?;
    }
    Ok(())
}

/// Looks at the first two groups before anything is changed in them: a batch whose commands are known beforehand.
fn look(client: &Client, newcomer: UserId, groups: &[GroupId]) -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout();
    let [first, second, ..] = groups else {
        return Ok(());
    };
    let calls = (user::Get::new(*first), user::Get::new(*second));
    let (first_members, second_members) = client.batch(&calls)?;
    for (group, members) in [(first, first_members), (second, second_members)] {
        match members {
            Ok(members) => {
                let among = members.iter().any(|member| member.user_id == newcomer);
                let count = members.len();
                writeln!(
                    out,
                    "before    group {group}: {count} member(s), the newcomer among them: {among}"
                )?;
            }
            Err(error) if error.is(Refusal::GroupNotFound) => {
                writeln!(out, "before    group {group}: there is none")?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Tells what came of each group.
fn tell(report: &BulkReport) -> io::Result<()> {
    let mut out = io::stdout();
    for report in &report.groups {
        let group = report.group;
        match &report.outcome {
            Ok(changed) if changed.changed.is_empty() => {
                writeln!(
                    out,
                    "unchanged group {group}: a member already, or may not be one"
                )?;
            }
            Ok(_) => writeln!(out, "added     group {group}")?,
            Err(error) if report.is_unknown() => {
                writeln!(out, "UNKNOWN   group {group}: look there by hand ({error})")?;
            }
            Err(error) => writeln!(out, "refused   group {group}: {error}")?,
        }
    }
    Ok(())
}

/// The numbers in a variable: `5,8`.
fn numbers(variable: &str) -> Result<Vec<i64>, String> {
    let named = std::env::var(variable).unwrap_or_default();
    let parts = named
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let number = part.parse();
            number.map_err(|_| format!("{variable}: {part:?} is no number; write it like 5,8"))
        })
        .collect()
}
