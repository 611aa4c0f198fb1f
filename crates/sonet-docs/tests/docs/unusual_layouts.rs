//! What a page says in an odd place, or twice, is read or reported; it never gets lost.

use sonet_docs::Checkout;
use sonet_docs::page;

use crate::fixtures::Clubs;

const OPEN: &str = "club-open.md";
const LIST: &str = "club-list.md";
const EVENT: &str = "on-club-open.md";

fn clubs() -> Clubs {
    Clubs::new("en")
}

fn said(clubs: &Clubs) -> Vec<String> {
    clubs.messages()
}

/// The table of a page that starts at a heading row, and the same one in something else.
fn framed(clubs: Clubs, page: &str, frame: impl Fn(&str) -> String) -> Clubs {
    let text = clubs.text(page);
    let from = text.find("#|").unwrap();
    let to = from + text[from..].find("\n|#\n").unwrap() + "\n|#\n".len();
    let table = text[from..to].to_owned();
    let framed = frame(&table);
    clubs.page(page, &table, &framed)
}

fn indented(text: &str, with: &str) -> String {
    let lines = text.lines().map(|line| format!("{with}{line}\n"));
    lines.collect()
}

#[test]
fn a_row_that_is_there_twice_is_compared_twice() {
    let param = "|| **RULES**\n[`file`](../x.md) | Again ||\n|| **MEMBERS**";
    let filter = "|| **NAME**\n`integer` | Again ||\n|| **PUBLIC**\n[`string`](../data-types.md) | Whether strangers see it";
    let field = "|| **MEETS**\n`integer` | Again ||\n|| **OWNER**\n";
    let error = "|| `ERROR_SINCE` | `Too early` | Again ||\n|| — | `A club";
    let clubs = clubs()
        .spec("localized = true, ", "")
        .page(OPEN, "|| **MEMBERS**", param)
        .page(OPEN, "|| — | `A club", error)
        .page(
            LIST,
            "|| **PUBLIC**\n[`string`](../data-types.md) | Whether strangers see it",
            filter,
        )
        .page(LIST, "|| **OWNER**\n", field);
    assert_eq!(
        said(&clubs),
        [
            "params.RULES type file",
            "errors.BadDate text Too early",
            "fields.MEETS type integer",
            "filter_fields.NAME type integer",
        ]
    );
}

#[test]
fn a_bar_in_a_description_is_said() {
    let param = "|| **SINCE**\n[`datetime`](../data-types.md) | Since | Default — `now` ||";
    let clubs = clubs()
        .page(
            OPEN,
            "|| **SINCE**\n[`datetime`](../data-types.md) | Since when it meets ||",
            param,
        )
        .page(OPEN, "`NAME` is empty ||", "`NAME` | is empty ||");
    assert_eq!(
        said(&clubs),
        [
            "46: a row of 3 cells below a heading of 2",
            "120: a row of 4 cells below a heading of 3",
        ]
    );
}

#[test]
fn tables_are_read_in_lists_and_quotes_and_before_tabs() {
    let frames: [fn(&str) -> String; 5] = [
        |table| format!("- One\n\n{}", indented(table, "  ")),
        |table| format!("1. One\n\n{}", indented(table, "    ")),
        |table| indented(table, "> "),
        |table| format!("{{% list tabs %}}\n\n- One\n\n{table}\n{{% endlist %}}\n"),
        |table| format!("{{% list tabs %}}\n\n{table}\n- One\n\n    Text\n\n{{% endlist %}}\n"),
    ];
    for frame in frames {
        let clubs = framed(clubs(), OPEN, frame);
        assert_eq!(said(&clubs), [""; 0], "{}", clubs.text(OPEN));
    }
}

#[test]
fn examples_are_read_whatever_their_language_is_called() {
    let clubs = || {
        clubs().page(
            LIST,
            r#""COLOUR": "green""#,
            r#""COLOUR": "green", "AGE": 3"#,
        )
    };
    for language in ["JSON", "js", "", "json title"] {
        let clubs = clubs().page(LIST, "```json", &format!("```{language}"));
        assert_eq!(said(&clubs), ["fields.AGE new AGE"], "{language}");
    }
}

#[test]
fn bodies_of_requests_are_read_whatever_their_quotes_are() {
    let old = r#"-d '{"NAME":"Chess","PUBLIC":"Y","MEMBERS":[3,5]}'"#;
    for new in [
        r#"-d'{"AGE":1}'"#,
        r#"--data-raw '{"AGE":1}'"#,
        r#"--data='{"AGE":1}'"#,
        r#"-d "{\"AGE\":1}""#,
    ] {
        let clubs = clubs().page(OPEN, old, new);
        assert_eq!(said(&clubs), ["params.AGE new AGE"], "{new}");
    }
}

#[test]
fn a_comment_without_an_end_is_said() {
    let clubs = clubs().page(EVENT, "## What", "<!-- Later\n\n## What");
    let said = said(&clubs);
    assert!(
        said.iter()
            .any(|line| line.ends_with("`<!--` without a matching `-->`")),
        "{said:?}"
    );
}

/// Lists below it would be taken for tabs.
#[test]
fn tabs_without_an_end_are_said() {
    let clubs = clubs().page("club-open.md", "{% endlist %}", "");
    let said = said(&clubs);
    assert!(
        said.iter()
            .any(|line| line.ends_with("`{% list … %}` without a matching `{% endlist %}`")),
        "{said:?}"
    );
}

#[test]
fn a_part_of_a_file_that_it_does_not_have_is_said() {
    let clubs = clubs().page(EVENT, "auth.md)", "auth.md#gone)");
    let said = said(&clubs);
    assert!(said[0].contains("there is no `#gone` in "), "{said:?}");
}

#[test]
fn a_quote_in_a_cell_is_part_of_the_description() {
    let text = "# Close a club club.close\n\n## Parameters\n\n#|\n\
                || **HOW** `string` | How\n\n> Possible values: `fast`, `slow` ||\n|#\n";
    let checkout = Checkout::from_files([("a.md", "")]);
    let page = page::parse(&checkout, "api-reference/club-close.md", text);
    let how = &page.params.unwrap()[0];
    let values: Vec<&str> = how.values.iter().map(|said| said.text.as_str()).collect();
    assert_eq!(values, ["fast", "slow"]);
}

#[test]
fn a_part_of_a_file_goes_on_below_its_code() {
    let part = "## Before\n\n### Rows {#rows}\n\n```bash\n# words of a shell\n```\n\n\
                #|\n|| **LAST** `string` | Text ||\n|#\n\n## After\n";
    let text = "# Close a club club.close\n\n## Parameters\n\n\
                {% include notitle [rows](../_includes/part.md#rows) %}\n";
    let checkout = Checkout::from_files([("_includes/part.md", part)]);
    let page = page::parse(&checkout, "api-reference/club-close.md", text);
    assert_eq!(page.problems, []);
    assert_eq!(page.params.unwrap()[0].name, "LAST");
}

#[test]
fn an_error_without_an_error_is_said() {
    let clubs = clubs().page(OPEN, "\"error\": \"\"", "\"errors\": \"\"");
    let said = said(&clubs);
    let problem = "an example of an error has no `error`";
    assert!(said.iter().any(|line| line.ends_with(problem)), "{said:?}");
}

#[test]
fn another_code_is_not_settled_by_a_decision_on_the_text() {
    let decision = "    { on = \"errors.BadDate\", page = \"Not a date\", reason = \"So.\" },\n";
    let clubs = clubs()
        .spec("localized = true, ", "")
        .spec("text = \"That is no date\"", "text = \"Not a date\"")
        .spec(
            "    { on = \"scope\"",
            &format!("{decision}    {{ on = \"scope\""),
        )
        .page(
            OPEN,
            "|| `ERROR_SINCE` | `That is no date`",
            "|| `ERROR_DATE` | `Not a date`",
        );
    assert_eq!(said(&clubs)[0], "errors.BadDate renamed ERROR_DATE");
}

#[test]
fn what_stands_beside_the_result_is_compared() {
    let clubs = clubs()
        .page(
            OPEN,
            "\"result\": 12,",
            "\"result\": 12, \"next\": 50, \"warning\": \"\",",
        )
        .page(
            LIST,
            "|| **total**, **next**\n[`integer`](../data-types.md) | How many there are ||\n",
            "",
        );
    assert_eq!(
        said(&clubs),
        [
            "paged new next",
            "result.warning new warning",
            "paged missing ",
        ]
    );
}

#[test]
fn a_result_is_what_its_example_shows() {
    let clubs = clubs().page(OPEN, "\"result\": 12,", "\"result\": { \"id\": 12 },");
    assert_eq!(said(&clubs), ["result type object"]);
}

#[test]
fn a_default_is_compared_as_a_word() {
    let clubs = clubs()
        .spec(
            "type = \"string\", doc = \"Rules.\"",
            "type = \"string\", default = \"150\", doc = \"Rules.\"",
        )
        .page(OPEN, "| Rules.\n", "| Rules. Default — `50`\n");
    assert_eq!(said(&clubs), ["params.RULES default 50"]);
}

#[test]
fn a_section_adds_to_what_a_description_lists() {
    let section = "\n### Parameter params {#params}\n\n#|\n|| **RULES** `string` | Here too ||\n|#\n\n## Code Examples";
    let clubs = clubs()
        .page(OPEN, "[```integer | integer[]```](../data-types.md#compound-types) | First members ||",
            "[```integer | integer[]```](../data-types.md#compound-types) | First members ||\n|| **params**\n`object` | [Below](#params), and:\n- `params[AGE]` `integer` — age ||")
        .page(OPEN, "\n## Code Examples", section);
    let (outcome, ..) = clubs.compare();
    let row = outcome
        .findings
        .iter()
        .find_map(|finding| finding.row.as_ref());
    let Some(sonet_docs::diff::Row::Item(item)) = row else {
        panic!("{}", clubs.report());
    };
    let names: Vec<&str> = item
        .fields
        .iter()
        .map(|field| field.name.as_str())
        .collect();
    assert_eq!(names, ["AGE", "RULES"]);
}

#[test]
fn new_pages_are_found_in_new_folders() {
    let clubs = clubs()
        .add(
            "api-reference/club/halls/hall-rent.md",
            "\u{feff}# Rent a hall club.hall.rent\n",
        )
        .add(
            "api-reference/club/outdated/club-sell.md",
            "# Sell a club club.sell\n",
        );
    assert_eq!(said(&clubs), ["name new club.hall.rent"]);
}

/// A description may say what is in an object.
#[test]
fn a_field_without_a_name_is_said() {
    let list =
        "| First members. Structure of an entry:\n- `USER_ID` — a user\n- what he is to do ||\n|#";
    let clubs = clubs().page(OPEN, "| First members ||\n|#", list);
    let said = said(&clubs);
    let problem = "`what he is to do` in a list of fields is not a field";
    assert!(said.iter().any(|line| line.ends_with(problem)), "{said:?}");
}
