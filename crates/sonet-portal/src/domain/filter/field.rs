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
    /// Several values, of which any may meet a condition; none at all comes before everything else.
    Any(Vec<FieldValue>),
    Number(i64),
    Date(i64),
    Text(String),
}

impl FieldValue {
    /// What is missing.
    pub(crate) fn none() -> Self {
        Self::Any(Vec::new())
    }

    /// An identifier.
    pub(crate) fn id(id: u64) -> Self {
        Self::Number(i64::try_from(id).unwrap_or(i64::MAX))
    }

    /// Several identifiers.
    pub(crate) fn ids(ids: &[u64]) -> Self {
        Self::Any(ids.iter().map(|id| Self::id(*id)).collect())
    }

    pub(crate) fn text(text: &str) -> Self {
        Self::Text(text.to_lowercase())
    }

    /// A `Y` or an `N`.
    pub(crate) fn flag(flag: bool) -> Self {
        Self::Text(if flag { "y" } else { "n" }.to_owned())
    }

    /// A date, if there is one.
    pub(crate) fn date(seconds: Option<i64>) -> Self {
        seconds.map_or_else(Self::none, Self::Date)
    }
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
            Self::Id => FieldValue::id(group.id),
            Self::OwnerId => FieldValue::id(group.owner_id),
            Self::SubjectId => FieldValue::id(group.subject_id),
            Self::Name => FieldValue::text(&group.name),
            Self::SiteId => FieldValue::text(group.site()),
            Self::Active => FieldValue::flag(group.active),
            Self::Visible => FieldValue::flag(group.visible),
            Self::Opened => FieldValue::flag(group.opened),
            Self::Closed => FieldValue::flag(group.closed),
            Self::Project => FieldValue::flag(group.is_project()),
            Self::IsExtranet => FieldValue::flag(group.is_extranet()),
            Self::DateCreate => FieldValue::Date(group.date_create),
            Self::DateUpdate => FieldValue::Date(group.date_update),
            Self::DateActivity => FieldValue::Date(group.date_activity),
        }
    }
}
