//! What the spec does not take.

use insta::assert_snapshot;

use super::*;

#[test]
fn what_does_not_fit_an_edited_part_is_left() {
    let club = Club::new();
    let (text, records) = club.drafted();
    // A number can't be open, which the enum of the page is.
    let text = replaced(
        &text,
        "name = \"size\", type = \"string\"",
        "name = \"size\", type = \"integer\"",
    );
    let sizes = "**size**\n[`string`](x.md) | Possible values:\n- `big` — one\n- `small` — two";
    let newer = club
        .with("close.md", SIZE, sizes)
        .with("close.md", "any user", "administrator");
    let update = update(&text, &records, &newer);
    assert_snapshot!(shown(&text, &update));
}

#[test]
fn what_is_new_has_a_name_of_its_own_in_rust() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let text = replaced(
        &text,
        "{ name = \"size\", type",
        "{ name = \"size\", rust = \"color\", type",
    );
    let colour = "|| **COLOR**\n[`string`](x.md) | Colour ||\n";
    let newer = club.with("close.md", "|| **size**", &format!("{colour}|| **size**"));
    let update = update(&text, &records, &newer);
    assert_snapshot!(shown(&text, &update));
}

/// A name that a person gave something else in the code is not given twice.
#[test]
fn a_name_that_is_taken_is_left() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let text = replaced(
        &text,
        "wire = \"slow\", name = \"Slow\"",
        "wire = \"slow\", name = \"Steady\"",
    );
    let newer = club.with("open.md", "- `slow`", "- `steady` — three\n- `slow`");
    let update = update(&text, &records, &newer);
    assert_snapshot!(shown(&text, &update));
}

#[test]
fn a_list_that_a_person_wrote_as_tables_is_left() {
    let club = Club::new();
    let (text, records) = club.drafted();
    let at = text.find("params = [").unwrap();
    let end = at + text[at..].find("]\n").unwrap() + 2;
    let tables = "\n[[method.params]]\nname = \"id\"\ntype = \"integer\"\nrequired = true\ndoc = \"The club.\"\n";
    let next = end + text[end..].find("\n[[").unwrap();
    let text = format!(
        "{}{}{tables}{}",
        &text[..at],
        &text[end..next],
        &text[next..]
    );
    let newer = club.with("close.md", "**size**", "**size***");
    if let Ok(update) = try_update(&text, &records, &newer) {
        assert!(update.text.contains(tables), "{}", update.text);
    }
}
