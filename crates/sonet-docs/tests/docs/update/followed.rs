//! What nobody touched follows the page.

use insta::assert_snapshot;

use super::*;

#[test]
fn pages_that_are_as_they_were_change_nothing() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let update = update(&text, &records, &club);
    assert_eq!(update.text, text);
    assert_eq!(update.records.text(), records.text());
    assert_eq!(update.written, []);
}

#[test]
fn what_is_new_on_a_page_comes_where_the_page_has_it() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let newer = club
        .with(
            "open.md",
            "|| **size**",
            "|| **COLOR**\n[`string`](x.md) | Colour ||\n|| **size**",
        )
        .with("open.md", "- `slow`", "- `steady` — three\n- `slow`")
        .with(
            "open.md",
            "|| **title**",
            "|| **rooms**\n[`integer`](x.md) | Rooms ||\n|| **title**",
        )
        .with(
            "open.md",
            "|| `BUSY`",
            "|| `FULL` | Club is full | Full ||\n|| `BUSY`",
        );
    let update = update(&text, &records, &newer);
    assert_snapshot!(shown(&text, &update));
}

#[test]
fn what_is_gone_from_a_page_goes() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let newer = club
        .with("open.md", &format!("|| {MODE} ||\n"), "")
        .with("open.md", &format!("|| {BUSY} ||\n"), "")
        .with("close.md", &format!("|| {SIZE} ||\n"), "");
    let update = update(&text, &records, &newer);
    assert_snapshot!(shown(&text, &update));
}

#[test]
fn what_is_otherwise_on_a_page_becomes_so() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let newer = club
        .with("open.md", "**size**\n[`string`]", "**size***\n[`integer`]")
        .with("open.md", "any user", "administrator")
        .with("open.md", "Club is busy", "The club is busy")
        .with("close.md", "[`boolean`]", "[`string`]");
    let update = update(&text, &records, &newer);
    assert_snapshot!(shown(&text, &update));
}

#[test]
fn a_new_type_stands_before_what_needs_it() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let kind = "|| **kind**\n[`string`](x.md) | Possible values:\n- `public` — all\n- `private` — few ||\n";
    let newer = club.with("close.md", "|| **size**", &format!("{kind}|| **size**"));
    let update = update(&text, &records, &newer);
    assert_snapshot!(shown(&text, &update));
    let (before, after) = (
        update.text.find("name = \"Kind\""),
        update.text.find("club.close"),
    );
    assert!(before < after, "{}", update.text);
}

#[test]
fn comments_and_order_stay() {
    let club = Club::new();
    let (text, records) = club.drafted();
    // The entries the other way round, as nobody would write them.
    let (head, rest) = text.split_at(text.find("\n[[method]]").unwrap());
    let (close, open) = rest.split_at(rest[1..].find("\n[[").unwrap() + 1);
    let open = replaced(
        open,
        "    { name = \"size\"",
        "    # How big.\n    { name  =  \"size\"",
    );
    let open = replaced(&open, "params = [", "params = [ # what it takes");
    let text = format!("{head}\n# Opening.\n{open}\n# Closing.{close}# The end.\n");
    let newer = club
        .with("open.md", "**size**\n[`string`]", "**size**\n[`integer`]")
        .with("close.md", "**id***\n[`integer`]", "**id***\n[`string`]");
    let update = update(&text, &records, &newer);
    assert_snapshot!(shown(&text, &update));
    for comment in [
        "# Opening.",
        "# How big.",
        "# what it takes",
        "# Closing.",
        "# The end.\n",
    ] {
        assert!(update.text.contains(comment), "{comment} {}", update.text);
    }
}

#[test]
fn what_is_written_above_a_type_that_goes_stays() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let text = replaced(&text, "\n[[enum]]", "\n# How to open a club.\n[[enum]]");
    let newer = club.with("open.md", &format!("|| {MODE} ||\n"), "");
    let update = update(&text, &records, &newer);
    assert!(!update.text.contains("[[enum]]"), "{}", update.text);
    assert!(
        update.text.contains("\n# How to open a club.\n\n[["),
        "{}",
        update.text
    );
}

#[test]
fn a_new_type_is_called_like_nothing_else() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let text = replaced(
        &text,
        "\n[[",
        "\n[[id]]\nname = \"Kind\"\ndoc = \"A kind.\"\n\n[[",
    );
    let text = text.replace(
        "{ name = \"id\", type = \"integer\"",
        "{ name = \"id\", type = \"Kind\"",
    );
    let kind = "|| **kind**\n[`string`](x.md) | Possible values:\n- `public` — all\n- `private` — few ||\n";
    let newer = club.with("close.md", "|| **size**", &format!("{kind}|| **size**"));
    let update = update(&text, &records, &newer);
    assert!(
        update.text.contains("{ name = \"kind\", type = \"Kind2\""),
        "{}",
        update.text
    );
}

#[test]
fn lines_end_as_they_did() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let newer = club.with("open.md", "**size**", "**size***").with(
        "open.md",
        "|| **size**",
        "|| **COLOR**\n[`string`](x.md) | Colour ||\n|| **size**",
    );
    let followed = update(&text, &records, &newer);
    let windows = update(&text.replace('\n', "\r\n"), &records, &newer);
    assert_eq!(windows.text, followed.text.replace('\n', "\r\n"));
    assert_eq!(windows.written, followed.written);
}
