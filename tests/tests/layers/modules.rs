//! The files of a crate as modules, and which of them imports which.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use petgraph::algo::tarjan_scc;
use petgraph::prelude::DiGraphMap;

use crate::paths::{Named, Source};

/// A module's path within its crate; the crate's root is empty.
type Module = Vec<String>;

/// How often a name is followed from one file that hands it on to the next.
const MOST_HANDS: usize = 8;

/// The sources of one library or program, without its tests.
pub(crate) struct Crate {
    modules: BTreeMap<Module, File>,
}

struct File {
    /// Within `src`.
    path: String,
    source: Source,
}

/// Files each of which needs all others, over one or more of them.
pub(crate) struct Circle<'a> {
    pub(crate) files: Vec<&'a str>,
    pub(crate) imports: Vec<(&'a str, &'a str)>,
}

impl Crate {
    /// Reads `src` of the package in `folder`: its library and its program, each of which is a crate.
    pub(crate) fn read(folder: &Path) -> Vec<Self> {
        let src = folder.join("src");
        let roots = ["lib.rs", "main.rs"].into_iter();
        let roots = roots.filter(|root| src.join(root).is_file());
        let read = |root| {
            let modules = BTreeMap::new();
            let mut krate = Self { modules };
            krate.add(&src, root, Module::new());
            krate
        };
        roots.map(read).collect()
    }

    fn add(&mut self, src: &Path, path: &str, module: Module) {
        let source = Source::read(&fs::read_to_string(src.join(path)).unwrap());
        let folder = module.join("/");
        for child in &source.modules {
            let below = format!("{folder}/{child}");
            let below = below.trim_start_matches('/');
            let mut forms = [format!("{below}.rs"), format!("{below}/mod.rs")].into_iter();
            let found = forms.find(|form| src.join(form).is_file());
            let found =
                found.unwrap_or_else(|| panic!("{path} declares `{child}`, which has no file"));
            let mut module = module.clone();
            module.push(child.clone());
            self.add(src, &found, module);
        }
        let path = path.to_owned();
        self.modules.insert(module, File { path, source });
    }

    /// The paths of all files, within `src`.
    pub(crate) fn files(&self) -> impl Iterator<Item = &str> {
        self.modules.values().map(|file| file.path.as_str())
    }

    /// The folders in `src`.
    pub(crate) fn folders(&self) -> BTreeSet<String> {
        let modules = self.modules.keys().filter(|module| module.len() > 1);
        modules
            .filter_map(|module| module.first().cloned())
            .collect()
    }

    /// Which file imports which. A name that a file only hands on (`pub use`) leads to the file that has it.
    pub(crate) fn imports(&self) -> BTreeSet<(&str, &str)> {
        let mut imports = BTreeSet::new();
        for (module, file) in &self.modules {
            for named in file.source.named.iter().filter(|named| !named.handed_on) {
                if let Some(target) = self.target(module, &named.path, MOST_HANDS) {
                    let target = &self.modules[&target];
                    if target.path != file.path {
                        imports.insert((file.path.as_str(), target.path.as_str()));
                    }
                }
            }
        }
        imports
    }

    /// Files that import each other, each group once, with every import within it.
    pub(crate) fn circles(&self) -> Vec<Circle<'_>> {
        let imports = self.imports();
        let graph: DiGraphMap<_, ()> = DiGraphMap::from_edges(&imports);
        let mut circles = tarjan_scc(&graph);
        circles.retain(|files| files.len() > 1);
        circles.sort();
        let with_imports = |files: Vec<_>| {
            let within = |import: &&(_, _)| files.contains(&import.0) && files.contains(&import.1);
            let imports = imports.iter().filter(within).copied().collect();
            Circle { files, imports }
        };
        circles.into_iter().map(with_imports).collect()
    }

    /// The folder that a file belongs to: of a module with children, the one that they are in.
    pub(crate) fn folder(&self, path: &str) -> String {
        let (module, file) = self
            .modules
            .iter()
            .find(|(_, file)| file.path == path)
            .unwrap();
        let depth = if file.source.modules.is_empty() {
            module.len().saturating_sub(1)
        } else {
            module.len()
        };
        module[..depth].join("/")
    }

    /// The module in which the item is that a path names, seen from a module. `None` of what is in no file of this crate.
    fn target(&self, from: &Module, path: &[String], hands: usize) -> Option<Module> {
        let hands = hands.checked_sub(1)?;
        let (mut module, mut rest) = self.start(from, path, hands)?;
        while let Some((name, after)) = rest.split_first() {
            let mut child = module.clone();
            child.push(name.clone());
            if !self.modules.contains_key(&child) {
                break;
            }
            module = child;
            rest = after;
        }
        // Whoever hands the name on is no more than the way to it.
        let handed_on = rest.first().and_then(|name| self.handed_on(&module, name));
        match handed_on {
            Some(named) => self.target(&module, &named.path, hands).or(Some(module)),
            None => Some(module),
        }
    }

    fn handed_on(&self, module: &Module, name: &str) -> Option<&Named> {
        let mut named = self.modules[module].source.named.iter();
        named.find(|named| named.handed_on && named.imported_as.as_deref() == Some(name))
    }

    /// The module that a path begins in, and what of it is left.
    fn start<'p>(
        &self,
        from: &Module,
        path: &'p [String],
        hands: usize,
    ) -> Option<(Module, &'p [String])> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => Some((Module::new(), rest)),
            "self" => Some((from.clone(), rest)),
            "super" => {
                let mut module = from.clone();
                let mut rest = rest;
                module.pop()?;
                while let Some(("super", after)) = rest
                    .split_first()
                    .map(|(first, after)| (first.as_str(), after))
                {
                    module.pop()?;
                    rest = after;
                }
                Some((module, rest))
            }
            child
                if self.modules[from]
                    .source
                    .modules
                    .iter()
                    .any(|module| module == child) =>
            {
                Some((from.clone(), path))
            }
            // What this file imported: `use crate::wire;` and then `wire::read()`.
            alias => {
                let mut named = self.modules[from].source.named.iter();
                let imported = named.find(|named| {
                    named.imported_as.as_deref() == Some(alias)
                        && named.path.first().map(String::as_str) != Some(alias)
                })?;
                Some((self.target(from, &imported.path, hands)?, rest))
            }
        }
    }
}
