//! The fields of a struct, or the setters of a request: each needs a name of its own.

use std::collections::BTreeMap;

use super::context::Context;
use super::spelling::{redundant, suggestion};
use crate::model::Text;
use crate::names;

/// The fields or setters of one type.
pub(super) struct Members<'c, 's> {
    cx: &'c Context<'s>,
    /// By Rust name, where each stands.
    taken: BTreeMap<String, Member<'c>>,
    /// The list that is looked at.
    level: usize,
    reserved: Vec<(&'static str, &'static str)>,
}

/// Where a name stands.
struct Member<'c> {
    place: &'c Text,
    /// The list that it is in, if the place is its name on the wire.
    derived_in: Option<usize>,
}

impl<'c, 's> Members<'c, 's> {
    pub(super) fn new(cx: &'c Context<'s>) -> Self {
        Self {
            cx,
            taken: BTreeMap::new(),
            level: 0,
            reserved: Vec::new(),
        }
    }

    /// Keeps a name for what is there anyway, and says why.
    pub(super) fn reserve(&mut self, name: &'static str, why: &'static str) {
        self.reserved.push((name, why));
    }

    /// Looks at the lists one after another: the same name may stand in two.
    pub(super) fn in_list(&mut self, level: usize) {
        self.level = level;
    }

    /// Adds a name of the wire, under the name that `rust` says or that is derived.
    pub(super) fn member(&mut self, wire: &'c Text, rust: Option<&'c Text>) {
        let derived = names::snake(wire);
        if let Some(rust) = rust {
            redundant(self.cx, rust, &derived);
            self.explicit(rust);
        } else if !names::is_snake(&derived) {
            let message = format!("`{}` does not become a valid Rust name", wire.value);
            self.cx
                .wrong(wire, message, "not a name", "add `rust = \"…\"`");
        } else {
            self.add(derived, wire, Some(self.level), "add `rust = \"…\"`");
        }
    }

    /// Adds a name that the spec gives in Rust.
    pub(super) fn explicit(&mut self, rust: &'c Text) {
        if names::is_snake(rust) {
            self.take(rust.value.clone(), rust, "choose another name");
        } else {
            self.cx.wrong(
                rust,
                format!("`{}` is not a valid Rust name", rust.value),
                "not in snake case",
                suggestion(&names::snake(rust), names::is_snake),
            );
        }
    }

    /// Adds a name, unless somebody else has it.
    pub(super) fn take(&mut self, name: String, place: &'c Text, help: &str) {
        self.add(name, place, None, help);
    }

    fn add(&mut self, name: String, place: &'c Text, derived_in: Option<usize>, help: &str) {
        if names::is_reserved(&name) {
            let message = format!("`{name}` is a keyword of Rust");
            self.cx.wrong(place, message, "a keyword of Rust", help);
            return;
        }
        if let Some((_, why)) = self.reserved.iter().find(|(word, _)| *word == name) {
            let message = format!("`{name}` is taken: {why}");
            self.cx.wrong(place, message, "taken", help);
            return;
        }
        let Some(earlier) = self.taken.get(&name) else {
            self.taken.insert(name, Member { place, derived_in });
            return;
        };
        // The same name on the wire, twice in one list, is a mistake of its own.
        let twice = derived_in.is_some()
            && derived_in == earlier.derived_in
            && place.value == earlier.place.value;
        if !twice {
            self.cx.clash(
                (place, "the second"),
                (earlier.place, "the first"),
                format!("two of them would be called `{name}` in Rust"),
                help,
            );
        }
    }
}
