//! What a page stops saying is found, whatever the spec has decided about it.

use sonet_docs::apply;

use crate::fixtures::{Clubs, of_code};

const OPEN: &str = "club-open.md";
const LIST: &str = "club-list.md";

fn clubs() -> Clubs {
    Clubs::new("en")
}

#[test]
fn a_decision_on_values_settles_these_values_and_no_others() {
    let decided = |page: &str| {
        let before = "    { on = \"params.MEMBERS\"";
        let decision = format!(
            "    {{ on = \"params.RULES\", finding = \"values\", page = \"{page}\", reason = \"So.\" }},\n{before}"
        );
        let row = "| Rules.\n\nPossible values:\n- `short` — some\n- `long` — many\n";
        clubs()
            .spec(before, &decision)
            .page(OPEN, "| Rules.\n", row)
    };
    assert_eq!(decided("short, long").messages(), [""; 0]);
    assert_eq!(
        decided("short, long")
            .page(OPEN, "- `long` — many\n", "")
            .messages(),
        ["params.RULES values short"]
    );
    assert_eq!(
        decided("the rules are cut").messages()[0],
        "params.RULES values short, long"
    );
}

#[test]
fn a_decision_on_a_text_does_not_settle_a_row_that_is_gone() {
    let decision = |page: &str| {
        let before = "    { on = \"scope\"";
        let decision = format!(
            "    {{ on = \"errors.NoName\", page = \"{page}\", reason = \"So.\" }},\n{before}"
        );
        clubs().spec(before, &decision)
    };
    let gone = |clubs: Clubs| {
        clubs
            .page(
                OPEN,
                "|| — | `A club needs a name` | `NAME` is empty ||\n",
                "",
            )
            .page(
                OPEN,
                "\"You may not open clubs\"",
                "\"A club needs a name\"",
            )
    };
    assert_eq!(decision("A club needs a name").messages(), [""; 0]);
    assert!(
        gone(decision("A club needs a name"))
            .messages()
            .contains(&"errors.NoName not_in_table ".to_owned())
    );
}

#[test]
fn a_row_without_its_type_is_said_where_others_have_one() {
    let clubs = clubs()
        .page(
            OPEN,
            "**RULES**\n[`string`](../data-types.md)",
            "**RULES**\n",
        )
        .page(
            LIST,
            "|| **ID**\n[`integer`](../data-types.md)",
            "|| **ID**\n",
        )
        .page(
            LIST,
            "|| **MEETS**\n[`datetime`](../data-types.md)",
            "|| **MEETS**\n",
        )
        .page(
            OPEN,
            "|| **result**\n[`integer`](../data-types.md)",
            "|| **result**\n",
        );
    assert_eq!(
        clubs.messages(),
        [
            "params.RULES type ",
            "result type ",
            "fields.MEETS type ",
            "filter_fields.ID type ",
        ]
    );
}

#[test]
fn a_default_that_vanishes_or_loses_its_code_is_said() {
    let none = "If the parameter is not provided, the default value is used:\n- for employees — `ask`\n- for guests — `free` ||";
    assert_eq!(
        clubs().page(OPEN, none, "||").messages(),
        ["params.JOIN default "]
    );
    assert_eq!(
        clubs()
            .page(OPEN, "Default — `N`.", "Default — nobody.")
            .messages(),
        ["params.PUBLIC default nobody"]
    );
    // The same without its marks.
    assert_eq!(
        clubs()
            .page(OPEN, "Default — `N`.", "Default — N.")
            .messages(),
        [""; 0]
    );
}

#[test]
fn a_decision_on_a_default_quotes_the_sentence_that_says_it() {
    let decided = |page: &str| {
        let before = "    { on = \"params.MEMBERS\"";
        let decision = format!(
            "    {{ on = \"params.RULES\", finding = \"default\", page = \"{page}\", reason = \"So.\" }},\n{before}"
        );
        clubs().spec(before, &decision).spec(
            "type = \"string\", doc = \"Rules.\"",
            "type = \"string\", default = \"those of all clubs\", doc = \"Rules.\"",
        )
    };
    assert_eq!(decided("the rules are cut").messages(), [""; 0]);
    assert_eq!(
        decided("the rules are kept").messages(),
        ["params.RULES default "]
    );
    let other =
        decided("the rules are cut").page(OPEN, "| Rules.\n", "| Rules. Default — `none`\n");
    assert_eq!(other.messages(), ["params.RULES default none"]);
}

#[test]
fn a_table_of_a_result_that_vanishes_is_said() {
    let text = clubs().text(OPEN).to_owned();
    let from = text.find("### Returned Data").unwrap();
    let to = text.find("## Error Handling").unwrap();
    let clubs = clubs().page(OPEN, &text[from..to], "");
    assert_eq!(clubs.messages(), ["result missing "]);
}

#[test]
fn a_result_has_the_shape_that_the_spec_says() {
    let open = |result: &str| {
        let result = format!("\"result\": {result},");
        clubs().page(OPEN, "\"result\": 12,", &result).messages()
    };
    assert_eq!(open("\"12\""), [""; 0]);
    assert_eq!(open("[12]"), ["result type array"]);
    assert_eq!(open("null"), ["result null null"]);
    let list = |result: &str| {
        let result = format!("\"result\": {result},");
        clubs()
            .spec(
                "type = \"ClubId\", doc = \"The new club.\"",
                "type = \"ClubId[]\", doc = \"The new club.\"",
            )
            .page(OPEN, "**result**\n[`integer`]", "**result**\n[`array`]")
            .page(OPEN, "\"result\": 12,", &result)
            .messages()
    };
    assert_eq!(list("[12]"), [""; 0]);
    assert_eq!(list("12"), ["result type integer"]);
    assert_eq!(list("\"12\""), ["result type string"]);
}

#[test]
fn a_second_scope_or_who_is_said_if_it_differs() {
    let again = |text: &str| {
        let who = "> Who can execute the method: any user\n";
        clubs()
            .page(LIST, who, &format!("{who}>\n> {text}\n"))
            .messages()
    };
    assert_eq!(again("Scope: [`clubs`](../scopes.md)"), [""; 0]);
    assert_eq!(again("Who can execute the method: any user"), [""; 0]);
    assert_eq!(
        again("Scope: [`halls`](../scopes.md)"),
        ["7: the page says a second scope: `halls`"]
    );
    assert_eq!(
        again("Who can execute the method: administrator"),
        ["7: the page says a second time who may use it: `administrator`"]
    );
}

/// A field with another name in the table, and in the example too if `shown`.
fn renamed(shown: bool) -> Clubs {
    let clubs = clubs().page(LIST, "|| **MEETS**\n", "|| **GATHERS**\n");
    if shown {
        clubs.page(LIST, "\"MEETS\"", "\"GATHERS\"")
    } else {
        clubs
    }
}

#[test]
fn a_field_in_the_place_of_another_one_is_probably_that_one() {
    assert_eq!(
        renamed(true).messages(),
        [
            "fields.MEETS not_in_example ",
            "fields.MEETS renamed GATHERS"
        ]
    );
    // Of another type, it is another one.
    let other = renamed(true).page(
        LIST,
        "**GATHERS**\n[`datetime`]",
        "**GATHERS**\n[`integer`]",
    );
    let said = other.messages();
    assert!(
        said.contains(&"fields.GATHERS new GATHERS".to_owned()),
        "{said:?}"
    );
    assert!(
        said.contains(&"fields.MEETS missing ".to_owned()),
        "{said:?}"
    );
}

#[test]
fn nothing_is_written_of_what_may_be_renamed() {
    let other = || {
        renamed(true).page(
            LIST,
            "**GATHERS**\n[`datetime`]",
            "**GATHERS**\n[`integer`]",
        )
    };
    for clubs in [renamed(true), renamed(false), other()] {
        let (outcome, source, checkout) = clubs.compare();
        let applied = apply::apply(&source, &checkout, &outcome.findings, &[&of_code]).unwrap();
        assert_eq!(applied.text, source.text, "{}", clubs.report());
        assert_eq!(applied.left.len(), outcome.findings.len());
    }
}

#[test]
fn keys_that_are_data_are_compared_with_those_of_the_spec() {
    let table = "|| **result**\n[`object`](../data-types.md) | What a club takes ||\n|| **NAME**\n`object` | Name ||\n|| **RULES**\n`object` | Rules ||";
    let keys = || {
        clubs()
            .spec("result = { type = \"ClubId\", doc = \"The new club.\" }", "result = { type = \"Takes\", doc = \"All.\", keys = [\"NAME\", \"RULES\"] }")
            .spec("[[object]]\nname = \"Clubs\"", "[[object]]\nname = \"Takes\"\ndoc = \"All.\"\nfields = [{ name = \"all\", type = \"map<string>\", doc = \"All.\" }]\n\n[[object]]\nname = \"Clubs\"")
            .page(OPEN, "|| **result**\n[`integer`](../data-types.md) | The new club ||", table)
            .page(OPEN, "\"result\": 12,", "\"result\": { \"all\": { \"NAME\": \"\", \"RULES\": \"\" } },")
    };
    assert_eq!(keys().messages(), [""; 0]);
    assert_eq!(
        keys()
            .page(OPEN, "**RULES**\n`object`", "**LAWS**\n`object`")
            .messages(),
        ["result.RULES missing ", "result.LAWS new LAWS"]
    );
    // Without a table, the example says it.
    let text = keys().text(OPEN).to_owned();
    let from = text.find("### Returned Data").unwrap();
    let to = text.find("## Error Handling").unwrap();
    let bare = || {
        let decision =
            "    { on = \"result\", finding = \"missing\", page = \"\", reason = \"None.\" },\n";
        let place = "    { on = \"params.MEMBERS\",";
        keys()
            .page(OPEN, &text[from..to], "")
            .spec(place, &format!("{decision}{place}"))
    };
    assert_eq!(bare().messages(), [""; 0]);
    assert_eq!(
        bare()
            .page(OPEN, "\"RULES\": \"\"", "\"LAWS\": \"\"")
            .messages(),
        ["result.LAWS new LAWS", "result.RULES missing "]
    );
}
