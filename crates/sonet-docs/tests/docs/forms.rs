//! The forms that pages come in.

use sonet_docs::Checkout;
use sonet_docs::page::{self, Page};

use crate::fixtures::{Clubs, fixtures};
use crate::outline::outline;

fn read(file: &str) -> Page {
    let text = std::fs::read_to_string(fixtures().join("forms").join(file)).unwrap();
    let shared = "- One\n- Two\n";
    let part = "## Before\n\ntext\n\n## Rows {#rows}\n\n|| **LAST*** `string` | From an include ||\n\n## After\n";
    let checkout = Checkout::from_files([
        ("_includes/shared.md", shared),
        ("_includes/part.md", part),
        ("api-reference/club/page.md", text.as_str()),
    ]);
    page::read(&checkout, "api-reference/club/page.md").unwrap()
}

/// One snapshot for each page.
macro_rules! forms {
    ($($name:ident: $what:literal)+) => {
        $(
            #[doc = $what]
            #[test]
            fn $name() {
                let page = read(concat!(stringify!($name), ".md"));
                insta::with_settings!({ description => $what, omit_expression => true }, {
                    insta::assert_snapshot!(outline(&page));
                });
            }
        )+
    };
}

forms! {
    one_line: "names and types on one line, fields as lists in cells"
    old: "the old layout: no types, no stars, an address as request, fields in a sentence"
    old_russian: "the same in Russian, with fields as a list"
    marks: "doubled and missing table marks, bars in code, tables in cells"
    branches: "conditionals, includes with anchors, comments, tabs, notes and cuts"
    columns: "types, stars and defaults in columns of their own; several names in a row"
    unread: "what can't be read"
    scrum: "answers without `result`, numbers as codes, texts that are no code"
}

#[test]
fn both_languages_say_the_same() {
    for page in ["club-open.md", "club-list.md", "on-club-open.md"] {
        let read = |language: &str| {
            let clubs = Clubs::new(language);
            let (_, _, checkout) = clubs.compare();
            let name = clubs
                .files
                .keys()
                .find(|name| name.ends_with(page))
                .unwrap();
            let page = page::read(&checkout, name).unwrap();
            assert_eq!(page.russian, language == "ru");
            // The sentences differ, and lines do not.
            let outline = outline(&page);
            let lines = outline.lines().filter(|line| !line.starts_with("who:"));
            lines
                .map(|line| line.replace("Это не дата", "That is no date"))
                .collect::<Vec<_>>()
        };
        assert_eq!(read("en"), read("ru"));
    }
}

#[test]
fn pages_of_other_systems_are_read_alike() {
    let clubs = Clubs::new("en");
    let text = clubs.text("club-list.md");
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let checkout = Checkout::from_files([("_includes/required.md", "")]);
    let outlines = [text, &windows].map(|text| {
        let page = page::parse(&checkout, "api-reference/club/club-list.md", text);
        outline(&page)
    });
    assert_eq!(outlines[0], outlines[1]);
}

#[test]
fn a_page_that_is_not_utf_8_is_an_error() {
    let root = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("latin1-docs");
    let folder = root.join("api-reference");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("a.md"), b"# caf\xe9 club.open\n").unwrap();
    let checkout = Checkout::open(&root).unwrap();
    let error = page::read(&checkout, "api-reference/a.md").unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
}

/// Whatever is cut out of a page, it is read without a panic.
#[test]
fn no_cut_makes_it_fail() {
    for (name, text) in &Clubs::new("en").files {
        let checkout = Checkout::from_files([("x.md", "")]);
        let ends = text.char_indices().map(|(at, _)| at).step_by(13);
        for at in ends {
            let _ = page::parse(&checkout, name, &text[..at]);
            let _ = page::parse(&checkout, name, &text[at..]);
        }
    }
}
