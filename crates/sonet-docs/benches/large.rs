//! 1,500 methods: reading and checking their spec, generating their code, and holding them against 3,000 pages.
//!
//! `cargo bench -p sonet-docs --bench large` prints a table of CPU times, of all threads together. Each is beside the least that
//! has to be done: parsing the same text, formatting the same code, opening the same files. Each round does everything, so
//! that a busy machine slows down all of it alike, and a ratio is the median of the ratios within the rounds. A tenth of the
//! methods shows whether the rest costs more than its share.
//!
//! `… -- diff 20` does one thing alone, for a profiler.

#![allow(clippy::unwrap_used, missing_docs)]

#[allow(dead_code, reason = "tests use more of it")]
#[path = "../tests/docs/roundtrip/model.rs"]
mod model;
mod synthetic;
#[allow(dead_code, reason = "tests use more of it")]
#[path = "../tests/docs/roundtrip/write.rs"]
mod write;

use std::env;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use cpu_time::ProcessTime;
use sonet_codegen::{self as codegen, Files, RootModule};
use sonet_docs::{Checkout, diff};
use sonet_spec::{self as spec, model::Spec};

const METHODS: usize = 1_500;
const ROUNDS: usize = 15;

/// What is done, and the least that it takes.
const WAYS: [(&str, Way, &str, Way); 3] = [
    ("spec", read_spec, "toml", parse_toml),
    ("generate", generate, "format", parse_and_format),
    ("diff", hold_against_pages, "open", open_pages),
];

type Way = fn(&Large);

/// A spec in every form.
struct Large {
    text: String,
    spec: Spec,
    code: Files,
    root: PathBuf,
    pages: Vec<PathBuf>,
}

impl Large {
    fn new(count: usize) -> Self {
        let made = synthetic::methods(count);
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("docs-{count}"));
        let _ = fs::remove_dir_all(&root);
        let pages = made.files.iter().map(|(name, text)| {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
            path
        });
        let pages = pages.collect();
        let parsed = spec::parse(spec::FILE, &made.spec);
        let (spec, source) = parsed.unwrap_or_else(|report| panic!("{report}"));
        assert_eq!(spec.methods.len(), count);
        let checkout = Checkout::open(&root).unwrap();
        let outcome = diff::diff(&spec, &checkout).unwrap();
        let report = diff::human(&outcome, &source, &checkout, false);
        assert!(
            outcome.findings.is_empty() && outcome.problems.is_empty(),
            "{report}"
        );
        Self {
            code: codegen::generate(&spec, RootModule::default()),
            text: made.spec,
            spec,
            root,
            pages,
        }
    }
}

fn main() {
    let words: Vec<_> = env::args().filter(|text| text != "--bench").collect();
    let large = Large::new(METHODS);
    if let [_, name, times] = words.as_slice() {
        let ways = WAYS.map(|(name, way, raw, least)| [(name, way), (raw, least)]);
        let (_, way) = *ways
            .iter()
            .flatten()
            .find(|(known, _)| known == name)
            .unwrap();
        (0..times.parse().unwrap()).for_each(|_| way(&large));
        return;
    }
    let tenth = Large::new(METHODS / 10);
    let code: usize = large.code.values().map(String::len).sum();
    println!(
        "{METHODS} methods: a spec of {} bytes, {} files of {code} bytes, {} pages; CPU time in ms",
        large.text.len(),
        large.code.len(),
        large.pages.len()
    );
    println!("| what | ms | beside | ms | ratio (quartiles) | ten times a tenth |");
    println!("|---|---|---|---|---|---|");
    for (name, way, raw, least) in WAYS {
        let rounds: Vec<[f64; 3]> = (0..ROUNDS)
            .map(|_| {
                let smaller: f64 = (0..10).map(|_| time(way, &tenth)).sum();
                [time(way, &large), time(least, &large), smaller]
            })
            .collect();
        let median = |at: usize| quartiles(rounds.iter().map(|times| times[at]))[1];
        let [low, ratio, high] = quartiles(rounds.iter().map(|times| times[0] / times[1]));
        let (ms, least, smaller) = (median(0), median(1), median(2));
        println!(
            "| {name} | {ms:.0} | {raw} | {least:.0} | {ratio:.1} ({low:.1} to {high:.1}) | {smaller:.0} |"
        );
    }
}

fn time(way: Way, large: &Large) -> f64 {
    let start = ProcessTime::now();
    way(large);
    start.elapsed().as_secs_f64() * 1e3
}

fn quartiles(values: impl Iterator<Item = f64>) -> [f64; 3] {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f64::total_cmp);
    [1, 2, 3].map(|quarter| values[values.len() * quarter / 4])
}

fn read_spec(large: &Large) {
    assert!(black_box(spec::parse(spec::FILE, &large.text)).is_ok());
}

fn parse_toml(large: &Large) {
    assert!(black_box(toml::de::DeTable::parse(&large.text)).is_ok());
}

/// All of `cargo xtask codegen` but the files.
fn generate(large: &Large) {
    black_box(codegen::generate(&large.spec, RootModule::default()));
}

fn parse_and_format(large: &Large) {
    for text in large.code.values() {
        black_box(prettyplease::unparse(&syn::parse_file(text).unwrap()));
    }
}

fn hold_against_pages(large: &Large) {
    let checkout = Checkout::open(&large.root).unwrap();
    black_box(diff::diff(&large.spec, &checkout).unwrap());
}

fn open_pages(large: &Large) {
    for page in &large.pages {
        black_box(fs::read_to_string(page).unwrap().lines().count());
    }
}
