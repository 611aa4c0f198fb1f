//! What a number identifies, where a page leaves no doubt of it.
//!
//! Either the vendor's type says so, or two witnesses agree: a description that names the thing, and a name or the method. A
//! wrong type would be worse than a number.

use crate::page::Item;
use crate::words::identifier::{identified, is_same, letters, of_name};
use crate::words::types;
use sonet_spec::names;

/// What the vendor has one table of for all of CRM, so that a method of CRM means no other.
const OF_CRM: [&str; 5] = ["company", "contact", "deal", "lead", "quote"];

/// What a number identifies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Identity {
    /// The name of the type.
    pub(super) name: String,
    /// The name of the type of what is called so elsewhere in the methods around, which may be the same or not.
    pub(super) like: Option<String>,
    doc: String,
}

impl Identity {
    /// What a parameter or field identifies that is a number; `method` is the name of the method.
    pub(super) fn of(item: &Item, method: &str) -> Option<Self> {
        if may_be_none(item) {
            return None;
        }
        let words = item.types.iter().map(|word| word.trim_end_matches("[]"));
        let mut said = words.filter_map(types::identified);
        let said = said.next().map(Self::called);
        said.or_else(|| witnessed(item, method))
    }

    /// What the vendor has one word for, everywhere.
    fn called(what: &str) -> Self {
        Self {
            name: type_of(what),
            like: None,
            doc: format!("Identifies {}.", with_article(&what.replace('_', " "))),
        }
    }

    /// What methods are about whose names begin with these parts.
    fn of_methods(parts: &[String], noun: &str) -> Self {
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
            return Self::called(noun);
        };
        // One of them is identified.
        let one = match last.strip_suffix('s') {
            Some(one) if letters(one) == noun => one,
            _ => last,
        };
        if is_same(&letters(first), noun) {
            return Self::called(one);
        }
        let before = parts[..parts.len() - 1].join("_");
        Self {
            name: type_of(&format!("{before}_{one}")),
            like: (parts.len() > 2).then(|| type_of(&format!("{first}_{one}"))),
            doc: format!(
                "Identifies {}, as `{}` has it.",
                with_article(&one.replace('_', " ")),
                parts.join(".")
            ),
        }
    }

    /// What documents the type.
    pub(super) fn doc(&self) -> &str {
        &self.doc
    }
}

fn type_of(what: &str) -> String {
    names::upper_camel(&format!("{what}_id"))
}

fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {noun}")
}

/// Whether a number may be one that identifies nothing.
fn may_be_none(item: &Item) -> bool {
    let zero = |text: &str| text.trim_matches(['`', '"', '\'']) == "0";
    let words = item
        .text
        .split(|char: char| char.is_whitespace() || ",.;:()=".contains(char));
    !item.values.is_empty() || item.default.is_some() || words.into_iter().any(zero)
}

/// What a description says that it identifies, if a second witness says so, too.
fn witnessed(item: &Item, method: &str) -> Option<Identity> {
    let noun = identified(&item.sentences)?;
    // All of a portal has one table of users.
    if noun == "user" {
        return Some(Identity::called("user"));
    }
    let named = of_name(&item.name);
    let is_bare = named.is_empty() || named == "result";
    if !is_bare && !is_same(&named, &noun) {
        return None;
    }
    let parts: Vec<String> = method.split('.').map(names::snake).collect();
    let is_of_crm = parts[0] == "crm";
    if is_of_crm && !is_bare && OF_CRM.contains(&noun.as_str()) {
        return Some(Identity::called(&noun));
    }
    // The last part is what is done.
    let before = &parts[..parts.len() - 1];
    let at = before
        .iter()
        .rposition(|part| is_same(&letters(part), &noun))?;
    if is_of_crm && at == 1 && OF_CRM.contains(&noun.as_str()) {
        return Some(Identity::called(&noun));
    }
    Some(Identity::of_methods(&before[..=at], &noun))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::Location;

    fn of(name: &str, ty: &str, description: &str, method: &str) -> Option<String> {
        let at = Location {
            file: "a.md".into(),
            line: 1,
        };
        let mut item = Item::new(name, &at);
        item.types = vec![ty.to_owned()];
        item.sentences = description.to_owned();
        item.text = description.to_owned();
        Identity::of(&item, method).map(|identity| identity.name)
    }

    #[test]
    fn the_type_or_two_witnesses_say_what_a_number_identifies() {
        for (name, ty, description, method, identity) in [
            ("ASSIGNED", "user", "Who", "club.get", "UserId"),
            ("MINE", "crm_company[]", "", "club.get", "CompanyId"),
            (
                "ID",
                "integer",
                "Identifier of the club",
                "club.get",
                "ClubId",
            ),
            (
                "result",
                "integer",
                "Club identifier",
                "club.open",
                "ClubId",
            ),
            (
                "roomId",
                "integer",
                "Room ID",
                "club.rooms.get",
                "ClubRoomId",
            ),
            ("id", "integer", "Deal ID", "crm.deal.door.set", "DealId"),
            ("DEAL_ID", "integer", "Deal ID", "crm.door.set", "DealId"),
            (
                "taskId",
                "integer",
                "The task's identifier",
                "tasks.api.task.get",
                "TaskId",
            ),
            (
                "BY",
                "integer",
                "Identifier of the user",
                "club.get",
                "UserId",
            ),
        ] {
            assert_eq!(
                of(name, ty, description, method).as_deref(),
                Some(identity),
                "{name}"
            );
        }
    }

    #[test]
    fn one_witness_is_not_enough() {
        for (name, description, method) in [
            ("ID", "Identifier of the club", "room.get"),
            ("OWNER_ID", "Identifier of the club", "club.get"),
            ("clubId", "A number", "club.get"),
            ("DEAL_ID", "Identifier of the deal", "club.get"),
            ("ID", "Identifier of the club. `0` is none", "club.get"),
            ("ID", "Identifier of the get", "club.get"),
        ] {
            assert_eq!(
                of(name, "integer", description, method),
                None,
                "{name} {description}"
            );
        }
        assert_eq!(of("C", "crm_category", "", "club.get"), None);
        assert_eq!(Identity::called("order").doc(), "Identifies an order.");
    }
}
