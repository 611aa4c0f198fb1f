//! What came of a section before, kept for as long as it is made of the same.

use std::collections::hash_map::DefaultHasher;
use std::env;
use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::{Deserialize, Serialize};
use sonet_codegen::Files;
use sonet_docs::examples::MethodOutcome;

/// Where the results of a section are, and what they have to be made of.
pub(super) struct Place {
    file: PathBuf,
    made_of: u64,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    made_of: u64,
    outcomes: Vec<MethodOutcome>,
}

impl Place {
    /// The place of a section, whose results are made of its code and its checks, the engine that they use, the versions of
    /// everything else, and the compiler. Whatever changes of pages or of the generator without a change of these changes no
    /// result.
    pub(super) fn new(
        folder: &Path,
        section: &str,
        code: &Files,
        checks: &str,
        root: &Path,
    ) -> io::Result<Self> {
        let mut made_of = DefaultHasher::new();
        (code, checks).hash(&mut made_of);
        fs::read(root.join("Cargo.lock"))?.hash(&mut made_of);
        let engine = root.join("crates/sonet-core");
        fs::read(engine.join("Cargo.toml"))?.hash(&mut made_of);
        hash_folder(&engine.join("src"), &mut made_of)?;
        let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        Command::new(rustc)
            .arg("-vV")
            .output()?
            .stdout
            .hash(&mut made_of);
        Ok(Self {
            file: folder.join("results").join(format!("{section}.json")),
            made_of: made_of.finish(),
        })
    }

    /// The results, if there are any that are made of the same. What can't be read is as good as absent.
    pub(super) fn read(&self) -> Option<Vec<MethodOutcome>> {
        let text = fs::read(&self.file).ok()?;
        let kept: Kept = serde_json::from_slice(&text).ok()?;
        (kept.made_of == self.made_of).then_some(kept.outcomes)
    }

    /// Keeps results, whole or not at all.
    pub(super) fn write(&self, outcomes: &[MethodOutcome]) -> io::Result<()> {
        let kept = Kept {
            made_of: self.made_of,
            outcomes: outcomes.to_vec(),
        };
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        let new = self.file.with_extension("new");
        fs::write(&new, serde_json::to_vec(&kept)?)?;
        fs::rename(&new, &self.file)
    }
}

/// Hashes the names and contents of the files in a folder and below it.
fn hash_folder(folder: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    let entries = fs::read_dir(folder)?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()?;
    paths.sort();
    for path in paths {
        path.file_name().hash(hasher);
        if path.is_dir() {
            hash_folder(&path, hasher)?;
        } else {
            fs::read(&path)?.hash(hasher);
        }
    }
    Ok(())
}
