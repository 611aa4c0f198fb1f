//! What a drafted method filters by, sorts by and selects.

use std::fmt::Write as _;

use super::shown::filtered_by;
use super::writer::Writer;
use crate::import::name::quoted;
use crate::import::shapes::Place;
use crate::page::Page;
use serde_json::Value;

impl Writer<'_> {
    pub(super) fn lists(&mut self, page: &Page) {
        let operators = page.filter_operators.as_deref().unwrap_or_default();
        if page.filter_fields.is_none() && !operators.is_empty() {
            let operators: Vec<_> = operators.iter().map(|said| quoted(&said.text)).collect();
            let _ = writeln!(self.out, "filter_operators = [{}]", operators.join(", "));
        }
        if let Some(fields) = &page.filter_fields {
            let said = page.filter_operators.as_deref().unwrap_or_default();
            if said.is_empty() {
                self.doubt("the page has no operators of the filter.");
            }
            let mut operators: Vec<String> = said.iter().map(|said| quoted(&said.text)).collect();
            if operators.is_empty() {
                operators.push(quoted(""));
            }
            let _ = writeln!(self.out, "filter_operators = [{}]", operators.join(", "));
            self.out.push_str("filter_fields = [\n");
            for field in fields {
                let (ty, doubt) = self.shapes.scalar(field, Place::Filter);
                let values = filtered_by(page, &field.name);
                // Where the vendor says yes or no, the wire may have letters.
                let is_flag = |value: &&Value| matches!(value.as_str(), Some("Y" | "N"));
                let (ty, doubt) =
                    if ty == "boolean" && !values.is_empty() && values.iter().all(is_flag) {
                        ("flag".to_owned(), None)
                    } else {
                        (ty, doubt)
                    };
                let on = format!("filter_fields.{}", field.name);
                if self.shapes.contradicts(&ty, field) {
                    let reason = "A condition has one value, or a list by its operator.";
                    self.decide((&on, "type"), &field.ty(), reason);
                }
                let values = self.shapes.values_beside(&ty, field, Place::Filter);
                if let Some((values, reason)) = values.filter(|_| !field.values.is_empty()) {
                    self.decide((&on, "values"), &values, reason);
                }
                if field.required == Some(true) {
                    let doubt = "the page says that it is required, which no condition can be";
                    self.doubt_on(&on, Some(doubt.to_owned()));
                    let reason = "A filter can do without it.";
                    self.decide((&on, "required"), "required", reason);
                }
                self.doubt_on(&on, doubt);
                let doc = quoted(&self.shapes.doc(&field.sentences));
                let (name, ty) = (quoted(&field.name), quoted(&ty));
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
                let doc = quoted(&self.shapes.doc(&field.sentences));
                let name = quoted(&field.name);
                let _ = writeln!(self.out, "    {{ name = {name}, doc = {doc} }},");
            }
            self.out.push_str("]\n");
        }
    }
}
