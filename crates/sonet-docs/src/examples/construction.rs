//! The Rust expression that builds what a spec has the parameters of: a request, or an object in one.

use serde_json::{Map, Value};

use super::call::{Call, Rejection, Spelling};
use super::decisions::decides;
use super::value::expression;
use sonet_spec::Symbols;
use sonet_spec::model::{Decision, FindingKind, Input, Method, Param};
use sonet_spec::types::Type;

/// What is built: a request, or an object in one.
pub(super) struct Construction<'s> {
    pub(super) symbols: &'s Symbols<'s>,
    pub(super) spelling: Spelling,
    /// The path of its type.
    pub(super) ty: String,
    params: &'s [Param],
    decisions: &'s [Decision],
    /// Whether it takes keys that are not listed.
    is_open: bool,
    /// The method, whose fields it filters by, sorts by and selects.
    method: Option<&'s Method>,
}

/// What has been built so far.
#[derive(Default)]
pub(super) struct Draft {
    /// The arguments of `new`, with their places among the required parameters.
    arguments: Vec<(usize, String)>,
    pub(super) setters: Vec<String>,
    rejections: Vec<Rejection>,
    pub(super) path: Vec<String>,
}

impl Draft {
    pub(super) fn refuse(&mut self, message: impl Into<String>) {
        self.refuse_all(vec![Rejection::of(message)]);
    }

    /// Adds what is wrong with something in what is being built.
    pub(super) fn refuse_all(&mut self, rejections: Vec<Rejection>) {
        let inside = rejections.into_iter().map(|rejection| Rejection {
            path: self.path.iter().cloned().chain(rejection.path).collect(),
            ..rejection
        });
        self.rejections.extend(inside);
    }
}

impl<'s> Construction<'s> {
    /// Of a request.
    pub(super) fn of_method(
        symbols: &'s Symbols<'s>,
        spelling: Spelling,
        method: &'s Method,
    ) -> Self {
        Self {
            symbols,
            spelling,
            ty: super::types::type_of(method),
            params: &method.params,
            decisions: &method.decisions,
            is_open: false,
            method: Some(method),
        }
    }

    /// Of an object in one, whose type has this path below the crate's root.
    pub(super) fn of_input(
        symbols: &'s Symbols<'s>,
        spelling: Spelling,
        path: &str,
        input: &'s Input,
    ) -> Self {
        Self {
            symbols,
            spelling,
            ty: format!("sonet_types::{path}"),
            params: &input.params,
            decisions: &input.decisions,
            is_open: input.open,
            method: None,
        }
    }

    /// The expression for what an example sends, or what of it can't be said so.
    pub(super) fn build(&self, sent: &Map<String, Value>) -> Result<Call, Vec<Rejection>> {
        let mut draft = Draft::default();
        let json = self.object(None, self.params, sent, &mut draft);
        self.missing(self.params, sent, &mut draft);
        if !draft.rejections.is_empty() {
            let mut rejections = draft.rejections;
            for rejection in &mut rejections {
                let on = format!("params.{}", rejection.path.join("."));
                rejection.is_decided |= decides(self.decisions, FindingKind::New, &on);
            }
            return Err(rejections);
        }
        draft.arguments.sort();
        let arguments: Vec<String> = draft.arguments.into_iter().map(|(_, code)| code).collect();
        let (arguments, setters) = (arguments.join(", "), draft.setters.concat());
        let code = format!("{}::new({arguments}){setters}", self.ty);
        Ok(Call { code, json })
    }

    /// The place of a required parameter, at any depth, in the order of `new`.
    fn place(&self, param: &Param) -> Option<usize> {
        let all = Param::all(self.params).into_iter();
        let mut required = all.filter(|param| param.required && param.fields.is_empty());
        required.position(|other| std::ptr::eq(other, param))
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
                None if around.map_or(self.is_open, |around| around.open.value) => {
                    let key_of = around.map(|around| format!("{}_", around.rust_name()));
                    let key_of = key_of.unwrap_or_default();
                    let setter = format!(".{key_of}key({key:?}, json!({value}))");
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
        match (&*param.ty, value, self.method) {
            (Type::Object, Value::Object(inner), _) => {
                return self.object(Some(param), &param.fields, inner, draft);
            }
            (Type::Filter, Value::Object(conditions), Some(method)) => {
                return self.filter(method, param, conditions, draft);
            }
            (Type::Order, Value::Object(fields), Some(method)) => {
                return self.order(method, param, fields, draft);
            }
            (Type::Select, Value::Array(names), Some(method)) => {
                self.select(method, param, names, draft);
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
        let open = param.open.value;
        match expression(self.symbols, self.spelling, &param.ty, open, value) {
            Ok((code, json)) => {
                match self.place(param) {
                    Some(at) => draft.arguments.push((at, code)),
                    None => draft
                        .setters
                        .push(format!(".{}({code})", param.rust_name())),
                }
                json
            }
            Err(rejections) => {
                draft.refuse_all(rejections);
                Value::Null
            }
        }
    }

    /// Required parameters that are not sent.
    fn missing(&self, params: &[Param], sent: &Map<String, Value>, draft: &mut Draft) {
        for param in params.iter().filter(|param| param.required) {
            let is_like = |(key, _): &(&String, _)| {
                self.spelling == Spelling::Loose && param.name.eq_ignore_ascii_case(key)
            };
            let like = || sent.iter().find(is_like).map(|(_, value)| value);
            match sent.get(param.name.as_str()).or_else(like) {
                None => draft.refuse_all(vec![Rejection {
                    is_missing: true,
                    ..Rejection::of(format!("it lacks `{}`, which is required", *param.name))
                }]),
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

    /// A method that takes objects: one, several, several by name, and one in another.
    const SPEC: &str = r#"
format = 1
documentation = "https://docs.example/"

[[input]]
name = "Guest"
module = "club"
doc = "A guest."
open = true
params = [
    { name = "NAME", type = "string", required = true, doc = "Name." },
    { name = "PHONES", type = "Phone[]", doc = "Telephones." },
]

[[input]]
name = "Phone"
module = "club"
doc = "A telephone."
params = [
    { name = "VALUE", type = "string", doc = "Number." },
]
decisions = [
    { on = "params.COLOUR", finding = "new", page = "COLOUR", reason = "Nothing has a colour." },
]

[[method]]
name = "club.visit"
page = "club/club-visit.html"
scope = "clubs"
effect = "read"
who = "any user"
doc = "Visits."
params = [
    { name = "host", type = "Phone", doc = "Who is asked." },
    { name = "guests", type = "Guest[]", required = true, doc = "Who comes." },
    { name = "rooms", type = "map<Phone>", doc = "Where." },
]
result = { type = "integer", doc = "How many." }
"#;

    fn built(sent: &Value) -> Result<(String, Value), Vec<(String, bool)>> {
        let (spec, _) = sonet_spec::parse("spec.toml", SPEC).unwrap();
        let symbols = Symbols::new(&spec);
        let visit = Construction::of_method(&symbols, Spelling::Loose, &spec.methods[0]);
        let call = visit.build(sent.as_object().unwrap());
        let said = |rejection: Rejection| {
            let place = rejection.path.join(".");
            (
                format!("{place}: {}", rejection.message),
                rejection.is_decided,
            )
        };
        let call = call.map(|call| (call.code.replace("sonet_types::club::", ""), call.json));
        call.map_err(|rejections| rejections.into_iter().map(said).collect())
    }

    #[test]
    fn objects_are_built_as_requests_are() {
        let sent = json!({
            "guests": [{ "name": "Ann", "PHONES": [{ "VALUE": "1" }], "own": 5 }],
            "host": {},
            "rooms": { "west": { "VALUE": "2" } },
        });
        let (code, json) = built(&sent).unwrap();
        assert_eq!(
            code,
            "Visit::new([Guest::new(\"Ann\").phones([Phone::new().value(\"1\")]).key(\"own\", json!(5))])\
             .host(Phone::new()).rooms([(\"west\", Phone::new().value(\"2\"))])"
        );
        assert_eq!(json["guests"][0]["NAME"], "Ann");
        let (code, _) = built(&json!({ "guests": [] })).unwrap();
        assert_eq!(code, "Visit::new(Vec::<Guest>::new())");
    }

    #[test]
    fn what_is_wrong_in_an_object_is_said_where_it_stands() {
        let sent = json!({
            "guests": [{ "PHONES": [{ "COLOUR": "red" }] }],
            "host": { "COLOUR": "red" },
            "rooms": { "west": 5 },
        });
        let said = [
            ("guests.PHONES.COLOUR: the request has no `COLOUR`", true),
            ("guests: it lacks `NAME`, which is required", false),
            ("host.COLOUR: the request has no `COLOUR`", true),
            ("rooms.west: `5` is not of the type `Phone`", false),
        ];
        let said = said.map(|(message, is_decided)| (message.to_owned(), is_decided));
        assert_eq!(built(&sent).unwrap_err(), said);
    }
}
