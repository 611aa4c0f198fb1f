//! Drafts of entries for methods that the spec does not have.

use sonet_docs::import::{self, Descriptions, Draft};
use sonet_spec as spec;

use crate::fixtures::{Clubs, code};

/// The drafts of pages.
fn drafts(clubs: &Clubs, pages: &[&str]) -> std::io::Result<Vec<Draft>> {
    drafts_described(clubs, pages, Descriptions::Quoted)
}

fn drafts_described(
    clubs: &Clubs,
    pages: &[&str],
    descriptions: Descriptions,
) -> std::io::Result<Vec<Draft>> {
    let files: Vec<String> = pages
        .iter()
        .map(|page| {
            let mut names = clubs.files.keys();
            names.find(|name| name.ends_with(page)).unwrap().clone()
        })
        .collect();
    clubs.drafts(&files, descriptions)
}

/// The draft of a page, with what is wrong with it.
fn draft(clubs: &Clubs, page: &str) -> String {
    let draft = drafts(clubs, &[page]).unwrap().remove(0);
    let mistakes = draft.mistakes.map_or_else(String::new, |report| {
        let messages = report
            .diagnostics()
            .iter()
            .map(|one| format!("mistake: {}\n", one.message));
        messages.collect()
    });
    format!("{}\n{} doubts\n{mistakes}", draft.text, draft.doubts)
}

#[test]
fn a_method_that_is_like_others() {
    let clubs = Clubs::new("en")
        .renamed("club-open.md", "club.open", "club.found")
        .page(
            "club-open.md",
            "|| **SINCE**",
            "|| **SORT**\n[`integer`](../data-types.md) | Place ||\n|| **type**\n`string` | Possible values:\n- `a_b` — one\n- `c` — two ||\n|| **SINCE**",
        );
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(draft(&clubs, "club-open.md"));
    });
}

#[test]
fn a_method_with_lists_and_objects() {
    let clubs = Clubs::new("ru").renamed("club-list.md", "club.list", "club.find.list");
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(draft(&clubs, "club-list.md"));
    });
}

#[test]
fn a_method_that_says_little() {
    let page = "# Close a club club.close\n\n## Response\n\n```json\n{\"status\": \"ok\"}\n```\n";
    let clubs = Clubs::new("en").add("api-reference/club/club-close.md", page);
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!(draft(&clubs, "club-close.md"));
    });
}

#[test]
fn an_empty_list_is_what_nothing_is_answered_as() {
    let page = "# Close a club club.close\n\n## Response\n\n```json\n{\"result\": []}\n```\n";
    let clubs = Clubs::new("en").add("api-reference/club/club-close.md", page);
    let text = draft(&clubs, "club-close.md");
    assert!(text.contains("result = { type = \"empty\""), "{text}");
}

#[test]
fn errors_in_russian_get_a_name_that_rust_takes() {
    let page = "# Закрыть клуб club.close\n\n## Обработка ошибок\n\n#|\n\
                || **Код** | **Описание** | **Значение** ||\n\
                || `0` | `Клуб закрыт` | Уже закрыт ||\n\
                || `0` | `Клуб занят` | Занят ||\n|#\n";
    let clubs = Clubs::new("ru").add("api-reference/club/club-close.md", page);
    let text = draft(&clubs, "club-close.md");
    assert!(text.contains("name = \"Unnamed\", code = \"0\""), "{text}");
    assert!(text.contains("name = \"Unnamed2\""), "{text}");
    assert!(
        text.contains("`errors.Unnamed`, `errors.Unnamed2`: its text may be a translation"),
        "{text}"
    );
    assert!(!text.contains("mistake"), "{text}");
}

/// A spec that is no consumer's own is described in words of its own.
#[test]
fn a_draft_quotes_its_page_only_where_it_may() {
    let clubs = Clubs::new("en").renamed("club-open.md", "club.open", "club.found");
    let quoted = draft(&clubs, "club-open.md");
    assert!(quoted.contains("Name of the club."), "{quoted}");
    assert!(!quoted.contains("Not described yet."), "{quoted}");
    let own = &drafts_described(&clubs, &["club-open.md"], Descriptions::Own).unwrap()[0].text;
    assert!(!own.contains("Name of the club."), "{own}");
    let described = own.matches("doc = ").count();
    assert_eq!(
        own.matches("doc = \"Not described yet.\"").count(),
        described
    );
}

/// What one draft brings, the next one uses, so that all of them are in order together.
#[test]
fn drafts_know_of_each_other() {
    let clubs = Clubs::new("en").renamed("club-list.md", "club.list", "club.find.list");
    let again = clubs
        .text("club-list.md")
        .replace("club.find.list", "club.find.all");
    let clubs = clubs.add("api-reference/club/club-all.md", &again);
    let drafts = drafts(&clubs, &["club-list.md", "club-all.md"]).unwrap();
    let objects = |at: usize| drafts[at].text.matches("[[object]]").count();
    assert_eq!((objects(0), objects(1)), (4, 0), "{}", drafts[1].text);
    let result = |at: usize| {
        let mut lines = drafts[at].text.lines();
        lines.find(|line| line.starts_with("result = ")).unwrap()
    };
    assert_eq!(result(0), result(1), "{}", drafts[1].text);
}

#[test]
fn what_is_no_new_method_is_refused() {
    let clubs = Clubs::new("en")
        .add("api-reference/club/words.md", "# Words\n")
        .add("api-reference/club/on-joke.md", "# A joke onClubJoke\n");
    for (page, message) in [
        (
            "words.md",
            "neither the title nor the examples name a method",
        ),
        ("on-joke.md", "`onClubJoke` is an event"),
        ("club-open.md", "`club.open` is in the spec already"),
    ] {
        let error = drafts(&clubs, &[page]).unwrap_err().to_string();
        assert!(error.starts_with("api-reference/club/"), "{error}");
        assert!(error.contains(message), "{error}");
    }
    let clubs = clubs.renamed("club-open.md", "club.open", "club.found");
    let error = drafts(&clubs, &["club-open.md", "club-open.md"]).unwrap_err();
    assert!(error.to_string().contains("in the spec already"), "{error}");
}

/// A draft is to be looked at for what it means, and not for what Rust takes.
#[test]
fn words_of_rust_and_codes_that_are_no_names() {
    let page = "# Close a club club.close\n\n## Method Parameters\n\n#|\n\
                || **Name**\n`type` | **Description** ||\n\
                || **in***\n[`integer`](x.md) | Where ||\n\
                || **how**\n[`string`](x.md) | Possible values:\n\
                - `1a` - one\n- `a-b` - two\n- `a_b` - three\n- `self` - four ||\n|#\n\n\
                ## Response\n\n```json\n{\"result\": true}\n```\n";
    let clubs = Clubs::new("en").add("api-reference/club/club-close.md", page);
    let text = draft(&clubs, "club-close.md");
    assert!(text.contains("rust = \"in_value\""), "{text}");
    for name in ["Value1a", "AB", "AB2", "ValueSelf"] {
        assert!(text.contains(&format!("name = \"{name}\"")), "{text}");
    }
    assert!(!text.contains("mistake"), "{text}");
}

/// What is said of a draft has the lines that it gets where it is appended.
#[test]
fn mistakes_have_the_lines_of_the_spec_with_the_drafts() {
    let page = |name: &str| format!("# Close a club {name}\n");
    let clubs = Clubs::new("en")
        .add("api-reference/club/close.md", &page("club.close"))
        .add("api-reference/club/error.md", &page("club.Close"));
    let drafts = drafts(&clubs, &["close.md", "error.md"]).unwrap();
    let printed = drafts
        .iter()
        .map(|draft| format!("\n{}\n", draft.text.trim_end()));
    let appended = format!("{}{}", clubs.spec, printed.collect::<Vec<_>>().concat());
    let line = appended
        .lines()
        .position(|line| line.contains("club.Close"));
    let report = drafts[1].mistakes.as_ref().unwrap().to_string();
    let place = format!(":{}:", line.unwrap() + 1);
    assert!(report.contains(&place), "{place} {report}");
}

/// The page describes it once, and has it in itself.
#[test]
fn an_object_that_has_itself_ends() {
    let page = "# Close a club club.close\n\n## Response\n\n### Returned Data\n\n#|\n\
        || **Name**\n`type` | **Description** ||\n\
        || **result**\n`object` | The club ||\n\
        || **innerClub**\n`object` | A club ||\n\
        || **other**\n`object` | The structure of innerClub:\n\n- `one` - a text\n- `innerClub` - a club\n||\n|#\n";
    let clubs = Clubs::new("en").add("api-reference/club/club-close.md", page);
    let draft = draft(&clubs, "club-close.md");
    assert_eq!(draft.matches("name = \"InnerClub\"").count(), 1, "{draft}");
    assert_eq!(draft.matches("type = \"InnerClub\"").count(), 1, "{draft}");
}

/// Of many pages, those of no new method are passed over. One that can't be read may be of any.
#[test]
fn pages_that_can_not_be_read_are_not_passed_over() {
    let clubs = Clubs::new("en").add("api-reference/club/words.md", "# Words\n");
    let drafts_of = |file: &str| {
        let (_, source, checkout) = clubs.compare();
        let (spec, _) = spec::parse("spec.toml", &source.text).unwrap();
        let wanted = [import::Wanted::all(file.to_owned())];
        import::drafts_of(
            spec,
            &source.text,
            &checkout,
            &wanted,
            code(Descriptions::Quoted),
        )
    };
    let passed_over = drafts_of("api-reference/club/words.md")
        .unwrap()
        .passed_over;
    assert_eq!(passed_over.len(), 1, "{passed_over:?}");
    let error = drafts_of("api-reference/club/none.md").unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("api-reference/club/none.md: ")
    );
}

/// A draft decides only so that it passes; what matters to a caller is in doubt.
#[test]
fn what_a_draft_decides_for_a_caller_is_in_doubt() {
    let page = "# Close a club club.close\n\n{% note warning \"The method is outdated\" %}\n\nUse [club.shut](x.md) or [club.door.*](y.md).\n\n{% endnote %}\n\n\
                ## Method Parameters\n\n#|\n\
                || **Name**\n`type` | **Description** ||\n\
                || **OLD**\n[`string`](x.md) | Deprecated, use `MODE` ||\n\
                || **MODE**\n[`integer`](x.md) | Possible values:\n- `1` — one\n- `2` — two ||\n\
                || **filter***\n[`object`](x.md) | Filter ||\n|#\n\n\
                ## Code Examples\n\n```bash\ncurl -X POST -H \"Content-Type: application/json\" -d '{\"MODE\":1,\"FORCE\":2}' https://x/rest/club.close\n```\n";
    let clubs = Clubs::new("en").add("api-reference/club/club-close.md", page);
    let text = draft(&clubs, "club-close.md");
    let decided = text
        .lines()
        .filter(|line| line.trim_start().starts_with("{ on = "));
    // The scope, the callers, a type of its own, `FORCE`, and the filter.
    assert_eq!(decided.count(), 6, "{text}");
    // Of what is outdated, the compiler warns.
    for deprecated in [
        "\ndeprecated = \"Use `club.shut` or `club.door.*`.\"\n",
        "deprecated = \"Deprecated, use MODE.\"",
    ] {
        assert!(text.contains(deprecated), "{deprecated}: {text}");
    }
    for doubt in [
        "\"`FORCE`: only an example sends it: does the method take it?\",",
        "which no `filter` can be.",
    ] {
        assert!(text.contains(doubt), "{doubt}: {text}");
    }
    // What is not settled is a write, which nobody has to doubt.
    assert!(text.contains("effect = \"write\""), "{text}");
}

#[test]
fn a_filter_that_is_required_is_in_doubt() {
    let clubs = Clubs::new("en")
        .renamed("club-list.md", "club.list", "club.find.list")
        .page("club-list.md", "|| **filter**", "|| **filter***");
    let text = draft(&clubs, "club-list.md");
    let doubt = "`params.filter`: the page says that it is required, which no `filter` can be.";
    assert!(text.contains(doubt), "{text}");
}

fn drafted(title: &str, answer: &str) -> String {
    let page = format!("# {title}\n\n## Response\n\n```json\n{answer}\n```\n");
    let clubs = Clubs::new("en").add("api-reference/club/club-close.md", &page);
    draft(&clubs, "club-close.md")
}

/// A write says that it was done. What a read answers may be no.
#[test]
fn a_read_may_say_no() {
    let text = drafted(
        "Check whether a club is open club.isOpen",
        "{\"result\": true}",
    );
    assert!(text.contains("effect = \"read\""), "{text}");
    assert!(text.contains("result = { type = \"boolean\""), "{text}");
    let text = drafted("Close a club club.close", "{\"result\": true}");
    assert!(text.contains("result = { type = \"accepted\""), "{text}");
    let text = drafted("Get clubs club.get", "{\"result\": []}");
    assert!(text.contains("result = { type = \"json\""), "{text}");
    assert!(text.contains("the example is an empty list"), "{text}");
}

#[test]
fn a_key_that_only_an_example_shows_is_in_doubt() {
    let text = drafted(
        "Get a club club.get",
        "{\"result\": {\"chess\": {\"a\": 1}}}",
    );
    assert!(text.contains("within = \"chess\""), "{text}");
    assert!(text.contains("only an example shows the key"), "{text}");
}

/// By offset, too, a walk notices a row that comes twice.
#[test]
fn a_list_without_a_cursor_has_the_number_of_its_rows() {
    let answer =
        "{\"result\": [{\"ID\": \"7\", \"NAME\": \"Chess\"}], \"next\": 50, \"total\": 70}";
    let page = format!(
        "# Get a list of clubs club.find.list\n\n## Method Parameters\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
         || **start**\n[`integer`](x.md) | Offset ||\n|#\n\n## Response\n\n```json\n{answer}\n```\n"
    );
    let clubs = Clubs::new("en").add("api-reference/club/club-close.md", &page);
    let text = draft(&clubs, "club-close.md");
    assert!(
        text.contains("paged = { rows = \"result\", row_cursor = \"ID\" }"),
        "{text}"
    );
}

/// Objects with the same names of fields are one only if the fields are the same, too.
#[test]
fn objects_that_only_look_alike_are_two() {
    let page = |name: &str, value: &str| {
        format!(
            "# Get a club club.{name}\n\n## Response\n\n```json\n{{\"result\": {{\"ID\": 1, \"COLOUR\": {value}}}}}\n```\n"
        )
    };
    let clubs = Clubs::new("en")
        .add("api-reference/club/one.md", &page("get", "\"red\""))
        .add("api-reference/club/two.md", &page("current", "[\"red\"]"))
        .add("api-reference/club/three.md", &page("search", "\"blue\""));
    let drafts = drafts(&clubs, &["one.md", "two.md", "three.md"]).unwrap();
    let objects = |at: usize| drafts[at].text.matches("[[object]]").count();
    assert_eq!(
        (objects(0), objects(1), objects(2)),
        (1, 1, 0),
        "{}",
        drafts[1].text
    );
    assert!(
        drafts[1].text.contains("type = \"string[]\""),
        "{}",
        drafts[1].text
    );
}

/// What the page leaves no doubt of is an identifier, which the drafts share. What it does is a number.
#[test]
fn numbers_that_identify_something_are_of_one_type() {
    let page = |name: &str, row: &str| {
        format!(
            "# Close a hall {name}\n\n## Method Parameters\n\n#|\n|| **Name**\n`type` | **Description** ||\n\
             || **id***\n[`integer`](x.md) | Identifier of the hall ||\n{row}|#\n\n## Response\n\n```json\n{{\"result\": true}}\n```\n"
        )
    };
    let user = "|| **BY**\n[`user`](x.md) | Who ||\n|| **PLACE**\n[`integer`](x.md) | Where ||\n";
    let zero = "|| **AFTER**\n[`user`](x.md) | `0` is nobody ||\n";
    let shown = "\n## Code Examples\n\n```bash\ncurl -X POST -H \"Content-Type: application/json\" -d '{\"id\":0}' https://x/rest/hall.room.end\n```\n";
    let clubs = Clubs::new("en")
        .add("api-reference/club/one.md", &page("hall.end", user))
        .add("api-reference/club/two.md", &page("hall.finish", zero))
        .add(
            "api-reference/club/three.md",
            &(page("hall.room.end", "") + shown),
        );
    let drafts = drafts(&clubs, &["one.md", "two.md", "three.md"]).unwrap();
    let has = |at: usize, text: &str| {
        let draft = &drafts[at];
        assert!(draft.mistakes.is_none(), "{:?}", draft.mistakes);
        assert!(draft.text.contains(text), "{text}: {}", draft.text);
    };
    has(0, "{ name = \"id\", type = \"HallId\", required = true");
    has(0, "{ name = \"BY\", type = \"UserId\"");
    has(0, "{ name = \"PLACE\", type = \"integer\"");
    has(1, "{ name = \"id\", type = \"HallId\", required = true");
    has(1, "{ name = \"AFTER\", type = \"integer\"");
    has(2, "{ name = \"id\", type = \"integer\"");
    // The spec has `UserId`, and the first draft brings the other one.
    let brought = |at: usize| drafts[at].text.matches("[[id]]").count();
    assert_eq!((brought(0), brought(1), brought(2)), (1, 0, 0));
}
