//! Every combination of what a server can say of its list, against the rows that it has.
//!
//! A walk gives out all rows, once and in order, or ends with an error. There is one exception, and it is spelled out here: a
//! server that leaves rows out and says nothing that contradicts it ([`is_silent`]).

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sonet_core::{BesideResult, CountMode, Effect, Method, Page, Paged, Paging, wire};

use super::liar::*;
use super::play::Groups;

const TOTALS: [Total; 10] = [
    Total::Absent,
    Total::True,
    Total::Digits,
    Total::Zero,
    Total::Page,
    Total::TooSmall,
    Total::TooLarge,
    Total::OfAll,
    Total::Negative,
    Total::Text,
];
const NEXTS: [Next; 3] = [Next::Never, Next::True, Next::Always];
/// Around every bound of a page and of a batch.
const SIZES: [i64; 7] = [0, 30, 50, 51, 100, 120, 2_551];
/// How many rows the server gives at once, where it may be 50: as it should, fewer, and more.
const CUTS: [usize; 3] = [50, 30, 80];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Ascending,
    Descending,
    ByOffset,
}

fn groups(way: Way) -> Groups {
    let order = match way {
        Way::Ascending => json!({ "ID": "ASC" }),
        Way::Descending => json!({ "ID": "DESC" }),
        Way::ByOffset => json!({ "NAME": "ASC" }),
    };
    let filter = Value::Null;
    Groups { filter, order }
}

/// A request for every row, and a few: more would be a walk without end.
fn enough(server: &Liar) -> usize {
    usize::try_from(server.rows).unwrap() / 15 + 8
}

/// Whether the page that a walk ended at leaves nothing to doubt, with so many rows in all; or that one of its windows ended at.
fn is_silent(walked: &Walked, way: Way, concurrency: usize) -> bool {
    let ends = match concurrency {
        1 => &walked.told[walked.told.len() - 1..],
        _ => &walked.told[..],
    };
    ends.iter().any(|end| is_silent_end(walked, end, way))
}

fn is_silent_end(walked: &Walked, end: &[Told], way: Way) -> bool {
    let came = i64::try_from(walked.ids.len()).unwrap();
    let is_last = |page: &&Told| {
        let rows = i64::try_from(page.rows).unwrap();
        page.rows < 50 || page.total == Some(rows)
    };
    let last = end.iter().find(is_last).or(end.last());
    let last = last.unwrap();
    let rows = i64::try_from(last.rows).unwrap();
    let counted = match way {
        Way::ByOffset => last.total.is_none_or(|total| total <= 0 || total == came),
        _ => last.total.is_none_or(|total| total <= rows),
    };
    !last.next && counted
}

/// Whether a walk has to be complete: something in what the server says of its pages leads to all rows.
fn has_to_be_complete(server: &Liar, way: Way) -> bool {
    let Liar {
        rows,
        total,
        next,
        cut,
        ..
    } = *server;
    let is_counted = matches!(total, Total::True | Total::Digits);
    if way != Way::ByOffset {
        // Nothing came, and something is said to be there.
        let is_contradicted =
            matches!(total, Total::TooSmall | Total::TooLarge) || next == Next::Always;
        if rows == 0 {
            return !is_contradicted;
        }
        // Pages of 80 rows lie across those that the server announces.
        let says = matches!(total, Total::OfAll | Total::TooLarge) || is_counted;
        let goes_on = says || next != Next::Never && cut == 50 || next == Next::Always;
        let is_whole = i64::try_from(cut).unwrap() >= rows;
        return is_whole || goes_on || cut == 50 && total != Total::Page;
    }
    let is_none = matches!(
        total,
        Total::Absent | Total::Zero | Total::Negative | Total::Text
    );
    let is_true = is_counted || total == Total::OfAll || total == Total::Zero && rows == 0;
    let ends = next != Next::Always || (is_true && rows % 50 == 0);
    cut == 50 && (is_none || is_true) && ends
}

#[test]
fn every_row_comes_once_and_in_order_or_an_error() {
    let mut complete = 0;
    for way in [Way::Ascending, Way::Descending, Way::ByOffset] {
        for total in TOTALS {
            for next in NEXTS {
                for rows in SIZES {
                    for cut in CUTS {
                        let is_usual = cut == 50 && way != Way::Descending && next == Next::True;
                        if rows > 200 && !is_usual {
                            continue;
                        }
                        let server = Liar {
                            rows,
                            total,
                            next,
                            cut,
                            ..HONEST
                        };
                        complete += u32::from(is_kept(&server, way, false, 1));
                        complete += u32::from(is_kept(&server, way, false, 4));
                        if rows < 200 {
                            complete += u32::from(is_kept(&server, way, true, 1));
                        }
                    }
                }
            }
        }
    }
    assert!(complete > 2_500, "{complete} are complete");
}

/// Whether a walk is complete. If it is not, it is told.
fn is_kept(server: &Liar, way: Way, eager: bool, concurrency: usize) -> bool {
    let walked = server.walk_with(&groups(way), enough(server), |pager| {
        pager.concurrency(concurrency);
        if eager {
            pager.eager();
        }
    });
    let case = format!(
        "{server:?} {way:?}, eager: {eager}, concurrency: {concurrency}: {:?}",
        walked.error
    );
    let mut all: Vec<i64> = (1..=server.rows).collect();
    if way == Way::Descending {
        all.reverse();
    }
    assert!(
        all.starts_with(&walked.ids),
        "in order, and none twice: {case}"
    );
    let is_complete = walked.ids.len() == all.len() && walked.error.is_none();
    assert!(
        is_complete || walked.error.is_some() || is_silent(&walked, way, concurrency),
        "{} of {} rows: {case}",
        walked.ids.len(),
        all.len()
    );
    if let Some(error) = &walked.error {
        assert!(error.is_incomplete(), "{case}");
    }
    assert!(is_complete || !has_to_be_complete(server, way), "{case}");
    is_complete
}

#[test]
fn several_windows_keep_it_as_well() {
    for way in [Way::Ascending, Way::Descending, Way::ByOffset] {
        for total in TOTALS {
            for next in NEXTS {
                let rows = 5_130;
                let server = Liar {
                    rows,
                    total,
                    next,
                    ..HONEST
                };
                is_kept(&server, way, false, 3);
            }
        }
    }
}

/// A list that stands in an object, and that need not be counted.
#[derive(Serialize)]
struct Workgroups {
    order: Value,
}

#[derive(Debug, Deserialize)]
struct Workgroup {
    #[serde(rename = "ID")]
    id: i64,
}

impl Method for Workgroups {
    const NAME: &'static str = "socialnetwork.api.workgroup.list";
    const EFFECT: Effect = Effect::Read;
    type Output = Page<Workgroup>;

    fn decode<'de, D: serde::Deserializer<'de>>(result: D) -> Result<Page<Workgroup>, D::Error> {
        Page::decode_in::<wire::Object, _>("workgroups", result)
    }

    fn beside_result(page: &mut Self::Output, beside: &BesideResult) {
        page.set_beside_result(beside);
    }
}

impl Paged for Workgroups {
    type Item = Workgroup;

    fn paging(&self) -> Paging<Workgroup> {
        Paging::new("ID", |row: &Workgroup| row.id)
            .rows_in("workgroups")
            .uncounted()
    }
}

const WRAPPED: Liar = Liar {
    key: Some("workgroups"),
    ..HONEST
};

#[test]
fn a_list_that_is_not_counted_is_complete_all_the_same() {
    let method = Workgroups { order: Value::Null };
    for count in [CountMode::First, CountMode::Every, CountMode::None] {
        for total in TOTALS {
            for rows in SIZES {
                for eager in [false, true] {
                    if eager && rows > 200 {
                        continue;
                    }
                    let server = Liar {
                        rows,
                        total,
                        ..WRAPPED
                    };
                    let walked = server.walk_with(&method, enough(&server), |pager| {
                        pager.count_mode(count);
                        if eager {
                            pager.eager();
                        }
                    });
                    let case = format!("{server:?} {count:?} {eager} {:?}", walked.error);
                    let all: Vec<i64> = (1..=rows).collect();
                    let counted = matches!(total, Total::TooSmall | Total::TooLarge);
                    if rows == 0 && counted && count != CountMode::None {
                        assert!(walked.error.unwrap().is_incomplete(), "{case}");
                    } else {
                        assert!(walked.error.is_none(), "{case}");
                        assert!(
                            walked.ids == all || is_silent(&walked, Way::Ascending, 1),
                            "{case}"
                        );
                        assert!(walked.ids == all || total == Total::Page, "{case}");
                    }
                }
            }
        }
    }
}

/// What takes so many requests, as the documentation of lists says.
#[test]
fn an_honest_list_takes_the_fewest_requests() {
    for (rows, plain, eager) in [
        (0, 1, 1),
        (40, 1, 1),
        (50, 1, 1),
        (60, 2, 1),
        (2_500, 2, 1),
        (2_550, 2, 2),
        (10_000, 5, 4),
    ] {
        let server = Liar { rows, ..HONEST };
        for way in [Way::Ascending, Way::Descending, Way::ByOffset] {
            let walk = |eager| server.walk(&groups(way), eager, 9).requests;
            assert_eq!((walk(false), walk(true)), (plain, eager), "{rows} {way:?}");
        }
    }
}

/// A walk does not ask page by page because a count is wrong.
#[test]
fn a_total_that_is_wrong_costs_few_requests() {
    let requests = |total, next| {
        let server = Liar {
            rows: 10_000,
            total,
            next,
            ..HONEST
        };
        let walked = server.walk(&groups(Way::Ascending), false, 1_000);
        assert_eq!((walked.ids.len(), walked.error.is_none()), (10_000, true));
        walked.requests
    };
    for total in [Total::Absent, Total::Zero, Total::Negative, Total::Text] {
        assert_eq!(requests(total, Next::Never), 5, "{total:?}");
    }
    // An empty page is asked for alone.
    assert_eq!(requests(Total::TooLarge, Next::True), 6);
    assert_eq!(requests(Total::OfAll, Next::True), 6);
    assert_eq!(requests(Total::True, Next::Always), 6);
    assert!(requests(Total::TooSmall, Next::Never) <= 6);
}

#[test]
fn the_total_is_the_servers_word() {
    let total = |rows, total| {
        let server = Liar {
            rows,
            total,
            ..HONEST
        };
        let walked = server.walk(&groups(Way::Ascending), false, 9);
        assert_eq!(
            (
                i64::try_from(walked.ids.len()).unwrap(),
                walked.error.is_none()
            ),
            (rows, true)
        );
        walked.total
    };
    assert_eq!(total(30, Total::True), Some(30));
    assert_eq!(total(30, Total::TooLarge), Some(100));
    assert_eq!(
        total(30, Total::TooSmall),
        None,
        "it is below the rows of the page"
    );
    assert_eq!(total(30, Total::Text), None);
}

/// `null` and `false` are no list where something is counted, and an empty one where nothing is.
#[test]
fn nothing_is_no_list_where_something_is_counted() {
    for nothing in ["[]", "{}", "null", "false"] {
        let is_list = nothing != "null" && nothing != "false";
        let walk = |server: Liar| {
            let server = Liar { nothing, ..server };
            let unwrapped = server.walk(&groups(Way::Ascending), false, 9);
            let server = Liar {
                key: Some("workgroups"),
                ..server
            };
            let method = Workgroups { order: Value::Null };
            let wrapped = server.walk_with(&method, 9, |pager| pager.count_mode(CountMode::Every));
            let told = |walked: Walked| {
                let error = walked
                    .error
                    .inspect(|error| assert!(error.is_incomplete(), "{error}"));
                (walked.ids.len(), error.map(|error| error.is_incomplete()))
            };
            let (unwrapped, wrapped) = (told(unwrapped), told(wrapped));
            assert_eq!(unwrapped, wrapped, "{nothing} {server:?}");
            unwrapped
        };
        for total in [Total::Absent, Total::Zero, Total::True, Total::Negative] {
            let server = Liar { total, ..HONEST };
            assert_eq!(walk(server), (0, None), "{nothing} {total:?}");
        }
        let server = Liar {
            total: Total::TooLarge,
            ..HONEST
        };
        assert_eq!(walk(server), (0, Some(true)), "{nothing}");
        for rows in [30, 100] {
            let server = Liar { rows, ..server };
            let expected = (!is_list).then_some(true);
            assert_eq!(
                walk(server),
                (usize::try_from(rows).unwrap(), expected),
                "{nothing}"
            );
            // Nothing is counted behind a full page that has no total.
            let server = Liar {
                total: Total::Absent,
                ..server
            };
            assert_eq!(
                walk(server),
                (usize::try_from(rows).unwrap(), None),
                "{nothing}"
            );
        }
    }
}

/// What a client of Python saw in 2022: another page is announced behind the last one.
#[test]
fn a_page_that_is_announced_may_be_empty() {
    let server = Liar {
        rows: 50,
        next: Next::Always,
        ..WRAPPED
    };
    for count in [CountMode::First, CountMode::Every] {
        let method = Workgroups { order: Value::Null };
        let walked = server.walk_with(&method, 3, |pager| pager.count_mode(count));
        assert_eq!((walked.ids.len(), walked.error.is_none()), (50, true));
        assert_eq!(walked.total, Some(50));
    }
}

/// Every row that existed throughout comes, wherever the walk was broken off.
#[test]
fn a_walk_goes_on_where_another_one_was_broken_off() {
    for total in [Total::True, Total::Absent, Total::TooLarge] {
        for way in [Way::Ascending, Way::Descending, Way::ByOffset] {
            for given in [1, 49, 50, 51, 119, 120] {
                let server = Liar {
                    rows: 120,
                    total,
                    ..HONEST
                };
                let cursor = match way {
                    Way::Ascending => format!("id>{given}"),
                    Way::Descending => format!("id<{}", 121 - given),
                    Way::ByOffset => format!("offset={given}"),
                };
                let walked = server.walk_with(&groups(way), 9, |pager| {
                    pager.resume_from(cursor.parse().unwrap());
                });
                let case = format!("{total:?} {cursor} {:?}", walked.error);
                let mut all: Vec<i64> = (1..=120).collect();
                if way == Way::Descending {
                    all.reverse();
                }
                let is_complete = walked.ids == all[given..] && walked.error.is_none();
                // By identifier, no row at all where some are counted is told, as at a beginning.
                let is_true = total != Total::TooLarge || (way != Way::ByOffset && given < 120);
                assert_eq!(is_complete, is_true, "{case}");
            }
        }
    }
}
