//! Pages that are nested without end are refused.
//!
//! No time is measured: what is read again at every level would not end here, and what recurses for each has no stack.

use std::fmt::Write as _;

use sonet_docs::Checkout;
use sonet_docs::page::{self, Item, Page};

/// Far more than a page may have.
const DEEP: usize = 300;

/// Marks in a row, each of which might be searched for its end.
const MANY: usize = 30_000;

/// Reads a page with this below its parameters.
fn read(text: &str) -> Page {
    let text = format!("# Open a club club.open\n\n## Parameters\n\n{text}\n");
    page::parse(
        &Checkout::from_files([("a.md", "")]),
        "api-reference/a.md",
        &text,
    )
}

fn is_too_deep(page: &Page) -> bool {
    let mut problems = page.problems.iter();
    problems.any(|problem| problem.message.starts_with("nested deeper than "))
}

/// A table with this in a cell.
fn cell(text: &str) -> String {
    format!("#|\n|| **NAME** | Name.\n\n{text}\n||\n|#")
}

#[test]
fn lists_have_a_depth() {
    let mut list = String::new();
    for depth in 0..DEEP {
        let _ = writeln!(list, "{:depth$}- `a`", "", depth = 2 * depth);
    }
    assert!(is_too_deep(&read(&list)));
    assert!(is_too_deep(&read(&cell(&list))));
    assert!(is_too_deep(&read(&"- ".repeat(DEEP))));
    assert!(is_too_deep(&read(&cell(&"1. ".repeat(DEEP)))));
}

#[test]
fn tables_have_a_depth() {
    let open = "#|\n|| **A** | text\n".repeat(DEEP);
    let close = "||\n|#\n".repeat(DEEP);
    assert!(is_too_deep(&read(&format!("{open}{close}"))));
}

#[test]
fn quotes_and_tabs_have_a_depth() {
    let tabs = "{% list tabs %}\n- A\n".repeat(DEEP);
    read(&tabs);
    let quotes = format!("{} || a | b ||", "> ".repeat(DEEP));
    read(&quotes);
}

#[test]
fn brackets_may_be_many() {
    for text in [
        "[".repeat(MANY),
        format!("{}{}", "[".repeat(MANY), "]".repeat(MANY)),
        format!("{}a{}", "[".repeat(MANY), "](x)".repeat(MANY)),
        "[a](".repeat(MANY),
        "`a` ".repeat(MANY),
    ] {
        read(&text);
        read(&cell(&text));
    }
}

#[test]
fn names_have_a_depth() {
    let name = "a.".repeat(MANY);
    assert!(is_too_deep(&read(&format!(
        "#|\n|| **{name}b** | Name ||\n|#"
    ))));
    let key = "[a]".repeat(MANY);
    let page = read(&format!(
        "## Code Examples\n\n```bash\ncurl -d 'a{key}=1'\n```\n\n```http\nhttps://x.example/?a{key}=1\n```"
    ));
    assert!(is_too_deep(&page));
}

/// What a section says of itself.
#[test]
fn sections_may_lead_to_themselves() {
    let rows = (0..12).map(|row| format!("|| **K{row}** | [again](#loop) ||"));
    let rows = rows.collect::<Vec<_>>().join("\n");
    let page = read(&format!(
        "#|\n|| **NAME** | [below](#loop) ||\n|#\n\n### What is in it {{#loop}}\n\n#|\n{rows}\n|#"
    ));
    assert_eq!(count(&page.params.unwrap()), 1 + 12);
}

/// Each of them has a row for each of them.
#[test]
fn sections_may_lead_to_each_other() {
    let rows = (0..12).map(|row| format!("|| **K{row}** | [there](#s{row}) ||"));
    let rows = rows.collect::<Vec<_>>().join("\n");
    let mut text = format!("#|\n{rows}\n|#\n");
    for section in 0..12 {
        let _ = write!(text, "\n### Part {{#s{section}}}\n\n#|\n{rows}\n|#\n");
    }
    let page = read(&text);
    let mut problems = page.problems.iter();
    let said = "sections refer to each other in a cycle";
    assert!(problems.any(|problem| problem.message == said));
    let count = count(&page.params.unwrap());
    assert!((12 * 12..20_000).contains(&count), "{count}");
}

/// How many rows there are, one in the other.
fn count(items: &[Item]) -> usize {
    items.iter().map(|item| 1 + count(&item.fields)).sum()
}
