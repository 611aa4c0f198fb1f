//! The vendor's own pages, where there are some.
//!
//! `SONET_DOCS` is a folder with checkouts: `2026-08`, `2026-08-ru` and `2026-08-api`, which the spec follows, and `2026-02`,
//! which is older. The third has what happens to an application, too. Without the folder, these tests say so and do nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use sonet_docs::diff::{self, Outcome};
use sonet_docs::markup::Problem;
use sonet_docs::{Checkout, examples, page};
use sonet_spec as spec;

/// The checkout of this name.
fn checkout(name: &str) -> Option<Checkout> {
    let Some(root) = std::env::var_os("SONET_DOCS").map(PathBuf::from) else {
        println!("skipped: SONET_DOCS names no folder with checkouts of the documentation");
        return None;
    };
    Some(Checkout::open(&root.join(name)).unwrap())
}

fn compare(checkout: &Checkout) -> (Outcome, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (spec, source) = spec::load(&root, spec::FILE).unwrap_or_else(|report| panic!("{report}"));
    let outcome = diff::diff(&spec, checkout).unwrap();
    let report = diff::human(&outcome, &source, checkout, false);
    (outcome, report)
}

#[test]
fn the_pages_that_the_spec_follows_are_quiet() {
    // Two pages about the feed have an example that is no JSON, and a table below a heading that lists nothing.
    for (name, pages, unread) in [
        ("2026-08", 47, 0),
        ("2026-08-ru", 47, 0),
        ("2026-08-api", 71, 2),
    ] {
        let Some(checkout) = checkout(name) else {
            return;
        };
        let (outcome, report) = compare(&checkout);
        assert!(outcome.findings.is_empty(), "{name}\n{report}");
        let problems = outcome.problems.iter();
        let problems = problems.filter(|problem| !problem.absent);
        assert_eq!(problems.count(), unread, "{name}\n{report}");
        assert_eq!(outcome.pages, pages, "{name}");
    }
}

#[test]
fn the_older_pages_differ_in_what_is_known() {
    let Some(checkout) = checkout("2026-02") else {
        return;
    };
    let (outcome, report) = compare(&checkout);
    assert!(!outcome.is_unread(), "{report}");
    let findings = outcome.findings.iter().map(|finding| {
        format!(
            "{:10} {} {} {}\n",
            finding.effect.to_string(),
            finding.entry,
            finding.on,
            finding.kind
        )
    });
    insta::assert_snapshot!(findings.collect::<String>());
}

/// All files of the checkout of this name.
pub(crate) fn files(name: &str) -> Option<BTreeMap<String, String>> {
    let Some(root) = std::env::var_os("SONET_DOCS").map(PathBuf::from) else {
        println!("skipped: SONET_DOCS names no folder with checkouts of the documentation");
        return None;
    };
    let mut files = BTreeMap::new();
    collect(&root.join(name), "", &mut files);
    Some(files)
}

/// What `CONTRIBUTING.md` shows is what `docs diff` prints for such a page.
#[test]
fn the_change_that_contributors_are_led_through_is_a_real_one() {
    let Some(mut files) = files("2026-08") else {
        return;
    };
    let page = files
        .get_mut("api-reference/sonet-group/sonet-group-update.md")
        .unwrap();
    let name = "|| **NAME**";
    assert!(page.contains(name));
    let color = "|| **COLOR**\n[`string`](../data-types.md) | Colour ||\n";
    *page = page.replacen(name, &format!("{color}{name}"), 1);
    let (outcome, report) = compare(&Checkout::from_files(files));
    assert_eq!(outcome.findings.len(), 1, "{report}");
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../CONTRIBUTING.md");
    let guide = fs::read_to_string(guide).unwrap();
    assert!(guide.contains(&report), "it prints\n{report}");
}

/// The texts of a folder, by their names below it.
fn collect(folder: &Path, below: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{below}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            files.insert(name, text);
        }
    }
}

/// Every answer decodes through the generated types, and they can produce every request.
#[test]
fn the_generated_types_have_what_examples_show() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (spec, _) = spec::load(&root, spec::FILE).unwrap_or_else(|report| panic!("{report}"));
    let names = ["2026-08", "2026-08-ru", "2026-02"];
    let checkouts: Vec<Checkout> = names.into_iter().filter_map(checkout).collect();
    if checkouts.is_empty() {
        return;
    }
    let outcomes = examples::check_each(&spec, &checkouts, &root).unwrap();
    assert_eq!(outcomes.len(), names.len());
    for ((name, checkout), outcome) in names.iter().zip(&checkouts).zip(outcomes) {
        let report = outcome.human(checkout, false);
        assert!(outcome.findings.is_empty(), "{name}\n{report}");
        assert!(
            outcome.answers > 10 && outcome.errors > 10 && outcome.requests > 10,
            "{name}\n{report}"
        );
    }
}

/// Every page of a checkout is read, and what can't be read is little.
#[test]
fn whole_checkouts_are_read() {
    for name in ["2026-08", "2026-08-ru", "2026-02"] {
        let Some(checkout) = checkout(name) else {
            return;
        };
        let mut problems = Vec::new();
        let pages = checkout.pages("api-reference", true).unwrap();
        for file in &pages {
            let page = page::read(&checkout, file).unwrap();
            problems.extend(page.problems.into_iter().filter(Problem::is_unread));
        }
        let shown: Vec<String> = problems
            .iter()
            .map(|problem| format!("{}: {}", problem.at, problem.message))
            .collect();
        println!(
            "{name}: {} pages, not read:\n{}",
            pages.len(),
            shown.join("\n")
        );
        assert!(problems.len() < 10, "{shown:#?}");
    }
}
