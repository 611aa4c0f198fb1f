//! The package that the program is.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A package that can be built, whose engine is that of the workspace at `root`.
pub(super) struct Package<'p> {
    pub(super) root: &'p Path,
    /// Where it is written and built.
    pub(super) folder: PathBuf,
    pub(super) types: Types<'p>,
}

/// Where the types are that the program knows as `sonet_types`.
pub(super) enum Types<'p> {
    /// In the package here.
    Package(PathBuf),
    /// In the program itself: the files of a module. Only what the checks need of them becomes machine code, in half the
    /// time.
    Inside(&'p BTreeMap<String, String>),
}

/// What is known beside the types may not be called as anything in them.
const WITH_TYPES_INSIDE: &str = "#![allow(warnings)]\nextern crate self as sonet_types;\nmod generated;\n\
     pub use generated::*;\nmod checks_of_examples;\nfn main() {\n    checks_of_examples::main();\n}\n";

const WITH_TYPES_BESIDE: &str =
    "mod checks_of_examples;\nfn main() {\n    checks_of_examples::main();\n}\n";

impl Package<'_> {
    /// The file of the checks.
    pub(super) const CHECKS: &'static str = "src/checks_of_examples.rs";

    /// Writes it, with the text of the checks.
    pub(super) fn write(&self, checks: &str) -> io::Result<()> {
        let generated = self.folder.join("src/generated");
        match fs::remove_dir_all(&generated) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        fs::create_dir_all(self.folder.join("src"))?;
        let main = match &self.types {
            Types::Package(_) => WITH_TYPES_BESIDE,
            Types::Inside(files) => {
                for (name, text) in *files {
                    let path = generated.join(name);
                    fs::create_dir_all(path.parent().unwrap_or(&generated))?;
                    fs::write(path, text)?;
                }
                WITH_TYPES_INSIDE
            }
        };
        fs::write(self.folder.join("src/main.rs"), main)?;
        fs::write(self.folder.join(Self::CHECKS), checks)?;
        fs::write(self.folder.join("Cargo.toml"), self.manifest()?)?;
        // The same versions as everywhere else, and no network.
        let lock = "Cargo.lock";
        fs::copy(self.root.join(lock), self.folder.join(lock)).map(drop)
    }

    fn manifest(&self) -> io::Result<String> {
        let core = self.root.canonicalize()?.join("crates/sonet-core");
        let (profile, types) = match &self.types {
            Types::Package(path) => {
                let path = path.canonicalize()?.display().to_string();
                ("", format!("sonet-types = {{ path = {path:?} }}\n"))
            }
            // What nobody looks into takes a third of the compiler's time.
            Types::Inside(_) => (
                "panic = \"abort\"\ndebug-assertions = false\n",
                String::new(),
            ),
        };
        let core = core.display().to_string();
        Ok(format!(
            "[package]\nname = \"docs-examples\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
             [workspace]\n\n\
             [profile.dev]\ndebug = false\n{profile}\n\
             [dependencies]\n\
             chrono = {{ version = \"0.4\", default-features = false }}\n\
             http = \"1\"\n\
             serde = {{ version = \"1.0\", features = [\"derive\"] }}\n\
             serde_json = \"1.0\"\n\
             serde_path_to_error = \"0.1\"\n\
             sonet-core = {{ path = {core:?} }}\n{types}"
        ))
    }
}
