//! The strict portal: it refuses what a real one passes over in silence.
//!
//! A real portal ignores parameters that it doesn't know and values that it can't use. That hides
//! mistakes, so a strict one answers them with 400 `PORTAL_STRICT` and says what the documentation
//! wants.

mod scrum;
mod shape;
mod tables;

use crate::methods::Method;
use crate::refusal::Refusal;
use crate::wire::params::Params;
use crate::wire::value::Array;
use shape::Shape;

/// A parameter and what it has to look like.
type Parameter = (&'static str, Shape);

/// Refuses the first parameter that the documentation doesn't have, or not so.
pub(crate) fn check(method: &Method, params: &Params) -> Result<(), Refusal> {
    let Some(known) = tables::parameters(method.name) else {
        return Ok(());
    };
    check_fields(known, params.fields(), "").map_err(|complaint| {
        let text = format!("{}: {complaint}", method.name);
        Refusal::coded(400, "PORTAL_STRICT", &text)
    })
}

/// Looks through the fields of an array; the path says where the array stands.
fn check_fields(known: &[Parameter], fields: &Array, path: &str) -> Result<(), String> {
    for (key, value) in fields.iter() {
        // What the official clients add to every call.
        if path.is_empty() && key.starts_with("bx24_") {
            continue;
        }
        let name = if path.is_empty() {
            key.to_owned()
        } else {
            format!("{path}[{key}]")
        };
        let Some((_, shape)) = known.iter().find(|(own, _)| *own == key) else {
            return Err(format!("unknown parameter {name}; {}", advice(known, key)));
        };
        shape.check(value, &name)?;
    }
    Ok(())
}

/// What to write instead of an unknown parameter.
fn advice(known: &[Parameter], key: &str) -> String {
    let plain = |text: &str| text.replace('_', "").to_ascii_lowercase();
    let twin = known.iter().find(|(own, _)| plain(own) == plain(key));
    let names: Vec<&str> = known.iter().map(|(own, _)| *own).collect();
    match twin {
        Some((own, _)) => format!("it is spelled {own}"),
        None if names.is_empty() => "there are none".to_owned(),
        None => format!("there are {}", names.join(", ")),
    }
}
