//! Parameters that the page has inside another one, or outside of it.

use crate::diff::comparison::Comparison;
use crate::diff::site::{Entry, Quote};
use crate::page::Item;
use sonet_spec::model::{FindingKind, Method, Param};

/// Takes the parameters out of another one that only the page has around them.
pub(super) fn unwrap(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    method: &Method,
    items: &[Item],
) -> Vec<Item> {
    let has = |items: &[Item], param: &Param| items.iter().any(|item| item.name == *param.name);
    let params = method.params.iter();
    let missing: Vec<&Param> = params.filter(|param| !has(items, param)).collect();
    let wrapper = items.iter().position(|item| {
        let known = method.params.iter().any(|param| *param.name == item.name);
        let inside = missing.iter().filter(|param| has(&item.fields, param));
        !known && inside.count() > 1
    });
    let mut items = items.to_vec();
    if let Some(at) = wrapper {
        let wrapper = items.remove(at);
        let site = entry.site("params", &method.name.span);
        let message = format!("the page has the parameters in `{}`", wrapper.name);
        let quote = Quote::new(wrapper.name.as_str(), &wrapper.at);
        cx.breaking(&site, FindingKind::Moved, quote, message);
        items.splice(at..at, wrapper.fields);
    }
    items
}

/// Where the spec has a parameter of this name, if that is somewhere else.
pub(super) fn elsewhere<'m>(
    method: &'m Method,
    list: &str,
    name: &str,
) -> Option<(String, &'m Param)> {
    fn search<'m>(params: &'m [Param], path: &str, name: &str, all: &mut Vec<(String, &'m Param)>) {
        for param in params {
            let on = format!("{path}.{}", *param.name);
            search(&param.fields, &on, name, all);
            if *param.name == name {
                all.push((on, param));
            }
        }
    }
    let mut all = Vec::new();
    search(&method.params, "params", name, &mut all);
    let here = format!("{list}.{name}");
    all.into_iter().find(|(on, _)| *on != here)
}

/// Takes away what is found to be missing where it moved.
pub(super) fn settle(cx: &mut Comparison<'_>) {
    let findings = cx.findings.iter();
    let moved = findings.filter(|finding| finding.kind == FindingKind::Moved);
    let moved: Vec<String> = moved.map(|finding| finding.on.clone()).collect();
    cx.findings
        .retain(|finding| finding.kind != FindingKind::Missing || !moved.contains(&finding.on));
}
