//! Events: what can happen, what did happen, and who wants to know.

mod handlers;

pub(crate) use handlers::{Binding, Handlers};

/// The events of groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EventKind {
    Add,
    Update,
    Delete,
}

impl EventKind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Add => "ONSONETGROUPADD",
            Self::Update => "ONSONETGROUPUPDATE",
            Self::Delete => "ONSONETGROUPDELETE",
        }
    }
}

/// Something that happened to a group.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Event {
    pub(crate) kind: EventKind,
    pub(crate) group_id: u64,
    /// Who did it.
    pub(crate) user_id: u64,
    /// When, in Unix seconds.
    pub(crate) at: i64,
}

/// Something that happened to an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AppEvent {
    /// It was installed by a user.
    Installed { user_id: u64 },
    /// A user updated it.
    Updated { user_id: u64 },
    /// It was uninstalled; `clean` if its data are to be deleted, too.
    Uninstalled { clean: bool },
}

impl AppEvent {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Installed { .. } => "ONAPPINSTALL",
            Self::Updated { .. } => "ONAPPUPDATE",
            Self::Uninstalled { .. } => "ONAPPUNINSTALL",
        }
    }
}

/// The events that handlers can be bound to, by the scope that they need.
pub(crate) const EVENTS: [(&str, &str); 14] = [
    ("basic", "ONAPPUNINSTALL"),
    ("basic", "ONAPPINSTALL"),
    ("basic", "ONAPPUPDATE"),
    ("basic", "ONAPPPAYMENT"),
    ("basic", "ONAPPTEST"),
    ("basic", "ONAPPMETHODCONFIRM"),
    ("basic", "ONOFFLINEEVENT"),
    ("user", "ONUSERADD"),
    ("sonet_group", "ONSONETGROUPADD"),
    ("sonet_group", "ONSONETGROUPUPDATE"),
    ("sonet_group", "ONSONETGROUPDELETE"),
    ("sonet_group", "ONSONETGROUPSUBJECTADD"),
    ("sonet_group", "ONSONETGROUPSUBJECTUPDATE"),
    ("sonet_group", "ONSONETGROUPSUBJECTDELETE"),
];
