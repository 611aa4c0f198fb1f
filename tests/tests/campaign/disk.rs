//! What is on the disk, as a witness sees it that knows nothing of the store.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// A pair that stands whole in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredPair {
    pub(crate) in_place: bool,
    pub(crate) access: String,
    pub(crate) refresh: String,
}

/// All pairs that are there.
pub(crate) fn pairs(directory: &Path) -> Vec<StoredPair> {
    let mut found = Vec::new();
    for path in files(directory) {
        let text = fs::read_to_string(&path).unwrap_or_default();
        let Ok(value) = serde_json::from_str::<Value>(&text) else {
            continue;
        };
        let token = |name: &str| Some(value.get(name)?.as_str()?.to_owned());
        if let (Some(access), Some(refresh)) = (token("access_token"), token("refresh_token")) {
            found.push(StoredPair {
                in_place: path.ends_with("tokens.json"),
                access,
                refresh,
            });
        }
    }
    found
}

/// Whether a pair is being written beside the file.
pub(crate) fn is_being_written(directory: &Path) -> bool {
    files(directory).iter().any(|path| {
        let is_draft = path.extension().is_some_and(|extension| extension == "tmp");
        is_draft && fs::read(path).is_ok_and(|bytes| bytes.first() == Some(&b'{'))
    })
}

pub(crate) fn files(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).unwrap();
    entries.flatten().map(|entry| entry.path()).collect()
}
