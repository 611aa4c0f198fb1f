//! What a request filters by, sorts by and selects.

use heck::ToShoutySnakeCase as _;
use serde_json::{Map, Value};

use super::construction::{Construction, Draft};
use super::value::expression;
use sonet_spec::model::{Method, Param};
use sonet_spec::types::Type;

/// What the methods of a filter field are called.
const OPERATORS: [(&str, &str); 16] = [
    ("", "eq"),
    ("=", "eq"),
    ("!", "ne"),
    ("!=", "ne"),
    (">", "gt"),
    (">=", "ge"),
    ("<", "lt"),
    ("<=", "le"),
    ("%", "contains"),
    ("!%", "not_contains"),
    ("=%", "like"),
    ("%=", "like"),
    ("!=%", "not_like"),
    ("?", "search"),
    ("@", "one_of"),
    ("!@", "none_of"),
];

impl Construction<'_> {
    /// Adds conditions.
    pub(super) fn filter(
        &self,
        method: &Method,
        param: &Param,
        conditions: &Map<String, Value>,
        draft: &mut Draft,
    ) -> Value {
        let mut json = Map::new();
        for (key, value) in conditions {
            draft.path.push(key.clone());
            let start = key.find(|char: char| char.is_alphanumeric()).unwrap_or(0);
            let (prefix, name) = key.split_at(start);
            let operator = OPERATORS.iter().find(|(known, _)| *known == prefix);
            let field = method
                .filter_fields
                .iter()
                .find(|field| *field.name == *name);
            match (operator, field) {
                (Some((_, operator)), Some(field)) => {
                    // Such an operator takes a list of what others take one of.
                    let list = Type::List(Box::new(field.ty.value.clone()));
                    let ty = if prefix.ends_with('@') {
                        &list
                    } else {
                        &*field.ty
                    };
                    match expression(self.symbols, self.spelling, ty, true, value) {
                        Ok((code, value)) => {
                            let condition = format!("{}.{operator}({code})", self.constant(name));
                            draft
                                .setters
                                .push(format!(".{}({condition})", param.rust_name()));
                            json.insert(key.clone(), value);
                        }
                        Err(rejections) => draft.refuse_all(rejections),
                    }
                }
                (_, None) if param.open.value => {
                    let field = format!("{}::open_field({name:?})", self.ty);
                    let condition = if prefix.is_empty() {
                        format!("{field}.is(json!({value}))")
                    } else {
                        format!("{field}.compared({prefix:?}, json!({value}))")
                    };
                    draft.setters.push(format!(".filter({condition})"));
                    json.insert(key.clone(), value.clone());
                }
                (None, _) => draft.refuse(format!("there is no operator `{prefix}`")),
                (_, None) => draft.refuse(format!("the method can't filter by `{name}`")),
            }
            draft.path.pop();
        }
        Value::Object(json)
    }

    /// Adds the fields to sort by. Their directions are written large, whatever the page has.
    pub(super) fn order(
        &self,
        method: &Method,
        param: &Param,
        fields: &Map<String, Value>,
        draft: &mut Draft,
    ) -> Value {
        let mut json = Map::new();
        for (name, direction) in fields {
            draft.path.push(name.clone());
            let direction = direction.as_str().unwrap_or_default();
            json.insert(name.clone(), direction.to_ascii_uppercase().into());
            let sorted = match direction.to_ascii_uppercase().as_str() {
                "ASC" => "asc",
                "DESC" => "desc",
                _ => {
                    draft.refuse(format!("`{direction}` is not a direction"));
                    "asc"
                }
            };
            let is_listed = method.order_fields.iter().any(|field| **field == *name);
            let field = if param.open.value && !is_listed {
                format!("{}::open_field({name:?})", self.ty)
            } else {
                self.constant(name)
            };
            let setter = format!(".order({field}.{sorted}())");
            draft.setters.push(setter);
            draft.path.pop();
        }
        Value::Object(json)
    }

    /// Adds the fields to select.
    pub(super) fn select(
        &self,
        method: &Method,
        param: &Param,
        names: &[Value],
        draft: &mut Draft,
    ) {
        for name in names.iter().filter_map(Value::as_str) {
            let mut listed = method.select_fields.iter();
            let is_listed = listed.any(|field| *field.name == *name);
            draft.setters.push(if param.open.value && !is_listed {
                format!(".select_open({name:?})")
            } else {
                format!(".{}({})", param.rust_name(), self.constant(name))
            });
        }
    }

    fn constant(&self, field: &str) -> String {
        format!("{}::{}", self.ty, field.to_shouty_snake_case())
    }
}
