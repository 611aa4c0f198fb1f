//! What goes to the server, in the one form that the pages ask for.

use serde_json::Value;
use sonet_spec::Symbol;
use sonet_spec::model::{Method, Paged, Param};
use sonet_spec::types::Type;

use super::renderer::Renderer;
use super::wire::{self, closed, date, date_time, flag};
use super::words::Words;
use crate::model::{Kind, Schema};

impl Renderer<'_> {
    /// The body of a request.
    pub(super) fn body(&self, method: &Method) -> Schema {
        let mut body = self.params(method, &method.params);
        let token = Schema::named(wire::ACCESS_TOKEN);
        body.properties.push("auth", token);
        body
    }

    /// Parameters that stand in one object. The server passes over others in silence, so there are none.
    fn params(&self, method: &Method, params: &[Param]) -> Schema {
        let required = params.iter().filter(|param| param.required);
        let required = required.map(|param| param.name.value.clone());
        let properties = params.iter().map(|param| {
            let schema = self.param(method, param);
            (param.name.value.clone(), schema)
        });
        closed(properties.collect(), required.collect())
    }

    fn param(&self, method: &Method, param: &Param) -> Schema {
        let mut schema = match &*param.ty {
            Type::Object => self.params(method, &param.fields),
            Type::Filter => self.filter(method),
            Type::Order => order(method),
            Type::Select => self.select(method),
            Type::PageStart => start(method.paged.as_ref()),
            Type::Flag => self.flag(param),
            ty => self.value(ty, param.open.value),
        };
        if param.open.value {
            // What no page lists is taken, too.
            schema.additional_properties = None;
            if *param.ty == Type::Select {
                schema = Schema::list(Schema::of(Kind::String));
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
            Type::Day => Schema::any([date(), date_time()]),
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
