//! What the benchmarks of batches share: the answer of a portal with many groups, and the structs of a person who decodes
//! it by hand.

#![allow(dead_code)] // no benchmark uses all of it

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::RangeInclusive;

use serde::Deserialize;

/// How many rows a page has.
pub(crate) const PAGE: u64 = 50;

/// How many pages a batch has.
pub(crate) const PAGES: u64 = 50;

/// A group into `String`s: what a person writes who has no types for the wire.
#[derive(Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) struct Texts {
    pub(crate) id: String,
    site_id: String,
    name: String,
    description: Option<String>,
    date_create: String,
    date_update: String,
    date_activity: String,
    active: String,
    visible: String,
    opened: String,
    closed: String,
    subject_id: String,
    owner_id: String,
    keywords: Option<String>,
    number_of_members: String,
    subject_name: Option<String>,
    image: Option<String>,
    is_extranet: Option<String>,
    project: Option<String>,
}

/// The same, borrowed: the least that decoding each field by its name costs.
#[derive(Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) struct Borrowed<'a> {
    id: &'a str,
    site_id: &'a str,
    name: &'a str,
    description: Option<&'a str>,
    date_create: &'a str,
    date_update: &'a str,
    date_activity: &'a str,
    active: &'a str,
    visible: &'a str,
    opened: &'a str,
    closed: &'a str,
    subject_id: &'a str,
    owner_id: &'a str,
    keywords: Option<&'a str>,
    number_of_members: &'a str,
    subject_name: Option<&'a str>,
    image: Option<&'a str>,
    is_extranet: Option<&'a str>,
    project: Option<&'a str>,
}

/// The answer to one list, by hand.
#[derive(Deserialize)]
pub(crate) struct Page<T> {
    pub(crate) result: Vec<T>,
    total: Option<u64>,
    next: Option<u64>,
}

/// The answer to a batch of lists, by hand.
#[derive(Deserialize)]
pub(crate) struct Batch<T> {
    pub(crate) result: Lists<T>,
}

#[derive(Deserialize)]
pub(crate) struct Lists<T> {
    pub(crate) result: HashMap<String, Vec<T>>,
    result_total: HashMap<String, u64>,
}

pub(crate) const TIME: &str = r#"{"start":1773925430,"finish":1773925430.419962,"duration":0.41,"processing":0,"date_start":"2026-03-19T16:03:50+02:00","date_finish":"2026-03-19T16:03:50+02:00","operating_reset_at":1773926030,"operating":0.1}"#;

/// The answer to `sonet_group.get` for one page behind a row, of so many rows in all. Identifiers have no gaps.
pub(crate) fn page(after: u64, total: u64) -> String {
    let last = (after + PAGE).min(total);
    let mut body = r#"{"result":"#.to_owned();
    list(&mut body, after + 1..=last);
    if last < total {
        write!(body, r#","next":{PAGE}"#).unwrap();
    }
    write!(body, r#","total":{},"time":{TIME}}}"#, total - after).unwrap();
    body
}

/// The answer to a batch of so many pages behind a row, of so many rows in all.
pub(crate) fn batch(after: u64, pages: u64, total: u64) -> String {
    let [mut results, mut totals, mut nexts, mut times] = [const { String::new() }; 4];
    for index in 0..pages {
        let before = (after + index * PAGE).min(total);
        let last = (before + PAGE).min(total);
        write!(results, r#","c{index}":"#).unwrap();
        list(&mut results, before + 1..=last);
        write!(totals, r#","c{index}":{}"#, total - before).unwrap();
        if last < total {
            write!(nexts, r#","c{index}":{PAGE}"#).unwrap();
        }
        write!(times, r#","c{index}":{TIME}"#).unwrap();
    }
    let [results, totals, nexts, times] = [results, totals, nexts, times].map(|map| object(&map));
    format!(
        r#"{{"result":{{"result":{results},"result_error":[],"result_total":{totals},"result_next":{nexts},"result_time":{times}}},"time":{TIME}}}"#
    )
}

/// An object of entries that begin with a comma each. PHP writes an empty one as a list.
pub(crate) fn object(entries: &str) -> String {
    match entries.strip_prefix(',') {
        Some(entries) => format!("{{{entries}}}"),
        None => "[]".to_owned(),
    }
}

/// A list of groups, as the documentation shows them.
pub(crate) fn list(body: &mut String, ids: RangeInclusive<u64>) {
    body.push('[');
    for id in ids.clone() {
        if id > *ids.start() {
            body.push(',');
        }
        write!(
            body,
            r#"{{"ID":"{id}","SITE_ID":"s1","NAME":"Project number {id} of the department","DESCRIPTION":"What it is about, in a line or two of text","DATE_CREATE":"2026-03-19T15:01:27+02:00","DATE_UPDATE":"2026-03-19T15:01:27+02:00","ACTIVE":"Y","VISIBLE":"Y","OPENED":"N","CLOSED":"N","SUBJECT_ID":"1","OWNER_ID":"1271","KEYWORDS":null,"NUMBER_OF_MEMBERS":"12","DATE_ACTIVITY":"2026-03-19T15:01:27+02:00","SUBJECT_NAME":"Workgroups","PROJECT":"Y","IS_EXTRANET":"N"}}"#
        )
        .unwrap();
    }
    body.push(']');
}

/// The answer to a page, or to a batch of pages, behind the row that the request names first.
pub(crate) fn answer(request: &str, rows: u64) -> String {
    let after = ["\">ID\":", "%3EID%5D="].iter().find_map(|name| {
        let number = request.split(name).nth(1)?.trim_start_matches('"');
        let digits = number.split(|c: char| !c.is_ascii_digit()).next()?;
        digits.parse().ok()
    });
    let after = after.unwrap_or(0);
    match request.matches("sonet_group.get?").count() as u64 {
        0 => page(after, rows),
        pages => batch(after, pages, rows),
    }
}
