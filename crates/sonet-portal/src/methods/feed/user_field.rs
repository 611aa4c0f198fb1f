//! The custom fields of posts, each of which comes with its whole description.

use super::kind::Kind;
use crate::domain::dates;
use crate::domain::model::Post;
use crate::methods::call::id_numbers;
use crate::rules::Language;
use crate::wire::output::{Json, Object};
use std::fmt::Write as _;

/// A custom field.
pub(super) struct UserField {
    number: &'static str,
    pub(super) name: &'static str,
    kind: Kind,
    /// What it is called in forms, in lists and in filters; empty if it has no name there.
    labels: [&'static str; 3],
    in_list: bool,
    searchable: bool,
}

const fn field(number: &'static str, name: &'static str, kind: Kind) -> UserField {
    UserField {
        number,
        name,
        kind,
        labels: ["", "", ""],
        in_list: false,
        searchable: false,
    }
}

/// All of them, in the order of the sample.
pub(super) static FIELDS: [UserField; 8] = [
    UserField {
        searchable: true,
        ..field("1", "UF_BLOG_POST_DOC", Kind::File)
    },
    UserField {
        searchable: true,
        ..field("5", "UF_BLOG_POST_URL_PRV", Kind::Preview)
    },
    field("9", "UF_GRATITUDE", Kind::Integer),
    UserField {
        searchable: true,
        ..field("19", "UF_BLOG_POST_FILE", Kind::Drive)
    },
    UserField {
        labels: ["Important Message", "Important", "Important"],
        in_list: true,
        ..field("83", IMPORTANT, Kind::Integer)
    },
    UserField {
        labels: ["Expiration Date", "Expiration", ""],
        ..field("85", "UF_IMPRTANT_DATE_END", Kind::Moment)
    },
    UserField {
        in_list: true,
        ..field("131", "UF_BLOG_POST_VOTE", Kind::Poll)
    },
    field("439", "UF_MAIL_MESSAGE", Kind::Mail),
];

const IMPORTANT: &str = "UF_BLOG_POST_IMPRTNT";

impl UserField {
    /// The field of a post.
    pub(super) fn print(&self, post: &Post, language: Language) -> Object {
        let [form, list, filter] = self.labels.map(Json::text_or_null);
        let (value, raw) = self.value(post, language);
        Object::new()
            .with("ID", self.number)
            .with("ENTITY_ID", "BLOG_POST")
            .with("FIELD_NAME", self.name)
            .with("USER_TYPE_ID", self.kind.code())
            .with("XML_ID", self.kind.xml_id(self.name))
            .with("SORT", "100")
            .with("MULTIPLE", Json::flag(self.kind.is_multiple()))
            .with("MANDATORY", Json::flag(false))
            .with("SHOW_FILTER", Json::flag(false))
            .with("SHOW_IN_LIST", Json::flag(self.in_list))
            .with("EDIT_IN_LIST", Json::flag(true))
            .with("IS_SEARCHABLE", Json::flag(self.searchable))
            .with("SETTINGS", self.kind.settings())
            .with("EDIT_FORM_LABEL", form)
            .with("LIST_COLUMN_LABEL", list)
            .with("LIST_FILTER_LABEL", filter)
            .with("ERROR_MESSAGE", Json::Null)
            .with("HELP_MESSAGE", Json::Null)
            .with("USER_TYPE", self.kind.user_type())
            .with("VALUE", value)
            .with("ENTITY_VALUE_ID", Json::number(post.id))
            .with("VALUE_EXISTS", true)
            .with("VALUE_RAW", raw)
            .with("CUSTOM_DATA", self.kind.custom_data())
    }

    /// The value, and how the portal stores it.
    fn value(&self, post: &Post, language: Language) -> (Json, Json) {
        let nothing = (Json::Null, Json::Null);
        match self.kind {
            Kind::File => (false.into(), Json::Null),
            Kind::Drive if post.files.is_empty() => (false.into(), Json::Null),
            Kind::Drive => {
                let ids = id_numbers(post.files.iter().copied());
                (ids, serialized(&post.files).into())
            }
            Kind::Moment => post.important_until.map_or(("".into(), Json::Null), |at| {
                let told = dates::local_text(at, language);
                (told.into(), dates::plain(at).into())
            }),
            Kind::Integer if self.name == IMPORTANT && post.important => ("1".into(), "1".into()),
            _ => post
                .references
                .get(self.name)
                .map_or(nothing, |id| (Json::digits(*id), Json::digits(*id))),
        }
    }
}

/// A list of numbers as PHP serializes it.
fn serialized(ids: &[u64]) -> String {
    let mut text = format!("a:{}:{{", ids.len());
    for (n, id) in ids.iter().enumerate() {
        let _ = write!(text, "i:{n};i:{id};");
    }
    text.push('}');
    text
}
