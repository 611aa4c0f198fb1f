//! Looking at the portal from outside the wire, and preparing it for a test.

mod cards;
mod feed;
mod scrum;

use crate::domain::model::{Group, GroupKind, InitiatedBy, Relation, Role, User, UserKind};
use crate::domain::number::number;
use crate::portal::Portal;
use crate::rules::Rules;
use std::collections::BTreeMap;
use std::time::Duration;

impl Portal {
    /// Returns all users by identifier.
    pub fn users(&self) -> impl Iterator<Item = &User> {
        self.state.users.values()
    }

    /// Returns a user.
    #[must_use]
    pub fn user(&self, id: impl TryInto<u64>) -> Option<&User> {
        let id = number(id);
        self.state.users.get(&id)
    }

    /// Returns a user to change, for example to dismiss.
    pub fn user_mut(&mut self, id: impl TryInto<u64>) -> Option<&mut User> {
        let id = number(id);
        self.state.users.get_mut(&id)
    }

    /// Returns the first active employee who creates groups and does not administer the portal.
    #[must_use]
    pub fn employee(&self) -> Option<&User> {
        self.users()
            .find(|user| Self::is_plain_employee(user) && user.can_create_groups)
    }

    /// Returns the first active employee without the right to create groups.
    #[must_use]
    pub fn employee_without_create_right(&self) -> Option<&User> {
        self.users()
            .find(|user| Self::is_plain_employee(user) && !user.can_create_groups)
    }

    /// Returns the first active employee who has nothing to do with a group and does not administer
    /// the portal.
    #[must_use]
    pub fn stranger(&self, group_id: impl TryInto<u64>) -> Option<&User> {
        let group_id = number(group_id);
        self.users()
            .filter(|user| Self::is_plain_employee(user))
            .find(|user| self.relation(group_id, user.id).is_none())
    }

    /// Returns the first active external user.
    #[must_use]
    pub fn extranet_user(&self) -> Option<&User> {
        self.users().find(|user| user.active && user.is_extranet())
    }

    /// Returns the first dismissed user.
    #[must_use]
    pub fn dismissed_user(&self) -> Option<&User> {
        self.users().find(|user| !user.active)
    }

    /// Returns the first active user who is neither an employee nor an external user, and so can't
    /// be added to a group.
    #[must_use]
    pub fn other_user(&self) -> Option<&User> {
        self.users()
            .find(|user| user.active && user.kind == UserKind::Other)
    }

    /// Returns all groups by identifier.
    pub fn groups(&self) -> impl Iterator<Item = &Group> {
        self.state.groups.values()
    }

    /// All groups, the one with the highest identifier first.
    pub(crate) fn newest_groups(&self) -> impl ExactSizeIterator<Item = &Group> {
        self.state.groups.values().rev()
    }

    /// Returns a group.
    #[must_use]
    pub fn group(&self, id: impl TryInto<u64>) -> Option<&Group> {
        let id = number(id);
        self.state.groups.get(&id)
    }

    /// Returns a group to change. Its owner is changed by [`Self::set_owner`], or its members no
    /// longer fit.
    pub fn group_mut(&mut self, id: impl TryInto<u64>) -> Option<&mut Group> {
        let id = number(id);
        self.state.group_mut(id)
    }

    /// Returns the first group that is in the list and that anybody may join.
    #[must_use]
    pub fn open_group(&self) -> Option<&Group> {
        self.groups()
            .find(|group| group.visible && group.opened && !group.closed)
    }

    /// Returns the first group that is in the list and that one joins by request.
    #[must_use]
    pub fn closed_group(&self) -> Option<&Group> {
        self.groups()
            .find(|group| group.visible && !group.opened && !group.closed)
    }

    /// Returns the first internal group that is in no list and that a user is not a member of. Ask for
    /// user 1 to get a group that even the administrator's lists leave out.
    #[must_use]
    pub fn secret_group(&self, user_id: impl TryInto<u64>) -> Option<&Group> {
        let user_id = number(user_id);
        let hidden = |group: &&Group| !group.visible && !group.is_extranet();
        self.groups()
            .filter(hidden)
            .find(|group| self.relation(group.id, user_id).is_none())
    }

    /// Returns the first archived group.
    #[must_use]
    pub fn archived_group(&self) -> Option<&Group> {
        self.groups().find(|group| group.closed)
    }

    /// Returns the first group that is open to external users.
    #[must_use]
    pub fn extranet_group(&self) -> Option<&Group> {
        self.groups().find(|group| group.is_extranet())
    }

    /// Returns the first group of a kind.
    #[must_use]
    pub fn group_of_kind(&self, kind: GroupKind) -> Option<&Group> {
        self.groups().find(|group| group.kind == kind)
    }

    /// Returns the members of a group: the owner, then the moderators, then the others.
    #[must_use]
    pub fn members(&self, group_id: impl TryInto<u64>) -> Vec<Relation> {
        let group_id = number(group_id);
        self.state.members(group_id)
    }

    /// Returns all relations of a group, with those who are invited or waiting.
    pub fn relations(&self, group_id: impl TryInto<u64>) -> impl Iterator<Item = &Relation> {
        let group_id = number(group_id);
        self.state.relations_of(group_id)
    }

    /// Returns how a user relates to a group.
    #[must_use]
    pub fn relation(
        &self,
        group_id: impl TryInto<u64>,
        user_id: impl TryInto<u64>,
    ) -> Option<&Relation> {
        let group_id = number(group_id);
        let user_id = number(user_id);
        self.state.relation(group_id, user_id)
    }

    /// Makes a user a member of a group in a role, past all checks. [`Role::Awaiting`] makes an
    /// invitation, [`Role::Owner`] hands the group over.
    pub fn set_member(
        &mut self,
        group_id: impl TryInto<u64>,
        user_id: impl TryInto<u64>,
        role: Role,
    ) {
        let group_id = number(group_id);
        let user_id = number(user_id);
        if !self.state.groups.contains_key(&group_id) || !self.state.users.contains_key(&user_id) {
            return;
        }
        match role {
            Role::Owner => self.state.set_owner(group_id, user_id),
            Role::Awaiting => {
                self.state
                    .relate(group_id, user_id, role, InitiatedBy::Group);
            }
            Role::Moderator | Role::Member => self.state.add_member(group_id, user_id, role),
        }
    }

    /// Hands a group over, past all checks.
    pub fn set_owner(&mut self, group_id: impl TryInto<u64>, user_id: impl TryInto<u64>) {
        let group_id = number(group_id);
        let user_id = number(user_id);
        self.set_member(group_id, user_id, Role::Owner);
    }

    /// Removes a user from a group, past all checks.
    pub fn remove_member(&mut self, group_id: impl TryInto<u64>, user_id: impl TryInto<u64>) {
        let group_id = number(group_id);
        let user_id = number(user_id);
        self.state.unrelate(group_id, user_id);
    }

    /// Returns how many times each method really executed: passed all checks and gave a result.
    /// Refused calls do not count. The names are in lower case.
    #[must_use]
    pub fn executed(&self) -> &BTreeMap<String, u64> {
        &self.rest.executed
    }

    /// Returns how many times a method really executed.
    #[must_use]
    pub fn executed_of(&self, method: &str) -> u64 {
        self.rest
            .executed
            .get(&method.to_ascii_lowercase())
            .copied()
            .unwrap_or_default()
    }

    /// Lets the storage fail once, in the next call of a method that gets as far as to write.
    ///
    /// `sonet_group.create`, `.update`, `.delete`, `.setowner` and `.user.request`, and most methods
    /// of scrums that write, then answer their own text (`Cannot update group` and so on) without
    /// executing. The pages of the other methods have no text for that, and they answer as
    /// [`Self::break_next`] says.
    pub fn fail_next(&mut self, method: &str) {
        self.rest.failures.add_to_storage(method);
    }

    /// Lets something else than the storage fail once, in the next call of a method, before it has
    /// looked at its parameters.
    ///
    /// Those methods of scrums answer `Unknown error` whose pages have it, and all others 500
    /// `INTERNAL_SERVER_ERROR`.
    pub fn break_next(&mut self, method: &str) {
        self.rest.failures.add_other(method);
    }

    /// Returns the rules that the portal plays by.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Returns the rules to change. They hold from the next request on.
    pub fn rules_mut(&mut self) -> &mut Rules {
        &mut self.rules
    }

    /// Turns the portal's clock ahead. Limits drain, codes and tokens expire, as if the time had
    /// passed.
    pub fn advance(&mut self, time: Duration) {
        self.skew += time;
    }

    /// Returns the path of a user's webhook, such as `/rest/1/secret/`.
    #[must_use]
    pub fn webhook_path(&self, user_id: impl TryInto<u64>) -> Option<String> {
        let user_id = number(user_id);
        self.rest.credentials.webhook_path(user_id)
    }

    /// Returns a long-lived access token of a user.
    #[must_use]
    pub fn token_of(&self, user_id: impl TryInto<u64>) -> Option<String> {
        let user_id = number(user_id);
        self.rest.credentials.token(user_id)
    }

    /// Makes another webhook of a user with these scopes only, and returns its path.
    pub fn webhook_path_with_scope(
        &mut self,
        user_id: impl TryInto<u64>,
        scopes: &[&str],
    ) -> Option<String> {
        let user_id = number(user_id);
        self.rest.credentials.add_webhook(user_id, scopes)
    }

    /// Makes another access token of a user with these scopes only.
    pub fn token_with_scope(
        &mut self,
        user_id: impl TryInto<u64>,
        scopes: &[&str],
    ) -> Option<String> {
        let user_id = number(user_id);
        self.rest.credentials.add_token(user_id, scopes)
    }

    fn is_plain_employee(user: &User) -> bool {
        user.active && !user.admin && user.kind == UserKind::Employee
    }
}
