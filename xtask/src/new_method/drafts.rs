//! What is laid for a new method, and where.

use sonet_spec::names::RustPath;

use super::name::Name;

/// The portal's table of methods and their scopes.
pub(super) const SCOPES: &str = "crates/sonet-portal/src/rules/method_scopes.rs";

/// The drafts of one method. Paths are relative to the workspace.
pub(super) struct Drafts {
    /// The entry, to be appended to the spec if it has none.
    pub(super) entry: Option<String>,
    /// New files, and what is in them.
    pub(super) files: Vec<(String, String)>,
    /// Files that declare modules, each with the module of a new file.
    pub(super) modules: Vec<(String, String)>,
}

/// The folders of the modules that have methods, by the words that their names begin with: in the portal and its word for
/// what they are about, and in the suite.
const FOLDERS: &[(&[&str], &str, &str, &str)] = &[
    (&["sonet_group", "user"], "", "user_", "members/"),
    (&["sonet_group"], "", "group_", "groups/"),
    (
        &["socialnetwork", "api", "workgroup"],
        "",
        "workgroup_",
        "workgroups/",
    ),
    (&["tasks", "api", "scrum"], "scrum/", "", "scrum/"),
];

impl Drafts {
    pub(super) fn of(name: &Name) -> Self {
        let words = name.words();
        let folders = FOLDERS.iter().find(|(first, ..)| {
            words.len() > first.len() && words.iter().zip(*first).all(|(word, first)| word == first)
        });
        let (first, portal, about, suite) = folders.copied().unwrap_or((&[], "", "", ""));
        let last = words[first.len()..].join("_");
        let (stem, portal, suite) = (
            format!("{about}{last}"),
            format!("crates/sonet-portal/src/methods/{portal}"),
            format!("tests/src/conformance/{suite}"),
        );
        let path = RustPath::of_method(name.as_str(), None);
        let fill = |draft: &str| {
            draft
                .replace("{name}", name.as_str())
                .replace("{lower_case}", &name.as_str().to_ascii_lowercase())
                .replace("{scope}", name.likely_scope())
                .replace("{type}", &path.type_name)
                .replace("{path}", &path.path())
                .replace("{stem}", &stem)
        };
        Self {
            entry: Some(fill(include_str!("entry.txt"))),
            files: vec![
                (
                    format!("{portal}{stem}.rs"),
                    fill(include_str!("portal.txt")),
                ),
                (
                    format!("tests/tests/{stem}.rs"),
                    fill(include_str!("wire.txt")),
                ),
                (
                    format!("{suite}{last}.rs"),
                    fill(include_str!("scenario.txt")),
                ),
            ],
            modules: vec![
                (format!("{portal}mod.rs"), stem.clone()),
                (format!("{suite}mod.rs"), last),
            ],
        }
    }

    /// What to do with them, for a person to read.
    pub(super) fn next_steps(&self) -> String {
        let [portal, wire, scenario] = [0, 1, 2].map(|at| self.files[at].0.as_str());
        let place = match self.entry {
            Some(_) => "at the end of",
            None => "in",
        };
        format!(
            "drafts are laid; each says what is to be filled in, and none of them passes before:\n\
             1. the entry {place} {spec}: move it to its neighbours, and fill it in from the method's page;\n   \
                `cargo xtask spec` says what is missing\n\
             2. `cargo xtask codegen`, and read the diff\n\
             3. {portal}: what the portal does; its parameters go into rest/strict/tables.rs\n\
             4. {wire}: its requests and answers; each identifier gets a line in tests/tests/identifiers.rs\n\
             5. {scenario}: its scenarios, one for each documented error\n",
            spec = sonet_spec::FILE,
        )
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    /// The places of files of methods that are there.
    #[test]
    fn drafts_are_beside_their_neighbours() {
        for (name, portal, suite) in [
            ("sonet_group.pin", "group_pin", "groups/pin"),
            ("sonet_group.user.kick", "user_kick", "members/kick"),
            (
                "socialnetwork.api.workgroup.pin",
                "workgroup_pin",
                "workgroups/pin",
            ),
            (
                "tasks.api.scrum.epic.moveUp",
                "scrum/epic_move_up",
                "scrum/epic_move_up",
            ),
            ("other.pin", "other_pin", "other_pin"),
        ] {
            let drafts = Drafts::of(&name.parse().unwrap());
            let files: Vec<_> = drafts.files.iter().map(|(file, _)| file.as_str()).collect();
            assert_eq!(
                files[0],
                format!("crates/sonet-portal/src/methods/{portal}.rs")
            );
            assert_eq!(files[2], format!("tests/src/conformance/{suite}.rs"));
            assert!(drafts.next_steps().contains(files[1]));
        }
    }

    #[test]
    fn nothing_is_left_to_be_replaced() {
        let drafts = Drafts::of(&"sonet_group.user.kick".parse().unwrap());
        let texts = drafts.files.iter().map(|(_, text)| text);
        for text in texts.chain(&drafts.entry) {
            for word in ["name", "lower_case", "scope", "type", "path", "stem"] {
                assert!(!text.contains(&format!("{{{word}}}")), "{text}");
            }
        }
    }
}
