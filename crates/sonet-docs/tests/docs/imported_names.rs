//! What a draft is called, and what stands in it, where a page writes as few others do.

use sonet_docs::import::Descriptions;

use crate::fixtures::Clubs;

/// The draft of a page that is alone in its folder, or why there is none.
fn draft(file: &str, page: &str) -> Result<String, String> {
    let file = format!("api-reference/club/{file}");
    let clubs = Clubs::new("en").add(&file, page);
    let drafts = clubs.drafts(&[file], Descriptions::Quoted);
    let mut drafts = drafts.map_err(|error| error.to_string())?;
    Ok(drafts.remove(0).text)
}

/// A page about a method that closes a club.
fn page(title: &str, call: &str) -> String {
    format!(
        "# {title}\n\n## Method Parameters\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
         || **id**^*^\n[`integer`](x.md) | Club ||\n|#\n\n## Code Examples\n\n\
         ```bash\ncurl https://**address**/rest/**user**/**code**/{call} -d '{{\"id\": 1}}'\n```\n\n\
         ## Response\n\n```json\n{{\"result\": true}}\n```\n\n\
         ## Error Handling\n\n#|\n|| **Code** | **Description** | **Value** ||\n\
         || Empty value | Closed | It is closed ||\n|| `Empty string` | Busy | It is busy ||\n|#\n"
    )
}

#[test]
fn a_method_is_called_what_its_title_or_its_examples_say() {
    for (file, title, call, name) in [
        (
            "close.md",
            "Close club.door.Door.close",
            "club.door.Door.close",
            "club.door.Door.close",
        ),
        (
            "club-close.md",
            "Close a club",
            "club.close.json",
            "club.close",
        ),
        ("leave.md", "Leave", "leave", "leave"),
    ] {
        let draft = draft(file, &page(title, call)).unwrap();
        assert!(draft.contains(&format!("name = \"{name}\"")), "{draft}");
        assert!(!draft.contains("the title"), "{draft}");
    }
}

#[test]
fn a_title_and_examples_that_disagree_are_a_doubt() {
    for (file, title, call, name) in [
        (
            "club-close.md",
            "Close klub.close",
            "club.close",
            "club.close",
        ),
        ("close.md", "Close club.close", "club.shut", "club.close"),
        ("close.md", "Close a club", "club.close", "club.close"),
    ] {
        let draft = draft(file, &page(title, call)).unwrap();
        assert!(draft.contains(&format!("name = \"{name}\"")), "{draft}");
        assert!(draft.contains("doubts = [\n    \"the title"), "{draft}");
    }
}

#[test]
fn stars_may_be_raised_and_codes_may_be_empty_in_words() {
    let draft = draft("close.md", &page("Close club.close", "club.close")).unwrap();
    assert!(draft.contains("required = true"), "{draft}");
    for text in ["Closed", "Busy"] {
        let error = format!("code = \"\", text = \"{text}\"");
        assert!(draft.contains(&error), "{draft}");
    }
}

#[test]
fn parameters_of_a_filter_are_none_of_the_method() {
    let page = "# Find club.find\n\n## Method Parameters\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
        || **filter**\n[`object`](x.md) | Which ones ||\n|| **fields**\n[`object`](x.md) | What ||\n|#\n\n\
        ### Filter Parameters\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
        || **TITLE**\n[`string`](x.md) | Title ||\n|#\n\n\
        ### Fields Parameters\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
        || **COLOR**\n[`string`](x.md) | Colour ||\n|#\n";
    let draft = draft("club-find.md", page).unwrap();
    let start = draft.find("params = [").unwrap();
    let params = &draft[start..start + draft[start..].find("\n]").unwrap()];
    assert!(!params.contains("TITLE"), "{draft}");
    assert!(draft.contains("filter_fields = [\n"), "{draft}");
    let fields = params.find("name = \"fields\"").unwrap();
    assert!(params[fields..].contains("COLOR"), "{draft}");
}

/// A method whose values are those of an enum with the name of its type has an enum of its own: both would be in one file.
#[test]
fn an_enum_that_is_called_as_the_method_is_not_shared() {
    let page = "# Join room.join\n\n## Method Parameters\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
        || **how**\n[`string`](x.md) | How. Possible values:\n- `free` — at once\n- `ask` — after a question ||\n|#\n";
    let draft = draft("room-join.md", page).unwrap();
    assert!(draft.contains("[[enum]]\nname = \"How\""), "{draft}");
    assert!(!draft.contains("type = \"Join\""), "{draft}");
}
