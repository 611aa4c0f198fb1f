//! The tree of modules.

use std::collections::{BTreeMap, BTreeSet};

use super::source;
use crate::root_module::{Inside, RootModule};

/// What stands in a module: files with what they export, and modules below.
pub(super) struct Tree(BTreeMap<Vec<String>, Module>);

#[derive(Default)]
struct Module {
    files: BTreeMap<String, Vec<String>>,
    below: Vec<String>,
    /// The files whose types are deprecated: only who uses them is warned, not the generated code itself.
    deprecated: BTreeSet<String>,
}

impl Tree {
    /// The root alone, which is there even if nothing is in it.
    pub(super) fn new() -> Self {
        Self(BTreeMap::from([(Vec::new(), Module::default())]))
    }

    /// Adds a file and what it exports; the modules on the way come into being.
    pub(super) fn add(
        &mut self,
        modules: &[String],
        stem: &str,
        exports: impl IntoIterator<Item = String>,
    ) {
        for depth in 0..modules.len() {
            let parent = self.0.entry(modules[..depth].to_vec()).or_default();
            if !parent.below.contains(&modules[depth]) {
                parent.below.push(modules[depth].clone());
                parent.below.sort();
            }
        }
        let module = self.0.entry(modules.to_vec()).or_default();
        module
            .files
            .entry(stem.to_owned())
            .or_default()
            .extend(exports);
    }

    /// Notes that what a file exports is deprecated.
    pub(super) fn deprecate(&mut self, modules: &[String], stem: &str) {
        let module = self.0.entry(modules.to_vec()).or_default();
        module.deprecated.insert(stem.to_owned());
    }

    /// The text of every `mod.rs`.
    pub(super) fn render(
        &self,
        root: RootModule<'_>,
    ) -> impl Iterator<Item = (Vec<String>, String)> {
        self.0
            .iter()
            .map(move |(path, module)| (path.clone(), module.render(path, root)))
    }
}

impl Module {
    fn render(&self, path: &[String], root: RootModule<'_>) -> String {
        let below = self.below.iter().map(|name| format!("pub mod {name};\n"));
        let allow = |stem: &String| {
            let deprecated = self.deprecated.contains(stem);
            if deprecated {
                "#[allow(deprecated)]\n"
            } else {
                ""
            }
        };
        let files = self.files.keys();
        let files = files.map(|stem| format!("{}mod {stem};\n", allow(stem)));
        let exports = self.files.iter().map(|(stem, exports)| {
            let mut exports = exports.clone();
            exports.sort();
            let allow = allow(stem);
            match exports.as_slice() {
                [one] => format!("{allow}pub use {stem}::{one};\n"),
                many => format!("{allow}pub use {stem}::{{{}}};\n", many.join(", ")),
            }
        });
        let parts = [
            format!("{}\n", doc(path)),
            if path.is_empty() {
                allowed(root)
            } else {
                String::new()
            },
            below.collect(),
            files.collect(),
            exports.collect(),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        format!("{}\n{}", source::header(root), parts.join("\n"))
    }
}

/// What an application's lints may not ask of generated code. A library of this workspace says so where it names the module.
fn allowed(root: RootModule<'_>) -> String {
    match root.inside {
        Inside::Library(_) => String::new(),
        Inside::Application => "\
            // A program calls some of the methods, and names on the wire are as they are.\n\
            #![allow(dead_code, unused_imports, unreachable_pub)]\n\
            #![allow(clippy::all, clippy::pedantic, clippy::nursery)]\n"
            .to_owned(),
    }
}

fn doc(path: &[String]) -> String {
    if path.is_empty() {
        "//! The methods and events of the spec.".to_owned()
    } else if path == ["events"] {
        "//! Events.".to_owned()
    } else {
        format!("//! The methods `{}.*`.", path.join("."))
    }
}
