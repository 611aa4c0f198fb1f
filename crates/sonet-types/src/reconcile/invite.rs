//! `sonet_group.user.invite`

use sonet_core::{Reconcile, Reconciled, Reply, SentCall};

use crate::UserId;
use crate::socialnetwork::api::workgroup::{Get, Workgroup};
use crate::sonet_group::user::Invite;

/// Looks who of the users is invited, or a member by now; it needs the scope `socialnetwork`. Whether this call invited
/// them or an earlier one can't be told.
///
/// - `Done`: all of them, so that nothing is left to do.
/// - `NotDone`: none of them. The caller may lack the right to invite, too, which the method does not tell either.
/// - `Ambiguous`: some of them, listed in its only entry. Either the call passed over the others, or it did not run. To
///   invite the others again does no harm: whoever is invited is passed over. So it is, too, without an entry perhaps, where
///   the portal does not tell who is a member or invited.
impl Reconcile for Invite {
    type Lookup = Get;

    fn lookup(&self, _user: Option<i64>) -> Get {
        Get::new(self.group_id)
    }

    fn settle(&self, sent: &SentCall, reply: Reply<Workgroup>) -> Reconciled<Vec<UserId>> {
        let group = reply.result;
        let lists = [&group.invited_members, &group.members];
        let is_in = |user: &UserId| {
            lists
                .iter()
                .any(|list| list.iter().flatten().any(|found| found == user))
        };
        let mut found = self.user_ids.clone();
        found.retain(is_in);
        let told = lists.iter().all(|list| list.is_some());
        if found.len() == self.user_ids.len() || (told && sent.ran()) {
            return Reconciled::Done(found);
        }
        if !told {
            return Reconciled::Ambiguous(if found.is_empty() {
                Vec::new()
            } else {
                vec![found]
            });
        }
        if found.is_empty() {
            return sent.not_done();
        }
        Reconciled::Ambiguous(vec![found])
    }
}
