//! What generated requests check before they are sent: values that the server would not refuse but treat as something
//! else.

use crate::{Id, Invalid, OpenEnum};

/// Refuses an empty text.
pub fn text(parameter: &'static str, text: &str) -> Result<(), Invalid> {
    if text.trim().is_empty() {
        return Err(Invalid::new(
            parameter,
            "the text is empty; give at least one character",
        ));
    }
    Ok(())
}

/// Refuses an empty list.
pub fn list<T>(parameter: &'static str, list: &[T]) -> Result<(), Invalid> {
    if list.is_empty() {
        return Err(Invalid::new(
            parameter,
            "the list is empty; give at least one element",
        ));
    }
    Ok(())
}

/// Refuses an identifier that identifies nothing: the server would do without it.
pub fn id<T: Id>(parameter: &'static str, id: &T) -> Result<(), Invalid> {
    ids(parameter, std::slice::from_ref(id))
}

/// Refuses a list with something that identifies nothing: the server would skip it.
pub fn ids<T: Id>(parameter: &'static str, ids: &[T]) -> Result<(), Invalid> {
    match ids.iter().find(|id| !id.is_valid()) {
        Some(id) => Err(Invalid::new(
            parameter,
            format!("{id} identifies nothing; identifiers start at 1"),
        )),
        None => Ok(()),
    }
}

/// Refuses a value that the method does not document: the server would take its default instead.
pub fn known<E: OpenEnum>(parameter: &'static str, value: &E) -> Result<(), Invalid> {
    if value.is_known() {
        return Ok(());
    }
    let known: Vec<_> = E::KNOWN
        .iter()
        .map(|(text, _)| format!("{text:?}"))
        .collect();
    let problem = format!(
        "{:?} is not a documented value; the documented ones are {}",
        value.as_str(),
        known.join(", ")
    );
    Err(Invalid::new(parameter, problem))
}

/// Refuses a list with a value that the method does not document.
pub fn all_known<E: OpenEnum>(parameter: &'static str, values: &[E]) -> Result<(), Invalid> {
    values.iter().try_for_each(|value| known(parameter, value))
}
