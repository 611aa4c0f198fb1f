//! Walks with several requests out at once, over a list that others change meanwhile.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;
use std::task::Waker;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Response;
use serde_json::{Value, json};
use sonet_core::{
    CountMode, Cursor, Error, Limits, Machine, Outgoing, Paged, Pager, PagerStep, Rate, Session,
    Step, WalkRequest,
};

use super::dice::Dice;
use super::liar::flatten;
use super::play::{Groups, sent, webhook};

/// A server whose rows come and go.
struct Table {
    dice: Dice,
    rows: BTreeSet<i64>,
    last: i64,
    /// Of 100 commands, how many come with a change before them, and how many are refused.
    changes: u64,
    refusals: u64,
    /// Which command is refused, once.
    refused_command: Option<usize>,
    /// What it says that there are.
    total: Option<usize>,
    /// Whether it answers one command more than it was sent.
    answers_more: bool,
    requests: usize,
}

impl Table {
    /// So many rows, as dense as the dice say: evenly or not, with and without wide gaps.
    fn new(seed: u64, rows: u64) -> Self {
        let mut dice = Dice(seed);
        let (form, mut ids, mut last) = (dice.below(5), BTreeSet::new(), 0);
        for index in 0..rows {
            let step = match form {
                0 => 1,
                1 => 1 + dice.below(20),
                2 if index % 700 == 699 => 100_000,
                3 if index * 4 < rows * 3 => 1,
                3 => 1 + dice.below(1_000),
                4 if index * 4 < rows => 1 + dice.below(1_000),
                _ => 1 + dice.below(2),
            };
            last += i64::try_from(step).unwrap();
            ids.insert(last);
        }
        Self {
            dice,
            rows: ids,
            last,
            changes: 0,
            refusals: 0,
            refused_command: None,
            total: None,
            answers_more: false,
            requests: 0,
        }
    }

    fn change(&mut self) {
        if !self.dice.is(self.changes) {
            return;
        }
        if self.dice.is(50) {
            self.last += 1 + i64::try_from(self.dice.below(3)).unwrap();
            self.rows.insert(self.last);
        } else if let Some(last) = self.rows.last().copied() {
            let near = i64::try_from(self.dice.below(last.unsigned_abs() + 1)).unwrap();
            let found = self.rows.range(near..).next().copied();
            self.rows.remove(&found.unwrap_or(last));
        }
    }

    /// The rows of a page, and how many there are from it on.
    fn page(&self, parameters: &BTreeMap<String, String>) -> (Vec<i64>, Option<usize>) {
        let find = |ending: &str| {
            let mut found = parameters.iter().filter(|(name, _)| name.ends_with(ending));
            found.next().map(|(_, value)| value.as_str())
        };
        // What is no number is 0 to PHP.
        let bound = |ending| find(ending).map(|text| text.parse::<i64>().unwrap_or(0));
        let low = bound("[>ID]").map_or(i64::MIN, |id| id + 1);
        let high = bound("[<ID]").unwrap_or(i64::MAX);
        if low >= high {
            return (Vec::new(), Some(0));
        }
        let start = find("start").unwrap_or("0");
        let found = self.rows.range(low..high);
        let total = (start != "-1").then(|| self.total.unwrap_or_else(|| found.clone().count()));
        let skip = start.parse().unwrap_or(0);
        let is_descending = find("[ID]") == Some("DESC") && find("[NAME]").is_none();
        let page = if is_descending {
            found.rev().take(50).copied().collect()
        } else {
            found.skip(skip).take(50).copied().collect()
        };
        (page, total)
    }

    fn answer(&mut self, outgoing: &Outgoing) -> String {
        self.requests += 1;
        let body: Value = serde_json::from_slice(outgoing.request.body()).unwrap();
        if self.dice.is(self.refusals) {
            return json!({ "error": "QUERY_LIMIT_EXCEEDED", "error_description": "" }).to_string();
        }
        let Some(commands) = body.get("cmd") else {
            let mut parameters = BTreeMap::new();
            flatten(&body, String::new(), &mut parameters);
            self.change();
            let (page, total) = self.page(&parameters);
            return json!({ "result": rows(&page), "total": total }).to_string();
        };
        let mut came: Vec<Vec<i64>> = Vec::new();
        let (mut results, mut totals, mut errors) =
            (String::new(), Vec::new(), Value::Array(Vec::new()));
        for index in 0..commands.as_object().unwrap().len() {
            let key = format!("c{index}");
            let is_refused = self.refused_command == Some(index);
            if is_refused || self.dice.is(self.refusals) {
                self.refused_command = self.refused_command.filter(|_| !is_refused);
                errors =
                    json!({ key: { "error": "QUERY_LIMIT_EXCEEDED", "error_description": "" } });
                break;
            }
            let (_, query) = commands[&key].as_str().unwrap().split_once('?').unwrap();
            let parameters = form_urlencoded::parse(query.as_bytes());
            let parameters = parameters
                .map(|(name, value)| (name.into_owned(), replaced(&value, &came)))
                .collect();
            self.change();
            let (page, total) = self.page(&parameters);
            let comma = if index > 0 { "," } else { "" };
            write!(results, "{comma}\"{key}\":{}", rows(&page)).unwrap();
            totals.extend(total.map(|total| format!("\"{key}\":{total}")));
            came.push(page);
        }
        if self.answers_more {
            write!(results, ",\"c{}\":[]", came.len()).unwrap();
        }
        format!(
            r#"{{"result":{{"result":{{{results}}},"result_total":{{{}}},"result_error":{errors},"result_next":[]}}}}"#,
            totals.join(",")
        )
    }
}

fn rows(ids: &[i64]) -> Value {
    ids.iter().map(|id| json!({ "ID": id })).collect()
}

/// A value with its reference replaced, or its bare text where that leads nowhere.
fn replaced(value: &str, came: &[Vec<i64>]) -> String {
    let led = || {
        let (index, path) = value.strip_prefix("$result[c")?.split_once("][")?;
        let row = path.split_once("][")?.0;
        came.get(index.parse::<usize>().ok()?)?
            .get(row.parse::<usize>().ok()?)
    };
    led().map_or_else(|| value.to_owned(), ToString::to_string)
}

/// How a list is walked.
#[derive(Debug, Clone, Copy)]
struct Plan {
    concurrency: usize,
    is_descending: bool,
    is_eager: bool,
    count: CountMode,
    from: Option<Cursor>,
    stop_after: usize,
    /// Bounds of the user's own, both outside.
    bounds: Option<(i64, i64)>,
}

struct Walked {
    ids: Vec<i64>,
    error: Option<Error>,
    cursor: Cursor,
    /// How many requests were out at once, at most.
    out: usize,
}

/// Walks the list; which request is answered next is up to the dice.
fn walk(table: &mut Table, dice: &mut Dice, order: Value, plan: &Plan) -> Walked {
    let mut now = Instant::now();
    let session = Session::new(&webhook().limits(Limits::new(Rate::UNLIMITED)), now).unwrap();
    let filter = plan
        .bounds
        .map(|(low, high)| json!({ ">ID": low, "<ID": high }));
    let groups = Groups {
        filter: filter.unwrap_or_default(),
        order,
    };
    let mut pager = Pager::new(&session, &groups);
    pager.concurrency(plan.concurrency);
    pager.count_mode(plan.count);
    if plan.is_eager {
        pager.eager();
    }
    if let Some(cursor) = plan.from {
        pager.resume_from(cursor);
    }
    let mut walked = Walked {
        ids: Vec::new(),
        error: None,
        cursor: pager.cursor(),
        out: 0,
    };
    let mut out: Vec<(WalkRequest<Groups>, Outgoing)> = Vec::new();
    loop {
        while let Some(row) = pager.next_item() {
            walked.ids.push(groups.paging().id_of(&row).unwrap());
            walked.cursor = pager.cursor();
            if walked.ids.len() == plan.stop_after {
                return walked;
            }
        }
        match pager.next_step(now) {
            PagerStep::Request(mut request) => match sent(&mut now, &mut request) {
                Ok(outgoing) => out.push((request, outgoing)),
                Err(answer) => pager.on_answer(now, request, answer),
            },
            PagerStep::Wait => {
                walked.out = walked.out.max(out.len());
                let next = usize::try_from(dice.below(out.len() as u64)).unwrap();
                let (mut request, outgoing) = out.swap_remove(next);
                now += Duration::from_millis(50 + dice.below(100));
                let body = table.answer(&outgoing);
                let mut response = Response::new(Bytes::from(body));
                if response.body().starts_with(b"{\"error\"") {
                    *response.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
                }
                request.on_response(now, response);
                match sent(&mut now, &mut request) {
                    Ok(outgoing) => out.push((request, outgoing)),
                    Err(answer) => pager.on_answer(now, request, answer),
                }
            }
            PagerStep::Failed(error) => walked.error = Some(error),
            PagerStep::End => return walked,
        }
    }
}

#[test]
fn what_existed_throughout_comes_once_while_another_one_writes() {
    campaign(0..150);
}

#[test]
#[ignore = "a minute long: the same a thousand times"]
fn what_existed_throughout_comes_once_a_thousand_times() {
    campaign(0..1_000);
}

fn campaign(seeds: Range<u64>) {
    let mut most = 0;
    for seed in seeds {
        let mut dice = Dice(seed ^ 0x5eed);
        let mut table = Table::new(seed, dice.below(6_000));
        table.changes = dice.below(30);
        table.refusals = if dice.is(30) { 2 } else { 0 };
        let before = table.rows.clone();
        let counts = [CountMode::First, CountMode::Every, CountMode::None];
        let mut plan = Plan {
            concurrency: usize::try_from(1 + dice.below(12)).unwrap(),
            is_descending: dice.is(50),
            is_eager: dice.is(50),
            count: counts[usize::try_from(dice.below(3)).unwrap()],
            from: None,
            stop_after: usize::MAX,
            bounds: None,
        };
        if dice.is(30) {
            let reach = table.last.unsigned_abs() + 1;
            let mut bounds = [0, 0].map(|_: i64| i64::try_from(dice.below(reach)).unwrap());
            bounds.sort_unstable();
            plan.bounds = Some((bounds[0], bounds[1]));
        }
        let order = json!({ "ID": if plan.is_descending { "DESC" } else { "ASC" } });
        if dice.is(30) {
            plan.stop_after = usize::try_from(1 + dice.below(4_000)).unwrap();
        }
        let mut walked = walk(&mut table, &mut dice, order.clone(), &plan);
        most = most.max(walked.out);
        if walked.ids.len() == plan.stop_after {
            // It was broken off there, and goes on.
            plan.from = Some(walked.cursor.to_string().parse().unwrap());
            plan.stop_after = usize::MAX;
            let further = walk(&mut table, &mut dice, order, &plan);
            walked.ids.extend(further.ids);
            walked.error = further.error;
        }
        let case = format!("seed {seed}: {plan:?} {:?}", walked.error);
        assert!(walked.error.is_none(), "{case}");
        let in_order = walked
            .ids
            .is_sorted_by(|one, next| one != next && (one > next) == plan.is_descending);
        assert!(in_order, "none comes twice: {case}");
        let given: BTreeSet<i64> = walked.ids.into_iter().collect();
        let is_asked_for = |id: &i64| {
            plan.bounds
                .is_none_or(|(low, high)| low < *id && *id < high)
        };
        assert!(given.iter().all(is_asked_for), "{case}");
        let throughout = before.intersection(&table.rows).copied();
        let throughout: BTreeSet<i64> = throughout.filter(is_asked_for).collect();
        let lost: Vec<_> = throughout.difference(&given).collect();
        assert!(
            lost.is_empty(),
            "{} lost, {:?} first: {case}",
            lost.len(),
            lost[0]
        );
    }
    assert!(most > 2, "{most} at once");
}

#[test]
fn a_total_that_lies_cuts_no_thin_windows() {
    for step in [1, 1_000] {
        let (mut table, mut dice) = (Table::new(0, 0), Dice(1));
        table.rows = (1..=9_000).map(|id| id * step).collect();
        table.total = Some(1_000_000_000);
        let walked = walk(&mut table, &mut dice, Value::Null, &PLAIN);
        assert!(walked.error.is_none(), "{:?}", walked.error);
        assert_eq!(walked.ids.len(), 9_000);
        // One more for each window, to see whether there are more rows in it.
        assert!(
            table.requests < 60,
            "{} requests, every {step}",
            table.requests
        );
    }
}

#[test]
fn a_walk_goes_on_with_another_number_of_requests_at_once() {
    for other in [1, 2, 9] {
        let now = Instant::now();
        let session = Session::new(&webhook().limits(Limits::new(Rate::UNLIMITED)), now).unwrap();
        let groups = Groups {
            filter: Value::Null,
            order: Value::Null,
        };
        let mut table = Table::new(0, 9_000);
        let mut pager = Pager::new(&session, &groups);
        pager.concurrency(4);
        let (mut ids, mut out, mut clock) = (Vec::new(), Vec::new(), now);
        loop {
            while let Some(row) = pager.next_item() {
                ids.push(groups.paging().id_of(&row).unwrap());
                if ids.len() == 60 {
                    // As a driver does it: what is out is dropped.
                    pager.concurrency(other);
                    out.clear();
                }
            }
            match pager.next_step(clock) {
                PagerStep::Request(mut request) => {
                    let outgoing = sent(&mut clock, &mut request).unwrap();
                    out.push((request, outgoing));
                }
                PagerStep::Wait => {
                    let (mut request, outgoing) = out.remove(0);
                    let response = Response::new(Bytes::from(table.answer(&outgoing)));
                    request.on_response(clock, response);
                    let answer = sent(&mut clock, &mut request).unwrap_err();
                    pager.on_answer(clock, request, answer);
                }
                PagerStep::Failed(error) => panic!("{error}"),
                PagerStep::End => break,
            }
        }
        assert!(ids.into_iter().eq(table.rows), "{other} at once");
    }
}

/// Where the rate is used up, one request waits for it, however many may be out: the time of each runs while it waits.
#[test]
fn at_most_one_request_waits_for_the_rate() {
    let now = Instant::now();
    let session = Session::new(&webhook().limits(Limits::new(Rate::new(4, 1))), now).unwrap();
    let groups = Groups {
        filter: Value::Null,
        order: Value::Null,
    };
    let mut table = Table::new(0, 50_000);
    let mut pager = Pager::new(&session, &groups);
    pager.concurrency(50);
    let (mut left, mut waiting) = (Vec::new(), Vec::new());
    for _ in 0..60 {
        while pager.next_item().is_some() {}
        match pager.next_step(now) {
            PagerStep::Request(mut request) => match request.poll(now, Waker::noop()) {
                Step::Send(outgoing) => left.push((request, outgoing)),
                Step::Wait(_) => waiting.push(request),
                _ => panic!("it leaves, or waits"),
            },
            PagerStep::Wait => {
                assert!(waiting.len() <= 1, "{} wait", waiting.len());
                let Some((mut request, outgoing)) = left.pop() else {
                    break;
                };
                let response = Response::new(Bytes::from(table.answer(&outgoing)));
                request.on_response(now, response);
                let Step::Done(answer) = request.poll(now, Waker::noop()) else {
                    panic!("it is answered")
                };
                pager.on_answer(now, request, answer);
            }
            PagerStep::Failed(error) => panic!("{error}"),
            PagerStep::End => panic!("the rate allows few requests"),
        }
    }
    assert_eq!(waiting.len(), 1);
    assert!(table.requests >= 2);
}

#[test]
fn a_last_page_that_was_refused_is_asked_for_again() {
    let (mut table, mut dice) = (Table::new(0, 9_000), Dice(1));
    table.refused_command = Some(1);
    let walked = walk(&mut table, &mut dice, Value::Null, &PLAIN);
    assert!(walked.error.is_none(), "{:?}", walked.error);
    assert_eq!(walked.ids.len(), 9_000);
    assert!(walked.out > 1, "it is walked in windows all the same");
}

#[test]
fn the_last_page_is_told_from_what_was_not_asked_for() {
    let (mut table, mut dice) = (Table::new(0, 9_000), Dice(1));
    table.answers_more = true;
    let walked = walk(&mut table, &mut dice, Value::Null, &PLAIN);
    assert!(walked.error.is_none(), "{:?}", walked.error);
    assert_eq!(walked.ids.len(), 9_000);
}

const PLAIN: Plan = Plan {
    concurrency: 4,
    is_descending: false,
    is_eager: false,
    count: CountMode::First,
    from: None,
    stop_after: usize::MAX,
    bounds: None,
};
