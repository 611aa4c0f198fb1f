//! `sonet_group.create`

use sonet_core::{Page, Reconcile, Reconciled, Reply, SentCall};

use super::name::Name;
use crate::sonet_group::{Create, Get, Group};
use crate::{GroupId, UserId};

/// Looks for the group that was made since the call, with the owner that it gave or the calling user as the owner: among
/// those of that name, or, where a server may keep the name in another form, among the newest ones of that owner. Such a
/// name has emoji, marks, signs like `&` and `"`, or blanks at its ends, or is longer than 100 characters.
///
/// - `Done`: there is exactly one, of that name in a form that servers are known to keep: `🚀 Team` may be stored as
///   `:f09f9a80: Team`. Where other programs make groups of the same name for the same owner at the same time, it may be one
///   of theirs. Who calls with an access token alone is not known, and any owner counts.
/// - `NotDone`: there is none, and none that could be it.
/// - `Ambiguous`: there are several, or some whose names the server may have made of the one that was sent; or more groups
///   were made since the call than a page shows. So it is, too, where the portal does not tell the name, the owner or the date
///   of a group that could be it.
impl Reconcile for Create {
    type Lookup = Get;

    fn lookup(&self, user: Option<i64>) -> Get {
        let mut call = Get::new()
            .order(Get::ID.desc())
            // Shows an administrator a hidden group of another owner; the server ignores it for others.
            .is_admin(true);
        if Name(&self.name).is_plain() {
            call = call.filter(Get::NAME.eq(self.name.as_str()));
        }
        match (user.map(UserId::new), self.owner_id) {
            (Some(user), None) => call.filter(Get::OWNER_ID.eq(user)),
            // The server lets only an administrator choose, so the owner may be either.
            _ => call,
        }
    }

    fn settle(&self, sent: &SentCall, reply: Reply<Page<Group>>) -> Reconciled<GroupId> {
        let name = Name(&self.name);
        let since = sent.since(&reply.time);
        let rows = reply.result.len();
        let mut recent = reply.result.into_rows_of_this_page();
        recent.retain(|group| since.is_none_or(|since| is_since(group, since)));
        // The newest come first: where a whole page is recent, there may be more behind it.
        // An empty list is proof only where the server has counted nothing, since `null` and `false` are read as one.
        let all = match reply.total {
            Some(total) => total <= rows as u64,
            None => rows > 0,
        };
        let whole = recent.len() < rows || (rows < PAGE && reply.next.is_none() && all);
        recent.retain(|group| self.may_belong_to(group.owner_id, sent.user()));
        let (same, mut others): (Vec<_>, Vec<_>) = recent
            .iter()
            .partition(|group| group.name.as_deref().is_some_and(|own| name.is(own)));
        // By a filter, the server has found them the same: it does not regard case. One without a name may have any.
        others.retain(|group| {
            let own = group.name.as_deref();
            name.is_plain() || own.is_none_or(|own| name.may_be(own))
        });
        match &same[..] {
            [group] if whole && since.is_some() && is_told(group) => Reconciled::Done(group.id),
            [] if whole && others.is_empty() => sent.not_done(),
            [] => Reconciled::Ambiguous(ids(&others)),
            same => Reconciled::Ambiguous(ids(same)),
        }
    }
}

/// How many rows a page has at most.
const PAGE: usize = 50;

impl Create {
    /// Whether an owner, if the portal tells one, may be that of the new group.
    fn may_belong_to(&self, owner: Option<UserId>, user: Option<i64>) -> bool {
        let (Some(owner), Some(user)) = (owner, user) else {
            return true;
        };
        owner == UserId::new(user) || self.owner_id == Some(owner)
    }
}

/// Whether a group may have been made since: one without a date may.
fn is_since(group: &Group, since: f64) -> bool {
    #[allow(clippy::cast_precision_loss, reason = "seconds since 1970")]
    let created = group.date_create.map(|date| date.timestamp() as f64);
    created.is_none_or(|created| created >= since)
}

/// Whether the portal tells what shows that it is the new group.
fn is_told(group: &Group) -> bool {
    group.date_create.is_some() && group.owner_id.is_some()
}

fn ids(groups: &[&Group]) -> Vec<GroupId> {
    groups.iter().map(|group| group.id).collect()
}
