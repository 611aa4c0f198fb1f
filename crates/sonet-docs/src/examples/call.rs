//! The Rust expression that builds a request.

use heck::ToShoutySnakeCase as _;
use serde_json::{Map, Value};

use super::types::type_of;
use super::value::expression;
use sonet_spec::Symbols;
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

/// A request that can be built.
pub(super) struct Call {
    pub(super) code: String,
    /// What it must serialize to.
    pub(super) json: Value,
}

/// Why it can't.
pub(super) struct Rejection {
    pub(super) path: Vec<String>,
    pub(super) message: String,
    /// Whether it is what the request does not have.
    pub(super) is_missing: bool,
}

/// What a request may have for what the types have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    /// Exactly that: what a page has otherwise, the spec has to know or to decide on.
    Exact,
    /// Also what the server takes for it: names in any case, and numbers for texts.
    Loose,
}

/// Builds the requests of a method.
pub(super) struct CallBuilder<'s> {
    pub(super) symbols: &'s Symbols<'s>,
    pub(super) method: &'s Method,
    pub(super) spelling: Spelling,
}

/// A request under construction.
#[derive(Default)]
struct Draft {
    /// The arguments of `new`, with their places among the required parameters.
    arguments: Vec<(usize, String)>,
    setters: Vec<String>,
    rejections: Vec<Rejection>,
    path: Vec<String>,
}

impl Draft {
    fn refuse(&mut self, message: impl Into<String>) {
        self.rejections.push(Rejection {
            path: self.path.clone(),
            message: message.into(),
            is_missing: false,
        });
    }
}

impl CallBuilder<'_> {
    /// The expression for these parameters.
    pub(super) fn build(&self, params: &Map<String, Value>) -> Result<Call, Vec<Rejection>> {
        let mut draft = Draft::default();
        let json = self.object(None, &self.method.params, params, &mut draft);
        self.missing(&self.method.params, params, &mut draft);
        if !draft.rejections.is_empty() {
            return Err(draft.rejections);
        }
        draft.arguments.sort();
        let arguments: Vec<String> = draft.arguments.into_iter().map(|(_, code)| code).collect();
        let code = format!(
            "{}::new({}){}",
            type_of(self.method),
            arguments.join(", "),
            draft.setters.concat()
        );
        Ok(Call { code, json })
    }

    /// The required parameters at every depth, in the order of `new`.
    fn required(&self) -> Vec<&Param> {
        let all = self.method.all_params().into_iter();
        all.filter(|param| param.required && param.fields.is_empty())
            .collect()
    }

    fn object(
        &self,
        around: Option<&Param>,
        params: &[Param],
        sent: &Map<String, Value>,
        draft: &mut Draft,
    ) -> Value {
        let mut json = Map::new();
        for (key, value) in sent {
            draft.path.push(key.clone());
            let exact = params.iter().find(|param| *param.name == *key);
            let is_like = |param: &&Param| {
                self.spelling == Spelling::Loose
                    && param.name.eq_ignore_ascii_case(key)
                    && !sent.contains_key(param.name.as_str())
            };
            match exact.or_else(|| params.iter().find(is_like)) {
                Some(param) if json.contains_key(param.name.as_str()) => {
                    draft.refuse(format!("the request has `{}` twice", *param.name));
                }
                Some(param) => {
                    json.insert(param.name.value.clone(), self.param(param, value, draft));
                }
                None if around.is_some_and(|around| around.open.value) => {
                    let name = around.map(Param::rust_name).unwrap_or_default();
                    let setter = format!(".{name}_key({key:?}, json!({value}))");
                    draft.setters.push(setter);
                    json.insert(key.clone(), value.clone());
                }
                None => draft.refuse(format!("the request has no `{key}`")),
            }
            draft.path.pop();
        }
        Value::Object(json)
    }

    /// Adds a parameter, and says what it must serialize to.
    fn param(&self, param: &Param, value: &Value, draft: &mut Draft) -> Value {
        match (&*param.ty, value) {
            (Type::Object, Value::Object(inner)) => {
                return self.object(Some(param), &param.fields, inner, draft);
            }
            (Type::Filter, Value::Object(conditions)) => {
                return self.filter(param, conditions, draft);
            }
            (Type::Order, Value::Object(fields)) => {
                return self.order(param, fields, draft);
            }
            (Type::Select, Value::Array(names)) => {
                for name in names.iter().filter_map(Value::as_str) {
                    let is_listed = self
                        .method
                        .select_fields
                        .iter()
                        .any(|field| *field.name == *name);
                    draft.setters.push(if param.open.value && !is_listed {
                        format!(".select_open({name:?})")
                    } else {
                        format!(".{}({})", param.rust_name(), self.constant(name))
                    });
                }
                return value.clone();
            }
            _ => {}
        }
        if let Some(clear) = &param.clear {
            if value.as_i64() == Some(clear.value.value) {
                draft.setters.push(format!(".{}()", *clear.rust));
                return value.clone();
            }
        }
        match self.expression(&param.ty, param.open.value, value) {
            Ok((code, json)) => {
                match self
                    .required()
                    .iter()
                    .position(|other| std::ptr::eq(*other, param))
                {
                    Some(at) => draft.arguments.push((at, code)),
                    None => draft
                        .setters
                        .push(format!(".{}({code})", param.rust_name())),
                }
                json
            }
            Err(message) => {
                draft.refuse(message);
                Value::Null
            }
        }
    }

    fn expression(&self, ty: &Type, open: bool, value: &Value) -> Result<(String, Value), String> {
        expression(self.symbols, self.spelling, ty, open, value)
    }

    fn constant(&self, field: &str) -> String {
        format!("{}::{}", type_of(self.method), field.to_shouty_snake_case())
    }

    fn filter(&self, param: &Param, conditions: &Map<String, Value>, draft: &mut Draft) -> Value {
        let mut json = Map::new();
        for (key, value) in conditions {
            draft.path.push(key.clone());
            let start = key.find(|char: char| char.is_alphanumeric()).unwrap_or(0);
            let (prefix, name) = key.split_at(start);
            let operator = OPERATORS.iter().find(|(known, _)| *known == prefix);
            let field = self
                .method
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
                    match self.expression(ty, true, value) {
                        Ok((code, value)) => {
                            let condition = format!("{}.{operator}({code})", self.constant(name));
                            draft
                                .setters
                                .push(format!(".{}({condition})", param.rust_name()));
                            json.insert(key.clone(), value);
                        }
                        Err(message) => draft.refuse(message),
                    }
                }
                (_, None) if param.open.value => {
                    let field = format!("{}::open_field({name:?})", type_of(self.method));
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
    fn order(&self, param: &Param, fields: &Map<String, Value>, draft: &mut Draft) -> Value {
        let mut json = Map::new();
        for (name, direction) in fields {
            draft.path.push(name.clone());
            let direction = direction.as_str().unwrap_or_default();
            json.insert(name.clone(), direction.to_ascii_uppercase().into());
            let method = match direction.to_ascii_uppercase().as_str() {
                "ASC" => "asc",
                "DESC" => "desc",
                _ => {
                    draft.refuse(format!("`{direction}` is not a direction"));
                    "asc"
                }
            };
            let is_listed = self
                .method
                .order_fields
                .iter()
                .any(|field| **field == *name);
            let field = if param.open.value && !is_listed {
                format!("{}::open_field({name:?})", type_of(self.method))
            } else {
                self.constant(name)
            };
            let setter = format!(".order({field}.{method}())");
            draft.setters.push(setter);
            draft.path.pop();
        }
        Value::Object(json)
    }

    /// Required parameters that are not sent.
    fn missing(&self, params: &[Param], sent: &Map<String, Value>, draft: &mut Draft) {
        for param in params.iter().filter(|param| param.required) {
            let is_like = |(key, _): &(&String, _)| {
                self.spelling == Spelling::Loose && param.name.eq_ignore_ascii_case(key)
            };
            let like = || sent.iter().find(is_like).map(|(_, value)| value);
            match sent.get(param.name.as_str()).or_else(like) {
                None => draft.rejections.push(Rejection {
                    path: draft.path.clone(),
                    message: format!("it lacks `{}`, which is required", *param.name),
                    is_missing: true,
                }),
                Some(Value::Object(inner)) => self.missing(&param.fields, inner, draft),
                Some(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const SPEC: &str = include_str!("../../tests/fixtures/club/spec.toml");

    fn call(method: &str, json: &Value) -> Result<(String, Value), Vec<String>> {
        spelled(Spelling::Exact, method, json)
    }

    fn spelled(
        spelling: Spelling,
        method: &str,
        json: &Value,
    ) -> Result<(String, Value), Vec<String>> {
        let (spec, _) = sonet_spec::parse("spec.toml", SPEC).unwrap();
        let method = spec
            .methods
            .iter()
            .find(|known| *known.name == method)
            .unwrap();
        let builder = CallBuilder {
            symbols: &Symbols::new(&spec),
            method,
            spelling,
        };
        let call = builder.build(json.as_object().unwrap());
        let rejection =
            |rejection: Rejection| format!("{}: {}", rejection.path.join("."), rejection.message);
        call.map(|call| (call.code, call.json))
            .map_err(|rejections| rejections.into_iter().map(rejection).collect())
    }

    #[test]
    fn parameters_become_arguments_and_setters() {
        let json = json!({ "PUBLIC": "Y", "NAME": "Chess", "MEMBERS": 3, "JOIN": "ask" });
        let (code, json) = call("club.open", &json).unwrap();
        assert_eq!(
            code,
            "sonet_types::club::Open::new(\"Chess\").join(sonet_types::club::Join::Ask)\
             .members([sonet_types::UserId::new(3)]).public(true)"
        );
        assert_eq!(json["MEMBERS"], json!([3]), "a list is sent for one");
    }

    #[test]
    fn conditions_orders_and_selections_are_built() {
        let json = json!({
            "filter": { "%NAME": "ch", ">=ID": 5, "@ID": [7] },
            "order": { "ID": "desc" },
            "select": ["NAME"],
            "params": { "ALL": "Y" },
        });
        let (code, _) = call("club.list", &json).unwrap();
        let setters = code.replace("sonet_types::club::List", "L");
        assert_eq!(
            setters,
            "L::new().filter(L::NAME.contains(\"ch\")).filter(L::ID.ge(sonet_types::ClubId::new(5)))\
             .filter(L::ID.one_of([sonet_types::ClubId::new(7)]))\
             .order(L::ID.desc()).all(true).select(L::NAME)"
        );
    }

    #[test]
    fn what_a_type_does_not_have_is_refused_where_it_stands() {
        let json = json!({ "PUBLIC": "maybe", "COLOUR": "red" });
        assert_eq!(
            call("club.open", &json).unwrap_err(),
            [
                "COLOUR: the request has no `COLOUR`",
                "PUBLIC: `\"maybe\"` is not of the type `flag`",
                ": it lacks `NAME`, which is required",
            ]
        );
        let json = json!({ "filter": { "~ID": [1], "AGE": 3 }, "order": { "ID": "up" } });
        assert_eq!(
            call("club.list", &json).unwrap_err(),
            [
                "filter.AGE: the method can't filter by `AGE`",
                "filter.~ID: there is no operator `~`",
                "order.ID: `up` is not a direction",
            ]
        );
    }

    #[test]
    fn what_the_server_takes_too_is_refused_unless_it_is_asked_for() {
        let json = json!({ "Name": 7 });
        assert_eq!(
            call("club.open", &json).unwrap_err(),
            [
                "Name: the request has no `Name`",
                ": it lacks `NAME`, which is required",
            ]
        );
        let number = call("club.open", &json!({ "NAME": 7 })).unwrap_err();
        assert_eq!(number, ["NAME: `7` is not of the type `string`"]);
        let (code, sent) = spelled(Spelling::Loose, "club.open", &json).unwrap();
        assert_eq!(code, "sonet_types::club::Open::new(\"7\")");
        assert_eq!(sent, json!({ "NAME": 7 }));
    }

    #[test]
    fn two_keys_of_one_parameter_are_refused() {
        let json = json!({ "Name": "Chess", "name": "Go" });
        let rejections = spelled(Spelling::Loose, "club.open", &json).unwrap_err();
        assert_eq!(rejections, ["name: the request has `NAME` twice"]);
    }
}
