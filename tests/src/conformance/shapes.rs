//! The portal's answers, held against the spec: both were written from the documentation, each by itself.
//!
//! A key that the spec lacks would be lost on the way to the caller without an error, and a field that no answer has
//! would be one that nothing tests.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sonet_core::Raw;
use sonet_portal::{Group, Role};
use sonet_spec::model::{Effect, Object, Spec};
use sonet_spec::types::Type;

use super::caller::Caller;
use super::world::World;
use super::{around, scrum, spec};

/// Objects that only events have; the portal sends none to a client.
const OF_EVENTS: &str = "events";

/// A walk over answers along the spec's types.
pub(super) struct Walk {
    spec: Spec,
    called: BTreeSet<String>,
    seen: BTreeSet<(String, String)>,
}

impl Walk {
    fn new() -> Self {
        Self {
            spec: spec::load(),
            called: BTreeSet::new(),
            seen: BTreeSet::new(),
        }
    }

    /// Makes a call that has to succeed, and walks over its answer.
    pub(super) fn answer<C: Caller>(&mut self, client: &C, method: &str, params: Value) -> Value {
        let found = self.spec.methods.iter().find(|m| m.name.value == method);
        let found = found.unwrap_or_else(|| panic!("the spec has no {method}"));
        let ty = found.result.ty.value.clone();
        let call = Raw::new(method, params);
        let result = client.call(&match found.effect.value {
            Effect::Read => call.read_only(),
            Effect::Repeatable | Effect::Write => call,
        });
        let result = result.unwrap_or_else(|error| panic!("{method}: {error}"));
        let within = found.result.within.as_ref().map(|key| key.value.clone());
        self.called.insert(method.to_owned());
        match within {
            Some(key) => self.value(method, &ty, &result[&key]),
            None => self.value(method, &ty, &result),
        }
        result
    }

    fn value(&mut self, path: &str, ty: &Type, value: &Value) {
        match (ty, value) {
            (Type::Json, _) => {}
            (Type::Accepted, Value::Object(told)) => assert_eq!(told["data"], true, "{path}"),
            (Type::Accepted, told) => assert_eq!(*told, true, "{path}"),
            (Type::Empty, nothing) => assert_eq!(*nothing, json!([]), "{path}"),
            (Type::List(item), Value::Array(items)) => {
                for value in items {
                    self.value(&format!("{path}[]"), item, value);
                }
            }
            (Type::Map(item), Value::Object(entries)) => {
                for value in entries.values() {
                    self.value(&format!("{path}.*"), item, value);
                }
            }
            (Type::Named(name), Value::Object(entries)) => {
                let object = self.object(name);
                for (key, value) in entries {
                    let path = format!("{path}.{key}");
                    let field = object.fields.iter().find(|field| field.name.value == *key);
                    if field.is_none() && object.extra {
                        continue;
                    }
                    let field = field.unwrap_or_else(|| panic!("the spec has no {path}"));
                    self.seen.insert((name.clone(), key.clone()));
                    self.value(&path, &field.ty.value, value);
                }
                for field in object.fields.iter().filter(|field| !field.optional) {
                    let name = &field.name.value;
                    assert!(entries.contains_key(name), "{path} has no {name}");
                }
            }
            // PHP prints an empty map as a list.
            (Type::Map(_), Value::Array(items)) if items.is_empty() => {}
            (Type::List(_) | Type::Map(_), other) => panic!("{path} is {other}"),
            (_, Value::Array(_) | Value::Object(_)) => panic!("{path} is {value}"),
            _ => {}
        }
    }

    fn object(&self, name: &str) -> Object {
        let found = self.spec.objects.iter().find(|o| o.name.value == name);
        found
            .unwrap_or_else(|| panic!("{name} is an object"))
            .clone()
    }

    fn unseen(&self) -> Vec<(String, String)> {
        let objects = self.spec.objects.iter();
        let answered = objects.filter(|object| {
            let module = object.module.as_ref();
            module.is_none_or(|module| module.value != OF_EVENTS)
        });
        answered
            .flat_map(|object| {
                let name = object.name.value.clone();
                // Of what has more keys than any page tells, the portal may lack some.
                let fields = object.fields.iter();
                let fields = fields.filter(|field| !(object.extra && field.optional));
                let fields = fields.map(|field| field.name.value.clone());
                fields.map(move |field| (name.clone(), field))
            })
            .filter(|field| !self.seen.contains(field))
            .collect()
    }

    /// The methods of a family that were not called.
    fn uncalled(&self, family: &str) -> Vec<String> {
        let names = self.spec.methods.iter().map(|m| m.name.value.clone());
        let family = names.filter(|name| name.starts_with(family));
        family.filter(|name| !self.called.contains(name)).collect()
    }
}

fn every_answer_has_the_form_that_the_spec_says<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let mut walk = Walk::new();
    let extranet = world.find_group(Group::is_extranet);
    world.relate(extranet, world.admin(), Role::Member);
    world.member(world.closed_group(), Role::Awaiting);
    let asking = json!({ "GROUP_ID": world.closed_group() });
    let stranger: C = world.client(world.stranger(world.closed_group()));
    walk.answer(&stranger, "sonet_group.user.request", asking);

    let everything = json!({ "IS_ADMIN": "Y" });
    walk.answer(&client, "sonet_group.get", everything);
    walk.answer(&client, "sonet_group.user.groups", json!({}));
    for group in world.groups() {
        let members = json!({ "ID": group.id });
        walk.answer(&client, "sonet_group.user.get", members);
        let params = json!({ "groupId": group.id, "select": selection(GET), "mode": "mobile" });
        walk.answer(&client, GET, json!({ "params": params }));
    }
    let params = json!({
        "IS_ADMIN": "Y", "mode": "mobile", "features": ["tasks"], "shouldSelectDialogId": "Y",
    });
    let rows = json!({ "select": selection(LIST), "params": params });
    walk.answer(&client, LIST, rows);
    scrum::walk::all(&mut walk, &client, world);
    around::all(&mut walk, &client, world);
    assert_eq!(walk.unseen(), [], "fields that no answer has");
    assert_eq!(walk.uncalled(scrum::walk::METHODS), [""; 0]);
    for family in around::METHODS {
        assert_eq!(walk.uncalled(family), [""; 0]);
    }
}

fn every_code_of_workgroup_get_adds_its_own_field<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let read = |select: &[&str]| {
        let params = json!({ "groupId": world.open_group(), "select": select });
        let call = Raw::new(GET, json!({ "params": params })).read_only();
        keys(&client.call(&call).unwrap())
    };
    let plain = read(&[]);
    for field in spec::method(GET).select_fields {
        let code = field.name.value.as_str();
        let expected = field.returns.map_or(code.to_owned(), |name| name.value);
        let mut with_it = plain.clone();
        with_it.insert(expected);
        assert_eq!(read(&[code]), with_it, "{code}");
    }
    assert_eq!(read(&["TELEPORTER"]), plain, "an unknown code is ignored");
}

fn every_code_of_workgroup_list_answers_its_own_field<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let read = |select: &[&str]| {
        let call = Raw::new(LIST, json!({ "select": select })).read_only();
        let result = client.call(&call).unwrap();
        keys(&result["workgroups"][0])
    };
    for field in spec::method(LIST).select_fields {
        let code = field.name.value.as_str();
        let mut expected = BTreeSet::from(["id".to_owned()]);
        expected.extend(field.returns.map(|name| name.value));
        if code == "AVATAR" {
            expected.extend(["imageId".to_owned(), "avatarType".to_owned()]);
        }
        assert_eq!(read(&[code]), expected, "{code}");
    }
    assert_eq!(read(&["TELEPORTER"]).len(), 1, "an unknown code is ignored");
}

on_both_clients! {
    every_answer_has_the_form_that_the_spec_says,
    every_code_of_workgroup_get_adds_its_own_field,
    every_code_of_workgroup_list_answers_its_own_field,
}

const GET: &str = "socialnetwork.api.workgroup.get";
const LIST: &str = "socialnetwork.api.workgroup.list";

/// Every code that a method selects by.
fn selection(method: &str) -> Vec<String> {
    let fields = spec::method(method).select_fields.into_iter();
    fields.map(|field| field.name.value).collect()
}

fn keys(object: &Value) -> BTreeSet<String> {
    object.as_object().unwrap().keys().cloned().collect()
}
