//! Methods.

use super::types::{path, ty};
use super::{columns, params, texts};
use crate::ir::{Documented, Method, Paging, RowField, Ty, Within};
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
        params: params::lower(&def.params, Some(def), symbols),
        output: match &paging {
            Some(paging) => Ty::Page(Box::new(paging.item.clone()), paging.rows.clone()),
            None => ty(&def.result.ty, symbols),
        },
        output_doc: def.result.doc.clone(),
        within: def.result.within.as_ref().map(|key| Within {
            key: key.value.clone(),
            optional: def.result.optional.value,
        }),
        doubts: texts(&def.doubts),
        errors: def.errors.iter().map(documented).collect(),
        operators: columns::operators(def),
        columns: columns::columns(def, symbols),
        paging,
    }
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
