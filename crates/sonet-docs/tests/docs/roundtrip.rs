//! A page that is written from a spec reads back as that spec: in both languages, in the layouts and with the line ends
//! that there are.

mod model;
mod write;

use proptest::prelude::*;

use sonet_docs::Checkout;
use sonet_docs::diff;
use sonet_docs::page::{self, Item, Page};
use sonet_spec as spec;

use model::{Method, Value};
use write::Style;

/// A parameter or field in one line: what the spec and the page must agree on.
fn actual(path: &str, items: &[Item], out: &mut Vec<String>) {
    for item in items {
        let mut values: Vec<&str> = item.values.iter().map(|said| said.text.as_str()).collect();
        // A date has no values, whatever the sentence about it.
        values.dedup();
        let default = item
            .default
            .iter()
            .flat_map(|default| default.codes.clone());
        out.push(format!(
            "{path}{}{} {} {values:?} {:?}",
            item.name,
            if item.required == Some(true) { "*" } else { "" },
            item.ty(),
            default.collect::<Vec<_>>(),
        ));
        actual(&format!("{path}{}.", item.name), &item.fields, out);
    }
}

fn expected(path: &str, values: &[Value], out: &mut Vec<String>) {
    for value in values {
        out.push(format!(
            "{path}{}{} {} {:?} {:?}",
            value.name,
            if value.required { "*" } else { "" },
            value.kind.on_page(),
            value.kind.values(),
            value.default.iter().collect::<Vec<_>>(),
        ));
        expected(&format!("{path}{}.", value.name), &value.fields, out);
    }
}

fn lines(add: impl FnOnce(&mut Vec<String>)) -> Vec<String> {
    let mut out = Vec::new();
    add(&mut out);
    out
}

fn names(items: Option<&Vec<Item>>) -> Vec<&str> {
    items
        .into_iter()
        .flatten()
        .map(|item| item.name.as_str())
        .collect()
}

fn agrees(method: &Method, page: &Page) -> Result<(), TestCaseError> {
    prop_assert_eq!(
        page.name.as_ref().map(|said| said.text.as_str()),
        Some("club.read")
    );
    prop_assert_eq!(
        page.scope.as_ref().map(|said| said.text.as_str()),
        Some("clubs")
    );
    let mut params = page.params.clone().unwrap_or_default();
    params.retain(|param| param.name != "filter" && param.name != "order");
    prop_assert_eq!(
        lines(|out| actual("", &params, out)),
        lines(|out| expected("", &method.params, out))
    );
    let result = page
        .result
        .clone()
        .map(|item| item.fields)
        .unwrap_or_default();
    prop_assert_eq!(
        lines(|out| actual("", &result, out)),
        lines(|out| expected("", &method.fields, out))
    );
    if method.filtered {
        let operators = page.filter_operators.iter().flatten();
        prop_assert_eq!(
            operators.map(|said| said.text.as_str()).collect::<Vec<_>>(),
            method.operators.clone()
        );
        let filters: Vec<&str> = method
            .filters
            .iter()
            .map(|value| value.name.as_str())
            .collect();
        prop_assert_eq!(names(page.filter_fields.as_ref()), filters.clone());
        prop_assert_eq!(names(page.order_fields.as_ref()), filters);
    }
    let errors = page.errors.iter().flatten();
    let errors: Vec<_> = errors
        .map(|row| (row.code.clone(), row.text.clone().unwrap_or_default()))
        .collect();
    prop_assert_eq!(&errors, &method.errors);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 96,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_page_of_a_spec_reads_back(method in model::method(), style in write::style()) {
        let text = write::page(&method, &style);
        let checkout = Checkout::from_files([("api-reference/club/club-read.md", text.as_str())]);
        let spec = write::spec(&method);
        let parsed = spec::parse("spec.toml", &spec);
        let (parsed, source) = match parsed {
            Ok(parsed) => parsed,
            Err(report) => return Err(TestCaseError::fail(format!("{report}\n{spec}"))),
        };
        let page = page::read(&checkout, "api-reference/club/club-read.md").unwrap();
        agrees(&method, &page).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        let outcome = diff::diff(&parsed, &checkout).unwrap();
        let quiet = outcome.findings.is_empty() && outcome.problems.is_empty();
        prop_assert!(quiet, "{}\n{}", diff::human(&outcome, &source, &checkout, false), text);
    }

    /// What is changed on the page is found, and nothing else.
    #[test]
    fn a_row_that_is_renamed_is_one_finding(method in model::method(), at in any::<prop::sample::Index>()) {
        let style = Style::plain();
        let at = at.index(method.params.len());
        let mut changed = method.clone();
        changed.params[at].name = "zz".to_owned();
        changed.params[at].required = false;
        let text = write::page(&changed, &style);
        let checkout = Checkout::from_files([("api-reference/club/club-read.md", text.as_str())]);
        let (spec, _) = spec::parse("spec.toml", &write::spec(&method))
            .map_err(|report| TestCaseError::fail(report.to_string()))?;
        let outcome = diff::diff(&spec, &checkout).unwrap();
        let on: Vec<_> = outcome.findings.iter().map(|finding| (finding.on.as_str(), finding.kind.word())).collect();
        let gone = format!("params.{}", method.params[at].name);
        prop_assert!(on.contains(&(gone.as_str(), "missing")), "{:?}", on);
        prop_assert!(on.contains(&("params.zz", "new")), "{:?}", on);
        prop_assert_eq!(on.len(), 2, "{:?}", on);
    }
}
