//! What the portal keeps: users, groups, how they relate, what scrums have, tasks, and the feed.

mod feed;
mod scrum;
mod task;
mod user;

pub(crate) use feed::FeedFile;
pub use feed::{Comment, Destination, Post};
pub(crate) use scrum::EPIC_COLOR;
pub use scrum::{Backlog, Epic, ScrumTask, Sprint, SprintStatus, Stage, StageKind};
pub use task::{Task, TaskFlag, TaskStatus};
pub(crate) use user::{COMPANY, department_name};
pub use user::{Profile, User, UserKind};

use serde::{Deserialize, Serialize};

/// The site of everybody who works for the company.
pub(crate) const MAIN_SITE: &str = "s1";

/// The site that external users come in by.
pub(crate) const EXTRANET_SITE: &str = "ex";

/// The subjects of groups.
pub(crate) const SUBJECTS: [(u64, &str); 3] = [(1, "Workgroups"), (2, "Projects"), (3, "Clubs")];

/// What a group is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum GroupKind {
    /// A workgroup.
    Group,
    /// A project.
    Project,
    /// A scrum.
    Scrum,
}

/// Who may invite users to a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum InitiatePerms {
    /// The owner only: `A`.
    Owner,
    /// The owner and the moderators: `E`.
    Moderators,
    /// All members: `K`.
    Members,
}

/// The avatar of every group without an image of its own.
pub(crate) const SYSTEM_AVATAR: &str = "folder";

/// The avatar of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Image {
    /// The identifier of the file.
    pub id: u64,
    /// The name of the file.
    pub name: String,
    /// The bytes that were uploaded; `None` if they weren't valid Base64 (the portal stores such a
    /// file corrupt, without an error) or if the file comes from Drive.
    #[serde(with = "content")]
    pub content: Option<Vec<u8>>,
}

/// A workgroup, project or scrum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
#[allow(
    clippy::struct_excessive_bools,
    reason = "these are the flags that the wire has"
)]
pub struct Group {
    /// The identifier.
    pub id: u64,
    /// The sites that the group belongs to, the main one first.
    pub sites: Vec<String>,
    /// The subject's identifier.
    pub subject_id: u64,
    /// The name. Names are not unique.
    pub name: String,
    /// The description, empty if there is none.
    pub description: String,
    /// The keywords separated by commas, empty if there are none.
    pub keywords: String,
    /// What the group is.
    pub kind: GroupKind,
    /// Whether the group is active.
    pub active: bool,
    /// Whether the group is in the general list; a secret one is not.
    pub visible: bool,
    /// Whether users join without confirmation.
    pub opened: bool,
    /// Whether the group is archived.
    pub closed: bool,
    /// When the group was created, in Unix seconds.
    pub date_create: i64,
    /// When the group was changed, in Unix seconds.
    pub date_update: i64,
    /// When something last happened in the group, in Unix seconds.
    pub date_activity: i64,
    /// The avatar.
    pub image: Option<Image>,
    /// The owner's identifier.
    pub owner_id: u64,
    /// The scrum master's identifier, 0 if the group is not a scrum.
    pub scrum_master_id: u64,
    /// Who may invite.
    pub initiate_perms: InitiatePerms,
    /// When the project starts, in Unix seconds.
    pub project_date_start: Option<i64>,
    /// When the project ends, in Unix seconds.
    pub project_date_finish: Option<i64>,
    /// The identifier of the group's chat, 0 if it has none.
    pub chat_id: u64,
}

/// The role of a user in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Role {
    /// The owner: `A`.
    Owner,
    /// A moderator: `E`.
    Moderator,
    /// A member: `K`.
    Member,
    /// Not a member yet, whether invited or asking to join: `Z`.
    Awaiting,
}

/// Who began a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum InitiatedBy {
    /// The user: `U`.
    User,
    /// The group: `G`.
    Group,
}

/// How a user relates to a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Relation {
    /// The user's identifier.
    pub user_id: u64,
    /// The group's identifier.
    pub group_id: u64,
    /// The user's role.
    pub role: Role,
    /// Who began it.
    pub initiated_by: InitiatedBy,
}

impl Group {
    /// Returns whether the group is open to external users.
    #[must_use]
    pub fn is_extranet(&self) -> bool {
        self.sites.iter().any(|site| site == EXTRANET_SITE)
    }

    /// Returns whether the portal calls it a project, which a scrum is, too.
    #[must_use]
    pub fn is_project(&self) -> bool {
        self.kind != GroupKind::Group
    }

    /// Returns the keywords one by one.
    #[must_use]
    pub fn tags(&self) -> Vec<String> {
        let tags = self
            .keywords
            .split(',')
            .map(str::trim)
            .filter(|tag| !tag.is_empty());
        tags.map(str::to_owned).collect()
    }

    /// The subject's name, empty if there is no such subject.
    pub(crate) fn subject_name(&self) -> &'static str {
        SUBJECTS
            .iter()
            .find(|(id, _)| *id == self.subject_id)
            .map_or("", |(_, name)| name)
    }

    /// The site that rows show.
    pub(crate) fn site(&self) -> &str {
        self.sites.first().map_or(MAIN_SITE, String::as_str)
    }

    /// The identifier of the chat's dialog, empty if there is no chat.
    pub(crate) fn dialog_id(&self) -> String {
        if self.chat_id == 0 {
            String::new()
        } else {
            format!("chat{}", self.chat_id)
        }
    }
}

impl GroupKind {
    /// Returns the code that the `TYPE` field shows.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Project => "project",
            Self::Scrum => "scrum",
        }
    }
}

impl InitiatePerms {
    /// Returns the letter of the code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Owner => "A",
            Self::Moderators => "E",
            Self::Members => "K",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        [Self::Owner, Self::Moderators, Self::Members]
            .into_iter()
            .find(|p| p.code() == code)
    }
}

impl Role {
    /// Returns the letter of the code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Owner => "A",
            Self::Moderator => "E",
            Self::Member => "K",
            Self::Awaiting => "Z",
        }
    }

    /// Returns whether the user belongs to the group, in whatever role.
    #[must_use]
    pub fn is_member(self) -> bool {
        self != Self::Awaiting
    }
}

impl InitiatedBy {
    /// Returns the letter of the code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::User => "U",
            Self::Group => "G",
        }
    }
}

/// The bytes of a file as Base64, or a stored one would be several times as large.
mod content {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::{Serialize, Serializer};

    #[allow(clippy::ref_option, reason = "it is what serde calls")]
    pub(super) fn serialize<S: Serializer>(
        content: &Option<Vec<u8>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let text = content.as_ref().map(|bytes| STANDARD.encode(bytes));
        text.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Vec<u8>>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| STANDARD.decode(text).map_err(D::Error::custom))
            .transpose()
    }
}
