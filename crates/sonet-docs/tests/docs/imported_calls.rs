//! What a draft takes of documented calls, where the tables of its page say less or otherwise.

use sonet_docs::import;
use sonet_spec as spec;

use crate::fixtures::{Clubs, code};

/// The draft of a page about a method that moves a club, with these parameters, calls (or other blocks among them) and an
/// error. It agrees with its page.
fn draft(params: &str, calls: &[&str], error: &str) -> String {
    let calls = calls.iter().map(|call| match call.strip_prefix("```") {
        Some(_) => format!("{call}\n\n"),
        None => format!(
            "```bash\ncurl https://**address**/rest/**user**/**code**/club.move -d '{call}'\n```\n\n"
        ),
    });
    let calls: Vec<String> = calls.collect();
    let page = format!(
        "# Move club.move\n\n> Scope: [`clubs`](x.md)\n>\n> Who can execute the method: any user\n\n\
         ## Method Parameters\n\n#|\n|| **Name**\n`type` | **Description** ||\n{params}|#\n\n\
         ## Code Examples\n\n{}## Response\n\n```json\n{{\"result\": true}}\n```\n\n\
         ## Error Handling\n\n#|\n|| **Code** | **Description** | **Value** ||\n|| `100` | {error} | Failed ||\n|#\n",
        calls.concat()
    );
    let file = "api-reference/club/club-move.md";
    let clubs = Clubs::new("en").add(file, &page);
    let (_, source, checkout) = clubs.compare();
    let (before, _) = spec::parse("spec.toml", &source.text).unwrap();
    let drafts = import::drafts(
        before,
        &source.text,
        &checkout,
        &[file.to_owned()],
        code(import::Descriptions::Quoted),
    );
    let text = drafts.unwrap().remove(0).text;
    let all = format!("{}\n{text}", source.text);
    let (spec, _) = spec::parse("spec.toml", &all).unwrap_or_else(|report| panic!("{report}"));
    let method = spec.methods.last().unwrap();
    let page = sonet_docs::page::read(&checkout, file).unwrap();
    let findings = sonet_docs::diff::method(&spec, method, &page);
    assert!(findings.is_empty(), "{findings:#?}\n{text}");
    text
}

const ROW: &str = "|| **id***\n[`integer`](x.md) | Number ||\n";

/// The line of a parameter, as far as it is about its type.
fn param<'t>(text: &'t str, name: &str) -> &'t str {
    let head = format!("{{ name = \"{name}\", ");
    let at = text.find(&head).unwrap_or_else(|| panic!("{text}")) + head.len();
    let rest = &text[at..];
    &rest[..rest.find(", doc").unwrap()]
}

#[test]
fn an_error_says_what_a_call_needs() {
    let missing = "Could not find value for parameter {number}";
    // No table has it.
    let text = draft("", &[r#"{"number": 1}"#], missing);
    assert_eq!(
        param(&text, "number"),
        "type = \"integer\", required = true"
    );
    // The table has it without a star.
    let row = "|| **number**\n[`integer`](x.md) | Number ||\n";
    let text = draft(row, &[r#"{"number": 1}"#], missing);
    assert_eq!(
        param(&text, "number"),
        "type = \"integer\", required = true"
    );
    // A call that does without it knows better.
    let text = draft(row, &[r#"{"number": 1}"#, "{}"], missing);
    assert_eq!(param(&text, "number"), "type = \"integer\"");
}

#[test]
fn an_error_does_not_outweigh_what_the_page_says_of_a_parameter() {
    let missing = "Could not find value for parameter {number}";
    let other = "|| **name**\n[`string`](x.md) | Name ||\n";
    for said in [
        "Number. Required if `name` is not passed",
        "Number. **Optional**",
        "Number. At least one of `number` and `name` must be passed",
    ] {
        let row = format!("|| **number**\n[`integer`](x.md) | {said} ||\n{other}");
        let text = draft(&row, &[r#"{"number": 1, "name": "Elks"}"#], missing);
        assert_eq!(param(&text, "number"), "type = \"integer\"", "{said}");
    }
}

#[test]
fn what_an_object_is_sent_with_is_in_it() {
    let params = format!(
        "{ROW}|| **to***\n[`object`](x.md) | Where ||\n|#\n\n### Parameter to\n\n#|\n\
         || **Name**\n`type` | **Description** ||\n|| **street***\n[`string`](x.md) | Street ||\n"
    );
    let call = r#"{"id": 1, "to": {"street": "Kings Road", "floor": 2, "UF_DOOR": "red"}}"#;
    let text = draft(&params, &[call], "Closed");
    assert_eq!(param(&text, "floor"), "type = \"integer\"");
    assert!(
        text.contains("`to.floor`: only an example sends it"),
        "{text}"
    );
    // A table that lacks one may lack others.
    assert!(
        param(&text, "to").ends_with("required = true, open = true"),
        "{text}"
    );
    assert!(!text.contains("UF_DOOR"), "{text}");
}

#[test]
fn a_call_with_everything_once_more_in_one_of_its_parameters_is_the_inner_one() {
    let params = format!(
        "{ROW}|| **to***\n[`array`](x.md) | Where ||\n|#\n\n### Parameter to\n\n#|\n\
         || **Name**\n`type` | **Description** ||\n|| **street***\n[`string`](x.md) | Street ||\n"
    );
    let call = r#"{"to": {"id": 1, "to": {"street": "Kings Road"}}}"#;
    let text = draft(&params, &[call], "Closed");
    assert_eq!(param(&text, "id"), "type = \"integer\", required = true");
    // What has names for keys is no list, though the table calls it one.
    assert_eq!(param(&text, "to"), "type = \"object\", required = true");
    assert_eq!(param(&text, "street"), "type = \"string\", required = true");
}

#[test]
fn what_is_in_a_list_is_what_calls_send_in_it() {
    let row = |name: &str| format!("|| **{name}**\n[`array`](x.md) | Some ||\n");
    let names = ["numbers", "words", "files", "mixed", "rows", "none"];
    let params: Vec<String> = names.iter().map(|name| row(name)).collect();
    let call = r#"{"numbers": [1, 2], "words": ["a", "1"], "files": [["a.txt", "YQ=="]], "mixed": [1, "a"],
        "rows": [["a", "b"]], "none": []}"#;
    let text = draft(&params.concat(), &[call], "Closed");
    for (name, ty) in
        names
            .into_iter()
            .zip(["integer[]", "string[]", "file[]", "json", "json", "json"])
    {
        assert_eq!(param(&text, name), format!("type = \"{ty}\""), "{text}");
    }
    assert!(text.contains("`params.numbers`, `params.words`, `params.files`: only an example shows what is in the list."), "{text}");
}

#[test]
fn what_a_call_sends_in_another_form_is_json() {
    let params = "|| **to**\n[`object`](x.md) | Where ||\n|| **select**\n[`array`](x.md) | Which ||\n|#\n\n\
        ### Parameter to\n\n#|\n|| **Name**\n`type` | **Description** ||\n|| **street**\n[`string`](x.md) | Street ||\n";
    let text = draft(
        params,
        &[r#"{"to": [{"street": "Kings Road"}], "select": {"0": "*", "language": "de"}}"#],
        "Closed",
    );
    for name in ["to", "select"] {
        assert_eq!(param(&text, name), "type = \"json\"", "{text}");
    }
    let text = draft(
        params,
        &[r#"{"to": {"street": "Kings Road"}, "select": ["*"]}"#],
        "Closed",
    );
    assert_eq!(param(&text, "to"), "type = \"object\"");
    assert_eq!(param(&text, "select"), "type = \"select\", open = true");
}

#[test]
fn an_answer_among_the_calls_is_none() {
    let row = "|| **to***\n[`string`](x.md) | Where ||\n";
    let answer = "```json\n{\"result\": true, \"time\": {\"start\": 1.5}}\n```";
    let text = draft(row, &[r#"{"to": "door"}"#, answer], "Closed");
    assert_eq!(param(&text, "to"), "type = \"string\", required = true");
    assert!(!text.contains("name = \"time\""), "{text}");
}

#[test]
fn a_condition_on_a_yes_or_no_is_what_calls_send() {
    let filter = "|| **filter**\n[`object`](x.md) | Which ||\n|#\n\n### Filter Parameters\n\n#|\n\
        || **Name**\n`type` | **Description** ||\n|| **OPEN**\n[`boolean`](x.md) | Whether ||\n";
    for (sent, ty) in [("\"Y\"", "flag"), ("true", "boolean")] {
        let call = format!("{{\"filter\": {{\"OPEN\": {sent}}}}}");
        let text = draft(filter, &[&call], "Closed");
        assert!(
            text.contains(&format!("{{ name = \"OPEN\", type = \"{ty}\"")),
            "{text}"
        );
    }
}
