//! Pages that are nested without end are refused, and soon.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use xtask::docs::Checkout;
use xtask::docs::page::{self, Page};

const DEEP: usize = 3_000;

/// Reads a page with this below its parameters, which takes no longer than it may.
fn read(text: &str) -> Page {
    let text = format!("# Open a club club.open\n\n## Parameters\n\n{text}\n");
    let started = Instant::now();
    let page = page::parse(
        &Checkout::from_files([("a.md", "")]),
        "api-reference/a.md",
        &text,
    );
    let passed = started.elapsed();
    let start: String = text.chars().skip(40).take(40).collect();
    assert!(passed < Duration::from_secs(20), "{passed:?}: {start}");
    page
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
        "[".repeat(10 * DEEP),
        format!("{}{}", "[".repeat(10 * DEEP), "]".repeat(10 * DEEP)),
        format!("{}a{}", "[".repeat(10 * DEEP), "](x)".repeat(10 * DEEP)),
        "[a](".repeat(10 * DEEP),
        "`a` ".repeat(10 * DEEP),
    ] {
        read(&text);
        read(&cell(&text));
    }
}

#[test]
fn names_have_a_depth() {
    let name = "a.".repeat(10 * DEEP);
    assert!(is_too_deep(&read(&format!(
        "#|\n|| **{name}b** | Name ||\n|#"
    ))));
    let key = "[a]".repeat(10 * DEEP);
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
    read(&format!(
        "#|\n|| **NAME** | [below](#loop) ||\n|#\n\n### What is in it {{#loop}}\n\n#|\n{rows}\n|#"
    ));
}
