//! Lists of more rows than a page has, paged through by hand.

use serde::Serialize;
use serde_json::{Value, json};
use sonet_core::{Effect, Method, Page, PageStart, Raw};
use sonet_types::GroupId;
use sonet_types::socialnetwork::api::workgroup::List;
use sonet_types::sonet_group::{Get, Group};

use super::caller::{Caller, Walk};
use super::world::{World, group_id};

/// A portal with this many groups, all of them on the main site.
fn portal_of(groups: u64) -> World {
    let world = World::with(groups, 20);
    world.server().with(|portal| {
        let ids: Vec<u64> = portal.groups().map(|group| group.id).collect();
        for id in ids {
            portal.group_mut(id).unwrap().sites = vec!["s1".to_owned()];
        }
    });
    world
}

fn numbers(world: &World) -> Vec<GroupId> {
    world.groups().iter().map(|g| group_id(g.id)).collect()
}

fn every_group_comes_once_from_sonet_group_get<C: Caller>(_: &World) {
    let world = portal_of(120);
    let client: C = world.admin_client();
    let (mut found, mut sizes, mut start) = (Vec::new(), Vec::new(), PageStart::at_row(0));
    loop {
        let call = Get::new().is_admin(true).order(Get::ID.asc()).start(start);
        let page = client.call(&call).unwrap();
        assert_eq!(page.total(), Some(120));
        sizes.push(page.len());
        found.extend(page.iter().map(|group| group.id));
        assert_eq!(page.is_last(), page.next().is_none());
        match page.next() {
            Some(next) => start = next,
            None => break,
        }
    }
    assert_eq!(found, numbers(&world));
    assert_eq!(sizes, [50, 50, 20]);
    assert_eq!(world.executed(<Get as Method>::NAME), 3);
}

fn every_group_comes_once_from_workgroup_list<C: Caller>(_: &World) {
    let world = portal_of(120);
    let client: C = world.admin_client();
    let (mut found, mut sizes, mut start) = (Vec::new(), Vec::new(), PageStart::at_row(0));
    loop {
        let call = List::new()
            .is_admin(true)
            .order(List::ID.asc())
            .start(start);
        let page = client.call(&call).unwrap();
        assert_eq!(page.total(), Some(120));
        sizes.push(page.len());
        found.extend(page.iter().map(|group| group.id));
        assert_eq!(page.is_last(), page.next().is_none());
        match page.next() {
            Some(next) => start = next,
            None => break,
        }
    }
    assert_eq!(found, numbers(&world));
    assert_eq!(sizes, [50, 50, 20]);
}

fn a_full_last_page_has_no_next<C: Caller>(_: &World) {
    let world = portal_of(100);
    let client: C = world.admin_client();
    let page = client
        .call(&Get::new().is_admin(true).start(PageStart::at_row(50)))
        .unwrap();
    assert_eq!((page.len(), page.next()), (50, None));
    assert!(page.is_last());
    let page = client
        .call(&List::new().is_admin(true).start(PageStart::at_row(50)))
        .unwrap();
    assert_eq!((page.len(), page.next()), (50, None));
    assert!(page.is_last());
}

fn an_offset_behind_the_end_is_an_empty_page<C: Caller>(_: &World) {
    let world = portal_of(3);
    let client: C = world.admin_client();
    let page = client
        .call(&Get::new().is_admin(true).start(PageStart::at_row(50)))
        .unwrap();
    assert_eq!((page.len(), page.total(), page.next()), (0, Some(3), None));
    assert!(page.is_last());
    let page = client
        .call(&List::new().is_admin(true).start(PageStart::at_row(50)))
        .unwrap();
    assert_eq!((page.len(), page.total(), page.next()), (0, Some(3), None));
    assert!(page.is_last());
}

fn without_counting_one_walks_by_identifier<C: Caller>(_: &World) {
    let world = portal_of(120);
    let client: C = world.admin_client();
    let (mut found, mut sizes) = (vec![GroupId::new(0)], Vec::new());
    loop {
        let last = found[found.len() - 1];
        let call = List::new()
            .is_admin(true)
            .filter(List::ID.gt(last))
            .order(List::ID.asc())
            .start(PageStart::UNCOUNTED);
        let reply = client.reply(&call).unwrap();
        assert_eq!((reply.total, reply.next), (None, None));
        let page = reply.result;
        assert_eq!((page.total(), page.next()), (None, None));
        sizes.push(page.len());
        found.extend(page.iter().map(|row| row.id));
        if page.is_last() {
            break;
        }
    }
    assert_eq!(found[1..], numbers(&world));
    assert_eq!(sizes, [50, 50, 20]);
}

fn a_full_page_that_nobody_counted_may_have_another_one_behind_it<C: Caller>(_: &World) {
    let world = portal_of(50);
    let client: C = world.admin_client();
    let call = List::new().is_admin(true).order(List::ID.asc());
    let counted = client.call(&call).unwrap();
    assert_eq!((counted.len(), counted.total()), (50, Some(50)));
    assert!(counted.is_last());
    let uncounted = client.call(&call.start(PageStart::UNCOUNTED)).unwrap();
    assert_eq!((uncounted.len(), uncounted.total()), (50, None));
    assert!(!uncounted.is_last());
}

fn a_page_of_a_batch_knows_its_place<C: Caller>(_: &World) {
    let world = portal_of(120);
    let client: C = world.admin_client();
    let get = |start| {
        let call = Get::new().is_admin(true).order(Get::ID.asc());
        call.start(PageStart::at_row(start))
    };
    let (first, last) = client.batch(&(get(0), get(100))).unwrap();
    let (first, last) = (first.unwrap(), last.unwrap());
    assert_eq!((first.len(), first.total()), (50, Some(120)));
    assert_eq!(first.next(), Some(PageStart::at_row(50)));
    assert!(!first.is_last());
    assert_eq!(
        (last.len(), last.total(), last.next()),
        (20, Some(120), None)
    );
    assert!(last.is_last());
}

fn a_page_without_a_count_is_refused_where_it_is_not_documented<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let before = client.requests();
    let error = client
        .call(&Get::new().start(PageStart::UNCOUNTED))
        .unwrap_err();
    assert!(error.is_invalid(), "{error}");
    assert_eq!(client.requests(), before);
}

fn what_is_written_of_a_page_is_read_back<C: Caller>(_: &World) {
    /// A method whose pages were never told what stands beside them.
    #[derive(Serialize)]
    struct Forgetful {
        #[serde(rename = "IS_ADMIN")]
        is_admin: &'static str,
    }

    impl Method for Forgetful {
        const NAME: &'static str = "sonet_group.get";
        const EFFECT: Effect = Effect::Read;
        type Output = Page<Value>;
    }

    let world = portal_of(60);
    let client: C = world.admin_client();
    let page = client.call(&Forgetful { is_admin: "Y" }).unwrap();
    assert!(
        !page.is_last() && page.next().is_none(),
        "it looks like no whole list"
    );
    let told = client
        .call(&Raw::new("sonet_group.get", json!({ "IS_ADMIN": "Y" })).paged("ID"))
        .unwrap();
    assert_eq!(told.rows(), page.rows());
    assert_eq!(told.next(), Some(PageStart::at_row(50)));
    for page in [page, told] {
        let json = serde_json::to_string(&page).unwrap();
        assert_eq!(serde_json::from_str::<Page<Value>>(&json).unwrap(), page);
    }
}

fn any_list_is_walked_by_its_name<C: Caller>(_: &World) {
    let world = portal_of(120);
    let client: C = world.admin_client();
    let ids = |rows: &[Value], key: &str| -> Vec<GroupId> {
        let id = |row: &Value| GroupId::new(row[key].as_str().unwrap().parse().unwrap());
        rows.iter().map(id).collect()
    };
    let mut all = numbers(&world);
    let groups = Raw::new("sonet_group.get", json!({ "IS_ADMIN": "Y" })).paged("ID");
    let walked = client.walk(
        &groups.clone().filter("FILTER").order("ORDER"),
        Walk::default(),
    );
    assert!(walked.error.is_none(), "{:?}", walked.error);
    assert_eq!(ids(&walked.rows, "ID"), all);
    assert_eq!(
        client.requests(),
        2,
        "the first page, and the others in a batch"
    );

    let params = json!({ "params": { "IS_ADMIN": "Y" }, "order": { "ID": "DESC" } });
    let list = Raw::new("socialnetwork.api.workgroup.list", params)
        .paged("ID")
        .row_cursor("id");
    let walked = client.walk(
        &list.clone().rows_in("workgroups").uncounted(),
        Walk::default(),
    );
    assert!(walked.error.is_none(), "{:?}", walked.error);
    let descending: Vec<_> = all.iter().rev().copied().collect();
    assert_eq!(ids(&walked.rows, "id"), descending);
    let error = client.walk(&list, Walk::default()).error.unwrap();
    assert!(
        error.is_invalid() && error.to_string().contains("rows_in(\"workgroups\")"),
        "{error}"
    );

    let params = json!({ "IS_ADMIN": "Y", "ORDER": { "NAME": "ASC" } });
    let by_name = Raw::new("sonet_group.get", params).paged("ID");
    let by_name = by_name.filter("FILTER").order("ORDER");
    let walked = client.walk(&by_name.rows(|row: &Group| row.id.into()), Walk::default());
    assert!(walked.error.is_none(), "{:?}", walked.error);
    let mut found: Vec<_> = walked.rows.iter().map(|row| row.id).collect();
    found.sort_unstable();
    all.sort_unstable();
    assert_eq!(found, all);
}

on_both_clients! {
    any_list_is_walked_by_its_name,
    a_full_page_that_nobody_counted_may_have_another_one_behind_it,
    a_page_of_a_batch_knows_its_place,
    a_page_without_a_count_is_refused_where_it_is_not_documented,
    what_is_written_of_a_page_is_read_back,
    every_group_comes_once_from_sonet_group_get,
    every_group_comes_once_from_workgroup_list,
    a_full_last_page_has_no_next,
    an_offset_behind_the_end_is_an_empty_page,
    without_counting_one_walks_by_identifier,
}
