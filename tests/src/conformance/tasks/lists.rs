//! `tasks.task.list`

use serde_json::json;
use sonet_core::PageStart;
use sonet_types::tasks::task::List;

use crate::conformance::caller::{Caller, Walk};
use crate::conformance::refusal::{Attempt, Unchecked};
use crate::conformance::world::{World, number};

pub(in crate::conformance) fn with_everything(world: &World) -> List {
    List::new()
        .order(List::DEADLINE.asc())
        .filter(List::GROUP_ID.eq(world.scrum()))
        .select(List::TITLE)
        .with_result_info(true)
        .with_timer_info(true)
        .with_parsed_description(true)
        .start(PageStart::at_row(0))
}

fn tasks_have_fields_to_sort_by(world: &World) -> Attempt<Unchecked<List>> {
    let params = json!({ "order": { "WEATHER": "asc" } });
    Attempt::by(world.employee(), Unchecked::new(params))
}

refusals! {
    List:
        WrongSorting, "Invalid sorting key (internal error)" => tasks_have_fields_to_sort_by,
}

/// All tasks of a group, more than a page has, each once.
fn a_walk_is_complete<C: Caller>(world: &World) {
    let (client, group) = (world.admin_client::<C>(), world.open_group());
    for _ in 0..120 {
        let admin = number(world.admin());
        world
            .server()
            .with(|portal| portal.insert_task(number(group), admin));
    }
    let list = List::new()
        .filter(List::GROUP_ID.eq(group))
        .select(List::TITLE);
    let walked = client.walk(&list, Walk::default());
    assert!(walked.error.is_none(), "{:?}", walked.error);
    let mut found: Vec<u64> = walked.rows.iter().map(|task| number(task.id)).collect();
    found.sort_unstable();
    let mut kept: Vec<u64> = world.server().with(|portal| {
        let tasks = portal.tasks();
        let own = tasks.filter(|task| task.group_id == number(group));
        own.map(|task| task.id).collect()
    });
    kept.sort_unstable();
    assert_eq!(found, kept);
    assert!(found.len() >= 120);
    assert_eq!(client.total(&list).unwrap(), Some(kept.len() as u64));
}

/// What the server counts as this and as not this is all there is.
fn conditions_have_the_prefix_of_the_page<C: Caller>(world: &World) {
    let (client, group) = (world.admin_client::<C>(), world.scrum());
    let all = List::new().filter(List::GROUP_ID.eq(group));
    let some = world.waiting_task();
    let one = all.clone().filter(List::ID.eq(some));
    let others = all.clone().filter(List::ID.ne(some));
    let count = |list: &List| client.total(list).unwrap().unwrap();
    assert_eq!(count(&one), 1);
    assert_eq!(count(&others), count(&all) - 1);
}

on_both_clients! {
    a_walk_is_complete,
    conditions_have_the_prefix_of_the_page,
}
