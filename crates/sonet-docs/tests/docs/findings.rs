//! Every kind of finding, as a maintainer sees it.

use sonet_docs::diff::{self, Effect};

use crate::fixtures::Clubs;

const OPEN: &str = "club-open.md";
const LIST: &str = "club-list.md";
const EVENT: &str = "on-club-open.md";

fn clubs() -> Clubs {
    Clubs::new("en")
}

/// The report on the changed pages.
macro_rules! report {
    ($clubs:expr) => {
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!($clubs.report());
        })
    };
}

#[test]
fn the_pages_are_quiet_in_both_languages() {
    for language in ["en", "ru"] {
        let clubs = Clubs::new(language);
        let (outcome, ..) = clubs.compare();
        assert!(outcome.findings.is_empty(), "{}", clubs.report());
        assert!(outcome.problems.is_empty(), "{}", clubs.report());
        assert_eq!(outcome.pages, 3);
    }
}

#[test]
fn head() {
    report!(
        clubs()
            .page(OPEN, "# Open a Club club.open", "# Found a Club club.found")
            .page(OPEN, "[`club`]", "[`society`]")
            .page(OPEN, "a user with the right to open clubs", "administrator")
            .page(LIST, "> Scope: [`clubs`](../scopes.md)\n>\n", "")
    );
}

#[test]
fn parameters() {
    let new =
        "|| **BADGE**\n[`file`](../data-types.md) | New ||\n|| **FEE***\n`integer` | New ||\n";
    report!(
        clubs()
            .page(OPEN, "|| **MEMBERS**", &format!("{new}|| **MEMBERS**"))
            .page(OPEN, "|| **RULES**\n", "|| **RULE**\n")
            .page(OPEN, "**NAME***\n[`string`]", "**NAME**\n[`integer`]")
            .page(
                OPEN,
                "|| **SINCE**\n[`datetime`](../data-types.md) | Since when it meets ||\n",
                ""
            )
            .page(OPEN, "Default — `N`", "Default — `Y`")
            .page(OPEN, "- `N` — they don't\n", "")
            .page(LIST, "|| **ALL**\n", "|| **all**\n")
    );
}

#[test]
fn parameters_in_another_one() {
    let table = "#|\n|| **Parameter** | **Description** ||\n|| **fields** | Array. Allowed keys in the array:
**NAME** - name (required field),
**RULES** - rules,
**COLOUR** - colour ||\n|#\n\n## Code Examples";
    let clubs = clubs();
    let text = clubs.text(OPEN);
    let from = text.find("#|").unwrap();
    let to = text.find("## Code Examples").unwrap() + "## Code Examples".len();
    let old = text[from..to].to_owned();
    report!(clubs.page(OPEN, &old, table));
}

#[test]
fn parameters_that_moved() {
    let row = "|| **mode**\n[`string`](../data-types.md) | Beside the filter: can only take the value `wall` ||\n|| **start**";
    report!(
        clubs()
            .page(LIST, "|| **mode**\n", "|| **other**\n")
            .page(LIST, "|| **start**", row)
    );
}

#[test]
fn values() {
    report!(
        clubs()
            .page(
                OPEN,
                "- `free` — nobody is asked\n",
                "- `vote` — all are asked\n"
            )
            .page(LIST, "- `wall` — adds the `wallData` field\n", "")
            .page(LIST, "`Y` or `N`", "`1` or `0`")
            .page(LIST, "- `DESC` — down", "- `DOWN` — down")
    );
}

#[test]
fn filters_orders_and_selections() {
    report!(
        clubs()
            .page(LIST, "- `!=` — is not\n", "- `@` — one of\n")
            .page(LIST, "|| **PUBLIC**\n[`string`](../data-types.md) | Whether strangers see it: `Y` or `N` ||\n",
                "|| **CREATED**\n[`datetime`](../data-types.md) | When ||\n")
            .page(LIST, "|| **NAME**\n[`string`]", "|| **NAME**\n[`integer`]")
            .page(LIST, "|| **OWNER** | Owner ||", "|| **OWNERS** | Owners ||")
            .page(LIST, "How to sort by the [fields](#filterable)", "How to sort")
    );
}

#[test]
fn requests_of_examples() {
    report!(
        clubs()
            .page(OPEN, r#""PUBLIC":"Y","#, r#""VISIBLE":"Y","#)
            .page(LIST, r#""%NAME":"ch""#, r#""?NAME":"ch","AGE":3"#)
            .page(LIST, r#""order":{"ID":"ASC"}"#, r#""order":{"AGE":"ASC"}"#)
            .page(LIST, r#"["NAME","OWNER"]"#, r#"["NAME","AGE"]"#)
            .page(LIST, r#"{"mode":"wall"}"#, r#"{"mode":"wall","fast":"Y"}"#)
    );
}

#[test]
fn answers() {
    report!(
        clubs()
            .page(OPEN, "|| **result**\n[`integer`]", "|| **result**\n[`array`]")
            .page(LIST, "|| **MEETS**\n[`datetime`]", "|| **MEETS**\n[`string`]")
            .page(LIST, "|| **MEMBERS**\n[`array`]", "|| **MEMBER**\n[`array`]")
            .page(LIST, "|| **ID**\n[`integer`](../data-types.md) | Club ||\n|| **NAME**\n[`string`](../data-types.md) | Name, for",
                "|| **NAME**\n[`string`](../data-types.md) | Name, for")
            .page(LIST, "- `OWNER[PHOTO]`", "- `OWNER[AVATAR]`")
            .page(LIST, "  - `headline` — headline\n", "  - `headline` — headline\n  - `colour` — colour\n")
            .page(LIST, r#""NAME": "Chess""#, r#""NAME": null"#)
            .page(LIST, r#""OWNER": { "ID": "3" }"#, r#""OWNER": { "ID": "3", "AGE": 40 }"#)
    );
}

#[test]
fn tables_and_examples_that_differ() {
    report!(
        clubs()
            .page(LIST, "                \"PUBLIC\": \"Y\",\n", "")
            .page(LIST, "|| **wallData**\n[`object`](../data-types.md) | For a display, described above ||\n",
                "|| **HOME**\n[`string`](../data-types.md) | Only here ||\n")
            .page(LIST, "|| **MEMBERS**\n[`array`](../data-types.md) | Members ||\n", "")
    );
}

#[test]
fn pages_without_tables() {
    let clubs = clubs();
    let cut = |page: &str, from: &str, to: &str| {
        let text = clubs.text(page);
        let from = text.find(from).unwrap();
        let to = text[from..].find(to).unwrap() + from;
        text[from..to].to_owned()
    };
    let params = cut(OPEN, "#|", "## Code");
    let errors = cut(OPEN, "### Possible", "|#");
    let returned = cut(OPEN, "## Response", "## Error");
    let operators = cut(LIST, "- `>=`", "\nThe server");
    let fields = cut(
        LIST,
        "### Available Fields for Filtering",
        "### Parameter params",
    );
    let rows = cut(LIST, "#### Object club", "## Error");
    report!(
        clubs
            .page(OPEN, &params, "")
            .page(OPEN, &format!("{errors}|#"), "")
            .page(OPEN, &returned, "")
            .page(LIST, &operators, "")
            .page(LIST, &fields, "")
            .page(LIST, &rows, "")
    );
}

#[test]
fn errors() {
    report!(
        clubs()
            .page(OPEN, "`A club needs a name`", "`A club needs a nice name`")
            .page(OPEN, "|| `ERROR_SINCE` | `That is no date` | `SINCE` is wrong ||",
                "|| `ERROR_FULL` | `No more clubs` | There are too many ||\n|| — | `No luck` | Bad day ||")
            .page(OPEN, "\"You may not open clubs\"", "\"Clubs are closed\"")
    );
}

#[test]
fn texts_of_errors() {
    report!(
        clubs()
            .spec("localized = true, ", "")
            .page(OPEN, "`That is no date`", "`Not a date`")
            .page(OPEN, "|| — | `A club", "|| `NO_NAME` | `A club")
    );
}

/// A number tells nothing, and a Russian page may translate a text.
#[test]
fn errors_with_numbers() {
    let numbered = |language: &str, text: &str| {
        let row = format!("|| `0` | `{text}` | Bad day ||");
        let clubs = Clubs::new(language);
        let mut lines = clubs.text(OPEN).lines();
        let old = lines.find(|line| line.contains("ERROR_SINCE"));
        let old = old.unwrap().to_owned();
        clubs
            .spec(
                "name = \"BadDate\", code = \"ERROR_SINCE\"",
                "name = \"BadDate\", code = \"0\"",
            )
            .spec("localized = true, ", "")
            .page(OPEN, &old, &row)
    };
    for (language, text) in [
        ("en", "That is no date"),
        ("ru", "That is no date"),
        ("ru", "Это не дата"),
    ] {
        let clubs = numbered(language, text);
        assert!(clubs.compare().0.findings.is_empty(), "{}", clubs.report());
    }
    report!(numbered("en", "No luck at all"));
}

#[test]
fn answers_without_their_result() {
    let trimmed = || clubs().page(OPEN, "\"result\": 12,", "\"id\": 12,");
    report!(trimmed());
    let decision =
        "{ on = \"result\", finding = \"unwrapped\", page = \"\", reason = \"Trimmed.\" },";
    let place = "    { on = \"params.MEMBERS\",";
    let decided = |clubs: Clubs| clubs.spec(place, &format!("{decision}\n{place}"));
    let quiet = decided(trimmed());
    assert!(quiet.compare().0.findings.is_empty(), "{}", quiet.report());
    let stale = decided(clubs());
    assert_eq!(stale.compare().0.findings.len(), 1, "{}", stale.report());
}

#[test]
fn decisions_on_one_language() {
    let decision = |language: &str| {
        let decision = format!(
            "{{ on = \"params.RULES\", finding = \"type\", language = \"{language}\", page = \"integer\", reason = \"So.\" }},"
        );
        let place = "    { on = \"params.MEMBERS\",";
        clubs().spec(place, &format!("{decision}\n{place}"))
    };
    let count = |clubs: &Clubs| clubs.compare().0.findings.len();
    assert_eq!(count(&decision("ru")), 0, "it can't be told");
    assert_eq!(count(&decision("en")), 1, "nothing to decide");
    let changed =
        |language| decision(language).page(OPEN, "**RULES**\n[`string`]", "**RULES**\n[`integer`]");
    assert_eq!(count(&changed("en")), 0);
    assert_eq!(count(&changed("ru")), 1);
}

#[test]
fn events() {
    report!(
        clubs()
            .page(EVENT, "\"ONCLUBOPEN\"", "\"ONCLUBOPENED\"")
            .page(EVENT, "|| **ID**\n", "|| **CLUB_ID**\n")
            .page(
                "auth.md",
                "|| **token**",
                "|| **secret***\n`string` | New ||\n|| **token***"
            )
            .page(
                "auth.md",
                "|| **domain***\n[`string`]",
                "|| **domain***\n[`integer`]"
            )
    );
}

#[test]
fn pages_that_are_gone_moved_or_new() {
    let open = clubs().text(OPEN).to_owned();
    report!(
        clubs()
            .remove(OPEN)
            .remove(EVENT)
            .add("api-reference/clubs/open.md", &open)
            .add(
                "api-reference/club/club-close.md",
                "# Close a club club.close\n"
            )
            .add(
                "api-reference/club/index.md",
                "# Overview of clubs\n\n#|\n|| a | b ||\n|#\n"
            )
    );
}

#[test]
fn decisions_that_the_page_does_not_bear_out() {
    report!(
        clubs()
            .page(OPEN, "[`club`]", "[`clubs`]")
            .page(OPEN, "[```integer | integer[]```]", "[`integer[]`]")
            .page(LIST, "|| **PUBLIC**\n[`boolean`](../data-types.md) | Flag `Y`/`N` — whether",
                "|| **COLOUR**\n`string` | Now here ||\n|| **PUBLIC**\n[`string`](../data-types.md) | Whether")
            .page(EVENT, "In this case — `ONCLUBOPEN`", "Possible values: `ONCLUBOPEN`, `ONCLUBSHUT`")
    );
}

#[test]
fn a_decision_says_which_finding_it_is_on() {
    let changed = || {
        let from = "|| **RULES**\n[```string | null```]";
        clubs().page(LIST, from, "|| **RULES**\n[`array`]")
    };
    let left = |decision: &str| {
        let before = "    { on = \"fields.COLOUR\"";
        let decision = format!("    {{ {decision}, reason = \"A test.\" }},\n{before}");
        let (outcome, ..) = changed().spec(before, &decision).compare();
        let findings = outcome.findings.into_iter();
        let findings = findings.map(|finding| format!("{} {}", finding.on, finding.kind));
        findings.collect::<Vec<_>>()
    };
    assert_eq!(changed().compare().0.findings.len(), 1);
    for decision in [
        r#"on = "fields.RULES", page = "array""#,
        r#"on = "fields.RULES", finding = "type", page = "array""#,
        r#"on = "fields.RULES.type", page = "array""#,
    ] {
        assert_eq!(left(decision), [""; 0], "{decision}");
    }
    for decision in [
        r#"on = "fields.RULES", finding = "null", page = "array""#,
        r#"on = "fields.RULES", page = "object""#,
    ] {
        assert_eq!(left(decision), ["fields.RULES type"], "{decision}");
    }
}

#[test]
fn what_only_the_page_has_can_be_decided() {
    let page = || {
        clubs().page(
            OPEN,
            "|| **MEMBERS**",
            "|| **BADGE**\n`file` | New ||\n|| **MEMBERS**",
        )
    };
    assert_eq!(page().compare().0.findings.len(), 1);
    let decided = page().spec(
        "    { on = \"scope\"",
        "    { on = \"params.BADGE\", finding = \"new\", page = \"BADGE: file\", reason = \"Not for us.\" },\n    { on = \"scope\"",
    );
    assert_eq!(decided.compare().0.findings, []);
}

#[test]
fn a_text_in_another_language_is_not_compared() {
    let decide = |language: &str, quote: &str| {
        let clubs = Clubs::new(language).spec(
            "    { on = \"scope\"",
            &format!("    {{ on = \"params.RULES\", page = \"{quote}\", reason = \"…\" }},\n    {{ on = \"scope\""),
        );
        clubs.compare().0.findings.len()
    };
    assert_eq!(decide("en", "the rules are cut"), 0);
    assert_eq!(decide("ru", "the rules are cut"), 0);
    assert_eq!(decide("en", "the rules are kept"), 1);
    assert_eq!(decide("ru", "the rules are kept"), 0);
    assert_eq!(decide("ru", "integer"), 1);
}

#[test]
fn what_can_not_be_read_is_said() {
    report!(
        clubs()
            .page(OPEN, "|| **RULES**\n", "|| ? ||\n|| **RULES**\n")
            .page(LIST, "\"total\": 1", "\"total\":")
            .remove("auth.md")
    );
}

#[test]
fn only_what_is_there_but_unread_counts() {
    let (outcome, ..) = clubs().remove("required.md").compare();
    assert_eq!(outcome.problems.len(), 1);
    assert!(!outcome.is_unread());
    let (outcome, ..) = clubs().remove("auth.md").compare();
    assert!(outcome.is_unread(), "it has types");
    let (outcome, ..) = clubs().page(LIST, "\"total\": 1", "\"total\":").compare();
    assert!(outcome.is_unread());
}

#[test]
fn other_formats() {
    let clubs = clubs()
        .page(OPEN, "|| **RULES**\n", "|| **RULE**\n")
        .page(
            OPEN,
            "|| **SINCE**\n[`datetime`](../data-types.md) | Since when it meets ||\n",
            "",
        )
        .remove("auth.md");
    let (outcome, source, _) = clubs.compare();
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!("markdown", diff::markdown(&outcome, &source));
        insta::assert_snapshot!("json", diff::json(&outcome, &source).unwrap());
    });
}

#[test]
fn optional_things_are_compatible_and_others_are_not() {
    let effects = |clubs: Clubs| {
        let (outcome, ..) = clubs.compare();
        outcome
            .findings
            .iter()
            .map(|finding| finding.effect)
            .collect::<Vec<_>>()
    };
    let row = |star: &str| format!("|| **FEE**{star}\n`integer` | New ||\n|| **MEMBERS**");
    assert_eq!(
        effects(clubs().page(OPEN, "|| **MEMBERS**", &row(""))),
        [Effect::Compatible]
    );
    assert_eq!(
        effects(clubs().page(OPEN, "|| **MEMBERS**", &row("*"))),
        [Effect::Breaking]
    );
}

#[test]
fn stars_of_fields_are_compared_where_a_table_has_some() {
    let row = "|| **since***\n`string` | New ||\n|| **domain***";
    let clubs = clubs()
        .spec("    { name = \"domain\",", "    { name = \"since\", type = \"string\", doc = \"When.\" },\n    { name = \"domain\",")
        .page(EVENT, r#"{ "domain": "club.example" }"#, r#"{ "domain": "club.example", "since": "" }"#)
        .page("auth.md", "|| **domain***", row);
    assert_eq!(clubs.compare().0.findings, [], "{}", clubs.report());
    let (outcome, ..) = clubs
        .page("auth.md", "|| **domain***", "|| **domain**")
        .compare();
    let found: Vec<_> = outcome
        .findings
        .iter()
        .map(|finding| (finding.on.as_str(), finding.page.as_str()))
        .collect();
    assert_eq!(found, [("fields.domain", "optional")]);
}

#[test]
fn what_may_be_in_an_absent_file_is_not_missing() {
    let clubs = clubs();
    let text = clubs.text(OPEN);
    let from = text.find("#|").unwrap();
    let to = text.find("## Code Examples").unwrap();
    let table = text[from..to].to_owned();
    let clubs = clubs.page(
        OPEN,
        &table,
        "{% include [table](../../_includes/gone.md) %}\n\n",
    );
    let (outcome, ..) = clubs.compare();
    assert_eq!(outcome.findings, [], "{}", clubs.report());
    assert_eq!(outcome.problems.len(), 1);
}
