//! `sonet_group.user.request`

use sonet_core::wire::Accepted;
use sonet_core::{Reconcile, Reconciled, Reply, SentCall};

use crate::socialnetwork::api::workgroup::{
    AdditionalData, Get, InitiatedBy, Mode, RelationRole, Workgroup,
};
use crate::sonet_group::user::Request;

/// Looks how the calling user relates to the group; it needs the scope `socialnetwork`.
///
/// - `Done`: the user is a member, or has asked to join.
/// - `NotDone`: the user is neither.
/// - `Ambiguous`, without an entry: the user is invited, which a request by one may leave as it is; or the relation is one
///   that this version does not know, or the portal does not tell it.
impl Reconcile for Request {
    type Lookup = Get;

    fn lookup(&self, _user: Option<i64>) -> Get {
        Get::new(self.group_id).mode(Mode::Mobile)
    }

    fn settle(&self, sent: &SentCall, reply: Reply<Workgroup>) -> Reconciled<Accepted> {
        let Some(relation) = reply.result.additional_data else {
            return Reconciled::Ambiguous(Vec::new());
        };
        let AdditionalData {
            role,
            initiated_by_type,
        } = relation;
        match (role, initiated_by_type) {
            (Some(RelationRole::Owner | RelationRole::Moderator | RelationRole::Member), _)
            | (Some(RelationRole::Awaiting), Some(InitiatedBy::User)) => Reconciled::Done(Accepted),
            // Without a relation, neither is told. One alone says that the other could not be read.
            (None, None) => sent.not_done(),
            // Among them who is invited: servers answer to a request by one, without a trace of it, or refuse it.
            _ => Reconciled::Ambiguous(Vec::new()),
        }
    }
}
