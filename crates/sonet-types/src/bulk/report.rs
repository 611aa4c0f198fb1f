//! What changed, what did not, and what nobody knows.

use std::collections::HashSet;

use sonet_core::{Error, Executed};

use crate::{GroupId, UserId};

/// What came of a [`Bulk`](crate::Bulk).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct BulkReport {
    /// Each group, in the order given.
    pub groups: Vec<GroupReport>,
}

impl BulkReport {
    /// The users whom it changed, each with the group.
    pub fn changed(&self) -> impl Iterator<Item = (GroupId, UserId)> {
        self.groups.iter().flat_map(|report| {
            let changed = report.outcome.as_ref().ok().or(report.partly.as_ref());
            let users = changed.into_iter().flat_map(|changed| &changed.changed);
            users.map(|user| (report.group, *user))
        })
    }

    /// The groups with an error: those that failed, those that were not reached, and those of which nobody knows.
    pub fn unsettled(&self) -> impl Iterator<Item = &GroupReport> {
        self.groups.iter().filter(|report| report.outcome.is_err())
    }
}

/// What came of one group.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct GroupReport {
    /// The group.
    pub group: GroupId,
    /// Whom it changed, or why it changed nobody, or why that is not known.
    ///
    /// More than 500 users take several calls. Where some of them fail, this is the error of one, before all of one of which
    /// nobody knows whether it ran.
    pub outcome: Result<ChangedUsers, Error>,
    /// What came of the other calls, where some failed and some did not.
    pub partly: Option<ChangedUsers>,
}

impl GroupReport {
    /// Puts the calls of a group together.
    pub(super) fn of(
        group: GroupId,
        calls: impl IntoIterator<Item = Result<ChangedUsers, Error>>,
    ) -> Self {
        let mut failed: Option<Error> = None;
        let mut known: Option<ChangedUsers> = None;
        for call in calls {
            match (call, &mut known) {
                (Ok(more), Some(known)) => {
                    known.changed.extend(more.changed);
                    known.unchanged.extend(more.unchanged);
                }
                (Ok(first), None) => known = Some(first),
                (Err(error), _) => {
                    let is_certain = |error: &Error| error.executed() == Executed::No;
                    if failed
                        .as_ref()
                        .is_none_or(|before| is_certain(before) && !is_certain(&error))
                    {
                        failed = Some(error);
                    }
                }
            }
        }
        match failed {
            Some(error) => Self {
                group,
                outcome: Err(error),
                partly: known,
            },
            None => Self {
                group,
                outcome: Ok(known.unwrap_or_else(|| ChangedUsers::of(&[], Vec::new()))),
                partly: None,
            },
        }
    }

    /// Whether something may have changed that nobody knows of: the answer was lost, or can't be read.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        let error = self.outcome.as_ref().err();
        error.is_some_and(|error| error.executed() != Executed::No)
    }
}

/// Whom a call changed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChangedUsers {
    /// Those whom this call added, invited or removed.
    pub changed: Vec<UserId>,
    /// The others, whom the server passed over without saying why: they were what they were to become already, can't become
    /// it, or the caller may not do it.
    pub unchanged: Vec<UserId>,
}

impl ChangedUsers {
    pub(super) fn of(users: &[UserId], changed: Vec<UserId>) -> Self {
        let known: HashSet<_> = changed.iter().collect();
        let others = users.iter().copied().filter(|user| !known.contains(user));
        Self {
            unchanged: others.collect(),
            changed,
        }
    }
}
