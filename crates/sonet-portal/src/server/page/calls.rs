//! The last calls.

use super::html::Text;
use crate::domain::dates;
use crate::server::log::LogEntry;
use std::fmt::Write as _;

/// How much of an answer is shown.
const MAX_ANSWER: usize = 4_000;

pub(super) fn print(calls: &[LogEntry]) -> String {
    let mut rows = String::new();
    for call in calls {
        row(&mut rows, call);
    }
    if rows.is_empty() {
        rows.push_str("<tr><td colspan=7 class=quiet>No calls yet.");
    }
    format!(
        "<section><h2>Last calls</h2><table class=calls><tr><th class=n>No.<th>Time<th>Method\
         <th class=n>User<th>Status<th class=n>Executed<th>Parameters and answer{rows}</table>\
         </section>\n"
    )
}

fn row(out: &mut String, call: &LogEntry) {
    let time = dates::iso(dates::unix_seconds(call.at));
    let time = time.get(11..19).unwrap_or_default();
    let class = match call.status {
        200..300 => "good",
        400..500 => "bad",
        _ => "broken",
    };
    let method = if call.method.is_empty() {
        &call.path
    } else {
        &call.method
    };
    let user = call.user.map_or("–".to_owned(), |id| id.to_string());
    let odd = call.fault.iter().chain(&call.complaints);
    let odd = odd.fold(String::new(), |mut out, text| {
        let _ = write!(out, "<br><span class=fault>{}</span>", Text(text));
        out
    });
    let params = match &call.params {
        serde_json::Value::String(text) => text.clone(),
        tree => serde_json::to_string_pretty(tree).unwrap_or_default(),
    };
    let _ = write!(
        out,
        "<tr><td class=n>{number}<td>{time}<td class=w><code>{method}</code>{odd}<td class=n>{user}\
         <td><span class={class}>{status}</span><td class=n>{executed}\
         <td><details id=call{number}><summary><code>{short}</code></summary>\
         <h3>{verb} {path}</h3><pre>{params}</pre><h3>Answer</h3><pre>{answer}</pre></details>",
        number = call.number,
        method = Text(method),
        status = call.status,
        executed = call.executed,
        short = Text(&short(&call.params.to_string(), 80)),
        verb = Text(&call.verb),
        path = Text(&call.path),
        params = Text(&params),
        answer = Text(&short(&readable(&call.answer), MAX_ANSWER)),
    );
}

/// JSON with its own line breaks, anything else as it is.
fn readable(answer: &str) -> String {
    let parsed = serde_json::from_str::<serde_json::Value>(answer).ok();
    parsed
        .and_then(|tree| serde_json::to_string_pretty(&tree).ok())
        .unwrap_or_else(|| answer.to_owned())
}

/// The beginning of a text.
fn short(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
