//! Which elements of two lists are the same thing.

use toml_edit::Value;

use super::place::identity;
use super::toml::text;
use sonet_spec::model::ErrorDef;

type Rule = fn(&str, &Value, &Value) -> bool;

/// For each element of a list, the one of another list that it is.
pub(super) fn pairs(list: &str, from: &[&Value], to: &[&Value]) -> Vec<Option<usize>> {
    // A person may give an error another name, and a page another text.
    let rules: &[Rule] = match list {
        "errors" => &[same_error, same_name, same_code],
        _ => &[same_name],
    };
    let mut found: Vec<Option<usize>> = vec![None; from.len()];
    for is_same in rules {
        for (at, element) in from.iter().enumerate() {
            if found[at].is_some() {
                continue;
            }
            let mut others = to.iter().enumerate();
            let other = others
                .find(|(at, other)| !found.contains(&Some(*at)) && is_same(list, element, other));
            found[at] = other.map(|(at, _)| at);
        }
    }
    found
}

fn same_name(list: &str, one: &Value, other: &Value) -> bool {
    identity(list, one) == identity(list, other)
}

fn same_error(_: &str, one: &Value, other: &Value) -> bool {
    said(one, "code") == said(other, "code") && said(one, "text") == said(other, "text")
}

fn same_code(_: &str, one: &Value, other: &Value) -> bool {
    let code = said(one, "code");
    ErrorDef::is_telling(code) && code == said(other, "code")
}

fn said<'v>(value: &'v Value, key: &str) -> &'v str {
    let table = value.as_inline_table();
    table.and_then(|table| text(table, key)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use toml_edit::Array;

    #[test]
    fn an_error_is_known_by_what_is_left_of_it() {
        let list = |text: &str| -> Array {
            let document: toml_edit::DocumentMut = format!("a = [{text}]").parse().unwrap();
            document["a"].as_array().unwrap().clone()
        };
        let before = list(
            "{ name = \"Closed\", code = \"\", text = \"Closed\" }, \
             { name = \"Busy\", code = \"BUSY\", text = \"Busy\" }, \
             { name = \"Gone\", code = \"1\", text = \"Gone\" }",
        );
        let after = list(
            "{ name = \"ItIsBusy\", code = \"BUSY\", text = \"It is busy\" }, \
             { name = \"Shut\", code = \"\", text = \"Closed\" }, \
             { name = \"Lost\", code = \"1\", text = \"Lost\" }",
        );
        let (before, after): (Vec<_>, Vec<_>) = (before.iter().collect(), after.iter().collect());
        assert_eq!(pairs("errors", &after, &before), [Some(1), Some(0), None]);
    }
}
