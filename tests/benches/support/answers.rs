//! What a server answers to the calls of a benchmark: the same bytes always.

use std::sync::Arc;

/// Answers a group's creation, and a list of groups.
pub(crate) fn answers(_: &str) -> impl Fn(&str, &[u8]) -> Arc<[u8]> + Send + Sync + use<> {
    let (create, get) = (response(&created()), response(&page()));
    move |first_line, _| {
        Arc::clone(if first_line.contains("create") {
            &create
        } else {
            &get
        })
    }
}

/// A whole response, with headers that a portal sends.
fn response(body: &str) -> Arc<[u8]> {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\nServer: nginx\r\nDate: Thu, 19 Mar 2026 14:03:50 GMT\r\n\
         Content-Type: application/json; charset=utf-8\r\nContent-Length: {length}\r\nConnection: keep-alive\r\n\
         Cache-Control: no-store, no-cache, must-revalidate\r\nExpires: Thu, 19 Nov 1981 08:52:00 GMT\r\n\
         Access-Control-Allow-Origin: *\r\nX-Content-Type-Options: nosniff\r\n\r\n{body}"
    )
    .into_bytes()
    .into()
}

const TIME: &str = r#""time":{"start":1773925430,"finish":1773925430.419962,"duration":0.41,"processing":0,"date_start":"2026-03-19T16:03:50+02:00","date_finish":"2026-03-19T16:03:50+02:00","operating_reset_at":1773926030,"operating":0.1}"#;

fn created() -> String {
    format!(r#"{{"result":77,{TIME}}}"#)
}

fn page() -> String {
    let rows: Vec<_> = (1..=50)
        .map(|id| {
            format!(
                r#"{{"ID":"{id}","SITE_ID":"s1","NAME":"Project number {id} of the department","DESCRIPTION":"What it is about, in a line or two of text","DATE_CREATE":"2026-03-19T15:01:27+02:00","DATE_UPDATE":"2026-03-19T15:01:27+02:00","ACTIVE":"Y","VISIBLE":"Y","OPENED":"N","CLOSED":"N","SUBJECT_ID":"1","OWNER_ID":"1271","KEYWORDS":null,"NUMBER_OF_MEMBERS":"12","DATE_ACTIVITY":"2026-03-19T15:01:27+02:00","SUBJECT_NAME":"Workgroups","PROJECT":"Y","IS_EXTRANET":"N"}}"#
            )
        })
        .collect();
    let rows = rows.join(",");
    format!(r#"{{"result":[{rows}],"next":50,"total":120,{TIME}}}"#)
}
