//! What an event delivers.

use serde_json::Value;

use crate::diff::comparison::Comparison;
use crate::diff::objects::{self, ExampleValue};
use crate::diff::site::{Entry, Quote};
use crate::page::{ExampleKind, Item};
use sonet_spec::model::{Event, FindingKind};

pub(crate) fn compare<'s>(cx: &mut Comparison<'s>, entry: Entry<'s>, event: &'s Event) {
    let page = cx.page;
    let start = page.start();
    let mut objects = cx.spec.objects.iter();
    let Some(object) = objects.find(|object| object.name.value == event.payload.value) else {
        return;
    };
    let shown: Vec<ExampleValue<'_>> = cx
        .examples(ExampleKind::Event)
        .map(ExampleValue::whole)
        .collect();
    for shown in &shown {
        let wire = shown.value.get("event").and_then(Value::as_str);
        if let Some(wire) = wire.filter(|wire| *wire != event.wire.as_str()) {
            let at = shown.example.line_of(&["event"]);
            let site = entry.site("wire", &event.wire.span);
            let message = format!("the event is delivered as `{wire}` on the page");
            cx.breaking(&site, FindingKind::Text, Quote::new(wire, &at), message);
        }
    }
    match &page.payload {
        Some(items) => {
            let mut item = Item::new("payload", items.first().map_or(&start, |item| &item.at));
            item.fields.clone_from(items);
            objects::compare(cx, object, Some(&item), &shown, &item.at);
        }
        None if page.incomplete => {}
        None if shown.is_empty() => {
            let site = entry.site("payload", &event.payload.span);
            let message = "the page has neither a table nor an example of what is delivered";
            cx.compatible(&site, FindingKind::Missing, Quote::nothing(&start), message);
        }
        None => objects::compare(cx, object, None, &shown, &start),
    }
}
