//! The operators as the spec writes them, sent by name: the typed ones know one spelling of each.

use serde_json::{Value, json};
use sonet_core::{Method, Raw};
use sonet_portal::Group;
use sonet_types::GroupId;
use sonet_types::socialnetwork::api::workgroup::{List, WorkgroupRow};
use sonet_types::sonet_group;

use super::{Holds, check, on_main_site, pivot};
use crate::conformance::caller::Caller;
use crate::conformance::spec;
use crate::conformance::world::World;

fn every_operator_of_sonet_group_get_is_understood<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let call = |key: String, value: Value| {
        let params = json!({ "FILTER": { key: value }, "IS_ADMIN": "Y" });
        let call = Raw::new(<sonet_group::Get as Method>::NAME, params);
        let rows = client.call(&call.output::<Vec<sonet_group::Group>>());
        rows.unwrap().into_iter().map(|row| row.id).collect()
    };
    try_all(world, <sonet_group::Get as Method>::NAME, &call);
}

fn every_operator_of_workgroup_list_is_understood<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let call = |key: String, value: Value| {
        let everywhere = json!({ "IS_ADMIN": "Y" });
        let params = json!({ "filter": { key: value }, "params": everywhere });
        let call = Raw::new(<List as Method>::NAME, params);
        let call = call.paged("ID").rows_in("workgroups");
        let rows = client.call(&call.rows(|row: &WorkgroupRow| row.id.into()));
        rows.unwrap().into_iter().map(|row| row.id).collect()
    };
    try_all(world, <List as Method>::NAME, &call);
}

on_both_clients! {
    every_operator_of_sonet_group_get_is_understood,
    every_operator_of_workgroup_list_is_understood,
}

fn try_all(world: &World, method: &str, call: &dyn Fn(String, Value) -> Vec<GroupId>) {
    let method = spec::method(method);
    let listed: Vec<Group> = match method.name.value.as_str() {
        <List as Method>::NAME => on_main_site(world),
        _ => world.groups(),
    };
    let documented = method.filter_operators.iter().map(|op| op.value.as_str());
    for operator in documented.chain([""]) {
        let (field, value, holds) = meaning(operator, &pivot(world));
        let key = format!("{operator}{field}");
        check(&key.clone(), &listed, call(key, value), &*holds);
    }
}

/// What an operator is tried with, and what it means.
fn meaning(operator: &str, pivot: &Group) -> (&'static str, Value, Holds) {
    let id = pivot.id;
    let range = json!([id - 9, id + 9]);
    let inside = move |g: &Group| (id - 9..=id + 9).contains(&g.id);
    match operator {
        "" | "=" => ("ID", json!(id), Box::new(move |g| g.id == id)),
        "!" | "!=" => ("ID", json!(id), Box::new(move |g| g.id != id)),
        ">" => ("ID", json!(id), Box::new(move |g| g.id > id)),
        ">=" => ("ID", json!(id), Box::new(move |g| g.id >= id)),
        "<" => ("ID", json!(id), Box::new(move |g| g.id < id)),
        "<=" => ("ID", json!(id), Box::new(move |g| g.id <= id)),
        "><" => ("ID", range, Box::new(inside)),
        "!><" => ("ID", range, Box::new(move |g| !inside(g))),
        "%" | "?" => ("NAME", json!("Pro"), Box::new(|g| g.name.contains("Pro"))),
        "!%" => ("NAME", json!("Pro"), Box::new(|g| !g.name.contains("Pro"))),
        "=%" | "%=" => ("NAME", json!("%Pro"), Box::new(|g| g.name.ends_with("Pro"))),
        "!=%" | "!%=" => (
            "NAME",
            json!("%Pro"),
            Box::new(|g| !g.name.ends_with("Pro")),
        ),
        _ => panic!("say what the operator {operator:?} means"),
    }
}
