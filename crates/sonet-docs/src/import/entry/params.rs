//! The parameters of a draft.

use std::fmt::Write as _;

use super::writer::Writer;
use crate::apply::UNDESCRIBED;
use crate::import::name::{quoted, rust_name};
use crate::import::shapes::{Place, is_list};
use crate::page::{Item, Page};
use crate::words;

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
        let role = role(param).map(|role| {
            let fields = match role {
                "filter" => &page.filter_fields,
                "order" => &page.order_fields,
                _ => &page.select_fields,
            };
            (role, fields.is_some())
        });
        let is_outer = indent.len() == 4;
        let nested = role.is_none() && !param.fields.is_empty() && is_outer && !is_list(param);
        let (ty, doubt) = match role {
            Some((role, true)) if is_outer => (role.to_owned(), None),
            Some(_) => (
                "json".to_owned(),
                Some("its fields are not on this page".to_owned()),
            ),
            None if nested => ("object".to_owned(), None),
            None if !param.fields.is_empty() => {
                let doubt =
                    "what is in it is not typed: it is a list of objects, or an object in one";
                ("json".to_owned(), Some(doubt.to_owned()))
            }
            None => self.shapes.scalar(param, Place::Param),
        };
        let is_number = ty == "integer" || ty.ends_with("Id");
        if is_number && is_outer && !param.values.is_empty() {
            let values: Vec<&str> = param
                .values
                .iter()
                .map(|value| value.text.as_str())
                .collect();
            let reason = "Any number is taken, so that another one of the vendor's breaks nothing.";
            let on = format!("params.{}", param.name);
            let doubt = format!("`{}` takes some numbers only: is it an enum?", param.name);
            self.decide((&on, "values"), &values.join(", "), reason, &doubt);
        }
        self.doubt_if(indent, doubt);
        let is_built = matches!(ty.as_str(), "filter" | "order" | "select");
        if param.required == Some(true) && is_built {
            let text = format!("the page says that it is required, which no `{ty}` can be.");
            self.doubt(indent, &text);
        }
        let (name, rust) = (quoted(&param.name), rust_name(&param.name));
        let _ = write!(
            self.out,
            "{indent}{{ name = {name}{rust}, type = {}",
            quoted(&ty)
        );
        if param.required == Some(true) && !is_built {
            self.out.push_str(", required = true");
        }
        if let Some(default) = &param.default {
            let default = match default.codes.as_slice() {
                [] => &default.text,
                codes => &codes.join(", "),
            };
            let _ = write!(self.out, ", default = {}", quoted(&prose(default)));
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

/// What a parameter is for, if it takes fields of the method.
pub(super) fn role(param: &Item) -> Option<&'static str> {
    // A number called `sort` is a place in a row.
    let built = |ty: &String| ty == "object" || ty.starts_with("array") || ty == "string[]";
    if !param.types.is_empty() && !param.types.iter().any(built) {
        return None;
    }
    words::role(&param.name)
}

/// A text that rustdoc does not misread: as it is, or as code.
fn prose(text: &str) -> String {
    if text.contains(['[', ']', '<', '>']) || text.contains("://") || text.contains("~~~") {
        format!("`{}`", text.replace('`', ""))
    } else {
        text.to_owned()
    }
}
