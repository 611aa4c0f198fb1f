//! What a person edited stays.

use insta::assert_snapshot;

use super::*;

#[test]
fn an_edited_part_stays_and_the_rest_follows() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let text = replaced(&text, "effect = \"write\"", "effect = \"repeatable\"");
    let text = replaced(
        &text,
        "name = \"size\", type = \"string\"",
        "name = \"size\", rust = \"seats\", type = \"integer\"",
    );
    let newer = club.with("close.md", "**size**", "**size***");
    let update = update(&text, &records, &newer);
    assert_snapshot!(shown(&text, &update));
    assert_eq!(update.conflicts, []);
}

#[test]
fn what_a_person_and_the_page_changed_is_a_conflict() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let text = replaced(
        &text,
        "name = \"size\", type = \"string\"",
        "name = \"size\", type = \"integer\"",
    );
    let newer = club.with("close.md", "**size**\n[`string`]", "**size**\n[`boolean`]");
    let update = update(&text, &records, &newer);
    assert_snapshot!(shown(&text, &update));
    let line = update.conflicts[0].line.unwrap();
    let line = update.text.lines().nth(line - 1).unwrap();
    assert!(line.contains("name = \"size\""), "{line}");
    // Once a person settled it, it is settled.
    let settled = changes(&text, &update.text).replace("\n+", "\n");
    let settled = update.text.replace(settled.trim_start_matches('+'), "");
    assert_eq!(settled, text);
    let again = super::update(&settled, &update.records, &newer);
    assert_eq!(again.text, settled);
}

#[test]
fn both_may_have_come_to_the_same() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let text = replaced(
        &text,
        "name = \"size\", type = \"string\"",
        "name = \"size\", type = \"integer\"",
    );
    let newer = club.with("close.md", "**size**\n[`string`]", "**size**\n[`integer`]");
    let update = update(&text, &records, &newer);
    assert_eq!((update.text, update.conflicts), (text, vec![]));
}

#[test]
fn what_a_person_described_is_not_taken_away() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let text = replaced(
        &text,
        "name = \"size\", type = \"string\", doc = \"Not described yet.\"",
        "name = \"size\", type = \"string\", doc = \"How many seats.\"",
    );
    let newer = club.with("close.md", &format!("|| {SIZE} ||\n"), "");
    let update = update(&text, &records, &newer);
    assert_snapshot!(shown(&text, &update));
}

#[test]
fn what_a_person_left_out_stays_left_out() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let text = replaced(
        &text,
        "    { name = \"size\", type = \"string\", doc = \"Not described yet.\" },\n",
        "",
    );
    let newer = club.with("close.md", "**size**\n[`string`]", "**size**\n[`boolean`]");
    let update = update(&text, &records, &newer);
    assert_snapshot!(shown(&text, &update));
    assert_eq!((update.text, update.conflicts), (text, vec![]));
}

#[test]
fn what_a_person_added_first_is_compared() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let colour = "    { name = \"COLOR\", type = \"integer\", doc = \"The colour.\" },\n";
    let same = "    { name = \"door\", type = \"string\", doc = \"The door.\" },\n";
    let text = replaced(
        &text,
        "    { name = \"size\"",
        &format!("{colour}{same}    {{ name = \"size\""),
    );
    let newer = club.with(
        "close.md",
        "|| **size**",
        "|| **COLOR**\n[`string`](x.md) | Colour ||\n|| **door**\n[`string`](x.md) | Door ||\n|| **size**",
    );
    let update = update(&text, &records, &newer);
    assert_snapshot!(shown(&text, &update));
    assert!(
        update.text.contains(&format!("{colour}{same}")),
        "{}",
        update.text
    );
}

/// A name for people is not the page's.
#[test]
fn names_that_a_person_gave_stay() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let text = text.replace("\"Mode\"", "\"Speed\"");
    let text = replaced(&text, "name = \"ClubIsClosed\"", "name = \"Shut\"");
    let text = replaced(
        &text,
        "wire = \"fast\", name = \"Fast\"",
        "wire = \"fast\", name = \"Quick\"",
    );
    let newer = club
        .with("open.md", "- `slow`", "- `steady` — three\n- `slow`")
        .with("open.md", "Club is closed", "The club is closed");
    let update = update(&text, &records, &newer);
    assert_snapshot!(shown(&text, &update));
    assert_eq!(update.conflicts, []);
}

#[test]
fn a_type_that_a_person_edited_is_kept_where_it_is_used() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let text = replaced(
        &text,
        "name = \"Fast\", doc = \"Not described yet.\"",
        "name = \"Fast\", doc = \"Quickly.\"",
    );
    for newer in [
        club.with("open.md", &format!("|| {MODE} ||\n"), ""),
        club.with("open.md", MODE, "**mode**\n[`integer`](x.md) | Mode"),
    ] {
        let update = update(&text, &records, &newer);
        insta::allow_duplicates! {
            assert!(update.text.contains("doc = \"Quickly.\""), "{}", update.text);
            assert!(update.text.contains("type = \"Mode\""), "{}", update.text);
            assert!(!update.conflicts.is_empty());
        }
    }
}

/// A doubt that a person settled comes back only if the page raises it anew.
#[test]
fn settled_doubts_stay_settled() {
    let club = Club::new().with("close.md", "any user", "");
    let (text, records) = club.drafted();
    let at = text.find("doubts = [").unwrap();
    let end = at + text[at..].find("]\n").unwrap() + 2;
    let text = format!("{}{}", &text[..at], &text[end..]);
    let newer = club.with("close.md", "**size**", "**size***");
    let update = update(&text, &records, &newer);
    assert!(!update.text.contains("doubts"), "{}", update.text);
    let newer = newer.with("close.md", "[`boolean`]", "[`date`]").with(
        "close.md",
        "> Scope: [`club`](x.md)\n",
        "",
    );
    let update = super::update(&update.text, &update.records, &newer);
    assert_snapshot!(shown(&text, &update));
}

/// An identifier is a number with a name.
#[test]
fn a_number_that_a_person_named_is_still_one() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let id = "\n[[id]]\nname = \"Size\"\ndoc = \"A size.\"\n\n[[";
    let text = replaced(&text, "\n[[", id);
    let text = text.replace(
        "name = \"size\", type = \"string\"",
        "name = \"size\", type = \"Size\"",
    );
    let newer = club.with("close.md", "**size**\n[`string`]", "**size**\n[`integer`]");
    let update = update(&text, &records, &newer);
    assert_eq!((update.text, update.conflicts), (text, vec![]));
}

/// A comment is a person's, too.
#[test]
fn what_has_a_comment_is_kept() {
    let club = Club::new();
    let (text, records) = club.drafted();
    for (from, to) in [
        (
            "    { wire = \"slow\"",
            "    # At night.\n    { wire = \"slow\"",
        ),
        (
            "    { name = \"mode\"",
            "    # Or by hand.\n    { name = \"mode\"",
        ),
    ] {
        let text = replaced(&text, from, to);
        let newer = club.with("open.md", &format!("|| {MODE} ||\n"), "");
        let update = update(&text, &records, &newer);
        assert!(update.text.contains(to), "{}", update.text);
        assert_eq!(update.conflicts.len(), 1, "{:?}", update.conflicts);
    }
}
