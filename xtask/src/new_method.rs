//! `cargo xtask new-method NAME`: the drafts of all that a new method needs.

mod drafts;
mod name;

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use drafts::Drafts;
use name::Name;

use crate::workspace::{load, root};
use cargo_sonet::output::{UNREAD, fail, print};

/// Lays the drafts, and says what to do next.
pub(crate) fn run(name: &str) -> Result<ExitCode, ExitCode> {
    let name: Name = name.parse().map_err(|error| {
        let _ = fail(&error);
        ExitCode::from(UNREAD)
    })?;
    let (spec, source, _) = load()?;
    let mut methods = spec.methods.iter().map(|method| &method.name);
    let mut drafts = Drafts::of(&name);
    if let Some(known) = methods.find(|known| name.is_same(known)) {
        // An entry that `docs import` drafted is kept, and the rest is laid beside it.
        if portal_has(&root(), &name).map_err(|error| fail(&error))? {
            let message = format!("{} has `{}` already", source.name, known.value);
            return Err(fail(&io::Error::other(message)));
        }
        drafts.entry = None;
    }
    lay(&drafts, &root()).map_err(|error| fail(&error))?;
    Ok(print(&drafts.next_steps()))
}

/// Writes the drafts into the workspace at `root`: all of them, or none if anything is there.
fn lay(drafts: &Drafts, root: &Path) -> io::Result<()> {
    let there = drafts
        .files
        .iter()
        .find(|(file, _)| root.join(file).exists());
    if let Some((file, _)) = there {
        let message = format!("{file} is there already; nothing is written");
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
    }
    // All that may fail for what is there is read before anything is written.
    let mut changed = Vec::new();
    for (file, module) in &drafts.modules {
        let text = read(root, file)?;
        let text = with_module(&text, module).ok_or_else(|| {
            let message = format!("{file} declares no module beside which `{module}` could be");
            io::Error::new(io::ErrorKind::InvalidData, message)
        })?;
        changed.push((file, text));
    }
    let spec = read(root, sonet_spec::FILE)?;
    for (file, text) in &drafts.files {
        write_new(&root.join(file), text).map_err(|error| named(file, &error))?;
    }
    for (file, text) in changed {
        fs::write(root.join(file), text).map_err(|error| named(file, &error))?;
    }
    let Some(entry) = &drafts.entry else {
        return Ok(());
    };
    let spec = format!("{}\n\n{entry}", spec.trim_end());
    fs::write(root.join(sonet_spec::FILE), spec).map_err(|error| named(sonet_spec::FILE, &error))
}

/// Whether the portal's table has a method.
fn portal_has(root: &Path, name: &Name) -> io::Result<bool> {
    let table = read(root, drafts::SCOPES)?;
    Ok(table.contains(&format!("\"{}\"", name.as_str().to_ascii_lowercase())))
}

/// Writes a file that is not there.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())
}

fn read(root: &Path, file: &str) -> io::Result<String> {
    fs::read_to_string(root.join(file)).map_err(|error| named(file, &error))
}

fn named(file: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{file}: {error}"))
}

/// The text of a `mod.rs` that declares one more module, in the order of the last run of those that are there.
fn with_module(text: &str, module: &str) -> Option<String> {
    let mut lines: Vec<&str> = text.lines().collect();
    let last = lines.iter().rposition(|line| declared(line).is_some())?;
    let run = lines[..=last].iter().rev();
    let run = run.take_while(|line| declared(line).is_some()).count();
    let behind = |line: &&str| declared(line).is_some_and(|(_, name)| name > module);
    let first = last + 1 - run;
    let at = lines[first..=last].iter().position(behind);
    let (visibility, _) = declared(lines[last])?;
    let line = format!("{visibility}mod {module};");
    lines.insert(at.map_or(last + 1, |at| first + at), &line);
    Some(lines.join("\n") + "\n")
}

/// The visibility and the name of the module that a line declares.
fn declared(line: &str) -> Option<(&str, &str)> {
    let (visibility, name) = line.strip_suffix(';')?.split_once("mod ")?;
    let is_one = visibility.is_empty() || visibility.starts_with("pub");
    is_one.then_some((visibility, name))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::collections::BTreeMap;
    use std::path::PathBuf;

    use super::*;

    /// The folders and files of this workspace that drafts go to.
    struct Workspace(tempfile::TempDir);

    impl Workspace {
        fn new() -> Self {
            let workspace = Self(tempfile::tempdir().unwrap());
            for (file, text) in [
                (sonet_spec::FILE, "format = 1\n"),
                (
                    "crates/sonet-portal/src/methods/mod.rs",
                    "//! Methods.\n\nmod group_create;\nmod user_update;\n\nuse user_update::run;\n",
                ),
                ("tests/tests/requests.rs", "//! Requests.\n"),
                (
                    "tests/src/conformance/members/mod.rs",
                    "//! Members.\n\npub(super) mod add;\npub(super) mod update;\n",
                ),
            ] {
                let path = workspace.0.path().join(file);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
            workspace
        }

        fn lay(&self, name: &str) -> io::Result<()> {
            lay(&Drafts::of(&name.parse().unwrap()), self.0.path())
        }

        fn files(&self) -> BTreeMap<PathBuf, String> {
            let mut files = BTreeMap::new();
            let mut folders = vec![self.0.path().to_owned()];
            while let Some(folder) = folders.pop() {
                for entry in fs::read_dir(folder).unwrap() {
                    let path = entry.unwrap().path();
                    if path.is_dir() {
                        folders.push(path);
                    } else {
                        files.insert(path.clone(), fs::read_to_string(path).unwrap());
                    }
                }
            }
            files
        }

        fn text(&self, file: &str) -> String {
            fs::read_to_string(self.0.path().join(file)).unwrap()
        }
    }

    #[test]
    fn four_drafts_are_laid_and_none_of_them_passes() {
        let workspace = Workspace::new();
        workspace.lay("sonet_group.user.kick").unwrap();
        let spec = workspace.text(sonet_spec::FILE);
        assert!(spec.starts_with("format = 1\n\n[["), "{spec}");
        // What a test of the spec looks for.
        assert!(spec.contains("Not described yet.") && spec.contains("# Doubt: "));
        for file in [
            "crates/sonet-portal/src/methods/user_kick.rs",
            "tests/tests/user_kick.rs",
            "tests/src/conformance/members/kick.rs",
        ] {
            let text = workspace.text(file);
            assert!(text.starts_with("//! `sonet_group.user.kick`"), "{text}");
            assert!(
                text.contains("compile_error!(\n    \"`sonet_group.user.kick` "),
                "{text}"
            );
            syn::parse_file(&text).unwrap();
        }
    }

    #[test]
    fn their_modules_are_declared_in_order() {
        let workspace = Workspace::new();
        workspace.lay("sonet_group.user.kick").unwrap();
        assert_eq!(
            workspace.text("crates/sonet-portal/src/methods/mod.rs"),
            "//! Methods.\n\nmod group_create;\nmod user_kick;\nmod user_update;\n\nuse user_update::run;\n"
        );
        assert_eq!(
            workspace.text("tests/src/conformance/members/mod.rs"),
            "//! Members.\n\npub(super) mod add;\npub(super) mod kick;\npub(super) mod update;\n"
        );
        for (text, module, with) in [
            (
                "mod a;\nmod b;\n\nuse a::run;\n",
                "c",
                "mod a;\nmod b;\nmod c;\n\nuse a::run;\n",
            ),
            (
                "pub mod z;\n\nmod a;\nmod d;\n",
                "c",
                "pub mod z;\n\nmod a;\nmod c;\nmod d;\n",
            ),
        ] {
            assert_eq!(with_module(text, module).as_deref(), Some(with));
        }
        assert_eq!(with_module("use a::run;\n", "c"), None);
    }

    #[test]
    fn what_is_there_is_left_as_it_is() {
        let workspace = Workspace::new();
        workspace.lay("sonet_group.user.kick").unwrap();
        let before = workspace.files();
        let error = workspace.lay("sonet_group.user.kick").unwrap_err();
        let message =
            "crates/sonet-portal/src/methods/user_kick.rs is there already; nothing is written";
        assert_eq!(error.to_string(), message);
        assert_eq!(workspace.files(), before);
    }

    /// As `docs import` leaves it.
    #[test]
    fn an_entry_that_is_there_is_kept_and_the_rest_laid() {
        let workspace = Workspace::new();
        let mut drafts = Drafts::of(&"sonet_group.user.kick".parse().unwrap());
        drafts.entry = None;
        lay(&drafts, workspace.0.path()).unwrap();
        assert_eq!(workspace.text(sonet_spec::FILE), "format = 1\n");
        workspace.text("crates/sonet-portal/src/methods/user_kick.rs");
        let steps = drafts.next_steps();
        assert!(
            steps.contains("1. the entry in spec/sonet.toml:"),
            "{steps}"
        );
    }

    #[test]
    fn a_method_of_the_portal_is_known_by_its_table() {
        let has = |name: &str| portal_has(&root(), &name.parse().unwrap()).unwrap();
        assert!(has("tasks.api.scrum.backlog.getFields") && has("sonet_group.setowner"));
        assert!(!has("sonet_group.user.kick"));
    }

    #[test]
    fn nothing_is_written_where_a_folder_is_missing() {
        let workspace = Workspace::new();
        let before = workspace.files();
        let error = workspace.lay("tasks.api.scrum.epic.move").unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("crates/sonet-portal/src/methods/scrum/mod.rs: "),
            "{error}"
        );
        assert_eq!(workspace.files(), before);
    }

    /// The draft of the spec's entry is no other mistake than that it is a draft.
    #[test]
    fn the_spec_can_be_read_with_the_draft() {
        let (_, source, handwritten) = load().unwrap();
        let drafts = Drafts::of(&"sonet_group.user.kick".parse().unwrap());
        let text = format!("{}\n\n{}", source.text.trim_end(), drafts.entry.unwrap());
        if let Err(report) = sonet_codegen::parse(&source.name, &text, &handwritten) {
            panic!("{report}");
        }
    }
}
