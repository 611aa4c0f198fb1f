//! The switches of parameters, which mean something for some types only.

use super::context::Context;
use crate::model::{At, Effect, Input, Method, Param};
use crate::types::Type;
use crate::{Symbol, names};

pub(super) fn check(cx: &Context<'_>, method: &Method) {
    for param in method.all_params() {
        once(cx, method, param);
        switches(cx, param);
    }
}

/// The parameters of an object of requests, which has nothing that a method alone can have.
pub(super) fn input(cx: &Context<'_>, input: &Input) {
    for param in input.all_params() {
        if param.once.value {
            cx.wrong(
                &param.once,
                format!("`{}` can't be `once`", param.name.value),
                "not a parameter of a method",
                "write it at the method's parameter that takes the object",
            );
        }
        if matches!(
            *param.ty,
            Type::Filter | Type::Order | Type::Select | Type::PageStart
        ) {
            cx.clash(
                (&param.ty, "of a method"),
                (&input.name, "used by any method"),
                format!("`{}` can't be inside an input", param.ty.value),
                "write `json` if the page really says so",
            );
        }
        switches(cx, param);
    }
}

fn switches(cx: &Context<'_>, param: &Param) {
    deprecated(cx, param);
    if cx.problems.was_read(&param.ty) {
        open(cx, param);
        non_empty(cx, param);
        clear(cx, param);
        values(cx, param);
        fields(cx, param);
        whole(cx, param);
    }
}

fn once(cx: &Context<'_>, method: &Method, param: &Param) {
    if param.once.value
        && cx.problems.was_read(&method.effect)
        && method.effect.value != Effect::Repeatable
    {
        cx.clash(
            (&param.once, "has no meaning here"),
            (
                &method.effect,
                "only a `repeatable` method can become a `write`",
            ),
            format!("`{}` can't be `once`", param.name.value),
            "remove `once`, or write `effect = \"repeatable\"`",
        );
    }
}

/// The setter is what a caller is warned of.
fn deprecated(cx: &Context<'_>, param: &Param) {
    let Some(note) = &param.deprecated else {
        return;
    };
    if param.required || *param.ty == Type::Object {
        cx.wrong(
            note,
            format!(
                "`{}` has no setter that could be `deprecated`",
                param.name.value
            ),
            "nobody would be warned",
            "say it in `doc`, or of the parameters inside an object",
        );
    }
}

/// Conditions, sorting, selection and objects are built up, not given.
fn is_built(ty: &Type) -> bool {
    matches!(ty, Type::Filter | Type::Order | Type::Select | Type::Object)
}

/// What means nothing for parameters that are built up, and what may not be inside an object.
fn whole(cx: &Context<'_>, param: &Param) {
    if param.required && is_built(&param.ty) && *param.ty != Type::Object {
        cx.wrong(
            &param.ty,
            format!("`required` has no meaning for `{}`", param.ty.value),
            "built by its setters",
            "remove `required`",
        );
    }
    if param.once.value && is_built(&param.ty) {
        meaningless(cx, &param.once, param, "once", "a parameter with a value");
    } else if param.once.value && param.required {
        cx.wrong(
            &param.once,
            format!("`{}` is required, so every call sets it", param.name.value),
            "always set",
            "write `effect = \"write\"`, or remove `once` or `required`",
        );
    }
    for inner in &param.fields {
        if matches!(*inner.ty, Type::Filter | Type::Order) {
            cx.clash(
                (&inner.ty, "too deep"),
                (&param.name, "inside this object"),
                format!("`{}` can't be inside an object", inner.ty.value),
                "extend the generator first if the page really says so",
            );
        }
    }
}

fn open(cx: &Context<'_>, param: &Param) {
    let element = param.ty.innermost();
    let known = cx.symbols.of_type(element).is_some() || !matches!(element, Type::Named(_));
    if param.open.value
        && known
        && cx.symbols.enumeration(element).is_none()
        && !is_built(&param.ty)
    {
        let for_ = "an enum, a list of enums, an object, a filter, an order or a selection";
        meaningless(cx, &param.open, param, "open", for_);
    }
}

fn non_empty(cx: &Context<'_>, param: &Param) {
    if param.non_empty.value && !matches!(*param.ty, Type::String | Type::List(_)) {
        meaningless(cx, &param.non_empty, param, "non_empty", "a text or a list");
    }
}

fn clear(cx: &Context<'_>, param: &Param) {
    let Some(clear) = &param.clear else { return };
    let is_id = matches!(cx.symbols.of_type(&param.ty), Some(Symbol::Id(_)));
    let is_unknown = cx.symbols.of_type(&param.ty).is_none() && param.ty.name().is_some();
    if *param.ty != Type::Integer && !is_id && !is_unknown {
        meaningless(cx, &clear.rust, param, "clear", "an integer or an id");
    } else if names::snake(&param.name) == *clear.rust && param.rust.is_none() {
        // Said where the names of setters are checked.
    } else if param.required {
        cx.wrong(
            &clear.rust,
            format!(
                "`{}` is required, so nothing can clear it",
                param.name.value
            ),
            "a setter for an argument of `new`",
            "remove `clear` or `required`",
        );
    }
}

fn values(cx: &Context<'_>, param: &Param) {
    for value in &param.values {
        if *param.ty != Type::Flag {
            let help = if cx.symbols.enumeration(param.ty.innermost()).is_some() {
                "the enum says what its values mean; remove `values`"
            } else {
                "declare an `[[enum]]` for the values"
            };
            cx.wrong(
                &value.wire,
                format!("`values` has no meaning for `{}`", param.ty.value),
                "not a flag",
                help,
            );
        } else if !matches!(value.wire.as_str(), "Y" | "N") {
            cx.wrong(
                &value.wire,
                format!("a flag is `Y` or `N`, not `{}`", value.wire.value),
                "not a value of a flag",
                "declare an `[[enum]]` if there are more values",
            );
        }
    }
}

fn fields(cx: &Context<'_>, param: &Param) {
    let is_object = *param.ty == Type::Object;
    if let (false, Some(first)) = (is_object, param.fields.first()) {
        cx.clash(
            (&first.name, "a parameter in it"),
            (&param.ty, "has nothing in it"),
            format!("`fields` has no meaning for `{}`", param.ty.value),
            "write `type = \"object\"`, or remove `fields`",
        );
    }
    if is_object && param.fields.is_empty() && !param.open.value {
        cx.wrong(
            &param.ty,
            format!("the object `{}` has no `fields`", param.name.value),
            "there is nothing in it",
            "add `fields`: the parameters inside; or `open = true` if no page lists them",
        );
    }
}

fn meaningless<T>(cx: &Context<'_>, value: &At<T>, param: &Param, key: &str, for_: &str) {
    cx.clash(
        (value, "has no meaning here"),
        (&param.ty, "the type"),
        format!("`{key}` has no meaning for `{}`", param.ty.value),
        format!("it is for {for_}; remove it"),
    );
}
