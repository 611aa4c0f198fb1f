//! Users and what is told of them.

use serde::{Deserialize, Serialize};

/// The departments of the company, the company itself first.
const DEPARTMENTS: [(u64, &str); 3] = [(COMPANY, "Company"), (2, "Sales"), (3, "Development")];

/// The department that all others are below.
pub(crate) const COMPANY: u64 = 1;

/// The name of a department, if there is one with this identifier.
pub(crate) fn department_name(id: u64) -> Option<&'static str> {
    let mut all = DEPARTMENTS.iter();
    all.find(|(own, _)| *own == id).map(|(_, name)| *name)
}

/// What a user is to the company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum UserKind {
    /// Works for the company.
    Employee,
    /// An external user with access to extranet groups only.
    Extranet,
    /// Neither: a user who only writes by mail. Can't be added to a group.
    Other,
}

/// A user of the portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct User {
    /// The identifier. User 1 administers the portal.
    pub id: u64,
    /// The first name.
    pub name: String,
    /// The last name.
    pub last_name: String,
    /// The position in the company, empty for external users.
    pub position: String,
    /// What the user is to the company.
    pub kind: UserKind,
    /// Whether the user administers the portal.
    pub admin: bool,
    /// Whether the user is active; a dismissed one is not.
    pub active: bool,
    /// Whether the user has the right to create groups.
    pub can_create_groups: bool,
    /// What else is told of the user. An earlier version's file has nothing.
    #[serde(default)]
    pub profile: Profile,
}

/// What is told of a user beside the name and the position. What is `None` was never filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Profile {
    /// The address of mail.
    pub email: String,
    /// The middle name.
    pub second_name: Option<String>,
    /// The gender: `M`, `F`, or nothing.
    pub gender: String,
    /// The day of birth, in Unix seconds.
    pub birthday: Option<i64>,
    /// The city where the user lives.
    pub city: Option<String>,
    /// The mobile phone.
    pub mobile: Option<String>,
    /// The phone at work.
    pub work_phone: Option<String>,
    /// The identifiers of the departments.
    pub departments: Vec<u64>,
    /// When the user was hired, in Unix seconds.
    pub employed: Option<i64>,
    /// When the user was registered, in Unix seconds.
    pub registered: i64,
    /// When the user was last there, in Unix seconds.
    pub last_seen: Option<i64>,
    /// Whether the user is there now.
    pub online: bool,
}

impl User {
    /// Returns the name as the portal formats it.
    #[must_use]
    pub fn formatted_name(&self) -> String {
        format!("{} {}", self.name, self.last_name)
    }

    /// Returns whether the user is external.
    #[must_use]
    pub fn is_extranet(&self) -> bool {
        self.kind == UserKind::Extranet
    }
}

impl UserKind {
    /// Returns the word on the wire.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Employee => "employee",
            Self::Extranet => "extranet",
            Self::Other => "email",
        }
    }
}
