//! Many users in many groups.

mod report;

pub use report::{BulkReport, ChangedUsers, GroupReport};

use sonet_core::{Batch, BatchRun, Error, Executed, Handle, IntoId};

use crate::sonet_group::user;
use crate::{GroupId, UserId};

/// Adds, invites or removes many users in many groups: a client's `bulk` runs it and reports what came of each group.
///
/// Each group takes one call, and another one for every 500 users more, since servers drop what goes beyond 1,000 values. 50
/// calls go in one request, which counts as one at the rate limit, and [`Bulk::concurrency`] lets several of these be out at
/// once. A call that fails stops none behind it; one that the server
/// refused before it ran, for its rate or for the method's operating time, is made again. After a request whose answer was lost, nobody can tell what changed in its groups: they are
/// reported so, they are not sent again, and the rest goes on. After a request that the server did not run at all, since
/// there is no connection or the webhook is wrong, the rest would fare no better: it is reported as not run.
///
/// ```
/// # extern crate sonet_types as sonet_async;
/// use sonet_async::Bulk;
///
/// let bulk = Bulk::invite([77, 78], [1271, 1272], Some("Welcome!"));
/// # let _ = bulk;
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use = "it does nothing until a client runs it"]
pub struct Bulk {
    change: Change,
    groups: Vec<GroupId>,
    users: Vec<UserId>,
    concurrency: usize,
}

#[derive(Debug, Clone, PartialEq)]
enum Change {
    Add,
    /// With a text.
    Invite(Option<String>),
    Remove,
}

impl Bulk {
    /// Adds users to groups, without an invitation, by [`user::Add`].
    pub fn add(
        groups: impl IntoIterator<Item = impl IntoId<GroupId>>,
        users: impl IntoIterator<Item = impl IntoId<UserId>>,
    ) -> Self {
        Self::new(Change::Add, groups, users)
    }

    /// Invites users to groups, by [`user::Invite`], with a text or without.
    pub fn invite(
        groups: impl IntoIterator<Item = impl IntoId<GroupId>>,
        users: impl IntoIterator<Item = impl IntoId<UserId>>,
        message: Option<&str>,
    ) -> Self {
        Self::new(Change::Invite(message.map(Into::into)), groups, users)
    }

    /// Removes users from groups, by [`user::Delete`].
    pub fn remove(
        groups: impl IntoIterator<Item = impl IntoId<GroupId>>,
        users: impl IntoIterator<Item = impl IntoId<UserId>>,
    ) -> Self {
        Self::new(Change::Remove, groups, users)
    }

    fn new(
        change: Change,
        groups: impl IntoIterator<Item = impl IntoId<GroupId>>,
        users: impl IntoIterator<Item = impl IntoId<UserId>>,
    ) -> Self {
        Self {
            change,
            groups: each_once(groups.into_iter().map(Into::into)),
            users: each_once(users.into_iter().map(Into::into)),
            concurrency: 1,
        }
    }

    /// Lets up to so many requests be out at once: [`Batch::concurrency`]. Default: 1, and 0 is the same.
    ///
    /// The report is the same, and says how each call ended. After a request that failed, those that are out come to their end;
    /// then the rest goes on, or is reported as not run.
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.concurrency = requests;
        self
    }

    /// Begins, for whoever runs it step by step: a client's `bulk` does it in one.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid`]: there is no user, an identifier is none, or the message contains what servers take for a
    /// reference, such as `$total[may]`, which no batch can send ([`Batch::build`]).
    pub fn start(&self) -> Result<BulkRun, Error> {
        // Each call is about other users or another group.
        let batch = Batch::new().split().in_any_order();
        let mut batch = batch.concurrency(self.concurrency);
        let mut call = |group: GroupId, users: &[UserId]| {
            let users = users.iter().copied();
            match &self.change {
                Change::Add => batch.add(&user::Add::new(group, users)),
                Change::Remove => batch.add(&user::Delete::new(group, users)),
                Change::Invite(message) => {
                    let invite = user::Invite::new(group, users);
                    batch.add(&match message {
                        Some(message) => invite.message(message),
                        None => invite,
                    })
                }
            }
        };
        let calls = self.groups.iter().map(|group| {
            let handles = parts(&self.users).map(|users| call(*group, users));
            (*group, handles.collect())
        });
        Ok(BulkRun {
            calls: calls.collect(),
            users: self.users.clone(),
            run: batch.build()?,
        })
    }
}

/// How many users go in one call.
const USERS: usize = 500;

/// The users of each call. Where there are none, one call says so.
fn parts(users: &[UserId]) -> impl Iterator<Item = &[UserId]> {
    let (first, others) = users.split_at(users.len().min(USERS));
    std::iter::once(first).chain(others.chunks(USERS))
}

/// The same without what comes again, in the same order.
fn each_once<T: Copy + Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = std::collections::BTreeSet::new();
    all.filter(|one| seen.insert(*one)).collect()
}

/// A [`Bulk`] on its way. It keeps what was done, so that a report can be had of one that was broken off.
#[derive(Debug)]
pub struct BulkRun {
    /// The calls of each group, one for each part of the users.
    calls: Vec<(GroupId, Vec<Handle<Vec<UserId>>>)>,
    users: Vec<UserId>,
    run: BatchRun,
}

impl BulkRun {
    /// The batch, for a client's `run`. Running it again goes on with what is left.
    pub fn batch(&mut self) -> &mut BatchRun {
        &mut self.run
    }

    /// Whether the rest is worth running after this error: yes after a lost answer, no where the server ran nothing.
    #[must_use]
    pub fn can_continue_after(&self, error: &Error) -> bool {
        error.executed() != Executed::No && !self.run.is_finished()
    }

    /// What came of each group so far.
    #[must_use]
    pub fn report(&self) -> BulkReport {
        let groups = self.calls.iter().map(|(group, handles)| {
            let calls = parts(&self.users).zip(handles).map(|(users, handle)| {
                let outcome = self.run.outcome(*handle);
                outcome.map(|changed| ChangedUsers::of(users, changed))
            });
            GroupReport::of(*group, calls)
        });
        BulkReport {
            groups: groups.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_group_and_user_counts_once() {
        let bulk = Bulk::add([3, 1, 3], [9, 9, 2]);
        assert_eq!(bulk.groups, [GroupId::new(3), GroupId::new(1)]);
        assert_eq!(bulk.users, [UserId::new(9), UserId::new(2)]);
    }

    #[test]
    fn nothing_is_sent_for_nobody() {
        assert!(Bulk::add([1], [0; 0]).start().unwrap_err().is_invalid());
        assert!(Bulk::add([1], [0]).start().unwrap_err().is_invalid());
        let mut none = Bulk::remove([0; 0], [1]).start().unwrap();
        assert!(none.batch().is_finished());
        assert!(none.report().groups.is_empty());
    }

    #[test]
    fn no_message_goes_that_a_server_would_replace() {
        let start = |message| Bulk::invite([1], [7], Some(message)).start();
        let error = start("See $Totals[may] there").unwrap_err();
        assert!(error.is_invalid());
        let told = error.to_string();
        assert!(told.contains("`MESSAGE` contains `$Totals[may]`"), "{told}");
        assert!(start("It costs $100, see the $total [may]").is_ok());
    }

    #[test]
    fn several_requests_may_be_out_at_once() {
        let mut run = Bulk::add([1, 2], [7]).concurrency(4).start().unwrap();
        assert_eq!(run.batch().concurrency(), 4);
        let mut run = Bulk::add([1, 2], [7]).start().unwrap();
        assert_eq!(run.batch().concurrency(), 1);
    }

    #[test]
    fn what_did_not_run_is_not_known_to_have_changed() {
        let run = Bulk::invite(1..=120, [7], Some("Hi")).start().unwrap();
        let report = run.report();
        assert_eq!(report.groups.len(), 120);
        assert_eq!(report.unsettled().count(), 120);
        let error = report.groups[0].outcome.as_ref().unwrap_err();
        assert!(error.is_not_run(), "{error}");
        assert_eq!(error.method(), Some("sonet_group.user.invite"));
        assert!(!report.groups[0].is_unknown());
    }

    #[test]
    fn many_users_take_several_calls() {
        let users: Vec<_> = (1..=1_001).map(UserId::new).collect();
        let lengths = |users| parts(users).map(<[_]>::len).collect::<Vec<_>>();
        assert_eq!(lengths(&users), [500, 500, 1]);
        assert_eq!(lengths(&users[..500]), [500]);
        assert_eq!(lengths(&users[..0]), [0]);
        let run = Bulk::invite([1, 2], users, Some("Hi")).start().unwrap();
        let report = run.report();
        assert_eq!(report.groups.len(), 2);
        assert_eq!(run.calls[1].1.len(), 3);
        assert!(report.groups[0].partly.is_none());
    }

    #[test]
    fn the_calls_of_a_group_are_told_together() {
        let ids = |ids: &[i64]| ids.iter().copied().map(UserId::new).collect::<Vec<_>>();
        let told = |changed: &[i64], unchanged: &[i64]| ChangedUsers {
            changed: ids(changed),
            unchanged: ids(unchanged),
        };
        let error = || Bulk::add([1], [0]).start().unwrap_err();
        let of = |calls: Vec<Result<ChangedUsers, Error>>| GroupReport::of(GroupId::new(7), calls);

        let whole = of(vec![Ok(told(&[1], &[2])), Ok(told(&[], &[3]))]);
        assert_eq!(whole.outcome.as_ref().unwrap(), &told(&[1], &[2, 3]));
        assert_eq!(whole.partly, None);

        let partly = of(vec![
            Ok(told(&[1], &[2])),
            Err(error()),
            Ok(told(&[4], &[])),
        ]);
        assert!(partly.outcome.is_err());
        assert_eq!(partly.partly, Some(told(&[1, 4], &[2])));
        let report = BulkReport {
            groups: vec![whole, partly],
        };
        let changed: Vec<_> = report.changed().map(|(_, user)| user.get()).collect();
        assert_eq!(changed, [1, 1, 4]);
        assert_eq!(report.unsettled().count(), 1);
        assert_eq!(of(vec![Err(error())]).partly, None);
    }

    #[test]
    fn users_whom_the_answer_does_not_name_are_unchanged() {
        let users = [1, 2, 3].map(UserId::new);
        let changed = ChangedUsers::of(&users, vec![UserId::new(2)]);
        assert_eq!(changed.changed, [UserId::new(2)]);
        assert_eq!(changed.unchanged, [UserId::new(1), UserId::new(3)]);
    }
}
