//! Methods, and what stands in them.

use crate::model::{
    At, Clear, Effect, ErrorDef, FilterField, Input, Method, MethodResult, Paged, Param,
    ParamValue, SelectField,
};
use crate::table::TableReader;
use crate::types::Type;

use super::decisions;

pub(super) const METHOD: &[&str] = &[
    "name",
    "rust",
    "page",
    "scope",
    "effect",
    "lost_answer",
    "who",
    "doc",
    "deprecated",
    "params",
    "filter_operators",
    "filter_fields",
    "order_fields",
    "select_fields",
    "result",
    "paged",
    "errors",
    "decisions",
    "doubts",
];
const PARAM: &[&str] = &[
    "name",
    "rust",
    "type",
    "required",
    "default",
    "non_empty",
    "open",
    "values",
    "once",
    "clear",
    "deprecated",
    "fields",
    "doc",
];
const PARAM_VALUE: &[&str] = &["wire", "doc"];
const CLEAR: &[&str] = &["rust", "value", "doc"];
const FILTER_FIELD: &[&str] = &["name", "type", "doc"];
const SELECT_FIELD: &[&str] = &["name", "returns", "required", "doc"];
const RESULT: &[&str] = &["type", "within", "optional", "doc", "keys"];
const PAGED: &[&str] = &["rows", "uncounted", "nothing", "cursor", "row_cursor"];
const ERROR: &[&str] = &["name", "code", "text", "localized", "status", "doc"];

const EFFECTS: [(&str, Effect); 3] = [
    ("read", Effect::Read),
    ("repeatable", Effect::Repeatable),
    ("write", Effect::Write),
];

pub(super) fn method(table: &TableReader<'_>) -> Method {
    Method {
        name: table.text("name"),
        rust: table.optional_text("rust"),
        page: table.text("page"),
        scope: table.text("scope"),
        effect: effect(table),
        lost_answer: table.optional_prose("lost_answer"),
        who: table.prose("who").value,
        doc: table.prose("doc").value,
        deprecated: table.optional_prose("deprecated"),
        params: table.tables("params", "a parameter", PARAM, param),
        filter_operators: table.texts("filter_operators"),
        filter_fields: table.tables(
            "filter_fields",
            "a filter field",
            FILTER_FIELD,
            filter_field,
        ),
        order_fields: table.texts("order_fields"),
        select_fields: table.tables(
            "select_fields",
            "a select field",
            SELECT_FIELD,
            select_field,
        ),
        result: result(table),
        paged: table.table("paged", "`paged`", PAGED, paged),
        errors: table.tables("errors", "an error", ERROR, error),
        decisions: decisions(table),
        doubts: table.texts("doubts"),
    }
}

/// A wrong effect stands nowhere, so that nothing is checked against it.
fn effect(table: &TableReader<'_>) -> At<Effect> {
    let effect = table.word("effect", &EFFECTS);
    effect.unwrap_or_else(|| At::nowhere(Effect::Read))
}

fn param(table: &TableReader<'_>) -> Param {
    Param {
        name: table.text("name"),
        rust: table.optional_text("rust"),
        ty: table.ty("type"),
        required: table.switch("required").value,
        default: table.optional_prose("default").map(|text| text.value),
        non_empty: table.switch("non_empty"),
        open: table.switch("open"),
        values: table.tables("values", "a value", PARAM_VALUE, |value| ParamValue {
            wire: value.text("wire"),
            doc: value.prose("doc").value,
        }),
        once: table.switch("once"),
        clear: table.table("clear", "`clear`", CLEAR, |clear| Clear {
            rust: clear.text("rust"),
            value: clear.integer("value"),
            doc: clear.prose("doc").value,
        }),
        deprecated: table.optional_prose("deprecated"),
        fields: table.tables("fields", "a parameter", PARAM, param),
        doc: table.prose("doc").value,
    }
}

pub(super) fn input(table: &TableReader<'_>) -> Input {
    let open = table.switch("open").value;
    if !open {
        let help = "add its parameters, or `open = true` if no page lists them";
        table.needs_some("params", help);
    }
    Input {
        name: table.text("name"),
        doc: table.prose("doc").value,
        module: table.optional_text("module"),
        open,
        params: table.tables("params", "a parameter", PARAM, param),
        decisions: decisions(table),
        doubts: table.texts("doubts"),
    }
}

fn filter_field(table: &TableReader<'_>) -> FilterField {
    FilterField {
        name: table.text("name"),
        ty: table.ty("type"),
        doc: table.prose("doc").value,
    }
}

fn select_field(table: &TableReader<'_>) -> SelectField {
    SelectField {
        name: table.text("name"),
        returns: table.optional_text("returns"),
        required: table.switch("required").value,
        doc: table.prose("doc").value,
    }
}

fn result(table: &TableReader<'_>) -> MethodResult {
    table.needs("result");
    let result = table.table("result", "`result`", RESULT, |result| MethodResult {
        ty: result.ty("type"),
        within: result.optional_text("within"),
        optional: result.switch("optional"),
        doc: result.prose("doc").value,
        keys: result.texts("keys"),
    });
    result.unwrap_or_else(|| MethodResult {
        ty: At::nowhere(Type::String),
        within: None,
        optional: At::nowhere(false),
        doc: String::new(),
        keys: Vec::new(),
    })
}

fn paged(table: &TableReader<'_>) -> Paged {
    Paged {
        rows: table.text("rows"),
        uncounted: table.switch("uncounted").value,
        nothing: table.optional_text("nothing"),
        cursor: table.optional_text("cursor"),
        row_cursor: table.optional_text("row_cursor"),
    }
}

fn error(table: &TableReader<'_>) -> ErrorDef {
    ErrorDef {
        name: table.text("name"),
        code: table.text_or_empty("code"),
        text: table.text_or_empty("text"),
        localized: table.switch("localized").value,
        status: table.optional_integer("status"),
        doc: table.prose("doc").value,
    }
}
