//! A spec in several files.
//!
//! Its first file names the others in `parts`. They are read as one text, in which a line before each part says which file
//! begins there: so a place in the whole leads back to a line of a file, also after the text was edited.

use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

use toml::de::DeTable;

use crate::diagnostics::{Diagnostic, Report};
use crate::source::{MARK, Source, marks};

/// Reads the files of the spec at `file` below `root`.
///
/// # Errors
///
/// If one of them can't be read or is no text, or a part has more than entries.
pub fn read(root: &Path, file: &str) -> Result<Source, Report> {
    let mut whole = read_one(root, file).map_err(|fault| fault.report(file))?;
    for (name, span) in named(&whole.text) {
        let path = beside(file, &name);
        let about = |message: String, help: &str| {
            let diagnostic = Diagnostic::new(message).at(&span, "named here").help(help);
            Report::new(first_of(&whole), vec![diagnostic])
        };
        if !is_below(&name) {
            let help = "name it as `more.toml` or `folder/more.toml`";
            return Err(about(format!("`{name}` is not beside the spec"), help));
        }
        let twice = whole.parts().iter().any(|part| part.name == path);
        if twice {
            return Err(about(format!("`{name}` is read already"), "name it once"));
        }
        let part = read_one(root, &path).map_err(|fault| match fault {
            Fault::Unreadable(error) => about(
                format!("{path} can't be read: {error}"),
                "make the file, or remove its name",
            ),
            fault @ Fault::NotText(_) => fault.report(&path),
        })?;
        entries_alone(&part)?;
        if !whole.text.ends_with('\n') {
            whole.text.push('\n');
        }
        let _ = writeln!(whole.text, "{MARK}{path}");
        whole.text.push_str(&part.text);
    }
    Ok(whole)
}

/// The first file by itself, for a mistake in its head.
fn first_of(whole: &Source) -> Source {
    let text = whole.parts().first().map_or("", |part| part.text);
    Source {
        name: whole.name.clone(),
        text: text.to_owned(),
    }
}

/// What keeps a file from being read.
enum Fault {
    Unreadable(std::io::Error),
    NotText(Box<Report>),
}

impl Fault {
    fn report(self, file: &str) -> Report {
        match self {
            Self::Unreadable(error) => {
                let diagnostic = Diagnostic::new(format!("{file} can't be read: {error}"));
                let name = file.to_owned();
                let text = String::new();
                Report::new(Source { name, text }, vec![diagnostic])
            }
            Self::NotText(report) => *report,
        }
    }
}

fn read_one(root: &Path, file: &str) -> Result<Source, Fault> {
    let bytes = std::fs::read(root.join(file)).map_err(Fault::Unreadable)?;
    let name = file.to_owned();
    let wrong = |source: Source, diagnostic: Diagnostic| {
        Fault::NotText(Box::new(Report::new(source, vec![diagnostic])))
    };
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let diagnostic = Diagnostic::new("the spec is not UTF-8")
                .at(&(valid..valid + 1), "this is not a character")
                .help("save the file as UTF-8");
            return Err(wrong(Source { name, text }, diagnostic));
        }
    };
    // A mark of the start of a text may stand there alone, not in the middle of the whole.
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    let mark = marks(&text).next();
    if let Some(mark) = mark {
        let line = text[..mark.start].matches('\n').count() + 1;
        let message = format!(
            "{name}:{line}: a line can't begin with `{MARK}`, which marks where a file begins"
        );
        let diagnostic = Diagnostic::new(message).help("write the comment otherwise");
        return Err(wrong(Source { name, text }, diagnostic));
    }
    Ok(Source { name, text })
}

/// The names in `parts`, and where they stand. What is no list of texts is reported when the whole is read.
fn named(text: &str) -> Vec<(String, Range<usize>)> {
    let (table, _) = DeTable::parse_recoverable(text);
    let parts = table.get_ref().get("parts");
    let names = parts.and_then(|parts| parts.get_ref().as_array());
    let names = names.into_iter().flat_map(|names| names.iter());
    names
        .filter_map(|name| Some((name.get_ref().as_str()?.to_owned(), name.span())))
        .collect()
}

/// Whether a name is that of a file in the spec's own folder or below it.
fn is_below(name: &str) -> bool {
    let mut steps = name.split('/');
    !name.contains(['\\', ':', '\n']) && steps.all(|step| !matches!(step, "" | "." | ".."))
}

/// A file in the folder of the spec.
fn beside(file: &str, name: &str) -> String {
    match file.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    }
}

/// Checks that a part has nothing before its first entry: it would be read as belonging to the last entry of another file.
fn entries_alone(part: &Source) -> Result<(), Report> {
    let (table, errors) = DeTable::parse_recoverable(&part.text);
    if !errors.is_empty() {
        // As part of the whole, what isn't closed here would run into the next file.
        let problems = crate::problems::Problems::default();
        crate::syntax::heal(&part.text, &errors, &problems);
        let report = Report::new(part.clone(), problems.into_diagnostics());
        return Err(report.note("names and types will be checked once all files are valid TOML"));
    }
    let mut found = Vec::new();
    for (key, value) in table.get_ref() {
        let is_list = value.get_ref().as_array().is_some_and(|list| {
            list.iter()
                .all(|entry| entry.get_ref().as_table().is_some())
        });
        if !is_list {
            let diagnostic = Diagnostic::new(format!("a part has no key `{}`", key.get_ref()))
                .at(&key.span(), "only the first file has a head")
                .help("remove it: a part has entries alone, each with `[[…]]`");
            found.push(diagnostic);
        }
    }
    if found.is_empty() {
        Ok(())
    } else {
        Err(Report::new(part.clone(), found))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_lies_in_the_folder_of_the_spec() {
        assert!(is_below("more.toml") && is_below("folder/more.toml"));
        for name in [
            "",
            "/etc/more.toml",
            "../more.toml",
            "a/../../b.toml",
            "C:more.toml",
            "a\\b.toml",
        ] {
            assert!(!is_below(name), "{name}");
        }
        assert_eq!(beside("spec/all.toml", "more.toml"), "spec/more.toml");
        assert_eq!(beside("all.toml", "more.toml"), "more.toml");
    }
}
