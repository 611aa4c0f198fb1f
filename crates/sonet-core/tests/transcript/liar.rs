//! A server with a list that is known, and that says what it is told to about it.

use std::collections::BTreeMap;
use std::task::Waker;
use std::time::Instant;

use bytes::Bytes;
use http::Response;
use serde_json::{Map, Value, json};
use sonet_core::{Error, Limits, Machine, Outgoing, Paged, Pager, PagerStep, Rate, Session, Step};

use super::play::webhook;

/// How many rows a page has.
const PAGE: i64 = 50;

/// What the server says of how many rows there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Total {
    Absent,
    True,
    /// As a text of digits.
    Digits,
    Zero,
    /// The rows of the page.
    Page,
    TooSmall,
    TooLarge,
    /// That of the whole list, whatever the page's filter is.
    OfAll,
    Negative,
    Text,
}

/// Where the server says that there is another page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    Never,
    True,
    Always,
}

/// The server.
#[derive(Debug, Clone, Copy)]
pub(super) struct Liar {
    /// How many rows its list has: 1, 2, 3 …
    pub(super) rows: i64,
    pub(super) total: Total,
    pub(super) next: Next,
    /// How many rows it gives at once.
    pub(super) cut: usize,
    /// What it writes for a page without rows.
    pub(super) nothing: &'static str,
    /// The key that the rows stand under.
    pub(super) key: Option<&'static str>,
}

pub(super) const HONEST: Liar = Liar {
    rows: 0,
    total: Total::True,
    next: Next::True,
    cut: 50,
    nothing: "[]",
    key: None,
};

/// A page as the server said it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    pub(super) rows: usize,
    pub(super) total: Option<i64>,
    pub(super) next: bool,
}

/// What came of a walk.
#[derive(Debug)]
pub(super) struct Walked {
    pub(super) ids: Vec<i64>,
    pub(super) error: Option<Error>,
    pub(super) total: Option<u64>,
    pub(super) requests: usize,
    /// The pages that the server gave in each request.
    pub(super) told: Vec<Vec<Told>>,
}

impl Liar {
    /// Answers a page with these parameters, as PHP reads them.
    fn page(&self, parameters: &BTreeMap<String, String>) -> (Value, Value, Value, Told) {
        let find = |ending: &str| {
            let mut found = parameters.iter().filter(|(name, _)| name.ends_with(ending));
            found.next().map(|(_, value)| value.as_str())
        };
        let bound = |ending| find(ending).map(|text| text.parse::<i64>().unwrap_or(0));
        let uncounted = find("start") == Some("-1");
        let offset = find("start").map_or(0, |start| start.parse::<i64>().unwrap().max(0));
        // Behind a text, which PHP takes for 0, there are all rows or none.
        let low = bound("[>ID]").map_or(1, |id| id + 1);
        let high = bound("[<ID]").map_or(self.rows, |id| id - 1);
        let all = (high + 1 - low).max(0);
        let begin = offset.min(all);
        let cut = self.cut.min((all - begin).try_into().unwrap());
        let page: Vec<i64> = if find("[ID]") == Some("DESC") {
            (low..=high - begin).rev().take(cut).collect()
        } else {
            (low + begin..=high).take(cut).collect()
        };
        let total = match self.total {
            _ if uncounted && self.total != Total::Zero => Value::Null,
            Total::Absent => Value::Null,
            Total::True => all.into(),
            Total::Digits => all.to_string().into(),
            Total::Zero => 0.into(),
            Total::Page => page.len().into(),
            Total::TooSmall => 7.into(),
            Total::TooLarge => (all + 70).into(),
            Total::OfAll => self.rows.into(),
            Total::Negative => (-1).into(),
            Total::Text => "many".into(),
        };
        let more = begin + PAGE < all && !uncounted;
        let next = match self.next {
            Next::Never => false,
            Next::True => more,
            Next::Always => true,
        };
        let told = Told {
            rows: page.len(),
            total: total.as_i64().or_else(|| total.as_str()?.parse().ok()),
            next,
        };
        let rows: Value = if page.is_empty() {
            serde_json::from_str(self.nothing).unwrap()
        } else {
            page.into_iter().map(|id| json!({ "ID": id })).collect()
        };
        let result = match self.key {
            Some(key) => json!({ key: rows }),
            None => rows,
        };
        let next = if next {
            (offset + 50).into()
        } else {
            Value::Null
        };
        (result, total, next, told)
    }

    fn answer(&self, outgoing: &Outgoing) -> (Value, Vec<Told>) {
        let body: Value = serde_json::from_slice(outgoing.request.body()).unwrap();
        let Some(commands) = body.get("cmd") else {
            let mut parameters = BTreeMap::new();
            flatten(&body, String::new(), &mut parameters);
            let (result, total, next, told) = self.page(&parameters);
            let fields = [("result", result), ("total", total), ("next", next)];
            return (named(&fields), vec![told]);
        };
        let (mut results, mut totals, mut nexts) = (Map::new(), Map::new(), Map::new());
        let mut pages = Vec::new();
        for index in 0..commands.as_object().unwrap().len() {
            let key = format!("c{index}");
            let (_, query) = commands[&key].as_str().unwrap().split_once('?').unwrap();
            let parameters = form_urlencoded::parse(query.as_bytes());
            let parameters = parameters
                .map(|(name, value)| (name.into_owned(), replaced(&value, &results)))
                .collect();
            let (result, total, next, told) = self.page(&parameters);
            results.insert(key.clone(), result);
            for (map, value) in [(&mut totals, total), (&mut nexts, next)] {
                if !value.is_null() {
                    map.insert(key.clone(), value);
                }
            }
            pages.push(told);
        }
        let batch = json!({ "result": results, "result_total": totals, "result_next": nexts, "result_error": [] });
        (json!({ "result": batch }), pages)
    }

    /// Walks the list, with so many requests at most.
    pub(super) fn walk<M: Paged>(&self, method: &M, eager: bool, requests: usize) -> Walked {
        self.walk_with(method, requests, |pager| {
            if eager {
                pager.eager();
            }
        })
    }

    pub(super) fn walk_with<M: Paged>(
        &self,
        method: &M,
        requests: usize,
        prepare: impl FnOnce(&mut Pager<M>),
    ) -> Walked {
        let now = Instant::now();
        let config = webhook().limits(Limits::new(Rate::UNLIMITED));
        let session = Session::new(&config, now).unwrap();
        let mut pager = Pager::new(&session, method);
        prepare(&mut pager);
        let mut walked = Walked {
            ids: Vec::new(),
            error: None,
            total: None,
            requests: 0,
            told: Vec::new(),
        };
        let mut out = Vec::new();
        loop {
            while let Some(row) = pager.next_item() {
                walked.ids.push(method.paging().id_of(&row).unwrap());
            }
            walked.total = pager.total();
            match pager.next_step(now) {
                PagerStep::Request(mut request) => {
                    let answer = self.drive(now, &mut request, &mut walked);
                    out.push((request, answer));
                }
                PagerStep::Wait => {
                    // The last one is answered first, and then one in the middle.
                    let next = if walked.requests % 2 == 0 {
                        out.len() - 1
                    } else {
                        out.len() / 2
                    };
                    let (request, answer) = out.remove(next);
                    pager.on_answer(now, request, answer);
                }
                PagerStep::Failed(error) => walked.error = Some(error),
                PagerStep::End => return walked,
            }
            assert!(walked.requests <= requests, "{self:?} is asked for ever");
        }
    }

    fn drive<X: Machine>(&self, now: Instant, machine: &mut X, walked: &mut Walked) -> X::Output {
        loop {
            match machine.poll(now, Waker::noop()) {
                Step::Send(outgoing) => {
                    walked.requests += 1;
                    let (body, told) = self.answer(&outgoing);
                    walked.told.push(told);
                    let response = Response::new(Bytes::from(body.to_string()));
                    machine.on_response(now, response);
                }
                Step::Done(outcome) => return outcome,
                _ => panic!("nothing is to be waited for"),
            }
        }
    }
}

/// An object without the fields that are absent.
fn named(fields: &[(&str, Value)]) -> Value {
    let fields = fields
        .iter()
        .filter(|(name, value)| *name == "result" || !value.is_null());
    fields
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect()
}

/// Parameters under the names that PHP gives them in a query: `FILTER[>ID]`.
pub(super) fn flatten(value: &Value, name: String, into: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => {
            for (field, value) in fields {
                let name = if name.is_empty() {
                    field.clone()
                } else {
                    format!("{name}[{field}]")
                };
                flatten(value, name, into);
            }
        }
        Value::String(text) => {
            into.insert(name, text.clone());
        }
        other => {
            into.insert(name, other.to_string());
        }
    }
}

/// A value with its reference replaced, or its bare text where that leads nowhere.
fn replaced(value: &str, results: &Map<String, Value>) -> String {
    let led = || {
        let path = value.strip_prefix("$result[")?.strip_suffix(']')?;
        let (key, path) = path.split_once("][")?;
        let found = results
            .get(key)?
            .pointer(&format!("/{}", path.replace("][", "/")))?;
        Some(found.to_string())
    };
    led().unwrap_or_else(|| value.to_owned())
}
