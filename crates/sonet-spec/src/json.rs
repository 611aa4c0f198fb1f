//! The resolved spec as JSON, for other tools: what `cargo xtask spec --json` prints.
//!
//! `spec/README.md` documents it.

mod types;

use serde::Serialize;

use super::Symbols;
use super::model::{self, Effect, Spec};
use types::Resolver;

/// Renders a checked spec, with a line break at the end.
pub fn render(spec: &Spec) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(&resolve(spec))?;
    text.push('\n');
    Ok(text)
}

/// The whole spec.
#[derive(Debug, Clone, Serialize)]
pub struct Resolved {
    format: u32,
    documentation: String,
    methods: Vec<Method>,
    events: Vec<Event>,
    system_errors: Vec<SystemError>,
}

#[derive(Debug, Clone, Serialize)]
struct Method {
    name: String,
    rust: String,
    page: String,
    scope: String,
    effect: &'static str,
    who: String,
    doc: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecated: Option<String>,
    params: Vec<Value>,
    filter_fields: Vec<Value>,
    filter_operators: Vec<String>,
    order_fields: Vec<Value>,
    select_fields: Vec<Value>,
    result: Value,
    errors: Vec<ErrorDef>,
    paged: Option<Paged>,
    decisions: Vec<Decision>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    doubts: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
struct Event {
    name: String,
    wire: String,
    rust: String,
    page: String,
    scope: String,
    who: String,
    doc: String,
    fields: Vec<Value>,
    decisions: Vec<Decision>,
}

/// A parameter, a field or a result.
#[derive(Debug, Clone, Default, Serialize)]
#[allow(clippy::struct_excessive_bools)] // the spec's own marks, each by itself
struct Value {
    name: String,
    #[serde(rename = "type")]
    ty: &'static str,
    rust: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    required: Option<bool>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    essential: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    nullable: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    optional: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<Vec<Value>>,
    /// The only key of the result, which holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<String>,
    /// What to use instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecated: Option<String>,
    /// Whether more may be sent than is listed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    open: bool,
    /// What the page lists as the keys of a map.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keys: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    doc: String,
}

#[derive(Debug, Clone, Serialize)]
struct ErrorDef {
    name: String,
    code: String,
    text: String,
    localized: bool,
    status: i64,
    doc: String,
}

#[derive(Debug, Clone, Serialize)]
struct SystemError {
    code: String,
    status: i64,
    decisions: Vec<Decision>,
}

#[derive(Debug, Clone, Serialize)]
struct Paged {
    rows: String,
    uncounted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    nothing: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row_cursor: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct Decision {
    on: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    finding: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'static str>,
    page: String,
    reason: String,
}

/// Resolves a checked spec.
#[must_use]
pub fn resolve(spec: &Spec) -> Resolved {
    let resolver = Resolver {
        symbols: Symbols::new(spec),
    };
    let methods = spec.methods.iter();
    let events = spec.events.iter();
    Resolved {
        format: 1,
        documentation: spec.documentation.clone(),
        methods: methods.map(|method| resolver.method(method)).collect(),
        events: events.map(|event| resolver.event(event)).collect(),
        system_errors: spec.system_errors.iter().map(system_error).collect(),
    }
}

impl Resolver<'_> {
    fn method(&self, method: &model::Method) -> Method {
        let params = method.params.iter();
        let filters = method.filter_fields.iter();
        let operators = method.filter_operators.iter();
        let selects = method.select_fields.iter();
        Method {
            name: method.name.value.clone(),
            rust: method.path().path(),
            page: method.page.value.clone(),
            scope: method.scope.value.clone(),
            effect: match method.effect.value {
                Effect::Read => "read",
                Effect::Repeatable => "repeatable",
                Effect::Write => "write",
            },
            who: method.who.clone(),
            doc: method.doc.clone(),
            deprecated: text(method.deprecated.as_ref()),
            params: params.map(|param| self.param(param)).collect(),
            filter_fields: filters.map(|field| self.filter_field(field)).collect(),
            filter_operators: operators.map(|operator| operator.value.clone()).collect(),
            order_fields: self.order_fields(method),
            select_fields: selects
                .filter_map(|field| self.select_field(method, field))
                .collect(),
            result: Value {
                name: "result".to_owned(),
                doc: method.result.doc.clone(),
                within: text(method.result.within.as_ref()),
                optional: method.result.optional.value,
                keys: method
                    .result
                    .keys
                    .iter()
                    .map(|key| key.value.clone())
                    .collect(),
                ..self.value(&method.result.ty)
            },
            errors: method.errors.iter().map(error).collect(),
            paged: method.paged.as_ref().map(paged),
            decisions: decisions(&method.decisions),
            doubts: method
                .doubts
                .iter()
                .map(|doubt| doubt.value.clone())
                .collect(),
        }
    }

    fn event(&self, event: &model::Event) -> Event {
        Event {
            name: event.name.value.clone(),
            wire: event.wire.value.clone(),
            rust: self.path_of(&event.payload),
            page: event.page.value.clone(),
            scope: event.scope.value.clone(),
            who: event.who.clone(),
            doc: event.doc.clone(),
            fields: self.fields_of(&event.payload),
            decisions: decisions(&event.decisions),
        }
    }

    fn order_fields(&self, method: &model::Method) -> Vec<Value> {
        let filters = &method.filter_fields;
        let orders = method.order_fields.iter();
        let fields = orders.filter_map(|order| {
            let field = filters.iter().find(|field| field.name.value == order.value);
            field.map(|field| self.filter_field(field))
        });
        fields.collect()
    }
}

fn error(error: &model::ErrorDef) -> ErrorDef {
    ErrorDef {
        name: error.name.value.clone(),
        code: error.code.value.clone(),
        text: error.text.value.clone(),
        localized: error.localized,
        status: error.status(),
        doc: error.doc.clone(),
    }
}

fn system_error(error: &model::SystemError) -> SystemError {
    SystemError {
        code: error.code.value.clone(),
        status: error.status.value,
        decisions: decisions(&error.decisions),
    }
}

fn paged(paged: &model::Paged) -> Paged {
    Paged {
        rows: paged.rows.value.clone(),
        uncounted: paged.uncounted,
        nothing: text(paged.nothing.as_ref()),
        cursor: text(paged.cursor.as_ref()),
        row_cursor: text(paged.row_cursor.as_ref()),
    }
}

fn text(text: Option<&model::Text>) -> Option<String> {
    text.map(|text| text.value.clone())
}

fn decisions(decisions: &[model::Decision]) -> Vec<Decision> {
    let decisions = decisions.iter();
    let decisions = decisions.map(|decision| Decision {
        on: decision.on.value.clone(),
        finding: decision.finding.as_ref().map(|kind| kind.word()),
        language: decision.language.as_ref().map(|language| language.word()),
        page: decision.page.clone(),
        reason: decision.reason.clone(),
    });
    decisions.collect()
}
