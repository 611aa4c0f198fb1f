//! What goes to the server, in the one form that the pages ask for.

use serde_json::Value;
use sonet_spec::Symbol;
use sonet_spec::model::{Input, Method, Paged, Param};
use sonet_spec::types::Type;

use super::renderer::Renderer;
use super::wire::{self, closed, date, date_time, flag};
use super::words::Words;
use crate::model::{Kind, Schema};

impl Renderer<'_> {
    /// The body of a request.
    pub(super) fn body(&self, method: &Method) -> Schema {
        let mut body = self.params(Some(method), &method.params);
        let token = Schema::named(wire::ACCESS_TOKEN);
        body.properties.push("auth", token);
        body
    }

    /// An object in requests.
    pub(super) fn input(&self, input: &Input) -> Schema {
        let mut object = self.params(None, &input.params);
        if input.open {
            object.additional_properties = None;
        }
        object.describe(self.words.of(&input.doc))
    }

    /// Parameters that stand in one object. The server passes over others in silence, so there are none.
    fn params(&self, method: Option<&Method>, params: &[Param]) -> Schema {
        let required = params.iter().filter(|param| param.required);
        let required = required.map(|param| param.name.value.clone());
        let properties = params.iter().map(|param| {
            let schema = self.param(method, param);
            (param.name.value.clone(), schema)
        });
        closed(properties.collect(), required.collect())
    }

    fn param(&self, method: Option<&Method>, param: &Param) -> Schema {
        let mut schema = match (&*param.ty, method) {
            (Type::Object, _) => self.params(method, &param.fields),
            (Type::Filter, Some(method)) => self.filter(method),
            (Type::Order, Some(method)) => order(method),
            (Type::Select, Some(method)) => self.select(method),
            (Type::PageStart, Some(method)) => start(method.paged.as_ref()),
            (Type::Flag, _) => self.flag(param),
            (ty, _) => self.value(ty, param.open.value),
        };
        if param.open.value {
            // What no page lists is taken, too.
            schema.additional_properties = None;
            if *param.ty == Type::Select {
                let listed = schema.contains.take();
                schema = Schema::list(Schema::of(Kind::String));
                schema.contains = listed;
            }
        }
        if param.non_empty.value {
            match *param.ty {
                Type::List(_) => schema.min_items = Some(1),
                _ => schema.min_length = Some(1),
            }
        }
        if let Some(clear) = &param.clear {
            let value = Schema::constant(clear.value.value).describe(self.words.of(&clear.doc));
            schema = Schema::any([schema, value]);
        }
        schema.once = param.once.value;
        schema.deprecated = param.deprecated.is_some();
        let mut doc = self.words.of(&param.doc);
        if let Some(default) = &param.default {
            let value = Value::from(default.as_str());
            if schema.values.contains(&value) {
                schema.default = Some(value);
            } else {
                doc = format!("{doc} Default: {}.", default.trim_end_matches('.'));
            }
        }
        if let Some(note) = &param.deprecated {
            doc = format!("{doc} Deprecated: {}", self.words.of(note));
        }
        if schema.once {
            doc.push_str(" A call with it is not to be repeated.");
        }
        schema.describe(doc)
    }

    fn value(&self, ty: &Type, open: bool) -> Schema {
        match ty {
            Type::String | Type::Secret | Type::LocalDateTime => Schema::of(Kind::String),
            Type::Integer | Type::PageStart => Schema::integer(),
            Type::Decimal => Schema::any([Schema::of(Kind::Number), Schema::of(Kind::String)]),
            Type::Boolean => Schema::of(Kind::Boolean),
            Type::DateTime | Type::LooseDateTime => date_time(),
            Type::Date => Schema::any([date(), date_time()]),
            Type::File => Schema::named(wire::FILE),
            Type::Named(name) => match self.symbols.get(name) {
                Some(Symbol::Enum(_)) if open => {
                    Schema::any([Schema::named(name), Schema::of(Kind::String)])
                }
                _ => Schema::named(name),
            },
            Type::List(element) => Schema::list(self.value(element, open)),
            Type::Map(element) => Schema::map(self.value(element, open)),
            Type::Flag => flag(),
            // Parameters alone have the types of lists, and answers the others.
            Type::Filter
            | Type::Order
            | Type::Select
            | Type::Object
            | Type::Accepted
            | Type::Empty
            | Type::Json => Schema::default(),
        }
    }

    fn flag(&self, param: &Param) -> Schema {
        if param.values.is_empty() {
            return flag();
        }
        let values = param.values.iter();
        Schema {
            values: values
                .clone()
                .map(|value| value.wire.as_str().into())
                .collect(),
            value_docs: values.map(|value| self.words.of(&value.doc)).collect(),
            ..Schema::of(Kind::String)
        }
    }

    fn select(&self, method: &Method) -> Schema {
        let fields = method.select_fields.iter();
        let required = fields.clone().find(|field| field.required);
        let items = Schema {
            values: fields
                .clone()
                .map(|field| field.name.as_str().into())
                .collect(),
            value_docs: fields.map(|field| select_doc(&self.words, field)).collect(),
            ..Schema::of(Kind::String)
        };
        Schema {
            // Without it, a row has no identifier.
            contains: required.map(|field| Box::new(Schema::constant(field.name.as_str()))),
            ..Schema::list(items)
        }
    }
}

fn select_doc(words: &Words<'_>, field: &sonet_spec::model::SelectField) -> String {
    let doc = words.of(&field.doc);
    match &field.returns {
        Some(returns) => format!("{doc} Answered as `{}`.", **returns),
        None => doc,
    }
}

/// Where a page begins.
fn start(paged: Option<&Paged>) -> Schema {
    let offset = Schema {
        minimum: Some(0),
        multiple_of: Some(Paged::ROWS),
        ..Schema::integer()
    };
    match paged {
        Some(paged) if paged.uncounted => Schema::any([offset, Schema::constant(-1)]),
        _ => offset,
    }
}

fn order(method: &Method) -> Schema {
    let fields = method.order_fields.iter();
    let directions = fields.map(|field| (field.value.clone(), Schema::named(wire::DIRECTION)));
    closed(directions.collect(), Vec::new())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    #[test]
    fn an_object_in_requests_is_a_schema_that_parameters_name() {
        let spec = r#"
            format = 1
            documentation = "https://example.com/"

            [[input]]
            name = "Phone"
            doc = "A number."
            params = [
                { name = "VALUE", type = "string", required = true, non_empty = true, doc = "It." },
                { name = "SINCE", type = "date", doc = "When it was new." },
            ]

            [[input]]
            name = "Guest"
            doc = "A guest."
            open = true
            params = [{ name = "PHONES", type = "Phone[]", doc = "Numbers." }]

            [[method]]
            name = "club.invite"
            page = "a.html"
            scope = "club"
            effect = "write"
            lost_answer = "Look."
            who = "any user"
            doc = "Invites."
            params = [
                { name = "guest", type = "Guest", required = true, doc = "Who." },
                { name = "tables", type = "map<Guest[]>", doc = "Where." },
                { name = "fields", type = "object", doc = "How.", fields = [
                    { name = "card", type = "object", doc = "The card.", fields = [
                        { name = "text", type = "string", doc = "Text." },
                    ] },
                ] },
            ]
            result = { type = "boolean", doc = "Whether." }
        "#;
        let (spec, _) = sonet_spec::parse("club.toml", spec).unwrap();
        let document: Value = serde_json::from_str(&crate::render(&spec).unwrap()).unwrap();
        let schemas = &document["components"]["schemas"];
        let phone = &schemas["Phone"];
        assert_eq!(phone["required"], json!(["VALUE"]));
        assert_eq!(phone["additionalProperties"], json!(false));
        assert_eq!(phone["properties"]["VALUE"]["minLength"], 1);
        let forms = json!([{ "format": "date", "type": "string" }, { "format": "date-time", "type": "string" }]);
        assert_eq!(phone["properties"]["SINCE"]["anyOf"], forms);
        let guest = &schemas["Guest"];
        assert_eq!(guest.get("additionalProperties"), None);
        let items = &guest["properties"]["PHONES"]["items"];
        assert_eq!(*items, json!({ "$ref": "#/components/schemas/Phone" }));
        let body =
            "/paths/~1club.invite/post/requestBody/content/application~1json/schema/properties";
        let body = document.pointer(body).unwrap();
        assert_eq!(body["guest"]["$ref"], "#/components/schemas/Guest");
        let table = &body["tables"]["additionalProperties"]["items"];
        assert_eq!(*table, json!({ "$ref": "#/components/schemas/Guest" }));
        let card = &body["fields"]["properties"]["card"];
        assert_eq!(card["properties"]["text"]["type"], "string");
        assert_eq!(card["additionalProperties"], json!(false));
    }
}
