//! The compiled example of each method.

use std::collections::BTreeSet;

use super::slot::slots;
use crate::ir::{Ir, Kind, Method, ParamTy, Path, Single, Ty};
use crate::root_module::Public;

/// How many optional parameters an example shows.
const OPTIONAL: usize = 2;

pub(super) fn render(path: &Path, method: &Method, ir: &Ir, public: Public<'_>) -> String {
    let mut uses = BTreeSet::from([full(path, public)]);
    let slots = slots(&method.params);
    let mut value = |single: &Single| match &single.ty {
        ParamTy::Value(ty) => sample(single, ty, ir, public, &mut uses),
        _ => None,
    };
    let required: Vec<_> = slots
        .iter()
        .filter(|slot| slot.single.required)
        .filter_map(|slot| value(slot.single))
        .collect();
    let mut lines = vec![format!(
        "let call = {}::new({})",
        path.name,
        required.join(", ")
    )];
    // A file or a date would need explaining, and an optional one can be left out.
    let plain = |single: &Single| match &single.ty {
        ParamTy::Value(ty) => !matches!(
            ty.innermost(),
            Ty::File | Ty::Iso | Ty::Day | Ty::Secret | Ty::PageStart(_)
        ),
        _ => true,
    };
    let optional = slots
        .iter()
        .filter(|slot| !slot.single.required && plain(slot.single));
    let optional = optional.filter_map(|slot| Some((slot.single, value(slot.single)?)));
    if method.columns.is_empty() {
        lines.extend(
            optional
                .take(OPTIONAL)
                .map(|(single, value)| format!("    .{}({value})", single.rust)),
        );
    } else {
        lines.extend(columns(path, method));
    }
    let alias = public.compiled_in.map(|krate| {
        let public = public.path;
        format!("# extern crate {krate} as {public};")
    });
    let uses = uses.iter().map(|path| format!("use {path};"));
    let uses = alias.into_iter().chain(uses);
    let call = [
        String::new(),
        format!("{};", lines.join("\n")),
        "# let _ = call;".to_owned(),
    ];
    uses.chain(call).collect::<Vec<_>>().join("\n")
}

/// A condition, an order and a selection, as far as the method has them.
fn columns(path: &Path, method: &Method) -> Vec<String> {
    let mut lines = Vec::new();
    let find = |pred: &dyn Fn(&&crate::ir::Column) -> bool| method.columns.iter().find(pred);
    let texts =
        |column: &crate::ir::Column| column.usage.contains("Filter") && column.ty == Some(Ty::Text);
    // A name is what somebody would look for, unlike other texts that may stand before it.
    let name = find(&|column| texts(column) && column.wire == "NAME");
    let text = name.or_else(|| find(&|column| texts(column)));
    if let Some(column) = text.filter(|_| method.has_operator("Contains")) {
        lines.push(format!(
            "    .filter({}::{}.contains(\"Pro\"))",
            path.name, column.rust
        ));
        if column.usage.contains("Order") {
            lines.push(format!("    .order({}::{}.asc())", path.name, column.rust));
        }
    }
    if let Some(column) = find(&|column| column.usage.contains("Select")) {
        lines.push(format!("    .select({}::{})", path.name, column.rust));
    }
    lines
}

/// A value to show; nothing for what a request does not take.
fn sample(
    single: &Single,
    ty: &Ty,
    ir: &Ir,
    public: Public<'_>,
    uses: &mut BTreeSet<String>,
) -> Option<String> {
    Some(match ty {
        Ty::Text => format!("{:?}", word(&single.wire)),
        Ty::Json => "\"text\"".to_owned(),
        Ty::Secret => "\"secret\"".to_owned(),
        Ty::Flag | Ty::Bool => "true".to_owned(),
        Ty::Iso | Ty::Day => "chrono::DateTime::UNIX_EPOCH".to_owned(),
        Ty::File => "sonet_core::wire::File::new(\"picture.png\", b\"\")".to_owned(),
        Ty::Int | Ty::Decimal => "50".to_owned(),
        Ty::Id(path) => {
            uses.insert(full(path, public));
            format!(
                "{}::new({})",
                path.name,
                if path.name == "UserId" { 1271 } else { 77 }
            )
        }
        Ty::Enum(path, _) => {
            let item = ir.items.iter().find(|item| item.path == *path)?;
            let Kind::Enum(def) = &item.kind else {
                return None;
            };
            let first = def.values.first()?;
            uses.insert(full(path, public));
            format!("{}::{}", path.name, first.name)
        }
        Ty::List(element) => format!("[{}]", sample(single, element, ir, public, uses)?),
        Ty::Map(element) => {
            let value = sample(single, element, ir, public, uses)?;
            format!("[(\"key\", {value})]")
        }
        Ty::Input(path) => {
            let item = ir.items.iter().find(|item| item.path == *path)?;
            let Kind::Input(input) = &item.kind else {
                return None;
            };
            uses.insert(full(path, public));
            let slots = super::slot::slots(&input.params);
            let required = slots.iter().filter(|slot| slot.single.required);
            let values: Option<Vec<_>> = required
                .map(|slot| match &slot.single.ty {
                    ParamTy::Value(ty) => sample(slot.single, ty, ir, public, uses),
                    _ => None,
                })
                .collect();
            format!("{}::new({})", path.name, values?.join(", "))
        }
        _ => return None,
    })
}

fn word(wire: &str) -> &'static str {
    match wire {
        "NAME" => "New project",
        "MESSAGE" => "Welcome!",
        "DESCRIPTION" => "What it is about",
        _ => "text",
    }
}

fn full(path: &Path, public: Public<'_>) -> String {
    let mut parts = vec![public.path.to_owned()];
    parts.extend(path.modules.iter().cloned());
    parts.push(path.name.clone());
    parts.join("::")
}
