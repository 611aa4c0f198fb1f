//! The method or event that a page is about: its title says so, and the addresses of its examples, and its file's name.
//!
//! Titles have slips of the pen, and some have no name at all; examples may call something else on the way. What two of the
//! three agree on is taken, and where the title and the examples disagree, that is said.

use super::facts::NameDoubt;
use crate::markup::{Block, inline};
use crate::words::{self, Topic};

/// The name of a page, and what is doubtful about it.
pub(super) struct Subject {
    pub(super) name: String,
    pub(super) doubt: Option<NameDoubt>,
}

/// What a page's title, examples and file say it is about. A page without a name in its title counts only if it `describes` a
/// method: an overview shows calls, too.
fn subject(
    file: &str,
    title: &str,
    text: &str,
    describes: impl FnOnce() -> bool,
) -> Option<Subject> {
    let titled = name_in(title);
    if titled.as_deref().is_some_and(is_event) {
        return titled.map(certain);
    }
    let called = called(text);
    let stem = file.rsplit('/').next().unwrap_or(file);
    let stem = letters(stem.strip_suffix(".md").unwrap_or(stem));
    let filed = called.iter().find(|name| letters(name) == stem);
    // A word without a dot in an address may be anything, unless the file is called so.
    let dotted: Vec<&String> = called.iter().filter(|name| name.contains('.')).collect();
    let Some(title) = titled else {
        if let Some(filed) = filed {
            return describes().then(|| certain(filed.clone()));
        }
        let first = dotted.first().filter(|_| describes())?;
        return Some(Subject {
            name: (*first).clone(),
            doubt: Some(NameDoubt {
                title: String::new(),
                text: format!(
                    "the title names no method, and the examples call {}",
                    listed(&dotted)
                ),
            }),
        });
    };
    if dotted.is_empty() || dotted.iter().any(|name| name.eq_ignore_ascii_case(&title)) {
        return Some(certain(title));
    }
    let text = format!(
        "the title says `{title}`, and the examples call {}",
        listed(&dotted)
    );
    Some(Subject {
        name: filed.cloned().unwrap_or_else(|| title.clone()),
        doubt: Some(NameDoubt { title, text }),
    })
}

fn certain(name: String) -> Subject {
    Subject { name, doubt: None }
}

fn listed(names: &[&String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// The letters and digits of a name, whatever stands between them.
fn letters(name: &str) -> String {
    let kept = name.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|char| char.to_ascii_lowercase()).collect()
}

/// What a page with this title is about.
pub(super) fn of_page(file: &str, title: &str, text: &str, blocks: &[Block]) -> Option<Subject> {
    subject(file, title, text, || describes_a_method(blocks))
}

/// Whether these are the blocks of a page about one method.
pub(super) fn describes_a_method(blocks: &[Block]) -> bool {
    let headings = blocks.iter().filter_map(|block| match block {
        Block::Heading(heading) => Some(heading.text.as_str()),
        _ => None,
    });
    describe_a_method(headings)
}

/// The method or event that a page is about, without reading the rest of it.
#[must_use]
pub fn name_of(file: &str, text: &str) -> Option<String> {
    let lines = text.trim_start_matches('\u{feff}').lines();
    let title = lines
        .clone()
        .find_map(|line| line.trim_start().strip_prefix("# "))?;
    let headings = || {
        let headings = lines.filter_map(|line| line.trim_start().strip_prefix("##"));
        let headings: Vec<String> = headings
            .map(|line| inline::plain(line.trim_start_matches('#')))
            .collect();
        describe_a_method(headings.iter().map(String::as_str))
    };
    subject(file, &inline::plain(title), text, headings).map(|subject| subject.name)
}

/// Whether these are headings of a page about one method: what it takes, or what it answers.
fn describe_a_method<'h>(headings: impl IntoIterator<Item = &'h str>) -> bool {
    let mut topics = headings.into_iter().map(words::topic);
    topics.any(|topic| matches!(topic, Topic::Params | Topic::Response | Topic::Returned))
}

/// The method or event in a title: the last word that is written as one.
fn name_in(title: &str) -> Option<String> {
    let words = title.split_whitespace().rev();
    let marks = [
        '`', '*', ',', '(', ')', ':', '.', '"', '\'', '«', '»', '“', '”',
    ];
    let mut names = words.map(|word| word.trim_matches(marks));
    names
        .find(|word| is_method(word) || is_event(word))
        .map(str::to_owned)
}

/// The first part of a method's name is in lower case; those behind it need not be.
fn is_method(word: &str) -> bool {
    word.contains('.') && is_part_of_an_address(word)
}

fn is_part_of_an_address(word: &str) -> bool {
    let is_first = word.starts_with(|char: char| char.is_ascii_lowercase());
    is_first
        && word.split('.').all(|part| {
            part.starts_with(|char: char| char.is_ascii_alphabetic())
                && part
                    .chars()
                    .all(|char| char.is_ascii_alphanumeric() || char == '_')
        })
}

/// Whether this is how events are called.
pub(crate) fn is_event(word: &str) -> bool {
    let rest = word.strip_prefix("on").or(word.strip_prefix("On"));
    rest.is_some_and(|rest| {
        rest.starts_with(|char: char| char.is_ascii_uppercase())
            && rest.chars().all(|char| char.is_ascii_alphanumeric())
            && rest.len() > 2
    })
}

/// What the addresses of REST 3.0 have before the method, and how its programs call it.
const REST_3: [&str; 2] = ["api/", "actions.v3."];

/// Whether a text calls methods of REST 3.0, and none of the older version.
pub(super) fn is_rest_3(text: &str) -> bool {
    let is_new = |path: &str| path.starts_with(REST_3[0]);
    let mut older = addresses(text).filter(|path| !is_new(path));
    let newer = addresses(text).any(is_new) || text.contains(REST_3[1]);
    newer && !older.any(|path| method_of(path).is_some())
}

/// The paths of the addresses in a text, below `/rest/`.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let end = |char: char| {
        char.is_whitespace() || matches!(char, '?' | '#' | '"' | '\'' | '`' | '<' | '>' | ')' | ']')
    };
    let addresses = text.split("/rest/").skip(1);
    addresses.map(move |address| address.split(end).next().unwrap_or_default())
}

/// The method that the path of an address ends with.
fn method_of(path: &str) -> Option<&str> {
    let last = path.split('/').rfind(|part| !part.is_empty())?;
    let mut forms = ["json", "xml"].iter();
    let name = forms.find_map(|form| last.strip_suffix(form)?.strip_suffix('.'));
    Some(name.unwrap_or(last)).filter(|name| is_part_of_an_address(name))
}

/// The methods that the addresses of a text call, the most frequent one first; of equally frequent ones, the first.
fn called(text: &str) -> Vec<String> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for name in addresses(text).filter_map(method_of) {
        match counts.iter_mut().find(|(known, _)| known == name) {
            Some((_, count)) => *count += 1,
            None => counts.push((name.to_owned(), 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_titles() {
        let name = |title| name_in(title);
        assert_eq!(name("Open a club club.open").as_deref(), Some("club.open"));
        assert_eq!(name("Событие onClubAdd").as_deref(), Some("onClubAdd"));
        assert_eq!(
            name("Add a stage `club.stages.addStage`").as_deref(),
            Some("club.stages.addStage")
        );
        assert_eq!(
            name("Close «club.room.Door.close».").as_deref(),
            Some("club.room.Door.close")
        );
        assert_eq!(name("Overview of methods"), None);
        assert_eq!(name("Only one. Or two"), None);
        assert_eq!(name("Version 2.0 of clubs"), None);
    }

    /// The name, and whether there is a doubt.
    fn read(file: &str, title: &str, calls: &[&str]) -> Option<(String, bool)> {
        let calls = calls
            .iter()
            .map(|call| format!("curl https://**address**/rest/**user**/**code**/{call}\n"));
        let calls = calls.collect::<Vec<_>>().concat();
        let subject = subject(file, title, &calls, || !title.starts_with("Overview"))?;
        Some((subject.name, subject.doubt.is_some()))
    }

    #[test]
    fn the_title_the_examples_and_the_file_say_what_a_page_is_about() {
        let sure = |name: &str| Some((name.to_owned(), false));
        let doubtful = |name: &str| Some((name.to_owned(), true));
        let file = "reference/club-room-open.md";
        for (file, title, calls, name) in [
            (
                file,
                "Open club.room.open",
                &["club.room.open"][..],
                sure("club.room.open"),
            ),
            (
                file,
                "Open club.room.Open",
                &["club.room.open.json"],
                sure("club.room.Open"),
            ),
            (file, "Open club.room.open", &[], sure("club.room.open")),
            (
                file,
                "Open a room",
                &["club.room.open", "club.get"],
                sure("club.room.open"),
            ),
            (file, "Overview of rooms", &["club.room.open"], None),
            (
                "other.md",
                "Open a room",
                &["club.room.open"],
                doubtful("club.room.open"),
            ),
            ("other.md", "Open a room", &["profile"], None),
            (
                "profile.md",
                "Who am I",
                &["profile.json?auth=x"],
                sure("profile"),
            ),
            (
                file,
                "Open club.rooom.open",
                &["club.room.open"],
                doubtful("club.room.open"),
            ),
            (
                file,
                "Open club.room.open",
                &["club.get", "club.get"],
                doubtful("club.room.open"),
            ),
            (
                file,
                "When opened onRoomOpen",
                &["event.bind"],
                sure("onRoomOpen"),
            ),
        ] {
            assert_eq!(read(file, title, calls), name, "{file} {title} {calls:?}");
        }
    }
}
