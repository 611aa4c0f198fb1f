//! What the suite covers, held against the spec.

use std::collections::BTreeSet;

use serde_json::Value;
use sonet_core::{Documented, Method};
use sonet_types as own;
use sonet_types::socialnetwork::api::workgroup;
use sonet_types::sonet_group::{self, feature, user};
use sonet_types::tasks::api::scrum::{backlog, epic, kanban, sprint, task};

use super::refusal::Provoked;
use super::scrum::{backlogs, epics, sprints, stages, tasks};
use super::world::World;
use super::{features, feed, groups, members, scrum, spec, users, workgroups};

/// Documented errors that no call provokes, and why.
const NOT_PROVOKED: &[(&str, &str, &str)] = &[(
    "sonet_group.setowner",
    "User has no permissions to set owner",
    "the page shows it in the example only; the portal answers the table's text, and both have one name",
)];

/// Every scenario that ends with a refusal.
const PROVOKED: &[&[Provoked]] = &[
    groups::create::REFUSALS,
    groups::update::REFUSALS,
    groups::delete::REFUSALS,
    groups::set_owner::REFUSALS,
    features::REFUSALS,
    members::add::REFUSALS,
    members::delete::REFUSALS,
    members::get::REFUSALS,
    members::invite::REFUSALS,
    members::request::REFUSALS,
    members::update::REFUSALS,
    workgroups::get::REFUSALS,
    backlogs::REFUSALS,
    epics::REFUSALS,
    sprints::REFUSALS,
    stages::REFUSALS,
    scrum::kanban::REFUSALS,
    tasks::REFUSALS,
    super::tasks::add::REFUSALS,
    super::tasks::update::REFUSALS,
    super::tasks::one::REFUSALS,
    super::tasks::lists::REFUSALS,
    feed::posts::REFUSALS,
    feed::comments::REFUSALS,
];

/// A method, with a call that the suite makes with every parameter.
struct Called {
    name: &'static str,
    errors: &'static [Documented],
    params: Value,
}

fn called<M: Method>(world: &World, with_everything: fn(&World) -> M) -> Called {
    Called {
        name: M::NAME,
        errors: M::ERRORS,
        params: serde_json::to_value(with_everything(world)).unwrap(),
    }
}

fn all() -> Vec<Called> {
    let world = World::new();
    vec![
        called::<sonet_group::Create>(&world, groups::create::with_everything),
        called::<sonet_group::Update>(&world, groups::update::with_everything),
        called::<sonet_group::Get>(&world, groups::get::with_everything),
        called::<sonet_group::Delete>(&world, groups::delete::with_everything),
        called::<sonet_group::SetOwner>(&world, groups::set_owner::with_everything),
        called::<feature::Access>(&world, features::with_everything),
        called::<user::Groups>(&world, members::groups::with_everything),
        called::<user::Get>(&world, members::get::with_everything),
        called::<user::Invite>(&world, members::invite::with_everything),
        called::<user::Request>(&world, members::request::with_everything),
        called::<user::Add>(&world, members::add::with_everything),
        called::<user::Update>(&world, members::update::with_everything),
        called::<user::Delete>(&world, members::delete::with_everything),
        called::<workgroup::Get>(&world, workgroups::get::with_everything),
        called::<workgroup::List>(&world, workgroups::list::with_everything),
        called::<backlog::Add>(&world, backlogs::add),
        called::<backlog::Update>(&world, backlogs::update),
        called::<backlog::Get>(&world, backlogs::get),
        called::<backlog::Delete>(&world, backlogs::delete),
        called::<backlog::GetFields>(&world, backlogs::fields),
        called::<epic::Add>(&world, epics::add),
        called::<epic::Update>(&world, epics::update),
        called::<epic::Get>(&world, epics::get),
        called::<epic::List>(&world, epics::list),
        called::<epic::Delete>(&world, epics::delete),
        called::<epic::GetFields>(&world, epics::fields),
        called::<sprint::Add>(&world, sprints::add),
        called::<sprint::Update>(&world, sprints::update),
        called::<sprint::Start>(&world, sprints::start),
        called::<sprint::Complete>(&world, sprints::complete),
        called::<sprint::Get>(&world, sprints::get),
        called::<sprint::List>(&world, sprints::list),
        called::<sprint::Delete>(&world, sprints::delete),
        called::<sprint::GetFields>(&world, sprints::fields),
        called::<kanban::AddStage>(&world, stages::add),
        called::<kanban::UpdateStage>(&world, stages::update),
        called::<kanban::GetStages>(&world, stages::get),
        called::<kanban::DeleteStage>(&world, stages::delete),
        called::<kanban::AddTask>(&world, scrum::kanban::add),
        called::<kanban::DeleteTask>(&world, scrum::kanban::delete),
        called::<kanban::GetFields>(&world, stages::fields),
        called::<task::Get>(&world, tasks::get),
        called::<task::Update>(&world, tasks::update),
        called::<task::GetFields>(&world, tasks::fields),
        called::<own::user::Current>(&world, users::current),
        called::<own::user::Fields>(&world, users::fields),
        called::<own::user::Get>(&world, users::get),
        called::<own::user::Search>(&world, users::search),
        called::<own::log::blogpost::Add>(&world, feed::posts::add),
        called::<own::log::blogpost::Update>(&world, feed::posts::update),
        called::<own::log::blogpost::Get>(&world, feed::posts::get),
        called::<own::log::blogpost::Delete>(&world, feed::posts::delete),
        called::<own::log::blogpost::Share>(&world, feed::posts::share),
        called::<own::log::blogpost::getusers::Important>(&world, feed::posts::readers),
        called::<own::log::blogcomment::Add>(&world, feed::comments::add),
        called::<own::log::blogcomment::Delete>(&world, feed::comments::delete),
        called::<own::log::blogcomment::user::Get>(&world, feed::comments::get),
        called::<own::tasks::task::Add>(&world, super::tasks::add::with_everything),
        called::<own::tasks::task::Update>(&world, super::tasks::update::with_everything),
        called::<own::tasks::task::Get>(&world, super::tasks::one::get),
        called::<own::tasks::task::List>(&world, super::tasks::lists::with_everything),
        called::<own::tasks::task::Delete>(&world, super::tasks::one::delete),
        called::<own::tasks::task::Start>(&world, super::tasks::one::start),
        called::<own::tasks::task::Complete>(&world, super::tasks::one::complete),
        called::<own::tasks::task::Delegate>(&world, super::tasks::one::delegate),
    ]
}

#[test]
fn every_method_of_the_spec_is_called() {
    let called: BTreeSet<String> = all().iter().map(|call| call.name.to_owned()).collect();
    let methods = spec::methods();
    let documented = methods.iter().map(|method| method.name.value.clone());
    assert_eq!(called, documented.collect());
}

#[test]
fn every_parameter_of_the_spec_is_sent() {
    for call in all() {
        let method = spec::method(call.name);
        let documented = method.all_params();
        let documented = documented.iter().map(|param| param.name.value.clone());
        let mut sent = BTreeSet::new();
        collect(&call.params, &mut sent, 0);
        let missing: Vec<String> = documented.filter(|name| !sent.contains(name)).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", call.name);
    }
}

/// The keys of a call's parameters, with those of the objects inside.
fn collect(params: &Value, keys: &mut BTreeSet<String>, depth: u8) {
    for (key, value) in params.as_object().into_iter().flatten() {
        keys.insert(key.clone());
        if depth == 0 {
            collect(value, keys, 1);
        }
    }
}

#[test]
fn every_selectable_field_is_selected() {
    let some_group = 1;
    let everything = workgroups::selected::everything(some_group.into());
    check_selection(&everything, "/params/select");
    check_selection(&workgroups::list::every_field(), "/select");
}

fn check_selection<M: Method>(call: &M, pointer: &str) {
    let params = serde_json::to_value(call).unwrap();
    let selected = params.pointer(pointer).unwrap().as_array().unwrap();
    let selected: BTreeSet<&str> = selected.iter().filter_map(Value::as_str).collect();
    let method = spec::method(M::NAME);
    let documented = method.select_fields.iter().map(|f| f.name.value.as_str());
    assert_eq!(selected, documented.collect());
}

#[test]
fn every_documented_error_is_provoked_or_excused() {
    for call in all() {
        for error in call.errors {
            let provoked = PROVOKED.iter().copied().flatten().any(|provoked| {
                provoked.method == call.name
                    && provoked.refusal.name() == error.name()
                    && provoked.text == error.text()
            });
            let excused = NOT_PROVOKED
                .iter()
                .any(|(method, text, _)| *method == call.name && *text == error.text());
            assert!(
                provoked != excused,
                "{}: {} ({:?}) is {}",
                call.name,
                error.name(),
                error.text(),
                if provoked {
                    "provoked and excused"
                } else {
                    "neither provoked nor excused"
                }
            );
        }
    }
}

#[test]
fn the_generated_errors_are_those_of_the_spec() {
    for call in all() {
        let method = spec::method(call.name);
        let documented = method.errors.iter().map(|error| error.text.value.as_str());
        let generated = call.errors.iter().map(Documented::text);
        assert!(documented.eq(generated), "{}", call.name);
    }
}
