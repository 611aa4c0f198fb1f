//! `sonet_group.create`

use sonet_core::{Reconcile, Reconciled, Reply, Sent};

use crate::sonet_group::{Create, Get, Group};
use crate::{GroupId, UserId};

/// Looks among the groups of that name for the one that was made since the call, with the owner that it gave or the
/// calling user as the owner.
///
/// - `Done`: there is exactly one. Where other programs make groups of the same name for the same owner at the same time,
///   it may be one of theirs. Who calls with an access token alone is not known, and any owner counts.
/// - `NotDone`: there is none.
/// - `Ambiguous`: there are several, or the server may have made another name of the one that was sent: there is a group
///   of that name in another case, or the name begins or ends with white space. So it is, too, where the portal does not tell
///   the name, the owner or the date of a group.
impl Reconcile for Create {
    type Lookup = Get;

    fn lookup(&self, user: Option<i64>) -> Get {
        let call = Get::new()
            .filter(Get::NAME.eq(self.name.as_str()))
            .order(Get::ID.desc())
            // Shows an administrator a hidden group of another owner; the server ignores it for others.
            .is_admin(true);
        match (user.map(UserId::new), self.owner_id) {
            (Some(user), None) => call.filter(Get::OWNER_ID.eq(user)),
            // The server lets only an administrator choose, so the owner may be either.
            _ => call,
        }
    }

    fn settle(&self, sent: &Sent, reply: Reply<Vec<Group>>) -> Reconciled<GroupId> {
        let since = sent.since(&reply.time);
        let rows = reply.result.len();
        let mut recent = reply.result;
        recent.retain(|group| since.is_none_or(|since| is_since(group, since)));
        // The newest come first: where a whole page is recent, there may be more behind it.
        let whole = reply.next.is_none() || recent.len() < rows;
        recent.retain(|group| self.may_belong_to(group.owner_id, sent.user()));
        // The server's `=` does not regard case, so a name in another case is another group; but where there is no other,
        // the server may have changed the name.
        let (same, others): (Vec<_>, Vec<_>) = recent
            .iter()
            .partition(|group| group.name.as_deref().map(str::trim) == Some(self.name.trim()));
        match &same[..] {
            [group] if whole && since.is_some() && is_told(group) => Reconciled::Done(group.id),
            [] if whole && others.is_empty() && self.name.trim() == self.name => sent.not_done(),
            [] => Reconciled::Ambiguous(ids(&others)),
            same => Reconciled::Ambiguous(ids(same)),
        }
    }
}

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
