//! Objects of requests.

use insta::assert_snapshot;

use super::*;

const GUESTS: &str = "**guests**\n[`object[]`](x.md) | Who comes\n#|\n|| **Name**\n`type` | **Description** ||\n\
    || **NAME***\n[`string`](x.md) | Name ||\n|| **AGE**\n[`integer`](x.md) | Age ||\n|#\n";

/// Two methods that take the same object.
fn sharing() -> Club {
    let of = |method: &str| page(method, &[ID, GUESTS], &[RESULT, TITLE], &[]);
    Club::of([("get.md", of("club.get")), ("find.md", of("club.find"))])
}

#[test]
fn what_pages_change_of_an_input_is_followed() {
    let club = sharing();
    let (text, records) = club.drafted();
    assert_eq!(text.matches("[[input]]").count(), 1, "{text}");
    let row = "|| **AGE**\n[`integer`](x.md) | Age ||";
    let newer = club
        .with("get.md", row, "|| **AGE**\n[`string`](x.md) | Age ||")
        .with("find.md", row, "|| **AGE**\n[`string`](x.md) | Age ||");
    let update = update(&text, &records, &newer);
    assert_snapshot!(shown(&text, &update));
    let again = super::update(&update.text, &update.records, &newer);
    assert_eq!(again.text, update.text);
}

/// What only one of the methods asks for, no caller of the other has to send.
#[test]
fn what_one_page_needs_more_or_less_a_shared_input_does_not() {
    let club = sharing();
    let (text, records) = club.drafted();
    let newer = club
        .with(
            "get.md",
            "|| **AGE**",
            "|| **ROOM***\n[`string`](x.md) | Room ||\n|| **AGE**",
        )
        .with("find.md", "**NAME***", "**NAME**");
    let update = update(&text, &records, &newer);
    assert_snapshot!(shown(&text, &update));
}

#[test]
fn what_a_person_made_of_an_input_stays() {
    let club = sharing();
    let (text, records) = club.drafted();
    let text = replaced(
        &text,
        "name = \"AGE\", type = \"integer\"",
        "name = \"AGE\", type = \"integer\", required = true",
    );
    let newer = club
        .with("get.md", "**AGE**\n[`integer`]", "**AGE**\n[`string`]")
        .with("find.md", "**AGE**\n[`integer`]", "**AGE**\n[`string`]")
        .with(
            "get.md",
            "|| **AGE**",
            "|| **HAT**\n[`string`](x.md) | Hat ||\n|| **AGE**",
        );
    let update = update(&text, &records, &newer);
    assert_snapshot!(shown(&text, &update));
}

#[test]
fn an_input_that_a_page_begins_to_describe_is_added() {
    let bare = "**guests**\n[`array`](x.md) | Who comes";
    let club = Club::of([(
        "get.md",
        page("club.get", &[ID, bare], &[RESULT, TITLE], &[]),
    )]);
    let (text, records) = club.drafted();
    let newer = club.with("get.md", bare, GUESTS);
    let update = update(&text, &records, &newer);
    assert_snapshot!(shown(&text, &update));
}
