//! Each edit of a person with each change of a page.

use super::*;

type Edit = (&'static str, &'static str);

/// What a person changes, each in a text that the spec has and in one of their own.
const EDITS: [Edit; 12] = [
    ("effect = \"write\"", "effect = \"repeatable\""),
    ("who = \"any user\"", "who = \"the owner\""),
    (
        "name = \"size\", type = \"string\"",
        "name = \"size\", type = \"integer\"",
    ),
    (
        "name = \"size\", type = \"string\", doc = \"Not described yet.\"",
        "name = \"size\", type = \"string\", doc = \"How big.\"",
    ),
    (
        "    { name = \"size\", type = \"string\", doc = \"Not described yet.\" },\n",
        "    # Mine.\n    { name = \"size\", rust = \"area\", type = \"string\", doc = \"Not described yet.\" },\n",
    ),
    (
        "type = \"Mode\", open = true",
        "type = \"Mode\", required = true, open = true",
    ),
    (
        "wire = \"slow\", name = \"Slow\"",
        "wire = \"slow\", name = \"Lento\"",
    ),
    (
        "name = \"title\", type = \"string\"",
        "name = \"title\", type = \"json\"",
    ),
    ("fields = [\n", "extra = true\nfields = [\n"),
    (
        "text = \"Club is busy\", doc = \"Not described yet.\"",
        "text = \"Club is busy\", doc = \"Wait.\"",
    ),
    (
        "name = \"ClubIsClosed\", code = \"CLOSED\"",
        "name = \"Shut\", code = \"SHUT\"",
    ),
    (
        "result = { type = \"accepted\"",
        "result = { type = \"json\"",
    ),
];

/// What the pages change.
const CHANGES: [(&str, Edit); 13] = [
    ("close.md", ("any user", "administrator")),
    (
        "close.md",
        ("**size**\n[`string`]", "**size***\n[`boolean`]"),
    ),
    (
        "close.md",
        (
            "**size**\n[`string`](x.md) | Size",
            "**length**\n[`string`](x.md) | Length",
        ),
    ),
    (
        "open.md",
        (
            "**size**\n[`string`](x.md) | Size",
            "**size**\n[`string`](x.md) | Possible values:\n- `big` — one\n- `small` — two",
        ),
    ),
    ("open.md", (MODE, "**mode**\n[`integer`](x.md) | Mode")),
    ("open.md", (MODE, "**kind**\n[`string`](x.md) | Kind")),
    ("open.md", ("- `slow` — two", "- `idle` — two")),
    (
        "open.md",
        ("**title**\n[`string`]", "**title**\n[`integer`]"),
    ),
    ("open.md", (TITLE, "**name**\n[`string`](x.md) | Name")),
    (
        "open.md",
        ("**result**\n[`object`]", "**result**\n[`object[]`]"),
    ),
    ("open.md", (BUSY, "`FULL` | Club is full | Full")),
    ("open.md", ("Club is closed", "The club is shut")),
    ("close.md", ("[`boolean`]", "[`integer`]")),
];

#[test]
fn an_edit_survives_every_change_of_the_pages() {
    let club = Club::new();
    let (drafted, records) = club.drafted();
    for (from, to) in EDITS {
        let edited = replaced(&drafted, from, to);
        assert!(sonet_spec::parse("api.toml", &edited).is_ok(), "{edited}");
        for (page, (before, after)) in CHANGES {
            let newer = club.with(page, before, after);
            let update = update(&edited, &records, &newer);
            // A change of another part of the same element stands beside the edit.
            let parts = to.split(", ").filter(|part| !from.contains(part));
            for part in parts {
                assert!(
                    update.text.contains(part),
                    "{part}: {before}: {}",
                    update.text
                );
            }
        }
    }
}

/// All at once, with and without the edits.
#[test]
fn all_changes_together_are_followed() {
    let club = Club::new();
    let (drafted, records) = club.drafted();
    let mut newer = Club {
        files: club.files.clone(),
    };
    for (page, (before, after)) in CHANGES {
        let page_text = &newer.files[&format!("api-reference/club/{page}")];
        if page_text.contains(before) {
            newer = newer.with(page, before, after);
        }
    }
    let update = super::update(&drafted, &records, &newer);
    assert_eq!(update.conflicts, []);
    // Nothing is left of the older pages: it is what would be drafted now, but for names and order.
    let (fresh, _) = newer.drafted();
    let lines = |text: &str| -> Vec<String> {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let fresh = fresh.replace("TheClubIsShut", "ClubIsClosed");
    assert_eq!(lines(&update.text), lines(&fresh));
}
