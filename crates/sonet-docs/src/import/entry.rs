//! The text of an entry: what a page says, and what it leaves in doubt.

use std::fmt::Write as _;

use super::super::apply::{Known, UNDESCRIBED};
use super::super::checkout::REFERENCE;
use super::super::page::{ErrorRow, ExampleKind, Item, Page};
use super::name::{quoted, rust_name, type_name};
use super::shape::{self, Shapes};
use sonet_spec::model::Spec;
use sonet_spec::names;

/// Method names that read.
const READS: [&str; 6] = ["get", "list", "fields", "access", "search", "current"];

/// The entry of a method, behind those of the objects that it brings.
pub(super) fn write(spec: &Spec, name: &str, page: &Page) -> String {
    let mut writer = Writer {
        known: Known::new(spec),
        shapes: Shapes::new(spec, name, &page.structures),
        out: String::new(),
    };
    writer.method(name, page);
    format!("{}{}", writer.shapes.text(), writer.out)
}

struct Writer<'s> {
    known: Known<'s>,
    shapes: Shapes,
    out: String,
}

impl Writer<'_> {
    fn doubt(&mut self, indent: &str, text: &str) {
        let _ = writeln!(self.out, "{indent}# Doubt: {text}");
    }

    fn pair(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.out, "{key} = {}", quoted(value));
    }

    fn method(&mut self, name: &str, page: &Page) {
        self.out.push_str("[[method]]\n");
        if let Some(doubt) = &page.name_doubt {
            self.doubt("", &format!("{}.", doubt.text));
        }
        self.pair("name", name);
        let file = page
            .file
            .strip_prefix(REFERENCE)
            .and_then(|file| file.strip_prefix('/'))
            .unwrap_or(&page.file);
        self.pair("page", &format!("{}.html", file.trim_end_matches(".md")));
        if page.scope.is_none() {
            self.doubt("", "the page has no scope.");
        }
        let scope = page.scope.as_ref();
        let scope = scope.map_or("unknown", |said| said.text.as_str());
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
        let (quoted_ty, doc) = (quoted(&ty), quoted(UNDESCRIBED));
        let _ = writeln!(self.out, "result = {{ type = {quoted_ty}, doc = {doc} }}");
        self.paged(page, ty.ends_with("[]"));
    }

    /// How it pages, where it does. Only identifiers can be walked by, so that is what is looked for.
    fn paged(&mut self, page: &Page, is_list: bool) {
        let params = page.params.iter().flatten();
        let mut places = params.chain(&page.envelope);
        if !places.any(|item| matches!(item.name.as_str(), "start" | "next")) {
            return;
        }
        let result = page.result.as_ref();
        let rows = match result {
            Some(result) if is_list => Some(("result".to_owned(), result)),
            Some(result) => {
                let mut lists = result.fields.iter().filter(|field| shape::is_list(field));
                lists
                    .next()
                    .map(|list| (format!("result.{}", list.name), list))
            }
            None => None,
        };
        let id = |items: &[Item]| {
            let mut ids = items
                .iter()
                .filter(|item| item.name.eq_ignore_ascii_case("id"));
            ids.next().map(|item| item.name.clone())
        };
        let cursor = page.order_fields.as_deref().and_then(id);
        let filtered = page.filter_fields.as_deref().and_then(id);
        let operators = page.filter_operators.iter().flatten();
        let mut greater = operators.filter(|operator| operator.text == ">");
        let row_cursor = rows.as_ref().and_then(|(_, row)| id(&row.fields));
        match (
            rows,
            cursor.filter(|_| greater.next().is_some()),
            row_cursor,
        ) {
            (Some((rows, _)), Some(cursor), Some(row)) if filtered.as_ref() == Some(&cursor) => {
                self.doubt("", "it answers in pages; what walks it is a guess.");
                let (rows, cursor, row) = (quoted(&rows), quoted(&cursor), quoted(&row));
                let _ = writeln!(
                    self.out,
                    "paged = {{ rows = {rows}, cursor = {cursor}, row_cursor = {row} }}"
                );
            }
            _ => self.doubt("", "it answers in pages, so `paged` is needed."),
        }
    }

    fn errors(&mut self, rows: &[ErrorRow]) {
        if rows.is_empty() {
            return;
        }
        self.out.push_str("errors = [\n");
        let mut taken = Vec::new();
        for row in rows {
            let text = row.text.clone().unwrap_or_default();
            let known = self.known.error_name(&row.code, &text);
            if known.is_none() {
                self.doubt("    ", "what it is called.");
            }
            if !text.is_ascii() {
                self.doubt("    ", "the text may be a translation of the wire's.");
            }
            let words: Vec<&str> = text.split_whitespace().take(5).collect();
            let name = known.unwrap_or_else(|| type_name(&words.join(" "), "Unnamed", &taken));
            taken.push(name.clone());
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
