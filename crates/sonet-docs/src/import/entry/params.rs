//! The parameters of a draft.

use std::fmt::Write as _;

use super::writer::Writer;
use crate::apply::UNDESCRIBED;
use crate::import::name::{quoted, rust_name};
use crate::page::{Item, Page};

impl Writer<'_> {
    pub(super) fn params(&mut self, page: &Page) {
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
            None => self.shapes.scalar(param),
        };
        self.doubt_if(indent, doubt);
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
}
