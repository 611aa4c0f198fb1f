//! What a `Progress` is told while pages are read, and that it changes nothing.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use sonet_docs::{Checkout, Progress, diff, import};
use sonet_spec as spec;

/// Counts what it is told.
#[derive(Debug, Clone, Default)]
struct Counter(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    expected: AtomicUsize,
    read: AtomicUsize,
    done: AtomicBool,
}

impl Progress for Counter {
    fn inc_length(&self, pages: usize) {
        self.0.expected.fetch_add(pages, Ordering::SeqCst);
    }

    fn inc(&self) {
        self.0.read.fetch_add(1, Ordering::SeqCst);
    }

    fn finish(&self) {
        let again = self.0.done.swap(true, Ordering::SeqCst);
        assert!(!again, "it is said once");
    }
}

impl Counter {
    /// How many pages were read, when all of them are.
    fn pages(&self) -> usize {
        let expected = self.0.expected.load(Ordering::SeqCst);
        assert_eq!(self.0.read.load(Ordering::SeqCst), expected);
        assert!(self.0.done.load(Ordering::SeqCst));
        expected
    }
}

/// `count` methods, each with a page.
fn clubs(count: usize) -> (String, Checkout) {
    let mut spec =
        String::from("format = 1\ndocumentation = \"https://docs.example/api-reference/\"\n");
    let mut pages = Vec::new();
    for number in 0..count {
        let _ = write!(
            spec,
            "[[method]]\nname = \"club{number}.count\"\npage = \"club/club{number}-count.html\"\nscope = \"clubs\"\n\
             effect = \"read\"\nwho = \"any user\"\ndoc = \"Counts.\"\nresult = {{ type = \"integer\", doc = \"It.\" }}\n"
        );
        let page = format!("# Count club{number}.count\n\n> Scope: [`others`](../scopes.md)\n");
        pages.push((format!("api-reference/club/club{number}-count.md"), page));
    }
    (spec, Checkout::from_files(pages))
}

#[test]
fn every_page_is_told_once_and_findings_are_in_the_order_of_the_spec() {
    let (text, checkout) = clubs(200);
    let (spec, source) =
        spec::parse("spec.toml", &text).unwrap_or_else(|report| panic!("{report}"));
    let quiet = diff::diff(&spec, &checkout).unwrap();
    let counter = Counter::default();
    let checkout = checkout.with_progress(counter.clone());
    let watched = diff::diff(&spec, &checkout).unwrap();
    assert_eq!(counter.pages(), 200);
    assert_eq!(
        diff::human(&watched, &source, &checkout, false),
        diff::human(&quiet, &source, &checkout, false)
    );
    let scopes = watched
        .findings
        .iter()
        .filter(|finding| finding.on == "scope");
    let entries: Vec<&str> = scopes.map(|finding| finding.entry.as_str()).collect();
    let expected: Vec<String> = (0..200)
        .map(|number| format!("club{number}.count"))
        .collect();
    assert_eq!(entries, expected);
}

#[test]
fn pages_that_are_looked_for_count_too() {
    let (text, _) = clubs(2);
    let (spec, _) = spec::parse("spec.toml", &text).unwrap_or_else(|report| panic!("{report}"));
    let counter = Counter::default();
    let page = "# Count club1.count\n";
    let files = [
        ("api-reference/club/club0-count.md", "# Count club0.count\n"),
        ("api-reference/club/overview.md", "# Clubs\n"),
        ("api-reference/other/count.md", page),
        ("api-reference/other/count-again.md", page),
    ];
    let checkout = Checkout::from_files(files).with_progress(counter.clone());
    let outcome = diff::diff(&spec, &checkout).unwrap();
    // Both of the spec, all four for the title, the one that was found, and two beside it and the other.
    assert_eq!(counter.pages(), 2 + 4 + 1 + 2);
    let moved: Vec<&str> = outcome
        .findings
        .iter()
        .filter(|finding| finding.on == "page")
        .map(|finding| finding.page.as_str())
        .collect();
    assert_eq!(
        moved,
        [
            "api-reference/other/count-again.md",
            "api-reference/other/count.md"
        ],
        "the first of them, and that there is another one"
    );
}

#[test]
fn drafts_are_in_the_order_of_their_pages_and_end_with_an_error() {
    let none = "format = 1\ndocumentation = \"https://docs.example/api-reference/\"\n";
    let counter = Counter::default();
    let page = |number: usize| format!("api-reference/club/club{number}-count.md");
    let mut files: Vec<String> = (0..20).rev().map(page).collect();
    let draft = |files: &[String], checkout: &Checkout| {
        let (spec, _) = spec::parse("spec.toml", none).unwrap_or_else(|report| panic!("{report}"));
        import::drafts(
            spec,
            none,
            checkout,
            files,
            crate::fixtures::code(import::Descriptions::Quoted),
        )
    };
    let watched = clubs(20).1.with_progress(counter.clone());
    let drafts = draft(&files, &watched).unwrap();
    assert_eq!(counter.pages(), 20);
    for (number, draft) in (0..20).rev().zip(&drafts) {
        let name = format!("name = \"club{number}.count\"");
        assert!(draft.text.contains(&name), "{}", draft.text);
    }
    files.insert(7, "nowhere.md".to_owned());
    let error = draft(&files, &clubs(20).1).unwrap_err();
    assert!(error.to_string().starts_with("nowhere.md: "), "{error}");
}
