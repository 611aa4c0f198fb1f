//! The values of an enum, which several parameters and fields may have. What is found is found on the enum.

use crate::diff::comparison::Comparison;
use crate::diff::site::{Entry, Quote};
use crate::diff::statement::Statement;
use crate::page::{Item, Said};
use sonet_spec::model::{Enum, FindingKind};

/// Compares the values that a row lists with those of the enum.
pub(super) fn compare<'s>(cx: &mut Comparison<'s>, def: &'s Enum, said: &[&Said], item: &Item) {
    let entry = Entry::new(&def.name, &def.decisions);
    cx.visit(entry);
    for value in said {
        let site = entry.site(format!("values.{}", value.text), &def.name.span);
        let statement = Statement {
            words: vec![value.text.clone()],
            text: item.text.clone(),
            precise: true,
        };
        cx.says(&site, statement);
        if !def.values.iter().any(|known| *known.wire == value.text) {
            let message = format!("`{}` may be `{}` on the page", item.name, value.text);
            let names = said.iter().map(|said| said.text.as_str());
            cx.compatible(&site, FindingKind::New, Quote::of(value), message)
                .among(names, &value.text);
        }
    }
    for known in def.values.iter().map(|known| &known.wire) {
        if said.iter().all(|value| value.text != known.value) {
            let site = entry.site(format!("values.{}", known.value), &known.span);
            let message = format!("`{}` is not `{}` on the page", item.name, known.value);
            let quote = Quote::nothing(&item.at);
            cx.breaking(&site, FindingKind::Missing, quote, message);
        }
    }
}
