//! Parameters, of a method or of an object in requests.

use super::columns;
use super::types::sent;
use crate::ir::{Clear, Group, Param, ParamTy, Selected, Single, Ty};
use sonet_spec::Symbols;
use sonet_spec::model;
use sonet_spec::types::Type;

/// Resolves parameters. Those of an object in requests belong to no method.
pub(super) fn lower(
    params: &[model::Param],
    method: Option<&model::Method>,
    symbols: &Symbols<'_>,
) -> Vec<Param> {
    let params = params.iter();
    let params = params.map(|param| match *param.ty {
        Type::Object => Param::Group(Group {
            wire: param.name.value.clone(),
            rust: param.rust_name(),
            required: param.required,
            open: param.open.value,
            params: lower(&param.fields, method, symbols),
        }),
        _ => Param::One(single(param, method, symbols)),
    });
    params.collect()
}

fn single(param: &model::Param, method: Option<&model::Method>, symbols: &Symbols<'_>) -> Single {
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
            Type::Select => ParamTy::Select(method.map(required).unwrap_or_default()),
            Type::PageStart => {
                let paged = method.and_then(|method| method.paged.as_ref());
                ParamTy::Value(Ty::PageStart(paged.is_some_and(|paged| paged.uncounted)))
            }
            other => ParamTy::Value(sent(other, symbols)),
        },
        required: param.required,
        default: param.default.clone(),
        non_empty: param.non_empty.value,
        open: param.open.value,
        listed: method.is_some_and(|method| !method.select_fields.is_empty()),
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
