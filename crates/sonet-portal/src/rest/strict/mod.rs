//! The strict portal: it says what a real one passes over in silence.
//!
//! A real portal ignores parameters that it doesn't know and values that it can't use. That hides
//! mistakes, so a strict one says what the documentation wants: as an answer of its own, 400
//! `PORTAL_STRICT`, or beside the answer that a real one would give.

mod feed;
mod scrum;
mod shape;
mod tables;
mod tasks;

use crate::methods::method::Method;
use crate::methods::refusal::Refusal;
use crate::rest::mask;
use crate::wire::params::Params;
use crate::wire::value::{Array, Value};
use shape::{Parameter, Shape};

/// How many complaints there are about one call.
const MAX_COMPLAINTS: usize = 20;

/// How long a complaint is, in bytes.
const MAX_LENGTH: usize = 500;

/// Refuses a call for the first parameter that the documentation doesn't have, or not so.
pub(crate) fn check(method: &Method, params: &Params) -> Result<(), Refusal> {
    match complaints(method, params).into_iter().next() {
        Some(complaint) => Err(Refusal::coded(400, "PORTAL_STRICT", &complaint)),
        None => Ok(()),
    }
}

/// What the documentation doesn't have in a call, or not so. It begins with the method's name, and no
/// secret is in it.
pub(crate) fn complaints(method: &Method, params: &Params) -> Vec<String> {
    let mut complaints = Vec::new();
    if let Some(known) = tables::parameters(method.name) {
        check_fields(known, params.fields(), "", &mut complaints);
    }
    let told = complaints.into_iter().map(|complaint| {
        let whole = mask::text(&format!("{}: {complaint}", method.name));
        match whole.char_indices().find(|(at, _)| *at >= MAX_LENGTH) {
            Some((end, _)) => format!("{}…", &whole[..end]),
            None => whole,
        }
    });
    told.collect()
}

/// Looks through the fields of an array; the path says where the array stands.
fn check_fields(known: &[Parameter], fields: &Array, path: &str, complaints: &mut Vec<String>) {
    for (key, value) in fields.iter() {
        if complaints.len() == MAX_COMPLAINTS {
            return;
        }
        // What the official clients add to every call.
        if path.is_empty() && key.starts_with("bx24_") {
            continue;
        }
        let name = if path.is_empty() {
            key.to_owned()
        } else {
            format!("{path}[{key}]")
        };
        let shape = known.iter().find(|(own, _)| *own == key);
        match (shape, value) {
            // A portal's own fields are on no page.
            (None, _) if key.starts_with("UF_") && is_open(known) => {}
            (None, _) => {
                complaints.push(format!("unknown parameter {name}; {}", advice(known, key)));
            }
            (Some((_, Shape::Fields(known))), Value::Array(inner)) => {
                check_fields(known, inner, &name, complaints);
            }
            (Some((_, shape)), value) => complaints.extend(shape.check(value, &name).err()),
        }
    }
}

/// Whether there may be fields of a portal's own among these.
fn is_open(known: &[Parameter]) -> bool {
    known.iter().any(|(name, _)| *name == shape::CUSTOM)
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
