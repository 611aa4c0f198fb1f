//! Pages that are gone, that moved, and that are new.

use insta::assert_snapshot;

use super::*;

#[test]
fn a_method_without_a_page_is_kept_and_told() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let newer = club
        .without("close.md")
        .with("open.md", "**size**", "**size***");
    let update = update(&text, &records, &newer);
    assert_snapshot!(shown(&text, &update));
    let gone = (
        "club.close".to_owned(),
        "no page is about it any more".to_owned(),
    );
    assert_eq!(update.not_followed, std::slice::from_ref(&gone));
    // It is remembered, so that it is followed if it comes back.
    let back = newer.with("open.md", "**size***", "**size**");
    assert_eq!(
        super::update(&update.text, &update.records, &back).not_followed,
        [gone]
    );
    let back = club.with("close.md", "**size**", "**size***");
    let update = super::update(&update.text, &update.records, &back);
    assert!(
        update
            .text
            .contains("name = \"size\", type = \"string\", required = true")
    );
}

#[test]
fn a_page_that_moved_is_followed() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let newer = club.moved("close.md", "rooms/close.md");
    let update = update(&text, &records, &newer);
    assert_snapshot!(shown(&text, &update));
}

#[test]
fn new_methods_are_not_added() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let paint = page("club.paint", &[ID], &[], &[]);
    let mut newer = club.with("open.md", "any user", "administrator");
    newer
        .files
        .insert("api-reference/club/paint.md".to_owned(), paint);
    let update = update(&text, &records, &newer);
    assert!(!update.text.contains("club.paint"));
    assert_eq!(update.not_followed, []);
}

#[test]
fn a_page_that_describes_rest_3_now_is_told() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let newer = club.with(
        "close.md",
        "# Change a club club.close",
        "# Change a club club.shut",
    );
    let update = update(&text, &records, &newer);
    assert_eq!(update.text, text);
    let (method, why) = &update.not_followed[0];
    assert_eq!(method, "club.close");
    assert_eq!(
        why,
        "api-reference/club/close.md is about another method now"
    );
}
