//! Drafts held against their own pages: what a page says in two forms is decided, so that nothing is found there.

use sonet_docs::import::{self, Descriptions};
use sonet_spec as spec;

use crate::fixtures::{Clubs, code};

/// What a page says in two forms is decided, so that nothing is found of a draft on its own page.
#[test]
fn a_draft_and_its_page_agree() {
    let page = "# Close a hall hall.close\n\n> Scope: [`hall`](x.md)\n>\n> Who can execute the method:\n\n\
        ## Method Parameters\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
        || **id***\n[`integer`](x.md) | Which ||\n\
        || **fields**\n[`object`](x.md) | What:\n\n- **MODE** `integer` — how\n- **PARENT_ID_** `integer` — of whom ||\n\
        || **filter***\n[`object`](x.md) | Which ||\n\
        || **select**\n[`string[]`](x.md) | Possible values:\n- `*` — all ||\n|#\n\n\
        ## Code Examples\n\n```bash\ncurl -X POST -H \"Content-Type: application/json\" -d '{\"ID\":1}' https://x/rest/hall.close\n```\n\n\
        ## Response\n\n```json\n{\"done\": true}\n```\n\n\
        ## Error Handling\n\nHTTP status: **400**, **403**\n\n```json\n{\"error\": \"SHUT\", \"error_description\": \"The hall is shut.\"}\n```\n\n\
        #|\n|| **Code** | **Description** | **Value** ||\n|| `SHUT` | The hall is shut | Never open ||\n|#\n";
    let text = agreed(page);
    // What comes is what the example shows.
    assert!(text.contains("text = \"The hall is shut.\""), "{text}");
}

#[test]
fn a_draft_and_a_page_with_few_stars_agree() {
    let page = "# Get a hall hall.close\n\n> Scope: [`hall`](x.md)\n>\n> Who can execute the method: any user\n\n\
        ## Method Parameters\n\nNo parameters.\n\n\
        ## Response\n\n```json\n{\"result\": {\"NAME\": \"a\", \"PLACE\": \"b\", \"OLD\": \"c\"}}\n```\n\n\
        ### Returned Data\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
        || **result**\n[`object`](x.md) | The hall ||\n\
        || **NAME***\n[`string`](x.md) | How it is called ||\n\
        || **PLACE**\n[`string`](x.md) | Where. Values: ||\n\
        || **OLD**\n[`string`](x.md) | Deprecated, see `PLACE` ||\n|#\n\n\
        ## Error Handling\n\n```json\n{\"error\": \"\", \"error_description\": \"No hall\"}\n```\n\n\
        #|\n|| **Code** | **Description** | **Value** ||\n|| `0` | No hall | None ||\n|#\n";
    agreed(page);
}

/// The draft of a page, of which nothing is found there.
fn agreed(page: &str) -> String {
    let clubs = Clubs::new("en").add("api-reference/hall/close.md", page);
    let (_, source, checkout) = clubs.compare();
    let (before, _) = spec::parse("spec.toml", &source.text).unwrap();
    let files = ["api-reference/hall/close.md".to_owned()];
    let quoted = Descriptions::Quoted;
    let drafts = import::drafts(before, &source.text, &checkout, &files, code(quoted));
    let drafts = drafts.unwrap();
    let text = format!("{}\n{}", source.text, drafts[0].text);
    let (spec, _) = spec::parse("spec.toml", &text).unwrap_or_else(|report| panic!("{report}"));
    let method = spec
        .methods
        .iter()
        .find(|method| *method.name == "hall.close");
    let page = sonet_docs::page::read(&checkout, "api-reference/hall/close.md").unwrap();
    let findings = sonet_docs::diff::method(&spec, method.unwrap(), &page);
    assert_eq!(findings, [], "{}", drafts[0].text);
    drafts[0].text.clone()
}

/// What a table lists the codes of may come as something else.
#[test]
fn a_field_with_codes_that_comes_as_an_object_is_no_enum() {
    let page = "# Get a hall hall.close\n\n## Response\n\n```json\n{\"result\": {\"KIND\": {\"title\": \"a\"}, \"PLACE\": \"b\"}}\n```\n\n\
        ### Returned Data\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
        || **result**\n[`object`](x.md) | The hall ||\n\
        || **KIND**\n[`string`](x.md) | Possible values:\n- `big` — big\n- `small` — small ||\n\
        || **PLACE**\n[`string`](x.md) | Where ||\n|#\n";
    let text = agreed(page);
    assert!(!text.contains("[[enum]]"), "{text}");
}

/// A page with these parameters, an example that sends this, and this answer.
fn page(params: &str, sent: &str, answer: &str) -> String {
    format!(
        "# Get a hall hall.close\n\n> Scope: [`hall`](x.md)\n>\n> Who can execute the method: any user\n\n\
         ## Method Parameters\n\n#|\n|| **Name**\n`type` | **Description** ||\n{params}|#\n\n\
         ## Code Examples\n\n```bash\ncurl -X POST -H \"Content-Type: application/json\" -d '{sent}' https://x/rest/hall.close\n```\n\n\
         ## Response\n\n{answer}"
    )
}

/// A table of what is returned, with these rows.
fn returned(rows: &str) -> String {
    format!("\n\n### Returned Data\n\n#|\n|| **Name**\n`type` | **Description** ||\n{rows}|#\n")
}

fn row(name: &str, ty: &str) -> String {
    format!("|| **{name}**\n[`{ty}`](x.md) | Something ||\n")
}

const DONE: &str = "```json\n{\"result\": true}\n```\n";

#[test]
fn an_empty_value_that_is_sent_is_one_of_the_values() {
    let kind =
        "|| **KIND**\n[`string`](x.md) | Possible values:\n- `''` — none\n- `open` — one ||\n";
    let text = agreed(&page(kind, "{}", DONE));
    assert!(text.contains("{ wire = \"\", name = \"Empty\""), "{text}");
}

#[test]
fn what_is_around_an_answer_is_the_same_everywhere() {
    let rows = row("result", "boolean") + &row("time", "array");
    let answer = format!("HTTP status: **400**\n\n{DONE}{}", returned(&rows));
    let text = agreed(&page(&row("id", "integer"), "{\"id\":1}", &answer));
    assert!(text.contains("comes with the status 400"), "{text}");
}

#[test]
fn a_condition_that_is_required_is_in_doubt() {
    let filter = "|| **filter**\n[`object`](x.md) | [Below](#fields) ||\n";
    let fields = "|#\n\n### Filter fields {#fields}\n\n#|\n|| **Name**\n`type` | **Description** ||\n|| **ID***\n[`integer`](x.md) | Which ||\n";
    let text = agreed(&page(
        &[filter, fields].concat(),
        "{\"filter\":{\"ID\":1}}",
        DONE,
    ));
    assert!(
        text.contains("`filter_fields.ID`: the page says that it is required"),
        "{text}"
    );
}

#[test]
fn a_result_of_two_forms_has_no_fields() {
    let tables = [
        returned(&row("result", "integer")),
        returned(&(row("result", "object") + &row("name", "string"))),
    ];
    let shown = "```json\n{\"result\": 1}\n```\n\n```json\n{\"result\": {\"name\": \"a\"}}\n```\n";
    let answer = format!("{shown}{}", tables.concat());
    let text = agreed(&page(&row("id", "integer"), "{\"id\":1}", &answer));
    assert!(text.contains("result = { type = \"json\""), "{text}");
}

#[test]
fn an_object_that_stands_in_two_places_has_the_decisions_of_both() {
    let rows = row("result", "object") + "|| **tabled**\n[`object`](x.md) | [Below](#range) ||\n";
    let range = format!(
        "\n#### Range Object {{#range}}\n\n#|\n|| **Name**\n`type` | **Description** ||\n{}|#\n",
        row("name", "string")
    );
    let shown = "```json\n{\"result\": {\"tabled\": {\"name\": \"a\"}, \"shown\": {\"name\": \"b\"}}}\n```\n";
    let answer = format!("{shown}{}{range}", returned(&rows));
    let text = agreed(&page(&row("id", "integer"), "{\"id\":1}", &answer));
    assert_eq!(text.matches("[[object]]").count(), 2, "{text}");
}

#[test]
fn rows_under_their_own_numbers_are_a_list() {
    let start = row("start", "integer");
    for (shown, paged, ty) in [
        (
            r#"{"7": {"id": 7, "tags": ["a"]}}"#,
            "rows = \"result\"",
            "[]",
        ),
        (
            r#"{"halls": {"7": {"id": "7"}}}"#,
            "rows = \"result.halls\"",
            "",
        ),
        (r#"{"7": {"name": "a"}}"#, "", ">"),
    ] {
        let answer =
            format!("```json\n{{\"result\": {shown}, \"next\": 50, \"total\": 70}}\n```\n");
        let text = agreed(&page(&start, "{\"start\":0}", &answer));
        assert!(text.contains(paged), "{text}");
        assert_eq!(text.contains("paged = "), !paged.is_empty(), "{text}");
        let (_, result) = text.split_once("result = { type = \"").unwrap();
        assert!(result.split_once('"').unwrap().0.ends_with(ty), "{text}");
    }
}

#[test]
fn rows_without_a_result_around_them_are_a_list() {
    let answer = "```json\n[{\"id\": 7}]\n```\n";
    let text = agreed(&page(&row("start", "integer"), "{\"start\":0}", answer));
    assert!(text.contains("paged = { rows = \"result\""), "{text}");
}

#[test]
fn what_only_an_example_filters_by_is_in_doubt() {
    let filter = "|| **filter**\n[`object`](x.md) | [Below](#fields) ||\n";
    let fields =
        "|#\n\n### Filter fields {#fields}\n\n#|\n|| **Name**\n`type` | **Description** ||\n";
    let params = [filter, fields, &row("ID", "integer")].concat();
    let sent = r#"{"filter":{"ID":1,">=ID":2,"LANG":"de","id":3,"~LANG":"x"}}"#;
    let text = agreed(&page(&params, sent, DONE));
    for part in [
        "filter_operators = [\"\", \">=\"]",
        "{ name = \"LANG\", type = \"string\"",
        "`filter_fields.LANG`, `filter_operators.>=`: only an example sends it",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("{ name = \"id\""), "{text}");
}

#[test]
fn what_is_described_and_nowhere_in_the_answer_is_in_doubt() {
    let fields = "|| **fields**\n[`object`](x.md) | What. The structure of `PHONE`:\n- `VALUE` — a number ||\n";
    let text = agreed(&page(fields, "{}", DONE));
    assert!(
        text.contains("`PHONE`: the page describes what is in it"),
        "{text}"
    );
}

#[test]
fn rows_that_no_table_describes_are_what_an_example_shows() {
    let rows = row("result", "object") + &row("halls", "object[]");
    let answer = format!(
        "```json\n{{\"result\": {{\"halls\": [{{\"id\": 7}}]}}, \"next\": 50}}\n```\n{}",
        returned(&rows)
    );
    let text = agreed(&page(&row("start", "integer"), "{\"start\":0}", &answer));
    assert!(text.contains("row_cursor = \"id\""), "{text}");
}

#[test]
fn parameters_that_a_row_leads_to_are_what_is_in_it() {
    let fields = "|| **settings**\n[`object`](x.md) | [Below](#settings) ||\n|#\n\n#### Parameters {#settings}\n\n#|\n|| **Name**\n`type` | **Description** ||\n";
    let params = fields.to_owned() + &row("start", "integer");
    let text = agreed(&page(&params, "{\"settings\":{\"start\":1}}", DONE));
    let (_, inner) = text.split_once("name = \"settings\"").unwrap();
    assert!(
        inner.contains("{ name = \"start\", type = \"integer\""),
        "{text}"
    );
    assert!(!text.contains("where its rows are is not said"), "{text}");
}

#[test]
fn a_draft_and_a_page_with_odd_rows_agree() {
    let text = agreed(
        "# Close a hall hall.close\n\n## Method Parameters\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
         || **KEY_CODE/KEY_ID***\n`string` | Key (required) ||\n\
         || **FILTER** | Which fields ||\n\
         || **start**\n`number` | Where to start ||\n\
         || **RULES**\n`object` | Rules. May contain keys:\n- `IN` — inside\n- `OUT` — outside\n\n\
         Where it is:\n- `club` — here\n- `hall` — there ||\n|#\n\n\
         The page size is 20 records.\n\n## Response\n\n```json\n{\"result\": true}\n```\n",
    );
    assert!(!text.contains("required = true"), "{text}");
    assert!(
        text.contains("name = \"RULES\", type = \"object\""),
        "{text}"
    );
}
