//! Drafts of entries for methods that the spec does not have.

use xtask::docs::import;
use xtask::spec;

use crate::pages::Clubs;

/// The draft of a page, with what is wrong with it.
fn draft(clubs: &Clubs, page: &str) -> String {
    let (_, source, checkout) = clubs.compare();
    let (spec, _) = spec::parse("spec.toml", &source.text).unwrap();
    let file = clubs
        .files
        .keys()
        .find(|name| name.ends_with(page))
        .unwrap();
    let draft = import::draft(&spec, &source.text, &checkout, file).unwrap();
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
        .page("club-open.md", "club.open", "club.found")
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
    let clubs = Clubs::new("ru").page("club-list.md", "club.list", "club.find.list");
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
