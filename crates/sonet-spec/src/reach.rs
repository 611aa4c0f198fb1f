//! Which types methods and events reach, and the part of a spec that some methods are.

use std::collections::BTreeSet;

use super::model::{At, Event, Method, Spec};
use super::types::Type;
use super::{Symbol, Symbols};

/// The names that methods and events reach. `unknown` says what a name may mean that stands for nothing.
pub(crate) fn reached<'s>(
    symbols: &Symbols<'s>,
    methods: impl IntoIterator<Item = &'s Method>,
    events: &'s [Event],
    unknown: impl Fn(&'s str) -> Option<&'s str>,
) -> BTreeSet<&'s str> {
    let mut open: Vec<&'s str> = Vec::new();
    for method in methods {
        let params = method.all_params().into_iter().map(|param| &param.ty);
        let filters = method.filter_fields.iter().map(|field| &field.ty);
        let types = params.chain(filters).chain([&method.result.ty]);
        open.extend(types.filter_map(|ty| ty.name()));
    }
    open.extend(events.iter().map(|event| event.payload.as_str()));
    let mut reached = BTreeSet::new();
    while let Some(name) = open.pop() {
        if !reached.insert(name) {
            continue;
        }
        match symbols.get(name) {
            Some(symbol) => open.extend(inside(symbol).iter().filter_map(|ty| ty.name())),
            None => open.extend(unknown(name)),
        }
    }
    reached
}

/// The types of what is in an object of an answer or of a request.
pub(crate) fn inside(symbol: Symbol<'_>) -> Vec<&At<Type>> {
    match symbol {
        Symbol::Object(object) => object.fields.iter().map(|field| &field.ty).collect(),
        Symbol::Input(input) => input.all_params().iter().map(|param| &param.ty).collect(),
        Symbol::Id(_) | Symbol::Enum(_) => Vec::new(),
    }
}

/// The spec of the methods that are wanted, with the types that they reach. It has no events.
#[must_use]
pub fn part(spec: &Spec, is_wanted: impl Fn(&Method) -> bool) -> Spec {
    let symbols = Symbols::new(spec);
    let methods = || spec.methods.iter().filter(|method| is_wanted(method));
    let reached = reached(&symbols, methods(), &[], |_| None);
    let mut part = Spec {
        methods: methods().cloned().collect(),
        events: Vec::new(),
        ..spec.clone()
    };
    part.ids.retain(|id| reached.contains(id.name.as_str()));
    part.enums.retain(|def| reached.contains(def.name.as_str()));
    part.objects
        .retain(|object| reached.contains(object.name.as_str()));
    part.inputs
        .retain(|input| reached.contains(input.name.as_str()));
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: &str = r#"
format = 1
documentation = "https://example.com/"

[[object]]
name = "Club"
doc = "A club."
fields = [{ name = "place", type = "Place", doc = "Where." }]

[[object]]
name = "Place"
doc = "A place."
fields = [{ name = "name", type = "string", doc = "Its name." }]

[[object]]
name = "Choir"
doc = "A choir."
fields = [{ name = "name", type = "string", doc = "Its name." }]

[[method]]
name = "club.get"
page = "club.html"
scope = "club"
effect = "read"
who = "any user"
doc = "Reads a club."
result = { type = "Club", doc = "The club." }

[[method]]
name = "choir.get"
page = "choir.html"
scope = "choir"
effect = "read"
who = "any user"
doc = "Reads a choir."
result = { type = "Choir", doc = "The choir." }
"#;

    #[test]
    fn a_part_has_what_its_methods_reach_and_nothing_else() {
        let (spec, _) = crate::parse("spec.toml", SPEC).unwrap();
        let part = part(&spec, |method| *method.name == *"club.get");
        let objects: Vec<&str> = part.objects.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(objects, ["Club", "Place"]);
        assert_eq!(part.methods.len(), 1);
        assert!(crate::is_valid(&part, &[]));
    }
}
