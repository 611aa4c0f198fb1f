//! The vendor's own pages, changed by machine: each change of a fact must be seen.
//!
//! It takes a minute, and is run by hand: `SONET_DOCS=… cargo test -p xtask --test docs campaign -- --ignored --nocapture`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use xtask::docs::Checkout;
use xtask::docs::diff;
use xtask::spec::{self, model::Spec};

use crate::checkouts::collect;

type Files = BTreeMap<String, Arc<str>>;

/// A changed line.
struct Change {
    kind: &'static str,
    line: usize,
    /// What stands there instead; several lines, or none.
    text: Option<String>,
}

fn all(lines: &[&str]) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut code = false;
    for (line, text) in lines.iter().enumerate() {
        let mut add = |kind, text: Option<String>| changes.push(Change { kind, line, text });
        if text.trim_start().starts_with("```") {
            code = !code;
        }
        if code {
            continue;
        }
        let text = *text;
        if text.starts_with("[`") || text.starts_with("[```") || text.starts_with("`") {
            if let Some((ty, rest)) = text.split_once("](").or(text.split_once(" |")) {
                let old = ty.trim_matches(['[', '`', ' ']);
                for new in [
                    "file", "integer", "string", "boolean", "array", "object", "datetime",
                ] {
                    if new != old && !rest.is_empty() {
                        add("type", Some(text.replacen(old, new, 1)));
                    }
                }
            }
        }
        if let Some(value) = text.trim_start().strip_prefix("- `") {
            let blank = &text[..text.len() - text.trim_start().len()];
            add("value gone", None);
            add("value new", Some(format!("{text}\n{blank}- `zzz` — new")));
            if let Some((_, rest)) = value.split_once('`') {
                add("value changed", Some(format!("{blank}- `zzz`{rest}")));
            }
        }
        if text.starts_with("|| **") && text.ends_with("**") {
            add(
                "row new",
                Some(format!("|| **ZZZ**\n[`string`](x.md) | New ||\n{text}")),
            );
            add("star", Some(format!("{text}*")));
            add("row renamed", Some("|| **ZZZ**".to_owned()));
        }
        if text.starts_with("|| **") && text.ends_with("***") {
            add("star gone", Some(text[..text.len() - 1].to_owned()));
        }
        if text.contains("**400**") {
            add("status", Some(text.replace("**400**", "**403**")));
        }
        if text.contains("**200**") {
            add("status", Some(text.replace("**200**", "**201**")));
        }
        if text.starts_with("|| `") || text.starts_with("|| — ") {
            add("error gone", None);
            add(
                "error new",
                Some(format!("{text}\n|| `ERROR_ZZZ` | `Zzz` | New ||")),
            );
        }
        if text.contains("50 records") || text.contains("50 записей") {
            add("page size", Some(text.replace("50", "100")));
        }
    }
    changes
}

fn said(spec: &Spec, files: &Files) -> Vec<String> {
    let checkout = Checkout::from_files(
        files
            .iter()
            .map(|(name, text)| (name.clone(), Arc::clone(text))),
    );
    let outcome = diff::diff(spec, &checkout).unwrap();
    let findings = outcome.findings.iter();
    let findings = findings.map(|finding| {
        format!(
            "{} {} {} {} {}",
            finding.entry, finding.on, finding.kind, finding.page, finding.message
        )
    });
    let problems = outcome
        .problems
        .iter()
        .filter(|problem| problem.is_unread());
    let problems = problems.map(|problem| problem.message.clone());
    findings.chain(problems).collect()
}

#[test]
#[ignore = "takes a minute"]
fn every_change_of_a_fact_is_seen() {
    let Some(root) = std::env::var_os("SONET_DOCS").map(PathBuf::from) else {
        return;
    };
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (spec, _) = spec::load(&own, spec::FILE).unwrap_or_else(|report| panic!("{report}"));
    for name in ["2026-08", "2026-08-ru"] {
        let mut texts = BTreeMap::new();
        collect(&root.join(name), "", &mut texts);
        let files: Files = texts
            .into_iter()
            .map(|(name, text)| (name, text.into()))
            .collect();
        let file = |page: &str| format!("api-reference/{}.md", page.trim_end_matches(".html"));
        let mut one = Vec::new();
        for method in &spec.methods {
            let spec = Spec {
                methods: vec![method.clone()],
                events: Vec::new(),
                ..spec.clone()
            };
            one.push((file(&method.page), spec));
        }
        for event in &spec.events {
            let spec = Spec {
                methods: Vec::new(),
                events: vec![event.clone()],
                ..spec.clone()
            };
            one.push((file(&event.page), spec));
        }
        let silent: Vec<Vec<(String, bool)>> = one
            .par_iter()
            .map(|(page, spec)| {
                let before = said(spec, &files);
                let text = Arc::clone(&files[page]);
                let lines: Vec<&str> = text.lines().collect();
                let mut out = Vec::new();
                for change in all(&lines) {
                    let mut changed: Vec<&str> = lines.clone();
                    match &change.text {
                        Some(text) => changed[change.line] = text,
                        None => {
                            changed.remove(change.line);
                        }
                    }
                    let mut files = files.clone();
                    files.insert(page.clone(), changed.join("\n").into());
                    let seen = said(spec, &files) != before;
                    let what = change.text.as_deref().unwrap_or("").replace('\n', "⏎");
                    out.push((
                        format!(
                            "{}: {page}:{} {} -> {}",
                            change.kind,
                            change.line + 1,
                            lines[change.line],
                            what
                        ),
                        seen,
                    ));
                }
                out
            })
            .collect();
        let mut count: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for (what, seen) in silent.iter().flatten() {
            let kind = what.split(':').next().unwrap().to_owned();
            let entry = count.entry(kind).or_default();
            entry.0 += 1;
            if !seen {
                entry.1 += 1;
                println!("silent {what}");
            }
        }
        println!("{name} {count:#?}");
    }
}
