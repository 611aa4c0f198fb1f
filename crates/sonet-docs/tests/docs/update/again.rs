//! Drafts of the same pages are the same, whatever the pages were known by.

use super::*;
use crate::checkouts;
use crate::fixtures::Clubs;

/// The same records as if every page had another text.
fn forgotten(records: &Records) -> Records {
    let text = records.text();
    let (entries, pages) = text.split_once("[pages]\n").unwrap();
    let mut forgotten = format!("{entries}[pages]\n");
    for line in pages.lines() {
        let (method, _) = line.split_once(" = ").unwrap();
        let _ = writeln!(forgotten, "{method} = \"\"");
    }
    with_code(|code| Records::parse("api.drafts.toml", &forgotten, code)).unwrap()
}

fn is_drafted_again(docs: &Club) {
    let (text, records) = docs.drafted();
    assert!(text.contains("[[method]]"), "{text}");
    let update =
        try_update(&text, &forgotten(&records), docs).unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(shown(&text, &update), "");
    assert_eq!(update.not_followed, []);
    // What several methods share may be recorded before any of them.
    let sorted = |records: &Records| {
        let mut lines: Vec<String> = records.text().lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&update.records), sorted(&records));
}

#[test]
fn drafts_of_the_same_pages_differ_in_nothing() {
    for files in [
        Club::new().files,
        shared::sharing().files,
        Clubs::new("en").files,
        Clubs::new("ru").files,
        Clubs::choirs("en").files,
    ] {
        is_drafted_again(&Club { files });
    }
}

/// The order in which methods are drafted decides what types are called.
#[test]
fn the_order_of_drafts_does_not_matter() {
    let club = shared::sharing();
    let (text, records) = club.drafted();
    let first = text.find("[[method]]\nname = \"club.find\"").unwrap();
    let second = text.find("[[method]]\nname = \"club.get\"").unwrap();
    let types = text.find("\n[[").unwrap();
    let (find, get) = (&text[first..second], &text[second..]);
    let text = format!(
        "{}{}\n{find}{}",
        &text[..types],
        get.trim_end(),
        &text[types..first]
    );
    let (spec, _) = sonet_spec::parse("api.toml", &text).unwrap();
    let mut since = Records::new(DOCUMENTATION);
    with_code(|code| since.fill(&spec, &club.checkout(), code)).unwrap();
    for records in [forgotten(&records), forgotten(&since)] {
        let update = try_update(&text, &records, &club).unwrap();
        assert_eq!(shown(&text, &update), "");
    }
}

/// Half a year of the vendor's changes to pages of which nobody has edited the drafts.
#[test]
fn untouched_drafts_follow_newer_pages_whole() {
    let (Some(older), Some(newer)) = (checkouts::files("2026-02"), checkouts::files("2026-08"))
    else {
        return;
    };
    let (older, newer) = (Club { files: older }, Club { files: newer });
    is_drafted_again(&newer);
    let (text, records) = older.drafted();
    let update = update(&text, &records, &newer);
    assert!(update.written.len() > 100, "{:?}", update.written);
    assert_eq!(update.conflicts, []);
    assert_eq!(update.left_out, []);
}
