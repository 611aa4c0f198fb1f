//! Which types exist, and which may stand where.

use super::context::Context;
use crate::Symbol;
use crate::model::{At, Field, Nothing, Text};
use crate::problems::nearest;
use crate::types::{Type, WORDS};

/// Where a type stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In a field of an object.
    Answer,
    /// As a result.
    Result,
    /// In a parameter.
    Param,
    /// In a filter field.
    Filter,
}

pub(super) fn check(cx: &Context<'_>) {
    for object in &cx.spec.objects {
        for field in &object.fields {
            ty(cx, &field.ty, Place::Answer);
            nothings(cx, field);
        }
    }
    for input in &cx.spec.inputs {
        for param in input.all_params() {
            ty(cx, &param.ty, Place::Param);
        }
    }
    for method in &cx.spec.methods {
        for param in method.all_params() {
            ty(cx, &param.ty, Place::Param);
        }
        for field in &method.filter_fields {
            ty(cx, &field.ty, Place::Filter);
        }
        ty(cx, &method.result.ty, Place::Result);
    }
    for event in &cx.spec.events {
        payload(cx, &event.payload);
    }
}

fn payload(cx: &Context<'_>, payload: &Text) {
    match cx.symbols.get(payload) {
        Some(Symbol::Object(_)) => {}
        Some(other) => cx.wrong(
            payload,
            format!("`{}` is an {}, not an object", payload.value, other.kind()),
            "an event delivers an object",
            "declare an `[[object]]` for it",
        ),
        None => cx.unknown(
            payload,
            format!("there is no object `{}`", payload.value),
            "unknown object",
            cx.spec.objects.iter().map(|object| object.name.as_str()),
        ),
    }
}

fn ty(cx: &Context<'_>, ty: &At<Type>, place: Place) {
    if let Some(name) = ty.name() {
        if cx.symbols.get(name).is_none() {
            let words = WORDS.iter().map(|(word, _)| *word);
            let help = match nearest(name, words.chain(cx.symbols.names())) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => {
                    "declare it as an `[[id]]`, `[[enum]]`, `[[object]]` or `[[input]]`".to_owned()
                }
            };
            let message = format!("there is no type `{name}`");
            cx.wrong(ty, message, "unknown type", help);
            return;
        }
    }
    if let Some((message, help)) = refusal(cx, ty, place, false) {
        cx.wrong(ty, message, "not here", help);
    }
}

/// Why the type may not stand there.
fn refusal(
    cx: &Context<'_>,
    ty: &Type,
    place: Place,
    nested: bool,
) -> Option<(String, &'static str)> {
    let only_answers = |help| Some((format!("`{ty}` is for answers only"), help));
    match (ty, place) {
        (Type::List(_) | Type::Map(_), Place::Filter) => Some((
            "a filter field has the type of one value".to_owned(),
            "the operators decide whether a list can be sent; write the type of one element",
        )),
        (Type::List(element), Place::Param) if **element == Type::File => None,
        (Type::List(element) | Type::Map(element), _) => refusal(cx, element, place, true),
        (Type::Object, Place::Answer | Place::Result) => Some((
            "`object` is for parameters only".to_owned(),
            "declare an `[[object]]` and write its name",
        )),
        (Type::Object, Place::Param) if nested => Some((
            "`object` can't be inside a list or a map".to_owned(),
            "declare an `[[input]]` and write its name",
        )),
        (Type::File, Place::Answer | Place::Result | Place::Filter) => Some((
            "`file` is for parameters only".to_owned(),
            "write the type of the value, such as `string`",
        )),
        (Type::Filter | Type::Order | Type::Select | Type::PageStart | Type::Object, place)
            if nested || place != Place::Param =>
        {
            let help = match place {
                Place::Param => "remove what surrounds it",
                Place::Answer | Place::Result | Place::Filter => {
                    "write the type of the value, such as `string`"
                }
            };
            Some((
                format!("`{ty}` can only be the whole type of a parameter"),
                help,
            ))
        }
        (Type::Accepted, Place::Param | Place::Filter) => only_answers("write `boolean` or `flag`"),
        (Type::Json, Place::Filter) => Some((
            "`json` can't be filtered by".to_owned(),
            "write the type of the value, such as `string`",
        )),
        (Type::Empty, place) if nested || place != Place::Result => Some((
            "`empty` can only be the whole result of a method".to_owned(),
            "write the type of the elements with `[]` behind it",
        )),
        // The contract decodes a result by itself where nothing else is said, and such a date does not.
        (Type::DateTime, Place::Result) => Some((
            "`datetime` can't be a result".to_owned(),
            "write `loose_datetime`, which becomes a `DateTime` where the date has the usual form",
        )),
        (Type::Date, Place::Result) => {
            Some(("`date` can't be a result".to_owned(), "write `string`"))
        }
        (Type::LooseDateTime, Place::Param | Place::Filter) => {
            only_answers("write `datetime`, or `string` if the page shows another form")
        }
        (Type::Secret, Place::Filter) => Some((
            "a secret can't be used in a filter".to_owned(),
            "write `string`",
        )),
        (Type::Named(_), Place::Param | Place::Filter) if cx.symbols.object(ty).is_some() => {
            only_answers("declare an `[[input]]` for the object of a request, and write its name")
        }
        (Type::Named(_), Place::Answer | Place::Result | Place::Filter) => {
            cx.symbols.input(ty)?;
            Some((
                format!("`{ty}` is for parameters only"),
                "declare an `[[object]]` for the object of an answer, and write its name",
            ))
        }
        _ => None,
    }
}

/// `0` stands for nothing where a number is expected, `false` where no boolean is.
fn nothings(cx: &Context<'_>, field: &Field) {
    if !cx.problems.was_read(&field.ty) {
        return;
    }
    let is_id = matches!(cx.symbols.of_type(&field.ty), Some(Symbol::Id(_)));
    for nothing in &field.none {
        let help = match (nothing.value, &field.ty.value) {
            (Nothing::Zero, ty) if *ty != Type::Integer && !is_id => {
                "`0` can only stand for a missing integer or id; remove it"
            }
            (Nothing::False, Type::Boolean | Type::Flag | Type::Accepted) => {
                "`false` is a value of this type; remove it"
            }
            (Nothing::Empty, ty) if has_empty(cx, ty) => "`\"\"` is a value of the enum; remove it",
            _ => continue,
        };
        let message = format!(
            "`{}` does not say \"no value\" with `{}`",
            field.name.value,
            word(nothing.value)
        );
        let label = format!("not for `{}`", field.ty.value);
        cx.wrong(nothing, message, &label, help);
    }
}

fn has_empty(cx: &Context<'_>, ty: &Type) -> bool {
    let def = cx.symbols.enumeration(ty);
    def.is_some_and(|def| def.values.iter().any(|value| value.wire.is_empty()))
}

fn word(nothing: Nothing) -> &'static str {
    match nothing {
        Nothing::Zero => "0",
        Nothing::Empty => "\"\"",
        Nothing::False => "false",
    }
}
