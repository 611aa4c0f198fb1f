//! The Rust expression for a value.

use serde_json::{Map, Value, json};

use super::call::{Rejection, Spelling};
use super::construction::Construction;
use super::moment;
use sonet_spec::types::Type;
use sonet_spec::{Symbol, Symbols};

/// The expression for a value, and what it must serialize to.
pub(super) fn expression(
    symbols: &Symbols<'_>,
    spelling: Spelling,
    ty: &Type,
    open: bool,
    value: &Value,
) -> Result<(String, Value), Vec<Rejection>> {
    let inner = |ty: &Type, value: &Value| expression(symbols, spelling, ty, open, value);
    match ty {
        Type::List(element) => {
            let one = [value.clone()];
            let values = value.as_array().map_or(&one[..], Vec::as_slice);
            let values: Result<Vec<_>, _> =
                values.iter().map(|value| inner(element, value)).collect();
            let (codes, values): (Vec<_>, Vec<_>) = values?.into_iter().unzip();
            Ok((list(symbols, element, &codes), Value::Array(values)))
        }
        Type::Map(element) => {
            let map = value.as_object().ok_or_else(|| wrong(ty, value))?;
            let pair = |(key, value): (&String, &Value)| {
                let value = inner(element, value).map_err(|rejections| within(key, rejections));
                value.map(|(code, json)| (format!("({key:?}, {code})"), (key.clone(), json)))
            };
            let pairs: Result<Vec<_>, _> = map.iter().map(pair).collect();
            let (codes, map): (Vec<_>, Vec<_>) = pairs?.into_iter().unzip();
            let map: Map<String, Value> = map.into_iter().collect();
            Ok((format!("[{}]", codes.join(", ")), Value::Object(map)))
        }
        ty => match (symbols.of_type(ty), value) {
            (Some(symbol @ Symbol::Input(input)), Value::Object(sent)) => {
                let path = symbol.path();
                let object = Construction::of_input(symbols, spelling, &path, input);
                object.build(sent).map(|call| (call.code, call.json))
            }
            _ => one(symbols, spelling, ty, open, value)
                .map_err(|message| vec![Rejection::of(message)]),
        },
    }
}

/// What is wrong with a value of a map or a list, by where it stands.
fn within(key: &str, mut rejections: Vec<Rejection>) -> Vec<Rejection> {
    for rejection in &mut rejections {
        rejection.path.insert(0, key.to_owned());
    }
    rejections
}

/// The code of a list. Of one that is empty, the compiler has to be told what is in it.
fn list(symbols: &Symbols<'_>, element: &Type, codes: &[String]) -> String {
    match symbols.of_type(element) {
        Some(symbol) if codes.is_empty() => {
            format!("Vec::<sonet_types::{}>::new()", symbol.path())
        }
        _ => format!("[{}]", codes.join(", ")),
    }
}

fn wrong(ty: &Type, value: &Value) -> Vec<Rejection> {
    vec![Rejection::of(not_of(ty, value))]
}

fn not_of(ty: &Type, value: &Value) -> String {
    format!("`{value}` is not of the type `{ty}`")
}

/// The expression for a value that has no others in it.
fn one(
    symbols: &Symbols<'_>,
    spelling: Spelling,
    ty: &Type,
    open: bool,
    value: &Value,
) -> Result<(String, Value), String> {
    let wrong = || not_of(ty, value);
    let text = || value.as_str().ok_or_else(wrong);
    let code = match ty {
        Type::File => {
            // What the pages have for a file's content is cut off.
            let name = value.get(0).and_then(Value::as_str).ok_or_else(wrong)?;
            let code = format!("sonet_core::wire::File::new({name:?}, b\"\")");
            return Ok((code, json!([name, ""])));
        }
        // PHP takes a number for a text.
        Type::String | Type::Secret => match value {
            Value::Number(number) if spelling == Spelling::Loose => {
                format!("{:?}", number.to_string())
            }
            _ => format!("{:?}", text()?),
        },
        Type::Json => format!("json!({value})"),
        Type::DateTime | Type::Date if spelling == Spelling::Loose => {
            let text = moment::with_offset(text()?).ok_or_else(wrong)?;
            return Ok((format!("moment({text:?})"), Value::from(text)));
        }
        Type::DateTime | Type::Date => {
            let text = text()?;
            let code = format!("moment({text:?})");
            // What names no zone is sent with one.
            let is_local = text.len() == "2026-01-31T12:00:00".len() && text.as_bytes()[10] == b'T';
            let zone = if is_local { "+00:00" } else { "" };
            return Ok((code, json!(format!("{text}{zone}"))));
        }
        Type::Integer => number(value).ok_or_else(wrong)?.to_string(),
        Type::Decimal => {
            let text = match value {
                Value::Number(number) => number.to_string(),
                Value::String(text) => text.clone(),
                _ => return Err(wrong()),
            };
            let is_number = text.parse::<f64>().is_ok_and(f64::is_finite);
            if !is_number {
                return Err(wrong());
            }
            let code = format!("{text:?}.parse::<sonet_core::wire::Decimal>().expect(\"digits\")");
            return Ok((code, Value::from(text)));
        }
        Type::PageStart => match number(value).ok_or_else(wrong)? {
            -1 => "sonet_core::PageStart::UNCOUNTED".to_owned(),
            row => format!("sonet_core::PageStart::at_row({row})"),
        },
        Type::Boolean => value.as_bool().ok_or_else(wrong)?.to_string(),
        Type::Flag => match text()? {
            "Y" => "true".to_owned(),
            "N" => "false".to_owned(),
            _ => return Err(wrong()),
        },
        Type::Named(name) => match symbols.get(name) {
            Some(Symbol::Id(_)) => {
                let number = number(value).ok_or_else(wrong)?;
                format!("sonet_types::{name}::new({number})")
            }
            Some(symbol @ Symbol::Enum(def)) => {
                let text = text()?;
                let known = def.values.iter().find(|value| *value.wire == *text);
                match known {
                    Some(value) => format!("sonet_types::{}::{}", symbol.path(), *value.name),
                    // In a list, all elements are of one type.
                    None if open => format!("sonet_types::{}::from({text:?})", symbol.path()),
                    None => return Err(wrong()),
                }
            }
            _ => return Err(wrong()),
        },
        _ => return Err(wrong()),
    };
    Ok((code, value.clone()))
}

/// A number, also as a text.
fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: &str = include_str!("../../tests/fixtures/club/spec.toml");

    #[test]
    fn values_become_the_expressions_of_their_types() {
        let (spec, _) = sonet_spec::parse("spec.toml", SPEC).unwrap();
        let symbols = Symbols::new(&spec);
        let code = |ty: &Type, open, value: Value| {
            let expression = expression(&symbols, Spelling::Exact, ty, open, &value);
            expression.map(|(code, _)| code)
        };
        let join = Type::Named("Join".to_owned());
        assert_eq!(code(&Type::Integer, false, json!("3")).unwrap(), "3");
        let start = |value| code(&Type::PageStart, false, value).unwrap();
        assert_eq!(start(json!("50")), "sonet_core::PageStart::at_row(50)");
        assert_eq!(start(json!(-1)), "sonet_core::PageStart::UNCOUNTED");
        assert_eq!(code(&Type::Flag, false, json!("N")).unwrap(), "false");
        assert_eq!(
            code(&join, false, json!("ask")).unwrap(),
            "sonet_types::club::Join::Ask"
        );
        assert_eq!(
            code(&join, true, json!("new")).unwrap(),
            "sonet_types::club::Join::from(\"new\")"
        );
        assert!(code(&join, false, json!("new")).is_err());
        let list = Type::List(Box::new(Type::String));
        assert_eq!(code(&list, false, json!("one")).unwrap(), "[\"one\"]");
    }
}
