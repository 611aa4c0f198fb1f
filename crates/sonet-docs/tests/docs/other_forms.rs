//! The same said in another form is nothing new, and one change is one finding.

use sonet_docs::diff::Effect;

use crate::fixtures::Clubs;

const OPEN: &str = "club-open.md";
const LIST: &str = "club-list.md";

fn clubs() -> Clubs {
    Clubs::new("en")
}

fn assert_no_findings(clubs: &Clubs) {
    assert_eq!(clubs.messages(), Vec::<String>::new(), "{}", clubs.report());
}

#[test]
fn types_with_an_escaped_bar_are_several() {
    assert_no_findings(&clubs().page(
        OPEN,
        "[```integer | integer[]```](../data-types.md#compound-types)",
        "[`integer \\| integer[]`](../data-types.md#compound-types)",
    ));
}

#[test]
fn names_may_have_escaped_marks() {
    let spec = "{ name = \"RULES\", type = \"string\", doc = \"Rules.\" },";
    assert_no_findings(
        &clubs()
            .spec(spec, &spec.replace("RULES", "HOUSE_RULES"))
            .page(OPEN, "|| **RULES**", "|| **HOUSE\\_RULES**"),
    );
}

#[test]
fn a_default_may_stand_in_brackets() {
    assert_no_findings(&clubs().page(
        OPEN,
        "Default — `N`. For guests always `N`",
        "(default — `N`)",
    ));
    let spec = "{ name = \"RULES\", type = \"string\", doc = \"Rules.\" },";
    assert_no_findings(
        &clubs()
            .spec(
                spec,
                &spec.replace("doc", "default = \"those of the house\", doc"),
            )
            .page(OPEN, "Rules.\n", "Rules (default — those of the house).\n"),
    );
}

#[test]
fn a_heading_may_say_what_stands_in_a_cell_with_any_mark_between() {
    for heading in [
        "|| **Parameter / Type** | **Description** ||",
        "|| **Name/Type** | **Description** ||",
        "|| **Name, type** | **Description** ||",
        "|| **Name (type)** | **Description** ||",
        "|| **Название / тип** | **Описание** ||",
    ] {
        assert_no_findings(&clubs().page(
            OPEN,
            "|| **Name**\n`type` | **Description** ||",
            heading,
        ));
    }
}

#[test]
fn one_star_in_a_table_of_an_answer_is_one_finding() {
    let clubs = clubs().page(LIST, "|| **MEETS**", "|| **MEETS***");
    let (outcome, ..) = clubs.compare();
    assert_eq!(outcome.findings.len(), 1, "{}", clubs.report());
    // A field that need not be there by the spec, and always is by the page.
    let clubs = Clubs::new("en").page(LIST, "|| **wallData**", "|| **wallData***");
    let said = clubs.messages();
    assert_eq!(said, ["fields.wallData required required"]);
}

#[test]
fn a_new_field_is_no_new_name_of_one_that_the_page_never_had() {
    let spec = "{ name = \"PHOTO\", type = \"string\", optional = true, doc = \"Photo.\" },\n]";
    let more = "{ name = \"PHOTO\", type = \"string\", optional = true, doc = \"Photo.\" },\n    \
        { name = \"PHOTO_ID\", type = \"integer\", optional = true, doc = \"Photo.\" },\n]\n\
        decisions = [{ on = \"fields.PHOTO_ID\", finding = \"missing\", page = \"\", reason = \"Seen.\" }]";
    let clubs = clubs().spec(spec, more).page(
        LIST,
        "- `OWNER[PHOTO]`",
        "- `OWNER[PHOTO_IDS]` [`integer`](../data-types.md) — new\n- `OWNER[PHOTO]`",
    );
    assert_eq!(clubs.messages(), ["fields.PHOTO_IDS new PHOTO_IDS"]);
}

#[test]
fn a_row_beside_a_result_without_fields_breaks_nothing() {
    let clubs = clubs().page(
        OPEN,
        "|| **time**",
        "|| **warning**\n[`string`](../data-types.md) | A remark ||\n|| **time**",
    );
    let (outcome, ..) = clubs.compare();
    let [finding] = outcome.findings.as_slice() else {
        panic!("{}", clubs.report());
    };
    assert_eq!(finding.effect, Effect::Compatible);
    assert_eq!(finding.on, "result.warning");
}

#[test]
fn a_page_that_moved_among_others_is_one_finding() {
    let open = clubs().text(OPEN).to_owned();
    let mut moved = clubs()
        .remove(OPEN)
        .add("api-reference/bars/club-open.md", &open);
    for name in ["open", "close", "sell"] {
        let page = format!("# {name} bar.{name}\n");
        moved = moved.add(&format!("api-reference/bars/bar-{name}.md"), &page);
    }
    assert_eq!(
        moved.messages(),
        ["page moved api-reference/bars/club-open.md"],
        "{}",
        moved.report()
    );
}

/// A section that is called otherwise takes its news along.
#[test]
fn a_section_that_moved_still_shows_what_is_new_in_it() {
    let mut moved = clubs();
    for page in [OPEN, LIST] {
        let text = moved.text(page).to_owned();
        moved = moved
            .remove(page)
            .add(&format!("api-reference/clubs/{page}"), &text);
    }
    let moved = moved.add("api-reference/clubs/club-close.md", "# Close club.close\n");
    assert!(
        moved.messages().contains(&"name new club.close".to_owned()),
        "{}",
        moved.report()
    );
}

#[test]
fn what_a_handler_receives_may_be_called_the_parameters_of_its_request() {
    let renamed = clubs().page(
        "on-club-open.md",
        "```\n#|\n|| **Parameter**",
        "```\n\n## Request Parameters\n\n#|\n|| **Parameter**",
    );
    assert_no_findings(&renamed);
    let changed = renamed.page(
        "on-club-open.md",
        "|| **ID**\n[`integer`]",
        "|| **ID**\n[`object`]",
    );
    assert_eq!(changed.messages().len(), 1, "{}", changed.report());
}

#[test]
fn other_pages_of_a_folder_that_the_spec_has_a_part_of_are_no_news() {
    let other =
        "# A Club Is Closed onClubClose\n\n> Scope: `clubs`\n\n## What the Handler Receives\n";
    let more = clubs().add("api-reference/club/events/on-club-close.md", other);
    assert_eq!(more.messages().len(), 1, "{}", more.report());
    let base = "documentation = \"https://docs.example/api-reference/\"\n";
    for (folder, findings) in [
        ("club/events", 0),
        ("events", 1),
        ("club", 1),
        ("club/**", 0),
        ("clu/**", 1),
    ] {
        let partial = format!("{base}partial_folders = [\"{folder}\"]\n");
        let clubs = clubs().add("api-reference/club/events/on-club-close.md", other);
        let clubs = clubs.spec(base, &partial);
        assert_eq!(
            clubs.messages().len(),
            findings,
            "{folder}: {}",
            clubs.report()
        );
    }
}

/// What several pages share may be decided about one of them, which not every checkout has.
#[test]
fn a_decision_may_be_about_a_page_whose_folder_is_not_there() {
    let base = "documentation = \"https://docs.example/api-reference/\"\n";
    let shared = "{ name = \"domain\", type = \"string\", doc = \"Address.\" },\n]\n";
    let decided = format!(
        "{shared}decisions = [\n    {{ on = \"fields.domain\", finding = \"missing\", page = \"\", reason = \"A shop has none.\" }},\n]\n"
    );
    let event = r#"[[event]]
name = "onClubOpen"
"#;
    let shop = event.replace("onClubOpen", "onShopOpen")
        + r#"wire = "ONSHOPOPEN"
page = "shop/events/on-shop-open.html"
scope = "clubs"
who = "any user"
doc = "A shop was opened."
payload = "ClubEvent"

"#;
    let decided = clubs().spec(shared, &decided);
    assert_eq!(decided.messages().len(), 1, "{}", decided.report());
    let partial = format!("{base}partial_folders = [\"shop/events\"]\n");
    let shops = decided
        .spec(event, &format!("{shop}{event}"))
        .spec(base, &partial);
    assert_no_findings(&shops);
}
