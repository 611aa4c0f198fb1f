//! The text of an entry: what a page says, and what it leaves in doubt.

mod answer;
mod errors;
mod lists;
mod params;
mod writer;

use super::shapes::Shapes;
use crate::apply::UNDESCRIBED;
use crate::checkout::REFERENCE;
use crate::page::Page;
use sonet_spec::model::Spec;
use sonet_spec::names;
use writer::Writer;

/// Method names that read.
const READS: [&str; 6] = ["get", "list", "fields", "access", "search", "current"];

/// The entry of a method, behind those of the objects that it brings.
pub(super) fn write(spec: &Spec, name: &str, page: &Page) -> String {
    let mut writer = Writer {
        shapes: Shapes::new(spec, name, &page.structures),
        out: String::new(),
    };
    writer.method(name, page);
    format!("{}{}", writer.shapes.text(), writer.out)
}

impl Writer<'_> {
    fn method(&mut self, name: &str, page: &Page) {
        self.out.push_str("[[method]]\n");
        self.doubt_if("", page.name_doubt.as_ref().map(|doubt| &doubt.text));
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
}
