//! Newer pages brought into a spec that was drafted and edited.

mod again;
mod each;
mod edits;
mod followed;
mod inputs;
mod pages;
mod records;
mod refused;
mod shared;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sonet_codegen::Handwritten;
use sonet_docs::Checkout;
use sonet_docs::import::{self, Code, Wanted};
use sonet_docs::update::{self, Records, Update};
use sonet_spec::diagnostics::{Report, Source};

const DOCUMENTATION: &str = "https://example.com/";

const HEAD: &str = "# Mine.\nformat = 1\ndocumentation = \"https://example.com/\"\n";

/// A page about a method with these rows of parameters, of its answer and of its errors.
fn page(method: &str, params: &[&str], answer: &[&str], errors: &[&str]) -> String {
    let table = |rows: &[&str]| {
        let rows: Vec<String> = rows.iter().map(|row| format!("|| {row} ||\n")).collect();
        format!(
            "#|\n|| **Name**\n`type` | **Description** ||\n{}|#\n",
            rows.concat()
        )
    };
    let errors: Vec<String> = errors.iter().map(|row| format!("|| {row} ||\n")).collect();
    format!(
        "# Change a club {method}\n\n> Scope: [`club`](x.md)\n>\n> Who can execute the method: any user\n\n\
         ## Method Parameters\n\n{}\n## Response Handling\n\nHTTP status: **200**\n\n### Returned Data\n\n{}\n\
         ## Error Handling\n\n#|\n|| **Code** | **Description** | **Value** ||\n{}|#\n",
        table(params),
        table(answer),
        errors.concat()
    )
}

/// A documentation, and the spec that is drafted of it.
struct Club {
    files: BTreeMap<String, String>,
}

const ID: &str = "**id***\n[`integer`](x.md) | Club";
const MODE: &str = "**mode**\n[`string`](x.md) | Possible values:\n- `fast` — one\n- `slow` — two";
const SIZE: &str = "**size**\n[`string`](x.md) | Size";
const RESULT: &str = "**result**\n[`object`](x.md) | Club";
const TITLE: &str = "**title**\n[`string`](x.md) | Title";
const CLOSED: &str = "`CLOSED` | Club is closed | Closed";
const BUSY: &str = "`BUSY` | Club is busy | Busy";

impl Club {
    /// Two methods.
    fn new() -> Self {
        let open = page(
            "club.open",
            &[ID, MODE, SIZE],
            &[RESULT, TITLE],
            &[CLOSED, BUSY],
        );
        let close = page(
            "club.close",
            &[ID, SIZE],
            &["**result**\n[`boolean`](x.md) | Done"],
            &[],
        );
        Self::of([("open.md", open), ("close.md", close)])
    }

    fn of<const N: usize>(files: [(&str, String); N]) -> Self {
        let files = files.into_iter();
        let files = files.map(|(file, text)| (format!("api-reference/club/{file}"), text));
        Self {
            files: files.collect(),
        }
    }

    /// The same documentation with another text on a page.
    fn with(&self, file: &str, from: &str, to: &str) -> Self {
        let mut files = self.files.clone();
        let text = files
            .get_mut(&format!("api-reference/club/{file}"))
            .unwrap();
        assert!(text.contains(from), "nothing to change: {from}");
        *text = text.replace(from, to);
        Self { files }
    }

    fn moved(&self, from: &str, to: &str) -> Self {
        let mut files = self.files.clone();
        let text = files.remove(&format!("api-reference/club/{from}")).unwrap();
        files.insert(format!("api-reference/{to}"), text);
        Self { files }
    }

    fn without(&self, file: &str) -> Self {
        let mut files = self.files.clone();
        files.remove(&format!("api-reference/club/{file}")).unwrap();
        Self { files }
    }

    fn checkout(&self) -> Checkout {
        Checkout::from_files(
            self.files
                .iter()
                .map(|(name, text)| (name.clone(), text.as_str())),
        )
    }

    /// The spec of all of its methods, and the records of it.
    fn drafted(&self) -> (String, Records) {
        let checkout = self.checkout();
        let pages = checkout.pages("api-reference", true).unwrap();
        let wanted: Vec<Wanted> = pages.into_iter().map(Wanted::all).collect();
        with_code(|code| {
            let (spec, _) = sonet_spec::parse("api.toml", HEAD).unwrap();
            let drafts = import::drafts_of(spec, HEAD, &checkout, &wanted, code);
            let drafts = drafts.unwrap().drafts;
            let taken = drafts.iter().filter(|draft| draft.mistakes.is_none());
            let taken: Vec<_> = taken.collect();
            let mut text = HEAD.to_owned();
            for draft in &taken {
                let _ = write!(text, "\n{}\n", draft.text.trim_end());
            }
            let mut records = Records::new(DOCUMENTATION);
            records.add(&taken, HEAD, &checkout, code).unwrap();
            (text, records)
        })
    }
}

fn with_code<T>(then: impl FnOnce(Code<'_>) -> T) -> T {
    let handwritten = Handwritten::default();
    then(Code {
        further: &[&|cx| sonet_codegen::check(cx, &handwritten)],
        taken: &sonet_codegen::is_taken,
        descriptions: sonet_docs::import::Descriptions::Own,
    })
}

fn try_update(text: &str, records: &Records, docs: &Club) -> Result<Update, Report> {
    let source = Source {
        name: "api.toml".to_owned(),
        text: text.to_owned(),
    };
    with_code(|code| update::update(&source, records, &docs.checkout(), code)).unwrap()
}

/// An update, which changes nothing when it is repeated.
fn update(text: &str, records: &Records, docs: &Club) -> Update {
    let update = try_update(text, records, docs).unwrap_or_else(|report| panic!("{report}"));
    for records in [&update.records, records] {
        let again = try_update(&update.text, records, docs).unwrap();
        assert_eq!(again.text, update.text);
        assert_eq!(again.written, [], "{}", update.text);
    }
    let again = try_update(&update.text, &update.records, docs).unwrap();
    assert_eq!(again.conflicts, []);
    assert_eq!(again.records.text(), update.records.text());
    update
}

/// What an update did, and what it told.
fn shown(before: &str, update: &Update) -> String {
    let mut shown = changes(before, &update.text);
    for (title, lines) in [
        ("written", &update.written),
        ("left out", &update.left_out),
        ("conflict", &update.conflicts),
    ] {
        for line in lines {
            let _ = writeln!(shown, "{title}:{line}");
        }
    }
    shown
}

/// The patch that a text got, without its lines of context.
fn changes(before: &str, after: &str) -> String {
    let source = Source {
        name: "api.toml".to_owned(),
        text: before.to_owned(),
    };
    let patch = sonet_docs::apply::patch(&source, after);
    let mut changes = String::new();
    let lines = patch
        .lines()
        .skip(2)
        .filter(|line| line.starts_with(['+', '-']));
    for line in lines {
        let _ = writeln!(changes, "{line}");
    }
    changes
}

fn replaced(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "nothing to change: {from} in {text}");
    text.replacen(from, to, 1)
}
