//! What was read of a page, in a few lines.

use std::fmt::Write as _;

use sonet_docs::page::{Item, Page, Said};

/// Everything but the words of descriptions, with the lines.
pub(crate) fn outline(page: &Page) -> String {
    let mut out = String::new();
    let line = |said: &Option<Said>| match said {
        Some(said) => format!("{} ({})", said.text, said.at.line),
        None => "-".to_owned(),
    };
    let _ = writeln!(out, "name: {}", line(&page.name));
    let _ = writeln!(out, "scope: {}", line(&page.scope));
    let _ = writeln!(out, "who: {}", line(&page.who));
    items(&mut out, "params", page.params.as_deref());
    if let Some(operators) = &page.filter_operators {
        let operators: Vec<&str> = operators.iter().map(|said| said.text.as_str()).collect();
        let _ = writeln!(out, "operators: {}", operators.join("  "));
    }
    items(&mut out, "filter", page.filter_fields.as_deref());
    items(&mut out, "order", page.order_fields.as_deref());
    items(&mut out, "select", page.select_fields.as_deref());
    items(
        &mut out,
        "result",
        page.result.as_ref().map(std::slice::from_ref),
    );
    let others = [
        ("beside it", &page.envelope),
        ("elsewhere", &page.structures),
    ];
    for (title, list) in others.into_iter().filter(|(_, list)| !list.is_empty()) {
        items(&mut out, title, Some(list));
    }
    items(&mut out, "payload", page.payload.as_deref());
    for error in page.errors.iter().flatten() {
        let text = error.text.as_deref().unwrap_or("?");
        let _ = writeln!(out, "error: {:?} {text:?} ({})", error.code, error.at.line);
    }
    for example in &page.examples {
        let _ = writeln!(
            out,
            "{:?} {}: {}",
            example.kind, example.at.line, example.json
        );
    }
    for problem in &page.problems {
        let _ = writeln!(out, "! {}: {}", problem.at, problem.message);
    }
    out
}

fn items(out: &mut String, title: &str, items: Option<&[Item]>) {
    let Some(items) = items else { return };
    let _ = writeln!(out, "{title}:");
    for one in items {
        item(out, 1, one);
    }
}

fn item(out: &mut String, depth: usize, item: &Item) {
    let required = match item.required {
        Some(true) => "*",
        Some(false) => "",
        None => "?",
    };
    let _ = write!(out, "{}{}{required}", "  ".repeat(depth), item.name);
    if !item.types.is_empty() {
        let _ = write!(out, ": {}", item.ty());
    }
    if let Some(default) = &item.default {
        let _ = write!(out, " = {:?} {:?}", default.text, default.codes);
    }
    if !item.values.is_empty() {
        let values: Vec<&str> = item.values.iter().map(|said| said.text.as_str()).collect();
        let _ = write!(out, " of {values:?}");
    }
    if item.absent {
        out.push_str(" (absent)");
    }
    let _ = writeln!(out, " ({})", item.at.line);
    for field in &item.fields {
        self::item(out, depth + 1, field);
    }
}
