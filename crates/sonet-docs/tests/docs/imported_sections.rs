//! Drafts of pages with headings, rows and objects as other sections of the documentation have them.

use sonet_docs::import::Descriptions;

use crate::fixtures::Clubs;

/// The draft of a page about `club.door.VERB`, which has this text below its title.
fn draft(verb: &str, text: &str) -> String {
    let name = verb.to_lowercase();
    draft_of(&format!(
        "# {verb} a door club.door.{name}\n\n\
         > Scope: [`club`](x.md)\n>\n> Who can execute the method: any user\n\n{text}"
    ))
}

/// The draft of a page.
fn draft_of(page: &str) -> String {
    let file = "api-reference/club/door.md".to_owned();
    let system = "### Statuses and System Error Codes\n\n#|\n|| **Status** | **Code**\n**Error Message** | **Description** ||\n\
                  || `503` | `LIFT_STUCK`\nThe lift is stuck | Nobody gets in ||\n|#\n";
    let clubs = Clubs::new("en")
        .add("_includes/system-errors.md", system)
        .add(&file, page);
    clubs.draft(file, Descriptions::Quoted)
}

/// A table of parameters or fields.
fn table(rows: &[&str]) -> String {
    format!(
        "#|\n|| **Name**\n`type` | **Description** ||\n{}\n|#\n\n",
        rows.join("\n")
    )
}

fn params(rows: &[&str]) -> String {
    format!("## Method Parameters\n\n{}", table(rows))
}

/// A request that a page shows.
fn request(verb: &str, body: &str) -> String {
    format!(
        "## Code Examples\n\n```bash\n\
         curl https://**address**/rest/**user**/**code**/club.door.{verb} -d '{body}'\n```\n\n"
    )
}

/// The line of a draft that has this name in it.
fn line<'d>(draft: &'d str, name: &str) -> &'d str {
    let name = format!("name = \"{name}\"");
    let mut lines = draft.lines();
    let found = lines.find(|line| line.contains(&name));
    found
        .unwrap_or_else(|| panic!("no {name} in {draft}"))
        .trim()
}

#[test]
fn an_answer_is_one_below_any_heading() {
    let answer = "```json\n{\"result\": true, \"time\": {\"start\": 1.5}}\n```\n\n";
    for heading in [
        "Response on Success",
        "Successful Response",
        "What the Door Says",
    ] {
        let draft = draft(
            "Close",
            &[
                params(&["|| **ID***\n`integer` | Which ||"]),
                request("close", r#"{"ID": 7}"#),
                format!("## {heading}\n\n{answer}"),
            ]
            .concat(),
        );
        assert!(line(&draft, "ID").contains("required = true"), "{draft}");
        assert!(!draft.contains("name = \"time\""), "{draft}");
        assert!(draft.contains("result = { type = \"accepted\""), "{draft}");
    }
}

#[test]
fn errors_of_the_system_are_none_of_the_method_without_their_heading() {
    let own = "#|\n|| **Code** | **Description** ||\n|| `LOCKED` | It is locked ||\n|#\n\n";
    for (title, own) in [("", own), (" notitle", own), (" notitle", "")] {
        let include = format!("{{% include{title} [all](../../_includes/system-errors.md) %}}\n");
        let draft = draft("Open", &format!("## Error Handling\n\n{own}{include}"));
        assert!(!draft.contains("LIFT_STUCK"), "{draft}");
        assert_eq!(draft.contains("LOCKED"), !own.is_empty(), "{draft}");
    }
}

#[test]
fn fields_belong_to_the_row_that_leads_to_them() {
    let draft = draft(
        "Get",
        &[
            "## Method Parameters\n\nNo parameters.\n\n## Response Handling\n\n```json\n{\"result\": {\"doors\": [{\"id\": 1}], \"guards\": [{\"name\": \"Ann\"}]}}\n```\n\n",
            "## Returned Data\n\n",
            &table(&[
                "|| **result**\n`object` | What there is ||",
                "|| **result.doors**\n[`Door[]`](x.md#door) | Doors [(more)](#door-object) ||",
                "|| **result.guards**\n[`Guard[]`](x.md#guard) | Guards [(more)](#guard-object) ||",
            ]),
            "### Fields of the Door Object {#door-object}\n\n",
            &table(&["|| **id**\n`integer` | Number ||"]),
            "### Fields of the Guard Object {#guard-object}\n\n",
            &table(&["|| **name**\n`string` | Who ||"]),
        ]
        .concat(),
    );
    for (field, ty) in [("doors", "Doors[]"), ("guards", "Guards[]")] {
        let line = line(&draft, field);
        assert!(line.contains(&format!("type = \"{ty}\"")), "{draft}");
    }
    assert!(!draft.contains("doubts"), "{draft}");
}

#[test]
fn a_type_leads_to_the_section_that_describes_it() {
    let none = "## Method Parameters\n\nNo parameters.\n\n";
    let answer = "## Response\n\n```json\n{\"result\": {\"lock\": {\"age\": 3}}}\n```\n\n### Returned Data\n\n";
    for heading in [
        "Lock Object",
        "Type club_lock {#club-lock}",
        "What a Lock Has {#club-lock}",
    ] {
        let draft = draft(
            "Get",
            &[
                none,
                answer,
                &table(&[
                    "|| **result**\n`object` | All ||",
                    "|| **result.lock**\n[`club_lock`](#club-lock) | Lock ||",
                ]),
                &format!("#### {heading}\n\n"),
                &table(&["|| **age**\n`integer` | How old it is ||"]),
            ]
            .concat(),
        );
        assert!(line(&draft, "age").contains("How old it is"), "{draft}");
    }
}

#[test]
fn rows_of_types_are_no_fields() {
    let draft = draft(
        "Get",
        &[
            "## Method Parameters\n\nNo parameters.\n\n",
            "## Response\n\n```json\n{\"result\": {\"id\": 3}}\n```\n\n### Returned Data\n\n",
            &table(&["|| **result**\n[`result`](#result) | Doors ||"]),
            "#### Type result {#result}\n\n",
            &table(&[
                "|| `object`\n[`door`](#door) | For one door ||",
                "|| [`door[]`](#door) | For all doors ||",
            ]),
            "#### Type door {#door}\n\n",
            &table(&["|| **id**\n`integer` | Number ||"]),
        ]
        .concat(),
    );
    assert!(line(&draft, "id").contains("Number"), "{draft}");
    assert!(!draft.contains("name = \"object\""), "{draft}");
    assert!(
        draft.contains("may be one object or a list of them"),
        "{draft}"
    );
}

#[test]
fn who_may_call_may_be_a_list() {
    let text = "> Who can execute the method:\n> - a guard,\n> - and who has the **key**.\n\n";
    let page = |text: &str| {
        draft_of(&format!(
            "# Open a door club.door.open\n\n> Scope: [`club`](x.md)\n>\n{text}"
        ))
    };
    for text in [
        text,
        &text.replace("> - ", ">\n> - "),
        &text.replace("> ", ""),
    ] {
        let draft = page(text);
        assert!(
            draft.contains("who = \"a guard, and who has the key\""),
            "{draft}"
        );
    }
}

#[test]
fn long_numbers_tell_errors_apart() {
    let errors = "## Error Handling\n\n#|\n|| **Code** | **Description** ||\n\
                  || `201440400003` | The `door` does not exist ||\n|| `100` | No door ||\n|#\n";
    let draft = draft("Open", errors);
    assert!(
        draft.contains(r#"name = "TheDoorDoesNotExist", code = "201440400003""#),
        "{draft}"
    );
    assert!(!draft.contains("code = \"100\""), "{draft}");
    let texts = draft_of(
        "# Open a door club.door.open\n\n## Error Handling\n\n#|\n|| **Code** | **Error Message** | **Description** ||\n\
         || `A` | The “door” is open | It is ||\n|| `B` | Дверь закрыта | It is ||\n|#\n",
    );
    assert!(
        texts.contains("\"`errors.B`: its text may be a translation"),
        "{texts}"
    );
}

#[test]
fn a_list_of_links_lists_no_fields() {
    let row = "|| **result**\n`object[]` | Doors. Their structure is made by:\n- [club.hall.add](x.md)\n- [club.hall.set](y.md) ||";
    let draft = draft(
        "Get",
        &format!("## Response\n\n### Returned Data\n\n{}", table(&[row])),
    );
    assert!(!draft.contains("in a list of fields"), "{draft}");
}

#[test]
fn a_program_shows_what_can_be_left_out() {
    let code = "## Examples\n\n```js\nBX24.callMethod('club.door.open', { DOOR: 7 });\n```\n";
    let draft = draft(
        "Open",
        &(params(&[
            "|| **DOOR***\n`integer` | Door ||",
            "|| **KEY***\n`integer` | Key ||",
        ]) + code),
    );
    assert!(line(&draft, "DOOR").contains("required = true"), "{draft}");
    assert!(!line(&draft, "KEY").contains("required"), "{draft}");
}

#[test]
fn a_program_that_puts_a_call_together_shows_nothing_of_what_can_be_left_out() {
    let code = "## Examples\n\n```js\nvar params = {};\nparams.DOOR = 7;\nBX24.callMethod('club.door.open', params);\n```\n";
    let draft = draft(
        "Open",
        &(params(&["|| **DOOR***\n`integer` | Door ||"]) + code),
    );
    assert!(line(&draft, "DOOR").contains("required = true"), "{draft}");
}

#[test]
fn a_section_is_of_the_key_that_it_is_called_by() {
    let row = "|| **replace**\n`object` | What is replaced. Available keys:\n\n- **caption** — a text\n- **fields** — a list\n\nThey are listed [below](#fields) ||";
    let fields = "## Parameter fields {#fields}\n\n".to_owned()
        + &table(&["|| **COLOUR**\n`string` | Colour ||"]);
    let draft = draft("Set", &[params(&[row]), fields].concat());
    let (_, inside) = draft.split_once("fields = [").unwrap();
    let (inside, _) = inside.split_once("\n    ] }").unwrap();
    assert!(
        inside.contains("name = \"caption\"") && inside.contains("name = \"fields\""),
        "{draft}"
    );
    assert!(!inside.contains("COLOUR"), "{draft}");
}

#[test]
fn errors_are_read_from_tables_with_other_headings() {
    for (heading, columns, row) in [
        (
            "Possible Error Types",
            "|| **Error** | **Description** ||",
            "|| `It is shut` | Shut it ||",
        ),
        (
            "Errors When Calling the Method",
            "|| **Code** | **Error Message** | **Explanation** ||",
            "|| `0` | It is shut | Shut it ||",
        ),
        (
            "Possible Error Codes",
            "|| **Code** | **Description** | **When It Occurs** ||",
            "|| `-` | It is shut | Shut it ||",
        ),
        (
            "Possible Error Codes",
            "|| **Description** | **Value** ||",
            "|| It is shut | Shut it ||",
        ),
    ] {
        let draft = draft(
            "Open",
            &format!("## {heading}\n\n#|\n{columns}\n{row}\n|#\n"),
        );
        assert!(
            draft.contains("text = \"It is shut\", doc = \"Shut it.\""),
            "{draft}"
        );
    }
    let code = draft(
        "Open",
        "## Errors\n\n#|\n|| **Error** | **Description** ||\n|| `SHUT` | It is shut ||\n|#\n",
    );
    assert!(code.contains("code = \"SHUT\", text = \"\""), "{code}");
}

#[test]
fn an_answer_that_tells_errors_is_one() {
    let answers = "## Response\n\n```json\n{\"result\": {\"errors\": []}}\n```\n\n## Errors\n\n```json\n{\"result\": {\"errors\": [\"shut\"]}}\n```\n";
    let draft = draft("Open", answers);
    assert!(line(&draft, "errors").contains("string[]"), "{draft}");
    assert!(!draft.contains("has no `error`"), "{draft}");
}

#[test]
fn names_of_classes_are_sent_with_single_marks() {
    let row = "|| **KIND***\n`string` | Possible values:\n- `Club\\\\Door` — a door\n- `Club\\\\Hall` — a hall ||";
    let draft = draft("Open", &params(&[row]));
    assert!(draft.contains("wire = 'Club\\Door'"), "{draft}");
}

#[test]
fn what_numbers_are_said_of_may_be_a_list_all_the_same() {
    let rows = [
        "|| **order**\n`number` | Where the key is a field and the value is `ASC` or `DESC` ||",
        "|| **start**\n`number` | Offset ||",
    ];
    let draft = draft("List", &params(&rows));
    assert!(
        line(&draft, "order").contains("type = \"order\""),
        "{draft}"
    );
    assert!(
        line(&draft, "start").contains("type = \"page_start\""),
        "{draft}"
    );
}

#[test]
fn a_row_may_stand_for_names_that_a_caller_gives() {
    let data = "### Parameter data {#data}\n\n".to_owned()
        + &table(&[
            "|| **<door>**\n`string` | How it is painted ||",
            "|| **wall**\n`string` | Colour ||",
        ]);
    let row = "|| **data***\n`object` | What is painted [(more)](#data) ||";
    let draft = draft("Set", &[params(&[row]), data].concat());
    assert!(line(&draft, "data").contains("open = true"), "{draft}");
    assert!(!draft.contains("without a name"), "{draft}");
}

#[test]
fn an_old_page_has_its_parameters_without_a_heading() {
    let text = "Opens a door.\n\n#|\n|| **Parameter** | **Description** ||\n|| **ID** | Which (required) ||\n|| **filter** | Which ||\n|#\n\n\
                ## Example of a Filter\n\n```json\n\"filter\": { \"value\": 5, }\n```\n\n```json\n\"WALL\": [1]\n```\n";
    let draft = draft("Open", text);
    assert!(line(&draft, "ID").contains("doc = \"Which"), "{draft}");
    assert!(!draft.contains("WALL"), "{draft}");
    assert!(
        !draft.contains("nothing on the page") && !draft.contains("is not JSON"),
        "{draft}"
    );
}

#[test]
fn parameters_without_a_heading_lead_to_their_fields() {
    let own = table(&["|| **DOORS***\n[`object[]`](#doors) | Doors ||"]);
    let fields = "### List of Available Fields of a Door {#doors}\n\n".to_owned()
        + &table(&["|| **NAME***\n`string` | Name ||"]);
    let answer = "## Response\n\n```json\n{\"result\": true}\n```\n\n### Returned Data\n\n"
        .to_owned()
        + &table(&["|| **result**\n`boolean` | Whether it is open ||"]);
    let draft = draft("Open", &[own, fields, answer].concat());
    assert!(line(&draft, "DOORS").contains("type = \"Doo"), "{draft}");
    assert!(draft.contains("[[input]]"), "{draft}");
    assert!(draft.contains("result = { type = \"accepted\""), "{draft}");
    assert!(!draft.contains("nothing on the page"), "{draft}");
}

#[test]
fn what_is_called_legacy_may_be_another_thing() {
    let row = "|| **INVOICE***\n`integer` | Identifier of the legacy invoice ||";
    assert!(!draft("Open", &params(&[row])).contains("outdated"));
    let row = "|| **INVOICE**\n`integer` | Invoice. Legacy parameter ||";
    assert!(draft("Open", &params(&[row])).contains("deprecated"));
}

#[test]
fn a_write_that_answers_an_empty_list_answers_nothing() {
    let text = "## Response\n\n```json\n{\"result\": []}\n```\n\n### Returned Data\n\n".to_owned()
        + &table(&["|| **result**\n`array` | Nothing ||"]);
    assert!(draft("Close", &text).contains("result = { type = \"empty\""));
    assert!(draft("Get", &text).contains("result = { type = \"json\""));
}

#[test]
fn of_what_stands_for_each_other_nothing_is_required() {
    let one = "\n\n{% note info \"\" %}\n\nAt least one of the parameters must be passed: `DOOR_ID` or `DOOR_CODE`\n\n{% endnote %}";
    let rows = [
        "|| **DOOR_ID***\n`integer` | Number ||".to_owned(),
        format!("|| **DOOR_CODE***\n`string` | Code{one} ||"),
        "|| **KEY_CODE/KEY_ID***\n`string` | Key ||".to_owned(),
        "|| **HALL***\n`string` | Hall ||".to_owned(),
    ];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let draft = draft("Open", &params(&rows));
    for name in ["DOOR_ID", "DOOR_CODE", "KEY_CODE", "KEY_ID"] {
        assert!(!line(&draft, name).contains("required"), "{draft}");
    }
    assert!(line(&draft, "HALL").contains("required = true"), "{draft}");
    assert!(
        line(&draft, "DOOR_CODE").contains("type = \"string\""),
        "{draft}"
    );
}

#[test]
fn an_object_of_objects_is_not_one_of_their_fields() {
    let door = "### Door Object {#door}\n\n".to_owned()
        + &table(&[
            "|| **Lock**\n`string` | Lock ||",
            "|| **Name**\n`string` | Name ||",
        ]);
    let doors = "|| **DOORS**\n`object` | Doors [by name](#door) ||";
    let others = "|| **OTHERS**\n`object` | Contains objects, each of which is a [door](#door) ||";
    let body = r#"{"DOORS": {"front": {"Lock": "old", "Name": "F"}}}"#;
    let draft = draft(
        "Set",
        &[params(&[doors, others]), door, request("set", body)].concat(),
    );
    for name in ["DOORS", "OTHERS"] {
        let line = line(&draft, name);
        assert!(line.contains("type = \"map<Door>\""), "{draft}");
    }
}

#[test]
fn what_is_called_a_filter_may_be_none() {
    let row = "|| **FILTER**\n`object` | Where it is shown ||";
    let body = r#"{"FILTER": {"INCLUDE": [["hall", "front"]]}}"#;
    let draft = draft("Add", &[params(&[row]), request("add", body)].concat());
    assert!(
        line(&draft, "FILTER").contains("type = \"json\""),
        "{draft}"
    );
}

#[test]
fn an_answer_may_have_its_keys_from_a_portal() {
    let answer = |result: &str| {
        format!("## Response\n\n```json\n{{\"result\": {result}}}\n```\n\n## Returned Data\n\n")
    };
    let none = "## Method Parameters\n\nNo parameters.\n\n";
    let doors = answer(
        r#"{"doors": {"front": {"code": "front", "lock": "old"}, "1": {"code": "1", "lock": "new"}}}"#,
    );
    let rows = table(&["|| **result**\n`object` | All [(more)](#result) ||"])
        + "### Object result {#result}\n\n"
        + &table(&["|| **doors**\n`object` | Doors [(more)](#doors) ||"])
        + "### Object doors {#doors}\n\n"
        + &table(&[
            "|| **code**\n`string` | Code ||",
            "|| **lock**\n`string` | Lock ||",
        ]);
    let of_objects = draft("Get", &[none, &doors, &rows].concat());
    assert!(
        of_objects.contains("type = \"map<Door>\", within = \"doors\""),
        "{of_objects}"
    );
    assert!(!of_objects.contains("front"), "{of_objects}");
    let kinds = answer(r#"{"IN": "Inside", "IN:Glass": "Of glass"}"#)
        + &table(&["|| **result**\n`array` | Kinds ||"]);
    let of_texts = draft("Get", &[none, &kinds].concat());
    assert!(
        of_texts.contains("result = { type = \"map<string>\""),
        "{of_texts}"
    );
}

#[test]
fn a_note_on_stars_requires_nothing() {
    let row = "|| **ORDER**\n`object` | Order.\n\nRequired parameters are marked with *.\n\nAn example ||";
    let draft = draft("List", &params(&["|| **HALL***\n`string` | Hall ||", row]));
    assert!(!draft.contains("no `order` can be"), "{draft}");
}

#[test]
fn a_name_that_goes_on_with_dots_stands_for_others() {
    let rows = [
        "|| **title**\n`string` | Title ||",
        "|| **ownDoor...**\n`string` | Fields of one's own ||",
        "|| **hallId…**\n`integer` | A hall of another kind ||",
    ];
    let fields = "### Parameter fields {#fields}\n\n".to_owned() + &table(&rows);
    let row = "|| **fields***\n`object` | What it has [(more)](#fields) ||";
    let draft = draft("Add", &[params(&[row]), fields].concat());
    assert!(line(&draft, "title").contains("string"), "{draft}");
    assert!(line(&draft, "fields").contains("open = true"), "{draft}");
    for name in ["ownDoor", "hallId"] {
        assert!(!draft.contains(&format!("name = \"{name}")), "{draft}");
    }
}

#[test]
fn the_first_column_may_be_headed_by_any_words() {
    let none = "## Method Parameters\n\nNo parameters.\n\n## Response\n\n```json\n{\"result\": {\"age\": 3, \"lock\": \"old\"}}\n```\n\n### Returned Data\n\n";
    for heading in [
        "**Label**\n`type` | **Description**",
        "**Label** | **Description**",
        "Its purpose | Description",
    ] {
        let rows = format!("#|\n|| {heading} ||\n|| **age**\n`integer` | How old it is ||\n|#\n");
        let draft = draft("Get", &[none, &rows].concat());
        assert!(line(&draft, "age").contains("How old it is"), "{draft}");
        for word in ["Label", "Its"] {
            assert!(!draft.contains(word), "{draft}");
        }
    }
    let rows = "## Method Parameters\n\n#|\n|| **Kind of Door** | **Name** | **Description** ||\n\
                || **Front** | `wallId` | Where it is ||\n|| **Back** | `yardId` | Behind it ||\n|#\n";
    let draft = draft("Open", rows);
    for (name, text) in [("wallId", "Where it is"), ("yardId", "Behind it")] {
        assert!(line(&draft, name).contains(text), "{draft}");
    }
    assert!(
        !draft.contains("\"Front\"") && !draft.contains("\"Kind\""),
        "{draft}"
    );
}

#[test]
fn fields_may_be_called_like_types() {
    let row = "|| **message***\n`object` | What is said [(more)](#message) ||";
    for rows in [
        vec!["|| **text***\n | Words ||"],
        vec![
            "|| **text**\n`string` | Words ||",
            "|| **timestamp**\n`integer` | When ||",
            "|| **enum**\n`string` | Which ||",
        ],
    ] {
        let section = "### Parameter message {#message}\n\n".to_owned() + &table(&rows);
        let draft = draft("Tell", &[params(&[row]), section].concat());
        assert!(line(&draft, "text").contains("Words"), "{draft}");
        assert!(!line(&draft, "message").contains("string"), "{draft}");
    }
}

#[test]
fn what_an_introduction_lists_may_be_the_answer() {
    let table = "Returns how the door is.\n\n#|\n|| **Field** | **Description** ||\n|| **STATE** | Whether it is open ||\n|| **SINCE** | From when on ||\n|#\n\n";
    let answer =
        "## Response\n\n```json\n{\"result\": {\"STATE\": \"open\", \"SINCE\": 1995}}\n```\n\n";
    for call in [String::new(), request("show", r#"{"HALL": 1}"#)] {
        let draft = draft("Show", &[table, &call, answer].concat());
        let (_, method) = draft.split_once("[[method]]").unwrap();
        assert!(!method.contains("STATE"), "{draft}");
        assert!(line(&draft, "SINCE").contains("From when on"), "{draft}");
        assert!(!draft.contains("nothing on the page"), "{draft}");
    }
    let body = r#"{"STATE": "open", "SINCE": 1995}"#;
    let sent = draft("Set", &[table, &request("set", body), answer].concat());
    let (_, params) = sent.split_once("params = [\n").unwrap();
    assert!(line(params, "SINCE").contains("From when on"), "{sent}");
}

#[test]
fn what_a_section_lists_for_a_mask_may_be_called_otherwise() {
    let own = "### Fields of One's Own {#own}\n\n".to_owned()
        + &table(&[
            "|| **UF_COLOUR**\n`string` | What colour ||",
            "|| **DOOR_AGE**\n`integer` | How old ||",
        ]);
    let row = "|| **UF_\\***\n`any` | Fields of one's own, [such as these](#own) ||";
    let draft = draft("Set", &[params(&[row]), own].concat());
    assert!(line(&draft, "UF_COLOUR").contains("What colour"), "{draft}");
    assert!(line(&draft, "DOOR_AGE").contains("How old"), "{draft}");
}
