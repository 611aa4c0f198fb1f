//! How many rows a list has, in one request.

use serde_json::json;
use sonet_core::{PageStart, Raw};
use sonet_types::socialnetwork::api::workgroup::List;
use sonet_types::sonet_group::Get;
use sonet_types::tasks::api::scrum::epic;

use super::{numbers, portal_of};
use crate::conformance::caller::Caller;
use crate::conformance::recording_proxy::RecordingProxy;
use crate::conformance::world::World;

fn the_filter_holds<C: Caller>(_: &World) {
    let world = portal_of(120);
    let client: C = world.admin_client();
    let all = Get::new().is_admin(true);
    assert_eq!(client.total(&all).unwrap(), Some(120));
    let behind = numbers(&world)[69];
    let some = all.clone().filter(Get::ID.gt(behind));
    assert_eq!(client.total(&some).unwrap(), Some(50));
    let none = all.filter(Get::ID.gt(numbers(&world)[119]));
    assert_eq!(client.total(&none).unwrap(), Some(0));
    let some = List::new().is_admin(true).filter(List::ID.gt(behind));
    assert_eq!(client.total(&some).unwrap(), Some(50));
    let raw = Raw::new("sonet_group.get", json!({ "IS_ADMIN": "Y" })).read_only();
    let raw = raw.paged("ID").filter("FILTER").order("ORDER");
    assert_eq!(client.total(&raw).unwrap(), Some(120));
    assert_eq!(client.requests(), 5, "one each");
}

fn the_answer_is_as_small_as_can_be<C: Caller>(_: &World) {
    let world = portal_of(120);
    let proxy = RecordingProxy::before(&world);
    let client: C = proxy.client(&world, world.admin());
    let list = List::new()
        .is_admin(true)
        .select(List::NAME)
        .select(List::DESCRIPTION)
        .select(List::DATE_CREATE)
        .order(List::NAME.desc());
    // Without a count there would be none.
    for start in [PageStart::UNCOUNTED, PageStart::at_row(100)] {
        assert_eq!(client.total(&list.clone().start(start)).unwrap(), Some(120));
    }
    let first = proxy.requests().remove(0);
    let sent: serde_json::Value = serde_json::from_str(first.text()).unwrap();
    assert_eq!(sent["select"], json!(["ID"]));
    assert_eq!((sent.get("start"), sent.get("order")), (None, None));
    let answer = proxy.answers().remove(0);
    assert!(answer.body.len() < 3_000, "{} bytes", answer.body.len());
}

fn a_list_that_is_not_counted_has_no_total<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    assert_eq!(client.total(&epic::List::new()).unwrap(), None);
    world.rule(|rules| rules.scrum_totals = true);
    let epics = client.call(&epic::List::new()).unwrap();
    assert!(!epics.is_empty());
    assert_eq!(client.total(&epic::List::new()).unwrap(), epics.total());
    assert!(epics.total().is_some());
}

fn an_error_is_that_of_the_method<C: Caller>(world: &World) {
    let client = C::webhook(&format!("{}/rest/1/wr0ng/", world.server().url())).unwrap();
    let error = client.total(&Get::new()).unwrap_err();
    assert_eq!(error.method(), Some("sonet_group.get"), "{error}");
    assert!(error.is_auth(), "{error}");
    let error = client.total(&Raw::new("batch", json!(7)).read_only().paged("ID"));
    assert!(error.unwrap_err().is_invalid());
    assert_eq!(client.requests(), 1);
}

on_both_clients! {
    the_filter_holds,
    the_answer_is_as_small_as_can_be,
    a_list_that_is_not_counted_has_no_total,
    an_error_is_that_of_the_method,
}
