//! A spec of many methods and the pages about them, which agree. They are the same in every run.

use std::fmt::Write as _;

use proptest::strategy::{Strategy, ValueTree as _};
use proptest::test_runner::TestRunner;

use super::{model, write};

/// A spec, and the files of its documentation.
pub(crate) struct Synthetic {
    pub(crate) spec: String,
    pub(crate) files: Vec<(String, String)>,
}

/// `count` methods in modules of ten, with a page each, and as many pages about nothing that has a name.
pub(crate) fn methods(count: usize) -> Synthetic {
    let mut runner = TestRunner::deterministic();
    let (method, style) = (model::method(), write::style());
    let mut all = Synthetic {
        spec: String::new(),
        files: Vec::new(),
    };
    let mut once: Vec<String> = Vec::new();
    for number in 0..count {
        let method = method.new_tree(&mut runner).unwrap().current();
        let style = style.new_tree(&mut runner).unwrap().current();
        let name = format!("area{}.club{number}.read", number / 10);
        let page = write::page(&method, &style).replace("club.read", &name);
        let folder = format!("api-reference/area{}", number / 10);
        let other = page.replacen(&name, "", 1);
        all.files
            .push((format!("{folder}/club{number}-read.md"), page));
        all.files.push((format!("{folder}/club{number}.md"), other));
        add(
            &write::spec(&method),
            number,
            &name,
            &mut once,
            &mut all.spec,
        );
    }
    all.spec.insert_str(0, &once.concat());
    all
}

/// Adds the entries of a method under names of its own. What is not of one method is added once.
fn add(spec: &str, number: usize, name: &str, once: &mut Vec<String>, out: &mut String) {
    let mut entries = spec.split("\n[[");
    let head = entries.next().unwrap_or_default();
    add_once(format!("{head}\n"), once);
    for entry in entries {
        if entry.starts_with("id]]") || entry.starts_with("enum]]") {
            add_once(format!("[[{entry}\n"), once);
            continue;
        }
        let area = number / 10;
        let entry = entry
            .replace("\"club.read\"", &format!("\"{name}\""))
            .replace("club/club-read", &format!("area{area}/club{number}-read"))
            .replace("\"answers\"", &format!("\"answers{area}\""))
            .replace("\"Answer", &format!("\"Answer{number}"))
            .replace("\"Of", &format!("\"Of{number}x"));
        let _ = writeln!(out, "[[{entry}");
    }
}

fn add_once(entry: String, once: &mut Vec<String>) {
    if !once.contains(&entry) {
        once.push(entry);
    }
}
