//! What each finding changes in the spec.

use toml_edit::{DocumentMut, Table, Value};

use super::document::{element, find, insert, list, params, table};
use super::precedents::{Precedents, UNDESCRIBED};
use crate::checkout::REFERENCE;
use crate::diff::{Finding, Row};
use crate::page::{ErrorRow, Item};
use sonet_spec::model::FindingKind;
use sonet_spec::names;

/// Changes the document, or says why that needs a person.
pub(super) fn edit(
    document: &mut DocumentMut,
    precedents: &Precedents<'_>,
    finding: &Finding,
) -> Result<(), String> {
    let (list, name) = finding.on.split_once('.').unwrap_or((&finding.on, ""));
    if finding.on == "code" {
        return Err("first, someone has to decide what the client makes of it".to_owned());
    }
    let entry = find(document, &finding.entry)
        .ok_or("the spec does not have it; `docs import` drafts it")?;
    let item = match &finding.row {
        Some(Row::Item(item)) => Some(item),
        _ => None,
    };
    match (finding.kind, list, item, &finding.row) {
        (FindingKind::New, "params", Some(item), _) => new_param(entry, precedents, finding, item),
        (FindingKind::New, "fields", Some(item), _) => new_field(entry, precedents, finding, item),
        (FindingKind::New, "values", ..) => new_value(entry, finding),
        (FindingKind::New, "filter_operators", ..)
        | (FindingKind::New, "order_fields", Some(_), _) => {
            let list = self::list(entry, list)?;
            insert(list, &finding.preceding, finding.page.as_str());
            Ok(())
        }
        (FindingKind::New, "filter_fields", Some(item), _) => {
            let ty = precedents.type_of(item)?;
            let field = table(&[
                ("name", name.into()),
                ("type", ty.into()),
                ("doc", UNDESCRIBED.into()),
            ]);
            insert(self::list(entry, list)?, &finding.preceding, field);
            Ok(())
        }
        (FindingKind::New, "select_fields", Some(_), _) => {
            new_selection(entry, precedents, finding, name)
        }
        (FindingKind::New, "errors", _, Some(Row::Error(row))) => {
            new_error(entry, precedents, finding, row)
        }
        (FindingKind::Default, "params", Some(item), _) => default(entry, &finding.on, item),
        (FindingKind::Text, "errors", _, Some(Row::Error(row))) => error(entry, name, row),
        (FindingKind::Moved, "page", ..) => page(entry, &finding.page),
        (FindingKind::Decision, ..) => Err("the decision has to be reconsidered".to_owned()),
        (FindingKind::Missing, ..) => {
            Err("the page does not say; the spec may be right".to_owned())
        }
        _ => Err("it needs a decision".to_owned()),
    }
}

fn new_param(
    entry: &mut Table,
    precedents: &Precedents<'_>,
    finding: &Finding,
    item: &Item,
) -> Result<(), String> {
    let on = finding.on.as_str();
    let (path, _) = on.rsplit_once('.').unwrap_or((on, ""));
    let mut pairs = vec![
        ("name", Value::from(item.name.as_str())),
        ("type", precedents.type_of(item)?.into()),
    ];
    if let Some([code]) = item
        .default
        .as_ref()
        .map(|default| default.codes.as_slice())
    {
        pairs.push(("default", code.into()));
    }
    pairs.push(("doc", UNDESCRIBED.into()));
    insert(params(entry, path)?, &finding.preceding, table(&pairs));
    Ok(())
}

/// A field that is new need not be in every answer.
fn new_field(
    entry: &mut Table,
    precedents: &Precedents<'_>,
    finding: &Finding,
    item: &Item,
) -> Result<(), String> {
    let mut pairs = vec![
        ("name", Value::from(item.name.as_str())),
        ("type", precedents.type_of(item)?.into()),
    ];
    if item.types.iter().any(|ty| ty == "null") {
        pairs.push(("nullable", true.into()));
    }
    pairs.extend([("optional", true.into()), ("doc", UNDESCRIBED.into())]);
    insert(list(entry, "fields")?, &finding.preceding, table(&pairs));
    Ok(())
}

fn new_value(entry: &mut Table, finding: &Finding) -> Result<(), String> {
    let wire = finding.page.as_str();
    // A letter says nothing of what it stands for.
    let name = Some(names::upper_camel(wire)).filter(|name| name.len() > 2);
    let name = name.ok_or("it needs a name")?;
    let value = table(&[
        ("wire", wire.into()),
        ("name", name.into()),
        ("doc", UNDESCRIBED.into()),
    ]);
    insert(list(entry, "values")?, &finding.preceding, value);
    Ok(())
}

/// Only what the answer has can be selected.
fn new_selection(
    entry: &mut Table,
    precedents: &Precedents<'_>,
    finding: &Finding,
    name: &str,
) -> Result<(), String> {
    let method = finding.entry.as_str();
    let method = precedents
        .spec
        .methods
        .iter()
        .find(|known| *known.name == method);
    let answer = method.and_then(|method| precedents.symbols.answer(method));
    let fields = || answer.iter().flat_map(|answer| &answer.fields);
    let same = |field: &&str| names::snake(field) == names::snake(name);
    let found = fields().map(|field| field.name.as_str()).find(same);
    let found = found.ok_or("the answer has no such field yet")?;
    let mut pairs = vec![("name", Value::from(name))];
    if found != name {
        pairs.push(("returns", found.into()));
    }
    pairs.push(("doc", UNDESCRIBED.into()));
    insert(
        list(entry, "select_fields")?,
        &finding.preceding,
        table(&pairs),
    );
    Ok(())
}

/// The same failure has the same name in every method.
fn new_error(
    entry: &mut Table,
    precedents: &Precedents<'_>,
    finding: &Finding,
    row: &ErrorRow,
) -> Result<(), String> {
    let text = row.text.clone().ok_or("the page has no text for it")?;
    let name = match precedents.error_name(&row.code, &text) {
        Some(same) => same,
        None => error_name(row, &text).ok_or("it needs a name")?,
    };
    let error = table(&[
        ("name", name.into()),
        ("code", row.code.as_str().into()),
        ("text", text.into()),
        ("doc", UNDESCRIBED.into()),
    ]);
    insert(list(entry, "errors")?, &finding.preceding, error);
    Ok(())
}

/// What an error may be called: its code says it, or its text, where that is no whole story.
fn error_name(row: &ErrorRow, text: &str) -> Option<String> {
    let says_nothing = row.code.bytes().all(|byte| byte.is_ascii_digit());
    let words = if says_nothing {
        text.to_owned()
    } else {
        row.code.to_lowercase()
    };
    let few = words.is_ascii() && words.split_whitespace().count() <= 6;
    let name = Some(names::upper_camel(&words)).filter(|_| few)?;
    names::is_upper_camel(&name).then_some(name)
}

fn default(entry: &mut Table, on: &str, item: &Item) -> Result<(), String> {
    let codes = item
        .default
        .as_ref()
        .map(|default| default.codes.as_slice());
    let Some([code]) = codes else {
        return Err("what the page says is not a single value".to_owned());
    };
    let (path, name) = on.rsplit_once('.').unwrap_or((on, ""));
    let param = element(params(entry, path)?, "name", name).ok_or("there is no such parameter")?;
    param.insert("default", code.into());
    Ok(())
}

/// The first error of the name is the one that was compared.
fn error(entry: &mut Table, name: &str, row: &ErrorRow) -> Result<(), String> {
    let errors = list(entry, "errors")?;
    let count = errors.iter().filter(|error| {
        let table = error.as_inline_table();
        table
            .and_then(|table| table.get("name"))
            .and_then(Value::as_str)
            == Some(name)
    });
    if count.count() > 1 {
        return Err("several errors have this name".to_owned());
    }
    let error = element(errors, "name", name).ok_or("there is no such error")?;
    error.insert("code", row.code.as_str().into());
    if let Some(text) = &row.text {
        error.insert("text", text.into());
    }
    Ok(())
}

fn page(entry: &mut Table, file: &str) -> Result<(), String> {
    let page = file
        .strip_prefix(REFERENCE)
        .and_then(|page| page.strip_prefix('/'));
    let page = page
        .and_then(|page| page.strip_suffix(".md"))
        .ok_or("it is elsewhere")?;
    let value = entry
        .get_mut("page")
        .and_then(toml_edit::Item::as_value_mut)
        .ok_or("it has no `page`")?;
    let decor = value.decor().clone();
    *value = format!("{page}.html").into();
    *value.decor_mut() = decor;
    Ok(())
}
