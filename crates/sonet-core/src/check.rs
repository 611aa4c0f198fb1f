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

/// An object in a request, which can be wrong before it is sent, or a list or a map of them.
pub trait Checked {
    /// Checks what the server would not refuse but silently treat as something else.
    fn check(&self) -> Result<(), Invalid>;
}

impl<T: Checked> Checked for Vec<T> {
    fn check(&self) -> Result<(), Invalid> {
        let mut elements = (1_usize..).zip(self);
        elements.try_for_each(|(number, element)| in_it(element, || format!("element {number}")))
    }
}

impl<T: Checked> Checked for BTreeMap<String, T> {
    fn check(&self) -> Result<(), Invalid> {
        let mut entries = self.iter();
        entries.try_for_each(|(key, value)| in_it(value, || format!("key {key:?}")))
    }
}

fn in_it(inner: &impl Checked, place: impl FnOnce() -> String) -> Result<(), Invalid> {
    let Err(wrong) = inner.check() else {
        return Ok(());
    };
    let problem = format!("{} ({})", wrong.problem(), place());
    Err(Invalid::new(wrong.parameter(), problem))
}

/// Refuses an object with something wrong in it, or a list or a map of such.
pub fn object(parameter: &'static str, object: &impl Checked) -> Result<(), Invalid> {
    let wrong = |wrong: Invalid| Invalid::new(parameter, wrong.to_string());
    object.check().map_err(wrong)
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

    struct Named(&'static str);

    impl Checked for Named {
        fn check(&self) -> Result<(), Invalid> {
            text("NAME", self.0)
        }
    }

    #[test]
    fn what_is_wrong_in_an_object_is_named_with_the_way_to_it() {
        let wrong = |object: &dyn Fn() -> Result<(), Invalid>| object().unwrap_err().to_string();
        let (ann, nobody) = (|| Named("Ann"), || Named(""));
        assert_eq!(
            wrong(&|| object("host", &nobody())),
            "host: NAME: the text is empty; give at least one character"
        );
        assert_eq!(
            wrong(&|| object("guests", &vec![ann(), nobody()])),
            "guests: NAME: the text is empty; give at least one character (element 2)"
        );
        let tables = BTreeMap::from([("A".to_owned(), vec![nobody()])]);
        assert_eq!(
            wrong(&|| object("tables", &tables)),
            "tables: NAME: the text is empty; give at least one character (element 1) (key \"A\")"
        );
        assert_eq!(object("guests", &vec![ann(), ann()]), Ok(()));
    }
}
