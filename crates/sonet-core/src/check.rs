//! What generated requests check before they are sent: values that the server would not refuse but treat as something
//! else.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{Id, Invalid, OpenEnum, PageStart};

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

/// Refuses a key among those that are not listed which has a setter of its own, in whatever case: it would be sent twice, and the
/// server does not tell cases apart.
pub fn unlisted(
    parameter: &'static str,
    unlisted: &BTreeMap<String, Value>,
    listed: &[&str],
) -> Result<(), Invalid> {
    let is_there = |key: &&&str| unlisted.keys().any(|other| other.eq_ignore_ascii_case(key));
    let Some(key) = listed.iter().find(is_there) else {
        return Ok(());
    };
    let problem = format!("`{key}` has a setter of its own; use that one");
    Err(Invalid::new(parameter, problem))
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

/// Refuses a page without a count, of a method whose documentation does not have it: the server may give any page.
pub fn counted(parameter: &'static str, start: &PageStart) -> Result<(), Invalid> {
    if *start == PageStart::UNCOUNTED {
        return Err(Invalid::new(
            parameter,
            "this method is not documented to list without counting; give `PageStart::at_row`, or walk it with `list`",
        ));
    }
    Ok(())
}

/// Refuses an identifier that identifies nothing: the server would do without it, or say so only once it is asked.
pub fn id<T: Id>(parameter: &'static str, id: &T) -> Result<(), Invalid> {
    ids(parameter, std::slice::from_ref(id))
}

/// The same of a parameter that is emptied by this number, which identifies nothing either.
pub fn id_or<T: Id>(parameter: &'static str, id: &T, emptied: i64) -> Result<(), Invalid> {
    if id.is_valid() || (*id).into() == emptied {
        return Ok(());
    }
    let problem = format!(
        "{id} identifies nothing; give a number from 1 on, or {emptied} for nothing at all"
    );
    Err(Invalid::new(parameter, problem))
}

/// Refuses a list with something that identifies nothing: the server would skip it.
pub fn ids<T: Id>(parameter: &'static str, ids: &[T]) -> Result<(), Invalid> {
    match ids.iter().find(|id| !id.is_valid()) {
        Some(id) => Err(Invalid::new(
            parameter,
            format!("{id} identifies nothing; give a number from 1 on"),
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

#[cfg(test)]
mod tests {
    use super::*;

    crate::id!(ThingId, "A thing.");

    #[test]
    fn an_identifier_that_is_none_is_named_with_its_parameter() {
        for number in [0, -5] {
            let refused = id("GROUP_ID", &ThingId::new(number)).unwrap_err();
            assert_eq!(refused.parameter(), "GROUP_ID");
            assert_eq!(
                refused.to_string(),
                format!("GROUP_ID: {number} identifies nothing; give a number from 1 on")
            );
            let list = [ThingId::new(1), ThingId::new(number)];
            assert_eq!(ids("GROUP_ID", &list), Err(refused));
        }
        assert_eq!(id("GROUP_ID", &ThingId::new(1)), Ok(()));
    }

    #[test]
    fn a_number_that_empties_is_let_through_and_no_other() {
        let check = |number| id_or("IMAGE_FILE_ID", &ThingId::new(number), 0);
        assert_eq!((check(0), check(7)), (Ok(()), Ok(())));
        let refused = check(-5).unwrap_err().to_string();
        assert!(refused.starts_with("IMAGE_FILE_ID: -5 identifies nothing"));
    }
}
