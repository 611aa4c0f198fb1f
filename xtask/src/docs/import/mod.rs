//! A draft of the spec's entry for a method that the spec does not have.
//!
//! Everything that a page says is in it, in the form of the spec. What a page can't say is a guess, with the doubt in a
//! comment above it: whether a write may be repeated, what an identifier identifies, what is in a list, what is described.

mod shape;

use std::fmt::Write as _;

use super::Checkout;
use super::apply::Known;
use super::checkout::REFERENCE;
use super::page::{self, ErrorRow, ExampleKind, Item, Page};
use crate::diagnostics::Report;
use crate::spec::model::Spec;
use crate::spec::{self, names};
use shape::{Shapes, UNDESCRIBED};

/// Method names that read.
const READS: [&str; 6] = ["get", "list", "fields", "access", "search", "current"];

/// A draft.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The entries, to be appended to the spec.
    pub text: String,
    /// How many doubts are in it.
    pub doubts: usize,
    /// What the spec with it is not in order for.
    pub mistakes: Option<Report>,
}

/// Drafts the entries of pages, each as if it were the only one.
pub fn drafts(
    spec: &Spec,
    source: &str,
    checkout: &Checkout,
    files: &[&str],
) -> Vec<std::io::Result<Draft>> {
    let reading = checkout.reading();
    reading.each(files, |file| draft(spec, source, checkout, file))
}

/// Drafts the entry of a page.
pub fn draft(spec: &Spec, source: &str, checkout: &Checkout, file: &str) -> std::io::Result<Draft> {
    let page = page::read(checkout, file)?;
    let mut writer = Writer {
        known: Known::new(spec),
        shapes: Shapes::default(),
        out: String::new(),
    };
    writer.method(&page);
    let text = format!("{}{}", writer.shapes.text(), writer.out);
    let appended = format!("{}\n\n{text}", source.trim_end());
    Ok(Draft {
        doubts: text.matches("# Doubt: ").count(),
        mistakes: spec::parse(spec::FILE, &appended).err(),
        text,
    })
}

struct Writer<'s> {
    known: Known<'s>,
    shapes: Shapes,
    out: String,
}

/// A text as TOML.
fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

/// A name of its own for what would be a word of Rust.
fn rust_name(wire: &str) -> String {
    match names::snake(wire) {
        name if name == "type" => ", rust = \"kind\"".to_owned(),
        name if names::is_reserved(&name) => format!(", rust = \"{name}_\""),
        _ => String::new(),
    }
}

impl Writer<'_> {
    fn doubt(&mut self, indent: &str, text: &str) {
        let _ = writeln!(self.out, "{indent}# Doubt: {text}");
    }

    fn pair(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.out, "{key} = {}", quoted(value));
    }

    fn method(&mut self, page: &Page) {
        let name = page.name.as_ref().map_or("", |said| said.text.as_str());
        self.shapes.place(name, &page.structures);
        self.out.push_str("[[method]]\n");
        self.pair("name", name);
        let file = page
            .file
            .strip_prefix(REFERENCE)
            .map_or(page.file.as_str(), |file| &file[1..]);
        self.pair("page", &format!("{}.html", file.trim_end_matches(".md")));
        if page.scope.is_none() {
            self.doubt("", "the page has no scope.");
        }
        let scope = page.scope.as_ref().map_or("?", |said| said.text.as_str());
        self.pair("scope", scope);
        self.effect(name);
        match &page.who {
            Some(said) if !page.russian => self.pair("who", &said.text),
            _ => {
                self.doubt("", "who may call it is not said in English.");
                self.pair("who", "any user");
            }
        }
        self.pair("doc", UNDESCRIBED);
        self.params(page);
        self.lists(page);
        self.result(page);
        self.errors(page.errors.as_deref().unwrap_or_default());
        for problem in &page.problems {
            self.doubt("", &format!("{}: {}.", problem.at, problem.message));
        }
    }

    fn effect(&mut self, name: &str) {
        let last = names::snake(name.rsplit('.').next().unwrap_or_default());
        let reads = last.split('_').any(|word| READS.contains(&word));
        if reads {
            self.doubt("", "it seems to read, by its name.");
            self.pair("effect", "read");
        } else {
            self.doubt(
                "",
                "whether it may be repeated, and how to find out whether it ran.",
            );
            self.pair("effect", "write");
            self.pair("lost_answer", UNDESCRIBED);
        }
    }

    fn params(&mut self, page: &Page) {
        let Some(params) = &page.params else {
            return self.doubt("", "the page has no table of parameters.");
        };
        if params.is_empty() {
            return;
        }
        self.out.push_str("params = [\n");
        for param in params {
            self.param(param, "    ", page);
        }
        self.out.push_str("]\n");
    }

    fn param(&mut self, param: &Item, indent: &str, page: &Page) {
        // A number called `sort` is a place in a row.
        let built = |ty: &String| ty == "object" || ty.starts_with("array");
        let may = param.types.is_empty() || param.types.iter().any(built);
        let name = param.name.to_ascii_lowercase();
        let role = match Some(name.as_str()).filter(|_| may).unwrap_or_default() {
            "filter" => Some(("filter", page.filter_fields.is_some())),
            "order" | "sort" => Some(("order", page.order_fields.is_some())),
            "select" => Some(("select", page.select_fields.is_some())),
            _ => None,
        };
        let nested = role.is_none() && !param.fields.is_empty();
        let (ty, doubt) = match role {
            Some((role, true)) => (role.to_owned(), None),
            Some((_, false)) => (
                "string".to_owned(),
                Some("its fields are not on this page".to_owned()),
            ),
            None if nested => ("object".to_owned(), None),
            None => self.shapes.scalar(&self.known, param),
        };
        if let Some(doubt) = doubt {
            self.doubt(indent, &format!("{doubt}."));
        }
        let (name, rust) = (quoted(&param.name), rust_name(&param.name));
        let _ = write!(
            self.out,
            "{indent}{{ name = {name}{rust}, type = {}",
            quoted(&ty)
        );
        if param.required == Some(true) {
            self.out.push_str(", required = true");
        }
        if let Some(default) = &param.default {
            let default = match default.codes.as_slice() {
                [] => &default.text,
                codes => &codes.join(", "),
            };
            let _ = write!(self.out, ", default = {}", quoted(default));
        }
        let _ = write!(self.out, ", doc = {}", quoted(UNDESCRIBED));
        if nested {
            self.out.push_str(", fields = [\n");
            for field in &param.fields {
                self.param(field, &format!("{indent}    "), page);
            }
            let _ = write!(self.out, "{indent}]");
        }
        self.out.push_str(" },\n");
    }

    fn lists(&mut self, page: &Page) {
        if let Some(fields) = &page.filter_fields {
            let said = page.filter_operators.as_deref().unwrap_or_default();
            if said.is_empty() {
                self.doubt("", "the page has no operators.");
            }
            let mut operators: Vec<String> = said.iter().map(|said| quoted(&said.text)).collect();
            if operators.is_empty() {
                operators.push(quoted(""));
            }
            let _ = writeln!(self.out, "filter_operators = [{}]", operators.join(", "));
            self.out.push_str("filter_fields = [\n");
            for field in fields {
                let (ty, doubt) = self.shapes.scalar(&self.known, field);
                if let Some(doubt) = doubt {
                    self.doubt("    ", &format!("{doubt}."));
                }
                let (name, ty, doc) = (quoted(&field.name), quoted(&ty), quoted(UNDESCRIBED));
                let _ = writeln!(
                    self.out,
                    "    {{ name = {name}, type = {ty}, doc = {doc} }},"
                );
            }
            self.out.push_str("]\n");
        }
        if let Some(fields) = &page.order_fields {
            let fields: Vec<String> = fields.iter().map(|field| quoted(&field.name)).collect();
            let _ = writeln!(self.out, "order_fields = [{}]", fields.join(", "));
        }
        if let Some(fields) = &page.select_fields {
            self.out.push_str("select_fields = [\n");
            for field in fields {
                let (name, doc) = (quoted(&field.name), quoted(UNDESCRIBED));
                let _ = writeln!(self.out, "    {{ name = {name}, doc = {doc} }},");
            }
            self.out.push_str("]\n");
        }
    }

    fn result(&mut self, page: &Page) {
        let mut examples = page.examples.iter();
        let example = examples.find(|example| example.kind == ExampleKind::Response);
        let inner = example.and_then(|example| example.json.get("result"));
        if example.is_some() && inner.is_none() {
            self.doubt("", "the example has no `result` around the answer.");
        }
        let shown = inner.or(example.map(|example| &example.json));
        let (ty, doubt) = match &page.result {
            Some(item) => self.shapes.result(&self.known, item, shown),
            None => shape::of_value(shown),
        };
        if let Some(doubt) = doubt {
            self.doubt("", &format!("{doubt}."));
        }
        let (ty, doc) = (quoted(&ty), quoted(UNDESCRIBED));
        let _ = writeln!(self.out, "result = {{ type = {ty}, doc = {doc} }}");
        if page.envelope.iter().any(|item| item.name == "next") {
            self.doubt("", "it answers in pages, so `paged` is needed.");
        }
    }

    fn errors(&mut self, rows: &[ErrorRow]) {
        if rows.is_empty() {
            return;
        }
        self.out.push_str("errors = [\n");
        for row in rows {
            let text = row.text.clone().unwrap_or_default();
            let known = self.known.error_name(&row.code, &text);
            if known.is_none() {
                self.doubt("    ", "what it is called.");
            }
            let words: Vec<&str> = text.split_whitespace().take(5).collect();
            let name = known.unwrap_or_else(|| names::upper_camel(&words.join(" ")));
            let _ = writeln!(
                self.out,
                "    {{ name = {}, code = {}, text = {}, doc = {} }},",
                quoted(&name),
                quoted(&row.code),
                quoted(&text),
                quoted(UNDESCRIBED)
            );
        }
        self.out.push_str("]\n");
    }
}
