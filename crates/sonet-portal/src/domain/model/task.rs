//! Tasks, whether a group has them or nobody but their people.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How far a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TaskStatus {
    /// Waits to be worked on: 2.
    Pending,
    /// Is worked on: 3.
    InProgress,
    /// Is done, but its creator has to agree: 4.
    AwaitingControl,
    /// Is done: 5.
    Completed,
    /// Is put off: 6.
    Deferred,
}

/// What holds of a task or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TaskFlag {
    /// It is made again and again.
    Replicate,
    /// Who is responsible may change the deadline.
    AllowChangeDeadline,
    /// Time is tracked.
    AllowTimeTracking,
    /// It is not done before its creator agrees.
    TaskControl,
    /// It counts in reports.
    AddInReport,
    /// Days off are left out.
    MatchWorkTime,
}

/// A task: what its card says. Which group it belongs to, and where it is in a scrum, says the
/// [`ScrumTask`](super::ScrumTask) of the same number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Task {
    /// The identifier.
    pub id: u64,
    /// The task that this one is a part of.
    pub parent_id: Option<u64>,
    /// The title.
    pub title: String,
    /// The description, perhaps empty.
    pub description: String,
    /// How the work was rated: `P`, `N`, or nothing.
    pub mark: Option<String>,
    /// 0 is low, 1 is medium, 2 is high.
    pub priority: u8,
    /// How far it is.
    pub status: TaskStatus,
    /// What holds of it.
    pub flags: BTreeSet<TaskFlag>,
    /// Who made it.
    pub created_by: u64,
    /// Who does it.
    pub responsible_id: u64,
    /// Who takes part.
    pub accomplices: Vec<u64>,
    /// Who watches.
    pub auditors: Vec<u64>,
    /// Who changed it last.
    pub changed_by: u64,
    /// Who changed the status last.
    pub status_changed_by: Option<u64>,
    /// Who completed it; 0 if nobody did, and nothing before it is changed for the first time.
    pub closed_by: Option<u64>,
    /// When it was made, in Unix seconds, like all of the following.
    pub created_date: i64,
    /// When it was changed.
    pub changed_date: i64,
    /// When the status was changed.
    pub status_changed_date: i64,
    /// When it was completed.
    pub closed_date: Option<i64>,
    /// When somebody began to work on it.
    pub date_start: Option<i64>,
    /// Until when it is to be done.
    pub deadline: Option<i64>,
    /// When it is planned to begin.
    pub start_date_plan: Option<i64>,
    /// When it is planned to end.
    pub end_date_plan: Option<i64>,
    /// How long it is planned to take.
    pub duration_plan: Option<i64>,
    /// The unit of that.
    pub duration_type: String,
    /// How many seconds it is estimated to take.
    pub time_estimate: i64,
    /// The site.
    pub site_id: String,
    /// The identifier elsewhere.
    pub xml_id: Option<String>,
    /// How often it was written.
    pub version: u64,
    /// When each user last worked with it.
    pub viewed: BTreeMap<u64, i64>,
    /// Whose favorite it is.
    pub favorite_of: BTreeSet<u64>,
    /// The tags.
    pub tags: Vec<String>,
    /// What of the CRM it is about, such as `D_7`.
    pub crm: Vec<String>,
    /// The identifiers of attached files.
    pub files: Vec<u64>,
    /// The further parameters by their codes.
    pub parameters: BTreeMap<String, String>,
    /// The custom fields by their names.
    pub custom: BTreeMap<String, String>,
}

impl TaskStatus {
    /// Returns the number on the wire.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::Pending => 2,
            Self::InProgress => 3,
            Self::AwaitingControl => 4,
            Self::Completed => 5,
            Self::Deferred => 6,
        }
    }

    pub(crate) fn from_number(number: i64) -> Option<Self> {
        [
            Self::Pending,
            Self::InProgress,
            Self::AwaitingControl,
            Self::Completed,
            Self::Deferred,
        ]
        .into_iter()
        .find(|status| i64::from(status.number()) == number)
    }

    /// Whether nobody has to do anything for now.
    pub(crate) fn rests(self) -> bool {
        matches!(
            self,
            Self::AwaitingControl | Self::Completed | Self::Deferred
        )
    }
}

impl TaskFlag {
    /// All of them.
    pub(crate) const ALL: [Self; 6] = [
        Self::Replicate,
        Self::AllowChangeDeadline,
        Self::AllowTimeTracking,
        Self::TaskControl,
        Self::AddInReport,
        Self::MatchWorkTime,
    ];

    /// Returns the name of the field on the wire.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Replicate => "REPLICATE",
            Self::AllowChangeDeadline => "ALLOW_CHANGE_DEADLINE",
            Self::AllowTimeTracking => "ALLOW_TIME_TRACKING",
            Self::TaskControl => "TASK_CONTROL",
            Self::AddInReport => "ADD_IN_REPORT",
            Self::MatchWorkTime => "MATCH_WORK_TIME",
        }
    }
}

impl Task {
    /// A new task of a user, who is also responsible for it.
    pub(crate) fn new(id: u64, title: String, created_by: u64, now: i64) -> Self {
        Self {
            id,
            parent_id: None,
            title,
            description: String::new(),
            mark: None,
            priority: 1,
            status: TaskStatus::Pending,
            flags: BTreeSet::new(),
            created_by,
            responsible_id: created_by,
            accomplices: Vec::new(),
            auditors: Vec::new(),
            changed_by: created_by,
            status_changed_by: None,
            closed_by: None,
            created_date: now,
            changed_date: now,
            status_changed_date: now,
            closed_date: None,
            date_start: None,
            deadline: None,
            start_date_plan: None,
            end_date_plan: None,
            duration_plan: None,
            duration_type: "days".to_owned(),
            time_estimate: 0,
            site_id: super::MAIN_SITE.to_owned(),
            xml_id: None,
            version: 1,
            viewed: BTreeMap::new(),
            favorite_of: BTreeSet::new(),
            tags: Vec::new(),
            crm: Vec::new(),
            files: Vec::new(),
            parameters: BTreeMap::new(),
            custom: BTreeMap::new(),
        }
    }

    /// Whether a user has a part in it.
    pub(crate) fn involves(&self, user_id: u64) -> bool {
        [self.created_by, self.responsible_id].contains(&user_id)
            || self.accomplices.contains(&user_id)
            || self.auditors.contains(&user_id)
    }

    /// Whether it can't be completed without a result.
    pub(crate) fn wants_result(&self) -> bool {
        self.parameters.get("3").is_some_and(|value| value == "Y")
    }

    /// Notes that a user has changed it.
    pub(crate) fn touch(&mut self, user_id: u64, now: i64) {
        self.changed_by = user_id;
        self.changed_date = now;
        self.version += 1;
        self.closed_by.get_or_insert(0);
        self.viewed.insert(user_id, now);
    }

    /// Sets how far it is, with what that brings along.
    pub(crate) fn set_status(&mut self, status: TaskStatus, user_id: u64, now: i64) {
        if std::mem::replace(&mut self.status, status) == status {
            return;
        }
        self.status_changed_by = Some(user_id);
        self.status_changed_date = now;
        let done = status == TaskStatus::Completed;
        self.closed_by = Some(if done { user_id } else { 0 });
        self.closed_date = done.then_some(now);
        if status == TaskStatus::InProgress {
            self.date_start = Some(now);
        }
    }
}
