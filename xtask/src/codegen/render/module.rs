//! The tree of modules.

use std::collections::BTreeMap;

use super::source::HEADER;

/// What stands in a module: files with what they export, and modules below.
#[derive(Default)]
pub(super) struct Tree(BTreeMap<Vec<String>, Module>);

#[derive(Default)]
struct Module {
    files: BTreeMap<String, Vec<String>>,
    below: Vec<String>,
}

impl Tree {
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

    /// The text of every `mod.rs`.
    pub(super) fn render(&self) -> impl Iterator<Item = (Vec<String>, String)> {
        self.0
            .iter()
            .map(|(path, module)| (path.clone(), module.render(path)))
    }
}

impl Module {
    fn render(&self, path: &[String]) -> String {
        let mut text = format!("{HEADER}\n{}\n\n", doc(path));
        for name in &self.below {
            text += &format!("pub mod {name};\n");
        }
        if !self.below.is_empty() && !self.files.is_empty() {
            text.push('\n');
        }
        for stem in self.files.keys() {
            text += &format!("mod {stem};\n");
        }
        if !self.files.is_empty() {
            text.push('\n');
        }
        for (stem, exports) in &self.files {
            let mut exports = exports.clone();
            exports.sort();
            match exports.as_slice() {
                [one] => text += &format!("pub use {stem}::{one};\n"),
                many => text += &format!("pub use {stem}::{{{}}};\n", many.join(", ")),
            }
        }
        text
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
