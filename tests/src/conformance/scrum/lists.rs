//! Lists that are longer than a page, whose last page says so by being short, or by an error.

use serde_json::json;
use sonet_core::Raw;
use sonet_types::GroupId;
use sonet_types::tasks::api::scrum::epic::{Add, List};

use crate::conformance::caller::{Caller, Walk};
use crate::conformance::world::World;

/// The number of an epic is its name, so that names and identifiers have one order.
fn name(number: usize) -> String {
    format!("{number:03}")
}

fn fill<C: Caller>(client: &C, group: GroupId, numbers: std::ops::Range<usize>) {
    for number in numbers {
        client.call(&Add::new(name(number), group)).unwrap();
    }
}

/// Around every bound of a page, by identifier and by offset.
fn every_row_comes_once_and_in_order<C: Caller>(world: &World) {
    let (client, group) = (world.admin_client::<C>(), world.bare_scrum());
    let list = || List::new().filter(List::GROUP_ID.eq(group));
    let mut size = 0;
    for more in [0, 49, 50, 51, 100, 101] {
        fill(&client, group, size..more);
        size = more;
        for (totals, bogus) in [(false, false), (true, false), (true, true)] {
            world.rule(|rules| (rules.scrum_totals, rules.bogus_next) = (totals, bogus));
            for (list, reversed) in [
                (list(), false),
                (list().order(List::ID.desc()), true),
                (list().order(List::NAME.asc()), false),
                (list().order(List::NAME.desc()), true),
            ] {
                for eager in [false, true] {
                    let walk = Walk {
                        eager,
                        ..Walk::default()
                    };
                    let walked = client.walk(&list, walk);
                    let what = format!("{size} {totals} {bogus} {reversed} {eager}");
                    assert!(walked.error.is_none(), "{what}: {:?}", walked.error);
                    let mut names: Vec<_> =
                        walked.rows.into_iter().map(|r| r.name.unwrap()).collect();
                    if reversed {
                        names.reverse();
                    }
                    assert_eq!(names, (0..size).map(name).collect::<Vec<_>>(), "{what}");
                }
            }
        }
    }
}

/// A row says nothing of what was not asked for, but for its identifier.
fn a_row_has_what_is_selected<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let selected = List::new().select(List::COLOR);
    let walked = client.walk(&selected, Walk::default());
    assert!(walked.error.is_none() && walked.rows.len() >= 3);
    for row in walked.rows {
        assert!(row.color.is_some());
        assert_eq!(
            (row.group_id, row.name, row.description),
            (None, None, None)
        );
        assert_eq!((row.created_by, row.modified_by), (None, None));
    }
    let raw = Raw::new("tasks.api.scrum.epic.list", json!({ "select": ["NAME"] })).read_only();
    let rows = client.call(&raw).unwrap();
    assert_eq!(rows[0].as_object().unwrap().len(), 1);
}

on_both_clients! {
    every_row_comes_once_and_in_order,
    a_row_has_what_is_selected,
}
