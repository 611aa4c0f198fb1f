//! From the checked spec to the resolved form.
//!
//! The checks guarantee that names resolve. Where one did not, the value would be left out rather than guessed: the
//! functions here return what there is and have no errors of their own.

mod columns;
mod method;
mod params;
mod types;

use super::ir::{
    Enum, EnumValue, Field, Id, Input, Ir, Item, Kind, Object, Path, Presence, Refusal,
};
use sonet_spec::model::{self, Nothing, Spec};
use sonet_spec::{Symbol, Symbols};
use types::{path, ty};

/// Resolves a checked spec.
#[must_use]
pub(super) fn lower(spec: &Spec) -> Ir {
    let symbols = Symbols::new(spec);
    let ids = spec.ids.iter().map(|id| Id {
        name: id.name.value.clone(),
        doc: id.doc.clone(),
    });
    let enums = spec.enums.iter().map(|def| Item {
        path: path(Symbol::Enum(def)),
        kind: Kind::Enum(lower_enum(def)),
    });
    let objects = spec.objects.iter().map(|object| Item {
        path: path(Symbol::Object(object)),
        kind: Kind::Object(lower_object(object, spec, &symbols)),
    });
    // What only holds the rows of a page is decoded as the page.
    let objects = objects
        .zip(&spec.objects)
        .filter(|(_, object)| !is_page(object, spec, &symbols))
        .map(|(item, _)| item);
    let inputs = spec.inputs.iter().map(|input| Item {
        path: path(Symbol::Input(input)),
        kind: Kind::Input(Input {
            doc: input.doc.clone(),
            doubts: texts(&input.doubts),
            open: input.open,
            params: params::lower(&input.params, None, &symbols),
        }),
    });
    let methods = spec.methods.iter().map(|def| {
        let place = def.path();
        let path = Path {
            modules: place.modules,
            name: place.type_name,
        };
        Item {
            path,
            kind: Kind::Method(Box::new(method::lower(def, spec, &symbols))),
        }
    });
    Ir {
        ids: ids.collect(),
        items: enums.chain(objects).chain(inputs).chain(methods).collect(),
        refusals: refusals(spec),
    }
}

fn lower_enum(def: &model::Enum) -> Enum {
    let values = def.values.iter().map(|value| EnumValue {
        wire: value.wire.value.clone(),
        name: value.name.value.clone(),
        doc: value.doc.clone(),
    });
    Enum {
        doc: def.doc.clone(),
        doubts: texts(&def.doubts),
        values: values.collect(),
    }
}

fn lower_object(object: &model::Object, spec: &Spec, symbols: &Symbols<'_>) -> Object {
    let mut events = spec.events.iter();
    let event = events.find(|event| event.payload.value == object.name.value);
    let fields = object.fields.iter().map(|field| Field {
        wire: field.name.value.clone(),
        rust: field.rust_name(),
        ty: ty(&field.ty, symbols),
        presence: presence(field),
        doc: field.doc.clone(),
    });
    Object {
        doc: object.doc.clone(),
        extra: object.extra,
        doubts: texts(&object.doubts),
        fields: fields.collect(),
        event: event.map(|event| event.wire.value.clone()),
    }
}

/// Whether an object is there for nothing but the rows of a page, in one of its keys.
fn is_page(object: &model::Object, spec: &Spec, symbols: &Symbols<'_>) -> bool {
    let is_page_of = |method: &&model::Method| {
        let holder = symbols.rows_field(method);
        holder.is_some_and(|(holder, _)| holder.name.value == object.name.value)
    };
    let fields = spec.objects.iter().flat_map(|object| &object.fields);
    let others = spec.methods.iter().filter(|method| !is_page_of(method));
    let types = fields.map(|field| &field.ty);
    let mut types = types.chain(others.map(|method| &method.result.ty));
    let is_elsewhere = types.any(|ty| ty.name() == Some(&object.name.value))
        || spec
            .events
            .iter()
            .any(|event| event.payload.value == object.name.value);
    spec.methods.iter().any(|method| is_page_of(&method)) && !is_elsewhere
}

fn presence(field: &model::Field) -> Presence {
    if field.essential.value {
        return Presence::Essential;
    }
    let zero = |none: &model::At<Nothing>| none.value == Nothing::Zero;
    Presence::Optional(field.none.iter().any(zero))
}

/// Every documented error once, in the order of the spec.
fn refusals(spec: &Spec) -> Vec<Refusal> {
    let mut refusals: Vec<Refusal> = Vec::new();
    for method in &spec.methods {
        for error in &method.errors {
            let index = refusals
                .iter()
                .position(|refusal| refusal.name == *error.name);
            let index = index.unwrap_or_else(|| {
                let name = error.name.value.clone();
                refusals.push(Refusal {
                    name,
                    methods: Vec::new(),
                    texts: Vec::new(),
                });
                refusals.len() - 1
            });
            // Method by method, so that one that is known is the last.
            if refusals[index].methods.last() != Some(&method.name.value) {
                refusals[index].methods.push(method.name.value.clone());
            }
            push_new(&mut refusals[index].texts, &error.text);
        }
    }
    refusals
}

fn texts(texts: &[model::Text]) -> Vec<String> {
    texts.iter().map(|text| text.value.clone()).collect()
}

fn push_new(list: &mut Vec<String>, text: &str) {
    if !text.is_empty() && !list.iter().any(|known| known == text) {
        list.push(text.to_owned());
    }
}
