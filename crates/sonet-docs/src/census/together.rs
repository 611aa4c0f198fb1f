//! The table of what compiles together.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::figures::{Compiled, Figures};
use super::report::Section;

/// Renders the figures of the sections whose code was compiled; nothing if none was.
pub(super) fn table(sections: &BTreeMap<&str, Section<'_>>, total: &Figures) -> String {
    let mut out = String::new();
    let Some(total) = &total.compiled else {
        return out;
    };
    let _ = writeln!(
        out,
        "\n{:18} {:>9} {:>11} {:>11} {:>11}",
        "together", "compiled", "answers", "requests", "whole"
    );
    for (name, section) in sections {
        if let Some(compiled) = &section.figures.compiled {
            row(&mut out, name, compiled);
        }
    }
    row(&mut out, "total", total);
    out.push_str(
        "\ncompiled: methods that are in one spec, and whose section compiles; answers: decoded whole, of those in \
         examples;\nrequests: built, of those in examples; whole: methods of which every answer is decoded and every \
         request built, of\nthose with examples\n",
    );
    out
}

fn row(out: &mut String, name: &str, compiled: &Compiled) {
    let Compiled {
        methods,
        answers,
        decoded,
        requests,
        built,
        shown,
        whole,
    } = compiled;
    let of = |part: &usize, whole: &usize| format!("{part}/{whole}");
    let (answers, requests, whole) = (of(decoded, answers), of(built, requests), of(whole, shown));
    let _ = writeln!(
        out,
        "{name:18} {methods:9} {answers:>11} {requests:>11} {whole:>11}"
    );
}
