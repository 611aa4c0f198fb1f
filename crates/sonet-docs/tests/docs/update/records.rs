//! What is recorded of drafts.

use std::collections::BTreeSet;

use super::*;

#[test]
fn records_come_back_as_they_were_written() {
    let (_, records) = Club::new().drafted();
    let text = records.text();
    let again = with_code(|code| Records::parse("api.drafts.toml", &text, code)).unwrap();
    assert_eq!(again.text(), text);
    assert!(
        text.ends_with("\"club.open\" = \"") || text.contains("[pages]\n\"club.close\" = \""),
        "{text}"
    );
}

#[test]
fn an_older_documentation_serves_as_well() {
    let club = Club::new();
    let (text, recorded) = club.drafted();
    let (spec, _) = sonet_spec::parse("api.toml", &text).unwrap();
    let mut records = Records::new(DOCUMENTATION);
    with_code(|code| records.fill(&spec, &club.checkout(), code)).unwrap();
    assert_eq!(records.text(), recorded.text());
    // What is recorded stays.
    let newer = club.with("close.md", "**size**", "**size***");
    with_code(|code| records.fill(&spec, &newer.checkout(), code)).unwrap();
    assert_eq!(records.text(), recorded.text());
}

#[test]
fn a_method_without_a_draft_is_told_and_left_alone() {
    let club = Club::new();
    let (text, _) = club.drafted();
    let (_, records) = club.without("close.md").drafted();
    let newer = club.with("close.md", "**size**", "**size***");
    let update = update(&text, &records, &newer);
    assert_eq!(update.text, text);
    assert_eq!(update.unrecorded, ["club.close"]);
    // With the older documentation, it is followed as well.
    let (spec, _) = sonet_spec::parse("api.toml", &text).unwrap();
    let mut filled = records.clone();
    with_code(|code| filled.fill(&spec, &club.checkout(), code)).unwrap();
    let update = super::update(&text, &filled, &newer);
    assert_eq!(update.unrecorded, [""; 0]);
    assert!(
        update
            .text
            .contains("name = \"size\", type = \"string\", required = true"),
        "{}",
        update.text
    );
}

#[test]
fn what_is_drafted_again_replaces_what_was() {
    let club = Club::new();
    let (text, mut records) = club.drafted();
    let text = text.replace("\"Mode\"", "\"Speed\"");
    let newer = club.with("open.md", "**size**", "**size***");
    let (_, other) = newer.drafted();
    let checkout = newer.checkout();
    with_code(|code| {
        let (spec, _) = sonet_spec::parse("api.toml", HEAD).unwrap();
        let wanted = [Wanted::one("api-reference/club/open.md".to_owned())];
        let drafts = import::drafts_of(spec, HEAD, &checkout, &wanted, code);
        let drafts = drafts.unwrap();
        records
            .add(&[&drafts.drafts[0]], &text, &checkout, code)
            .unwrap();
    });
    // It comes last now, as it does in the spec.
    let lines = |records: &Records| -> BTreeSet<String> {
        let text = records.text();
        text.lines().map(str::to_owned).collect()
    };
    assert_eq!(lines(&records), lines(&other));
}

/// A newer version may draft the same page otherwise. That is no change of the page.
#[test]
fn a_page_that_is_as_it_was_is_not_drafted_anew() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let (older, known) = (text.replace("\"ClubIsBusy\"", "\"Busy\""), records.text());
    let known = known.replace("type = \"string\"", "type = \"json\"");
    let older = older.replace("type = \"string\"", "type = \"json\"");
    let records = with_code(|code| Records::parse("api.drafts.toml", &known, code)).unwrap();
    let newer = club.with("close.md", "**size**", "**size***");
    let update = update(&older, &records, &newer);
    let (close, open) = update.text.split_once("club.open").unwrap();
    assert!(
        close.contains("type = \"string\", required = true"),
        "{close}"
    );
    assert!(open.contains("name = \"size\", type = \"json\""), "{open}");
}
