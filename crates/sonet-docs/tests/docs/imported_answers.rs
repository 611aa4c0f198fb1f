//! The types of answers whose examples do not all have one form, or not that of their table.

use sonet_docs::import::Descriptions;

use crate::fixtures::Clubs;

/// The draft of a method whose result has these rows in its table, and of which examples show these results.
fn draft(verb: &str, table: &str, results: &[&str]) -> String {
    let results = results
        .iter()
        .map(|result| format!("```json\n{{\"result\": {result}}}\n```\n\n"));
    let examples = results.collect::<Vec<_>>().concat();
    let table = if table.is_empty() {
        String::new()
    } else {
        format!("### Returned Data\n\n#|\n|| **Name**\n`type` | **Description** ||\n{table}|#\n")
    };
    let page = format!(
        "# {verb} a club: club.room.{}\n\n## Code Examples\n\n\
         ```bash\ncurl https://**address**/rest/**user**/**code**/club.room.{} -d '{{\"id\": 1}}'\n```\n\n\
         ## Response\n\n{examples}{table}",
        verb.to_lowercase(),
        verb.to_lowercase(),
    );
    let file = "api-reference/club/room.md".to_owned();
    let clubs = Clubs::new("en").add(&file, &page);
    clubs.draft(file, Descriptions::Own)
}

fn row(name: &str, ty: &str) -> String {
    format!("|| **{name}**\n`{ty}` | Something ||\n")
}

/// The type that a draft gives to what follows a name.
fn type_of<'d>(draft: &'d str, before: &str) -> &'d str {
    let (_, rest) = draft.split_once(before).unwrap();
    let (_, rest) = rest.split_once("type = \"").unwrap();
    rest.split_once('"').unwrap().0
}

#[test]
fn an_answer_that_comes_in_several_forms_is_json() {
    for (table, results, ty) in [
        (
            row("result", "string"),
            vec!["\"open\"", "{\"id\": 1}"],
            "json",
        ),
        (
            row("result", "object"),
            vec!["{\"id\": 1}", "\"open\""],
            "json",
        ),
        (row("result", "integer"), vec!["1", "{\"id\": 1}"], "json"),
        (String::new(), vec!["[1, 2]", "[{\"id\": 1}]"], "json[]"),
    ] {
        let draft = draft("Get", &table, &results);
        assert_eq!(type_of(&draft, "result = "), ty, "{draft}");
    }
}

#[test]
fn a_write_that_may_answer_no_is_not_promised_to_have_been_done() {
    let table = row("result", "boolean");
    let result = |results: &[&str]| {
        let draft = draft("Close", &table, results);
        type_of(&draft, "result = ").to_owned()
    };
    assert_eq!(result(&["true"]), "accepted");
    assert_eq!(result(&["true", "false"]), "boolean");
}

#[test]
fn numbers_are_keys_of_a_map() {
    let shown = r#"{"7": {"name": "Ann"}, "12": {"name": "Bo"}}"#;
    let rows = draft("Get", "", &[shown, "[]"]);
    assert!(type_of(&rows, "result = ").starts_with("map<"), "{rows}");
    let within = format!("{{\"count\": 2, \"people\": {shown}}}");
    let within = draft("Get", "", &[&within]);
    assert_eq!(
        type_of(&within, "name = \"people\""),
        "map<People>",
        "{within}"
    );
}

#[test]
fn an_enum_that_is_shown_as_an_object_is_json() {
    let table = row("result", "object")
        + &row("ID", "integer")
        + "|| **KIND**\n`string` | Possible values:\n- `open` — one\n- `closed` — two ||\n";
    let shown = r#"{"ID": {"type": "integer"}, "KIND": {"type": "string", "title": "Kind"}}"#;
    let described = draft("Get", &table, &[shown]);
    assert_eq!(
        type_of(&described, "name = \"KIND\""),
        "json",
        "{described}"
    );
    assert!(!described.contains("[[enum]]"), "{described}");
}

#[test]
fn what_is_called_a_list_and_shown_with_names_is_an_object() {
    let table = row("result", "object") + &row("ID", "integer") + &row("SETTINGS", "array");
    let shown = r#"{"ID": 1, "SETTINGS": {"SIZE": 3, "TITLE": "Club"}}"#;
    let named = draft("Get", &table, &[shown]);
    assert_eq!(
        type_of(&named, "name = \"SETTINGS\""),
        "Settings",
        "{named}"
    );
}

#[test]
fn lists_under_numbers_are_no_rows() {
    let table = row("result", "object");
    let lists = draft("Get", &table, &[r#"{"7": [{"id": 1}]}"#]);
    assert_eq!(type_of(&lists, "result = "), "json", "{lists}");
}

#[test]
fn an_answer_within_one_key_may_be_one_value_or_have_the_times_of_the_call_beside_it() {
    let tabled = |ty: &str| row("result", "object") + &row("club", ty);
    let times = "\"time\": {\"start\": 1.5, \"finish\": 2.5, \"duration\": 1.0}";
    let text = draft("Open", &tabled("boolean"), &["{\"club\": true}"]);
    assert!(
        text.contains("result = { type = \"accepted\", within = \"club\""),
        "{text}"
    );
    let with_times = format!("{{\"club\": {{\"name\": \"Chess\"}}, {times}}}");
    let text = draft("Open", &tabled("object"), &[&with_times]);
    assert!(text.contains("within = \"club\""), "{text}");
    assert!(!text.contains("duration"), "{text}");
    // Without a table, nobody knows that the key is always there; and `time` may be anything.
    let text = draft("Open", "", &["{\"club\": true}"]);
    assert!(!text.contains("within"), "{text}");
    let text = draft(
        "Open",
        &tabled("object"),
        &["{\"club\": {\"name\": \"Chess\"}, \"time\": \"12:30\"}"],
    );
    assert!(!text.contains("within"), "{text}");
}
