//! Names that people gave: what stands beside the generated code hides what is generated under the same name.
//!
//! They are read out of the sources, so that there is no list of them to keep.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

use sonet_spec::model::Text;
use sonet_spec::{Context, Symbols};
use syn::{Item, UseTree};

/// Crates that generated and hand-written code name by their first word.
const EXTERN: &[&str] = &[
    "alloc",
    "chrono",
    "core",
    "http",
    "proc_macro",
    "serde",
    "serde_json",
    "sonet_async",
    "sonet_blocking",
    "sonet_core",
    "sonet_net",
    "sonet_types",
    "std",
    "test",
];

/// The names that people gave where the generated code will stand.
#[derive(Debug, Clone, Default)]
pub struct Handwritten {
    /// Beside the whole of it.
    roots: Vec<Names>,
    /// Within modules that are generated and written by hand.
    shared: Vec<(String, Names)>,
}

/// The names in one file, and whose they are.
#[derive(Debug, Clone)]
struct Names {
    of: String,
    names: BTreeSet<String>,
}

impl Handwritten {
    /// Those of this workspace, which is at `root`: of the crate of the generated code, and of those that re-export all of it.
    ///
    /// # Errors
    ///
    /// As of [`beside`](Self::beside).
    pub fn of_workspace(root: &Path) -> io::Result<Self> {
        let mut all = Self::default();
        for krate in ["sonet-types", "sonet-async", "sonet-blocking"] {
            all = all.beside(krate, &root.join(format!("crates/{krate}/src/lib.rs")))?;
        }
        let events = root.join("crates/sonet-types/src/events/mod.rs");
        all.within("events", "the module `events` of sonet-types", &events)
    }

    /// Adds those in `file`, which re-exports all that is generated. Mistakes name it as `of`.
    ///
    /// # Errors
    ///
    /// The file can't be read, or is no Rust.
    pub fn beside(mut self, of: &str, file: &Path) -> io::Result<Self> {
        self.roots.push(Names::read(of, file)?);
        Ok(self)
    }

    /// Adds those in `file`, where the generated module `module` has more than what is generated. Mistakes name it as `of`.
    ///
    /// # Errors
    ///
    /// As of [`beside`](Self::beside).
    pub fn within(mut self, module: &str, of: &str, file: &Path) -> io::Result<Self> {
        let names = Names::read(of, file)?;
        self.shared.push((module.to_owned(), names));
        Ok(self)
    }

    /// Reports what would be hidden by one of them.
    pub(super) fn check(&self, cx: &Context<'_>) {
        for (modules, name, place) in places(cx) {
            // The outermost name of its path is what is in the root.
            let outermost = modules.first().unwrap_or(&name);
            let module = modules.first();
            let mut shared = self.shared.iter();
            if let Some((_, shared)) = shared.find(|(shared, _)| Some(shared) == module) {
                let within = modules.get(1).unwrap_or(&name);
                if shared.names.contains(within) {
                    taken(cx, place, within, &shared.of);
                }
                continue;
            }
            let mut roots = self.roots.iter();
            if let Some(root) = roots.find(|root| root.names.contains(outermost)) {
                taken(cx, place, outermost, &root.of);
            } else if EXTERN.contains(&outermost.as_str()) {
                taken(cx, place, outermost, "the names of crates");
            }
        }
    }
}

impl Names {
    fn read(of: &str, file: &Path) -> io::Result<Self> {
        let wrong = |kind, error: &dyn std::fmt::Display| {
            io::Error::new(kind, format!("{}: {error}", file.display()))
        };
        let source = fs::read_to_string(file).map_err(|error| wrong(error.kind(), &error))?;
        let names = names_in(&source).map_err(|error| wrong(io::ErrorKind::InvalidData, &error))?;
        Ok(Self {
            of: of.to_owned(),
            names,
        })
    }
}

fn taken(cx: &Context<'_>, place: &Text, name: &str, by: &str) {
    cx.wrong(
        place,
        format!("`{name}` already exists, among {by}"),
        "hidden by handwritten code",
        "give one of the two another name; a type may have another `module`",
    );
}

/// Modules and names of everything that is generated, each with what to point at.
fn places<'s>(cx: &Context<'s>) -> Vec<(Vec<String>, String, &'s Text)> {
    let symbols = Symbols::all(cx.spec).map(|symbol| {
        let modules = symbol.module().split("::").filter(|part| !part.is_empty());
        let name = symbol.name();
        (
            modules.map(str::to_owned).collect(),
            name.value.clone(),
            name,
        )
    });
    let methods = cx.spec.methods.iter().map(|method| {
        let path = method.path();
        (path.modules, path.type_name, method.place())
    });
    symbols.chain(methods).collect()
}

/// What a file declares or takes from elsewhere by name. What it takes by `*` it does not hide.
fn names_in(source: &str) -> syn::Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for item in syn::parse_file(source)?.items {
        match item {
            Item::Mod(item) => drop(names.insert(item.ident.to_string())),
            Item::Struct(item) => drop(names.insert(item.ident.to_string())),
            Item::Enum(item) => drop(names.insert(item.ident.to_string())),
            Item::Trait(item) => drop(names.insert(item.ident.to_string())),
            Item::Type(item) => drop(names.insert(item.ident.to_string())),
            Item::Use(item) => leaves(&item.tree, &mut names),
            _ => {}
        }
    }
    Ok(names)
}

fn leaves(tree: &UseTree, names: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, names),
        UseTree::Name(name) => drop(names.insert(name.ident.to_string())),
        UseTree::Rename(rename) => drop(names.insert(rename.rename.to_string())),
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, names)),
        UseTree::Glob(_) => {}
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn workspace() -> Handwritten {
        Handwritten::of_workspace(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).unwrap()
    }

    #[test]
    fn names_are_read_out_of_the_sources() {
        let all = workspace();
        let [types, asynchronous, blocking] = &all.roots[..] else {
            panic!("three crates");
        };
        for name in ["entity", "bulk", "reconcile", "generated", "events", "Bulk"] {
            assert!(types.names.contains(name), "{name}");
        }
        for client in [asynchronous, blocking] {
            for name in ["Client", "Error", "filter", "serde_json", "driver"] {
                assert!(client.names.contains(name), "{name}");
            }
        }
        let (_, shared) = &all.shared[0];
        assert!(shared.names.contains("Event") && shared.names.contains("other_event"));
        assert!(!shared.names.contains("*"));
    }

    #[test]
    fn a_file_that_can_not_be_read_is_named() {
        let nowhere = Path::new("nowhere.rs");
        let error = Handwritten::default()
            .beside("nobody", nowhere)
            .unwrap_err();
        assert!(error.to_string().starts_with("nowhere.rs: "), "{error}");
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        let error = Handwritten::default()
            .within("events", "nobody", &manifest)
            .unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    }
}
