//! A checkout of the vendor's documentation: where its files are.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use super::progress::{Progress, Reading};

/// The folder that the spec's pages are in.
pub const REFERENCE: &str = "api-reference";

/// The files of a checkout. Names are relative to it and have `/` between their parts.
#[derive(Debug)]
pub struct Checkout {
    files: Files,
    /// Includes are the same few files on every page.
    opened: RwLock<BTreeMap<String, Option<Arc<str>>>>,
    progress: Option<Box<dyn Progress>>,
}

#[derive(Debug)]
enum Files {
    Folder(PathBuf),
    Memory(BTreeMap<String, Arc<str>>),
}

impl Checkout {
    /// A checkout on disk.
    pub fn open(root: &Path) -> io::Result<Self> {
        if !root.join(REFERENCE).is_dir() {
            return Err(io::Error::new(io::ErrorKind::NotFound, elsewhere(root)));
        }
        Ok(Self::new(Files::Folder(root.to_owned())))
    }

    /// The checkout that pages or folders on disk are in, and their names there; that of the checkout itself is
    /// [`REFERENCE`]. Pages in no checkout have no includes.
    pub fn discover(pages: &[&Path]) -> io::Result<(Self, Vec<String>)> {
        let mut names = Vec::new();
        let mut root = PathBuf::new();
        for page in pages {
            let path = std::path::absolute(page)?;
            let mut folders = path.ancestors().skip(usize::from(!path.is_dir()));
            let own = folders.find(|folder| folder.join(REFERENCE).is_dir());
            let own = own.or(path.parent()).unwrap_or(&path);
            if names.is_empty() {
                own.clone_into(&mut root);
            } else if own != root {
                let (page, root) = (page.display(), root.display());
                let message = format!("{page} is not in {root}, as the pages before it are");
                return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
            }
            let name = slashed(path.strip_prefix(own).unwrap_or(&path));
            names.push(if name.is_empty() {
                REFERENCE.to_owned()
            } else {
                name
            });
        }
        Ok((Self::new(Files::Folder(root)), names))
    }

    /// A checkout that is not on disk.
    pub fn from_files<N: Into<String>, T: Into<Arc<str>>>(
        files: impl IntoIterator<Item = (N, T)>,
    ) -> Self {
        let files = files.into_iter();
        Self::new(Files::Memory(
            files
                .map(|(name, text)| (name.into(), text.into()))
                .collect(),
        ))
    }

    fn new(files: Files) -> Self {
        Self {
            files,
            opened: RwLock::default(),
            progress: None,
        }
    }

    /// Tells `progress` how reading goes, from now on.
    #[must_use]
    pub fn with_progress(self, progress: impl Progress + 'static) -> Self {
        Self {
            progress: Some(Box::new(progress)),
            ..self
        }
    }

    /// Begins to read pages.
    pub(crate) fn reading(&self) -> Reading<'_> {
        Reading::new(self.progress.as_deref())
    }

    /// Reads a file. What is not UTF-8 is an error.
    pub fn read(&self, file: &str) -> io::Result<Arc<str>> {
        match &self.files {
            Files::Folder(root) => match std::fs::read_to_string(root.join(file)) {
                Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                    let message = "it is not UTF-8: convert it, or take it out of the checkout";
                    Err(io::Error::new(error.kind(), message))
                }
                text => text.map(Into::into),
            },
            Files::Memory(files) => files
                .get(file)
                .cloned()
                .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound)),
        }
    }

    /// Reads a file that others include, once.
    #[must_use]
    pub fn included(&self, file: &str) -> Option<Arc<str>> {
        let opened = self.opened.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(text) = opened.get(file) {
            return text.clone();
        }
        drop(opened);
        let text = self.read(file).ok();
        let mut opened = self.opened.write().unwrap_or_else(PoisonError::into_inner);
        opened.insert(file.to_owned(), text.clone());
        text
    }

    /// The pages in a folder and, if `deep`, below it, sorted. Includes are none.
    pub fn pages(&self, folder: &str, deep: bool) -> io::Result<Vec<String>> {
        let mut pages = Vec::new();
        match &self.files {
            Files::Folder(root) => collect(root, folder, deep, &mut pages)?,
            Files::Memory(files) => {
                let below = |name: &&String| {
                    name.strip_prefix(folder)
                        .and_then(|rest| rest.strip_prefix('/'))
                        .is_some_and(|rest| deep || !rest.contains('/'))
                };
                pages.extend(files.keys().filter(below).cloned());
            }
        }
        pages.retain(|name| is_page(name));
        pages.sort();
        Ok(pages)
    }
}

/// That a folder is no checkout, and where there is one.
fn elsewhere(root: &Path) -> String {
    let path = std::path::absolute(root).unwrap_or_default();
    let mut around = path.ancestors().skip(1);
    let shown = root.display();
    match around.find(|folder| folder.join(REFERENCE).is_dir()) {
        Some(own) if path.exists() => {
            format!(
                "{shown} is in a checkout, and no checkout itself: pass {}",
                own.display()
            )
        }
        _ => format!(
            "there is no `{REFERENCE}` in {shown}: pass a checkout of https://github.com/bitrix24/b24restdocs"
        ),
    }
}

/// A relative path as a name in a checkout.
fn slashed(path: &Path) -> String {
    let parts = path.iter().map(|part| part.to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

fn collect(root: &Path, folder: &str, deep: bool, pages: &mut Vec<String>) -> io::Result<()> {
    let entries = match std::fs::read_dir(root.join(folder)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            if deep {
                collect(root, &name, deep, pages)?;
            }
        } else {
            pages.push(name);
        }
    }
    Ok(())
}

fn is_page(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
        && !name.contains("/_includes/")
}

/// The file that a link in `file` leads to, without its anchor; `/` starts at the checkout's root.
#[must_use]
pub fn resolve(file: &str, link: &str) -> String {
    let link = link.split('#').next().unwrap_or_default();
    let mut parts: Vec<&str> = if link.starts_with('/') {
        Vec::new()
    } else {
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        folder.split('/').filter(|part| !part.is_empty()).collect()
    };
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_from_their_file() {
        let file = "api-reference/club/members/add.md";
        assert_eq!(
            resolve(file, "../../_includes/a.md#b"),
            "api-reference/_includes/a.md"
        );
        assert_eq!(resolve(file, "./x.md"), "api-reference/club/members/x.md");
        assert_eq!(resolve(file, "/_includes/a.md"), "_includes/a.md");
        assert_eq!(resolve("a.md", "../../b.md"), "b.md");
    }

    #[test]
    fn what_is_no_checkout_is_said_with_what_to_pass() {
        let clubs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/club/en");
        let inside = Checkout::open(&clubs.join("api-reference/club")).unwrap_err();
        let message = inside.to_string();
        assert!(
            message.ends_with(&format!("pass {}", clubs.display())),
            "{message}"
        );
        let nowhere = Checkout::open(Path::new("nowhere"))
            .unwrap_err()
            .to_string();
        assert!(nowhere.starts_with("there is no `api-reference` in nowhere: pass a checkout"));
    }
}
