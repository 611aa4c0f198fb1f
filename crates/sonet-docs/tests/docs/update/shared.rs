//! Types that several methods share.

use insta::assert_snapshot;

use super::*;

/// Two methods that answer the same object.
pub(super) fn sharing() -> Club {
    let rows = [RESULT, "**ID**\n[`integer`](x.md) | Club", TITLE];
    let of = |method: &str| page(method, &[ID, MODE], &rows, &[]);
    Club::of([("get.md", of("club.get")), ("find.md", of("club.find"))])
}

#[test]
fn what_one_page_adds_the_shared_object_has() {
    let club = sharing();
    let (text, records) = club.drafted();
    assert_eq!(text.matches("[[object]]").count(), 1, "{text}");
    let newer = club.with(
        "get.md",
        "|| **title**",
        "|| **rooms**\n[`integer`](x.md) | Rooms ||\n|| **title**",
    );
    let update = update(&text, &records, &newer);
    assert_snapshot!(shown(&text, &update));
}

#[test]
fn what_only_one_page_says_otherwise_does_not_change_it() {
    let club = sharing();
    let (text, records) = club.drafted();
    let newer = club.with("get.md", "**title**\n[`string`]", "**title**\n[`integer`]");
    let update = super::update(&text, &records, &newer);
    assert_eq!(update.text, text);
    let newer = newer.with("find.md", "**title**\n[`string`]", "**title**\n[`integer`]");
    let update = super::update(&update.text, &update.records, &newer);
    assert_snapshot!(shown(&text, &update));
}

#[test]
fn what_is_gone_from_all_pages_goes() {
    let club = sharing();
    let (text, records) = club.drafted();
    let newer =
        club.with("get.md", &format!("|| {TITLE} ||\n"), "")
            .with("get.md", "- `fast` — one\n", "");
    let update = super::update(&text, &records, &newer);
    assert_eq!(update.text, text);
    let newer = newer.with("find.md", &format!("|| {TITLE} ||\n"), "").with(
        "find.md",
        "- `fast` — one\n",
        "",
    );
    let update = super::update(&update.text, &update.records, &newer);
    assert_snapshot!(shown(&text, &update));
}

/// A draft is named after where it is needed first.
#[test]
fn the_same_type_keeps_its_name() {
    let club = sharing();
    let (text, records) = club.drafted();
    // Another enum of the same name comes first now.
    let other = "|| **filter**\n[`object`](x.md) | Filter ||\n|| **mode**\n[`string`](x.md) | Possible values:\n- `x` — one\n- `y` — two";
    let newer = club.with("find.md", &format!("|| {MODE}"), other);
    let update = super::update(&text, &records, &newer);
    assert_snapshot!(shown(&text, &update));
}

#[test]
fn a_shared_identifier_stays() {
    let club = sharing();
    let (text, records) = club.drafted();
    let text = replaced(
        &text,
        "\n[[",
        "\n[[id]]\nname = \"ClubId\"\ndoc = \"A club.\"\n\n[[",
    );
    let text = text.replace(
        "{ name = \"id\", type = \"integer\"",
        "{ name = \"id\", type = \"ClubId\"",
    );
    let text = text.replace(
        "{ name = \"ID\", type = \"integer\"",
        "{ name = \"ID\", type = \"ClubId\"",
    );
    let newer = club
        .with("get.md", "any user", "administrator")
        .with("find.md", "**id***", "**id**");
    let update = update(&text, &records, &newer);
    assert_snapshot!(shown(&text, &update));
    assert_eq!(update.conflicts, []);
}

/// A field that one page says may be missing ends no call of the other method.
#[test]
fn what_may_be_missing_in_one_answer_may_be_missing() {
    let club = sharing();
    let (text, records) = club.drafted();
    assert!(
        text.contains("name = \"ID\", type = \"integer\", essential = true"),
        "{text}"
    );
    let shown = "### Returned Data\n\n```json\n{\"result\": {\"title\": \"x\"}}\n```\n";
    let newer = club.with("get.md", "### Returned Data\n", shown);
    let update = update(&text, &records, &newer);
    assert_snapshot!(super::shown(&text, &update));
}
