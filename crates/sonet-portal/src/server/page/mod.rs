//! The page at `/`, for people who want to see what is going on.
//!
//! It can be read without JavaScript, which only spares the reader the reloading. All that comes
//! from requests or groups goes through [`Text`], which leaves nothing that HTML would take for
//! its own.

mod calls;
mod groups;
mod html;
mod limits;

use crate::portal::Portal;
use crate::rest::http::{Request, Response};
use crate::server::SentEvent;
use crate::server::log::LogEntry;
use html::Text;
use std::fmt::Write as _;
use std::time::SystemTime;

/// How many calls are shown.
pub(crate) const CALLS: usize = 50;

/// How many events are shown.
const EVENTS: usize = 20;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page's content may do no more than it needs.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
                      connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Whether a request asks for the page.
pub(crate) fn is_wanted(request: &Request) -> bool {
    matches!(request.method(), "GET" | "HEAD") && request.path() == "/"
}

/// What a page shows of the portal, taken while the portal is locked, so that printing need not be.
pub(crate) struct View {
    groups: groups::View,
    users: Vec<crate::User>,
    executed: Vec<(String, u64)>,
    limits: limits::View,
}

impl View {
    pub(crate) fn of(portal: &mut Portal, request: &Request) -> Self {
        Self {
            limits: limits::View::of(portal, request, SystemTime::now()),
            groups: groups::View::of(portal, offset(request)),
            users: portal.users().take(groups::ROWS).cloned().collect(),
            executed: portal
                .executed()
                .iter()
                .map(|(method, count)| (method.clone(), *count))
                .collect(),
        }
    }
}

/// Prints the page. `calls` are the newest calls, the newest first, `sent` the last events, the
/// newest last, and `happened` is how many faults there were.
pub(crate) fn print(
    view: &View,
    calls: &[LogEntry],
    sent: &[SentEvent],
    happened: u64,
) -> Response {
    let mut main = String::new();
    let executed: u64 = view.executed.iter().map(|(_, count)| count).sum();
    let last = calls.first().map_or(0, |call| call.number);
    for (number, label) in [
        (view.groups.total, "groups"),
        (view.groups.users, "users"),
        (last, "calls"),
        (executed, "executed"),
        (happened, "faults"),
    ] {
        let _ = write!(main, "<li><b>{number}</b> {label}</li>");
    }
    let main = format!("<ul class=numbers>{main}</ul>\n")
        + &calls::print(calls)
        + "<div class=row>"
        + &executed_table(&view.executed)
        + &view.limits.print()
        + &events_table(sent)
        + "</div>"
        + &view.groups.print()
        + &users_table(&view.users, view.groups.users);
    let mut page = Response::html(format!(
        "<!DOCTYPE html>\n<html lang=en><head><meta charset=utf-8><title>sonet-portal</title>\
         <meta name=viewport content=\"width=device-width, initial-scale=1\">\
         <noscript><meta http-equiv=refresh content=5></noscript>\
         <link rel=icon href=\"data:,\"><style>{STYLE}</style></head>\n<body>\
         <header><h1>sonet-portal</h1><p>A simulated Bitrix24 portal. \
         Secrets are shown as <code>***</code>.</p></header>\n\
         <main>{main}</main>\n<script>{SCRIPT}</script></body></html>\n"
    ));
    page.push_header("Content-Security-Policy", POLICY);
    page.push_header("Cache-Control", "no-store");
    // No other page has anything to do with it.
    page.push_header("Cross-Origin-Resource-Policy", "same-origin");
    page
}

/// What is shown instead of a page under a name that isn't the portal's.
pub(crate) fn foreign() -> Response {
    Response::message(
        403,
        "403 Forbidden",
        "<p>The portal shows its pages under its own address only, and this is a different name. If the name belongs \
         to the portal, start it with <code>--allow-host NAME</code> or <code>Builder::allow_host</code>.</p>",
    )
}

fn executed_table(executed: &[(String, u64)]) -> String {
    let mut rows = String::new();
    for (method, count) in executed {
        let _ = write!(
            rows,
            "<tr><td><code>{}</code><td class=n>{count}",
            Text(method)
        );
    }
    if rows.is_empty() {
        rows.push_str("<tr><td colspan=2 class=quiet>Nothing yet.");
    }
    format!(
        "<section><h2>Executed</h2><table class=narrow><tr><th>Method<th class=n>Times{rows}\
         </table></section>\n"
    )
}

fn events_table(sent: &[SentEvent]) -> String {
    if sent.is_empty() {
        return String::new();
    }
    let mut rows = String::new();
    for own in sent.iter().rev().take(EVENTS) {
        let outcome = match &own.outcome {
            Ok(status) => status.to_string(),
            Err(reason) => reason.clone(),
        };
        let _ = write!(
            rows,
            "<tr><td><code>{}</code><td class=n>{}<td class=w>{}<td class=w>{}",
            Text(&own.event),
            own.group_id,
            Text(&own.url),
            Text(&outcome)
        );
    }
    format!(
        "<section><h2>Events</h2><table class=narrow><tr><th>Event<th class=n>Group<th>Handler\
         <th>Outcome{rows}</table></section>\n"
    )
}

fn users_table(users: &[crate::User], total: u64) -> String {
    let mut rows = String::new();
    for user in users {
        let kind = match user.kind {
            crate::UserKind::Employee => "employee",
            crate::UserKind::Extranet => "external",
            crate::UserKind::Other => "other",
        };
        let marks = [
            (user.admin, "administrator"),
            (!user.active, "dismissed"),
            (!user.can_create_groups, "may not create groups"),
        ];
        let _ = write!(
            rows,
            "<tr><td class=n>{}<td class=w>{}<td class=w>{}<td>{kind}<td>{}",
            user.id,
            Text(&user.formatted_name()),
            Text(&user.position),
            html::marks(&marks)
        );
    }
    let more = html::more(users.len(), total);
    format!(
        "<section><h2>Users</h2><table><tr><th class=n>ID<th>Name<th>Position<th>Kind<th>{rows}\
         </table>{more}</section>\n"
    )
}

/// Which group the page begins with, from `?groups=50`.
fn offset(request: &Request) -> usize {
    let mut fields = request.query().split('&');
    fields
        .find_map(|field| field.strip_prefix("groups="))
        .and_then(|number| number.parse().ok())
        .unwrap_or_default()
}
