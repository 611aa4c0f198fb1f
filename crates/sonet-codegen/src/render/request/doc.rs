//! What is said about a request.

use crate::ir::Method;
use crate::render::docs::{Doc, code, quoted};
use sonet_spec::model::Effect;

/// The documentation of a request.
pub(super) fn of(method: &Method, example: Option<&str>) -> Doc {
    let mut doc = Doc::new(&method.doc);
    doc.paragraph(&format!(
        "`{}`, scope `{}`. Who may call it: {}.",
        method.wire,
        method.scope,
        method.who.trim_end_matches('.')
    ));
    doc.paragraph(&format!("Returns: {}", method.output_doc));
    if method.paging.is_some() {
        doc.paragraph(
            "A call answers one [`Page`], which says whether it is the last. For all rows, walk the list with a client's \
             `list`.",
        );
    }
    doc.paragraph(&format!("See <{}>.", method.page));
    if let Some(lost) = &method.lost_answer {
        doc.heading("After a lost answer");
        doc.paragraph(match method.effect {
            Effect::Repeatable => "It may be repeated.",
            _ => "It is not repeated.",
        });
        doc.paragraph(lost);
    }
    doc.heading("Errors");
    if method.errors.is_empty() {
        doc.paragraph("Only those that every method has.");
    } else {
        doc.list(method.errors.iter().map(|error| {
            let what = if error.text.is_empty() {
                code(&error.code)
            } else {
                quoted(&error.text)
            };
            let nothing = method
                .paging
                .as_ref()
                .and_then(|paging| paging.nothing.as_ref());
            if nothing == Some(&error.name) {
                return format!("{what}: {} A client makes an empty list of it.", error.doc);
            }
            format!("`Refusal::{}` ({what}): {}", error.name, error.doc)
        }));
    }
    doc.doubts(&method.doubts);
    if let Some(example) = example {
        doc.heading("Examples");
        doc.example(example);
    }
    doc
}
