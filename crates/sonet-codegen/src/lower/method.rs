//! Methods.

use super::{columns, path, texts, ty};
use crate::ir::{
    Clear, Documented, Group, Method, Paging, Param, ParamTy, RowField, Selected, Single, Ty,
};
use sonet_spec::model::{self, Spec};
use sonet_spec::types::Type;
use sonet_spec::{Symbol, Symbols};

pub(super) fn lower(def: &model::Method, spec: &Spec, symbols: &Symbols<'_>) -> Method {
    let paging = paging(def, symbols);
    Method {
        wire: def.name.value.clone(),
        doc: def.doc.clone(),
        deprecated: def.deprecated.as_ref().map(|text| text.value.clone()),
        who: def.who.clone(),
        scope: def.scope.value.clone(),
        page: format!("{}{}", spec.documentation, def.page.value),
        effect: def.effect.value,
        lost_answer: def.lost_answer.as_ref().map(|text| text.value.clone()),
        params: def
            .params
            .iter()
            .map(|param| lower_param(def, param, symbols))
            .collect(),
        output: match &paging {
            Some(paging) => Ty::Page(Box::new(paging.item.clone()), paging.rows.clone()),
            None => ty(&def.result.ty, symbols),
        },
        output_doc: def.result.doc.clone(),
        within: def.result.within.as_ref().map(|key| key.value.clone()),
        doubts: texts(&def.doubts),
        errors: def.errors.iter().map(documented).collect(),
        operators: columns::operators(def),
        columns: columns::columns(def, symbols),
        paging,
    }
}

fn lower_param(method: &model::Method, param: &model::Param, symbols: &Symbols<'_>) -> Param {
    if *param.ty != Type::Object {
        return Param::One(single(method, param, symbols));
    }
    Param::Group(Group {
        wire: param.name.value.clone(),
        rust: param.rust_name(),
        required: param.required,
        open: param.open.value,
        params: param
            .fields
            .iter()
            .map(|field| single(method, field, symbols))
            .collect(),
    })
}

fn single(method: &model::Method, param: &model::Param, symbols: &Symbols<'_>) -> Single {
    let clear = param.clear.as_ref().map(|clear| Clear {
        rust: clear.rust.value.clone(),
        value: clear.value.value,
        doc: clear.doc.clone(),
    });
    let values = param
        .values
        .iter()
        .map(|value| (value.wire.value.clone(), value.doc.clone()));
    Single {
        wire: param.name.value.clone(),
        rust: param.rust_name(),
        ty: match &*param.ty {
            Type::Filter => ParamTy::Filter,
            Type::Order => ParamTy::Order,
            Type::Select => ParamTy::Select(required(method)),
            Type::PageStart => {
                let uncounted = method.paged.as_ref().is_some_and(|paged| paged.uncounted);
                ParamTy::Value(Ty::PageStart(uncounted))
            }
            other => ParamTy::Value(ty(other, symbols)),
        },
        required: param.required,
        default: param.default.clone(),
        non_empty: param.non_empty.value,
        open: param.open.value,
        listed: !method.select_fields.is_empty(),
        once: param.once.value,
        values: values.collect(),
        clear,
        deprecated: param.deprecated.as_ref().map(|note| note.value.clone()),
        doc: param.doc.clone(),
    }
}

/// The fields that every selection has.
fn required(method: &model::Method) -> Vec<Selected> {
    let fields = method.select_fields.iter().filter(|field| field.required);
    let selected = fields.map(|field| Selected {
        wire: field.name.value.clone(),
        rust: columns::constant(&field.name),
    });
    selected.collect()
}

fn documented(error: &model::ErrorDef) -> Documented {
    Documented {
        name: error.name.value.clone(),
        code: error.code.value.clone(),
        text: error.text.value.clone(),
        localized: error.localized,
        doc: error.doc.clone(),
    }
}

fn paging(def: &model::Method, symbols: &Symbols<'_>) -> Option<Paging> {
    let paged = def.paged.as_ref()?;
    let rows = symbols.rows(def)?;
    let named = |wanted: &Type| def.params.iter().find(|param| *param.ty == *wanted);
    let name = |wanted| {
        named(wanted)
            .map(|param| param.name.value.clone())
            .unwrap_or_default()
    };
    let row_cursor = paged.row_cursor.as_ref();
    let row = symbols.object(rows.innermost_of_lists());
    let row_field = row.zip(row_cursor).and_then(|(row, cursor)| {
        let field = row
            .fields
            .iter()
            .find(|field| field.name.value == cursor.value)?;
        Some(RowField {
            rust: field.rust_name(),
            is_essential: field.essential.value,
            is_id: *field.ty != Type::Integer,
        })
    });
    Some(Paging {
        row_field,
        item: match symbols.object(rows.innermost_of_lists()) {
            Some(object) => Ty::Object(
                path(Symbol::Object(object)),
                object.fields.iter().any(|field| field.essential.value),
            ),
            None => ty(rows.innermost_of_lists(), symbols),
        },
        rows: symbols
            .rows_field(def)
            .map(|(_, field)| field.name.value.clone()),
        filter: name(&Type::Filter),
        order: name(&Type::Order),
        select: named(&Type::Select).map(|param| param.name.value.clone()),
        cursor: paged.cursor.as_ref().map(|name| name.value.clone()),
        row_cursor: row_cursor.map(|name| name.value.clone()),
        uncounted: paged.uncounted,
        nothing: paged.nothing.as_ref().map(|name| name.value.clone()),
    })
}
