//! The fields of a group that lists filter and order by.

use crate::domain::model::Group;

/// A field of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Id,
    Name,
    OwnerId,
    Active,
    Visible,
    Opened,
    Closed,
    Project,
    SubjectId,
    SiteId,
    DateCreate,
    DateUpdate,
    DateActivity,
    IsExtranet,
}

/// What a group has in a field, in a form that compares.
///
/// Texts compare without regard to case, as the portal's database does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FieldValue {
    Number(i64),
    Date(i64),
    Text(String),
}

impl Field {
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "ID" => Self::Id,
            "NAME" => Self::Name,
            "OWNER_ID" => Self::OwnerId,
            "ACTIVE" => Self::Active,
            "VISIBLE" => Self::Visible,
            "OPENED" => Self::Opened,
            "CLOSED" => Self::Closed,
            "PROJECT" => Self::Project,
            "SUBJECT_ID" => Self::SubjectId,
            "SITE_ID" => Self::SiteId,
            "DATE_CREATE" => Self::DateCreate,
            "DATE_UPDATE" => Self::DateUpdate,
            "DATE_ACTIVITY" => Self::DateActivity,
            "IS_EXTRANET" => Self::IsExtranet,
            _ => return None,
        })
    }

    /// What a group has in this field.
    pub(crate) fn of(self, group: &Group) -> FieldValue {
        match self {
            Self::Id => number(group.id),
            Self::OwnerId => number(group.owner_id),
            Self::SubjectId => number(group.subject_id),
            Self::Name => FieldValue::Text(group.name.to_lowercase()),
            Self::SiteId => FieldValue::Text(group.site().to_lowercase()),
            Self::Active => flag(group.active),
            Self::Visible => flag(group.visible),
            Self::Opened => flag(group.opened),
            Self::Closed => flag(group.closed),
            Self::Project => flag(group.is_project()),
            Self::IsExtranet => flag(group.is_extranet()),
            Self::DateCreate => FieldValue::Date(group.date_create),
            Self::DateUpdate => FieldValue::Date(group.date_update),
            Self::DateActivity => FieldValue::Date(group.date_activity),
        }
    }
}

fn number(id: u64) -> FieldValue {
    FieldValue::Number(i64::try_from(id).unwrap_or(i64::MAX))
}

fn flag(flag: bool) -> FieldValue {
    FieldValue::Text(if flag { "y" } else { "n" }.to_owned())
}
