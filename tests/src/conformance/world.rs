//! A portal of one scenario, and those who act in it.

use sonet_portal::{Group, InitiatedBy, Portal, Relation, Role, Rules, Server, User, UserKind};
use sonet_types::{GroupId, UserId};

use super::caller::Caller;

/// A number that nothing in a portal has.
pub(super) const NOTHING: i64 = 999_999;

/// A running portal, spoken about in the client's identifiers.
///
/// Its accessors copy out what they find, so that no lock is held while a client calls.
pub(super) struct World {
    server: Server,
}

impl World {
    /// 40 groups and 20 users: one list page, and every kind of both.
    pub(super) fn new() -> Self {
        Self::with(40, 20)
    }

    pub(super) fn with(groups: u64, users: u64) -> Self {
        let portal = Portal::builder().groups(groups).users(users);
        Self {
            server: portal.start().unwrap(),
        }
    }

    pub(super) fn server(&self) -> &Server {
        &self.server
    }

    // Clients.

    /// A client with a user's webhook.
    pub(super) fn client<C: Caller>(&self, user: UserId) -> C {
        C::webhook(&self.webhook(user)).unwrap()
    }

    /// A client of the administrator.
    pub(super) fn admin_client<C: Caller>(&self) -> C {
        self.client(self.admin())
    }

    pub(super) fn webhook(&self, user: UserId) -> String {
        self.server.webhook_of(user).unwrap()
    }

    pub(super) fn token(&self, user: UserId) -> String {
        self.server.token_of(user).unwrap()
    }

    // Users.

    pub(super) fn admin(&self) -> UserId {
        self.find_user("an administrator", |user| user.admin)
    }

    /// An employee who may create groups.
    pub(super) fn employee(&self) -> UserId {
        self.find_user("an employee", |user| {
            is_employee(user) && user.can_create_groups
        })
    }

    pub(super) fn employee_without_create_right(&self) -> UserId {
        self.find_user("an employee without the right", |user| {
            is_employee(user) && !user.can_create_groups
        })
    }

    pub(super) fn extranet_user(&self) -> UserId {
        self.find_user("an extranet user", |user| {
            user.active && user.kind == UserKind::Extranet
        })
    }

    pub(super) fn dismissed_user(&self) -> UserId {
        self.find_user("a dismissed user", |user| !user.active)
    }

    /// A user who is neither an employee nor external, and can't be added.
    pub(super) fn mail_user(&self) -> UserId {
        self.find_user("another user", |user| {
            user.active && user.kind == UserKind::Other
        })
    }

    /// Active employees, no administrators, who have nothing to do with a group.
    pub(super) fn strangers(&self, group: GroupId) -> Vec<UserId> {
        let related: Vec<u64> = self.relations(group).iter().map(|r| r.user_id).collect();
        let strangers: Vec<UserId> = self
            .users()
            .iter()
            .filter(|user| is_employee(user) && !related.contains(&user.id))
            .map(|user| user_id(user.id))
            .collect();
        assert!(!strangers.is_empty(), "group {group} has no strangers");
        strangers
    }

    pub(super) fn stranger(&self, group: GroupId) -> UserId {
        self.strangers(group)[0]
    }

    /// An active employee, no administrator, whom this makes a member in a role.
    pub(super) fn member(&self, group: GroupId, role: Role) -> UserId {
        let user = self.stranger(group);
        self.relate(group, user, role);
        user
    }

    pub(super) fn users(&self) -> Vec<User> {
        self.server.with(|portal| portal.users().cloned().collect())
    }

    pub(super) fn user(&self, user: UserId) -> User {
        self.server
            .with(|portal| portal.user(user).cloned())
            .unwrap()
    }

    fn find_user(&self, what: &str, wanted: impl Fn(&User) -> bool) -> UserId {
        let found = self.users().into_iter().find(wanted);
        user_id(found.unwrap_or_else(|| panic!("no {what} here")).id)
    }

    // Groups.

    pub(super) fn groups(&self) -> Vec<Group> {
        self.server
            .with(|portal| portal.groups().cloned().collect())
    }

    /// A group as the portal has it.
    pub(super) fn group(&self, group: GroupId) -> Group {
        self.existing(group)
            .unwrap_or_else(|| panic!("there is no group {group}"))
    }

    pub(super) fn existing(&self, group: GroupId) -> Option<Group> {
        self.server.with(|portal| portal.group(group).cloned())
    }

    /// The first group of this kind.
    pub(super) fn find_group(&self, wanted: impl Fn(&Group) -> bool) -> GroupId {
        let found = self.groups().into_iter().find(wanted);
        group_id(found.unwrap().id)
    }

    /// A group that is in the list and that anybody may join.
    pub(super) fn open_group(&self) -> GroupId {
        self.find_group(|group| group.visible && group.opened)
    }

    /// A group that is in the list and that one joins by request.
    pub(super) fn closed_group(&self) -> GroupId {
        self.find_group(|group| group.visible && !group.opened && !group.closed)
    }

    /// A group that is in no list, and that even the administrator is no member of.
    pub(super) fn secret_group(&self) -> GroupId {
        let admin = self.admin();
        self.find_group(|group| {
            !group.visible
                && !group.is_extranet()
                && self.relation(group_id(group.id), admin).is_none()
        })
    }

    /// A number that no group has.
    pub(super) fn no_group(&self) -> GroupId {
        group_id(self.groups().iter().map(|group| group.id).max().unwrap() + 1000)
    }

    pub(super) fn owner(&self, group: GroupId) -> UserId {
        user_id(self.group(group).owner_id)
    }

    /// Gives a group an owner who is an active employee and no administrator.
    pub(super) fn plain_owner(&self, group: GroupId) -> UserId {
        self.member(group, Role::Owner)
    }

    pub(super) fn change_group(&self, group: GroupId, change: impl FnOnce(&mut Group)) {
        self.server
            .with(|portal| change(portal.group_mut(group).unwrap()));
    }

    // Relations.

    /// Makes a user a member, past all checks.
    pub(super) fn relate(&self, group: GroupId, user: UserId, role: Role) {
        self.server
            .with(|portal| portal.set_member(group, user, role));
    }

    pub(super) fn relation(&self, group: GroupId, user: UserId) -> Option<(Role, InitiatedBy)> {
        let relation = self
            .server
            .with(|portal| portal.relation(group, user).copied());
        relation.map(|relation| (relation.role, relation.initiated_by))
    }

    pub(super) fn role(&self, group: GroupId, user: UserId) -> Option<Role> {
        self.relation(group, user).map(|(role, _)| role)
    }

    pub(super) fn relations(&self, group: GroupId) -> Vec<Relation> {
        self.server
            .with(|portal| portal.relations(group).copied().collect())
    }

    /// The members of a group with these roles.
    pub(super) fn users_with(
        &self,
        group: GroupId,
        wanted: impl Fn(Role, InitiatedBy) -> bool,
    ) -> Vec<UserId> {
        self.relations(group)
            .iter()
            .filter(|relation| wanted(relation.role, relation.initiated_by))
            .map(|relation| user_id(relation.user_id))
            .collect()
    }

    // What happened.

    /// How many times a method really executed.
    pub(super) fn executed(&self, method: &str) -> u64 {
        self.server.with(|portal| portal.executed_of(method))
    }

    /// How many calls really executed, of whatever method.
    pub(super) fn executed_in_all(&self) -> u64 {
        self.server.with(|portal| portal.executed().values().sum())
    }

    /// The requests that reached the server, by their methods and the statuses of its answers.
    pub(super) fn requests(&self) -> Vec<(String, u16)> {
        let entries = self.server.log().into_iter();
        entries.map(|entry| (entry.method, entry.status)).collect()
    }

    /// Changes the rules that the portal plays by.
    pub(super) fn rule(&self, change: impl FnOnce(&mut Rules)) {
        self.server.with(|portal| change(portal.rules_mut()));
    }

    /// Lets the storage fail in a method's next call.
    pub(super) fn fail_next(&self, method: &str) {
        self.server.with(|portal| portal.fail_next(method));
    }

    /// Lets something else go wrong in a method's next call.
    pub(super) fn break_next(&self, method: &str) {
        self.server.with(|portal| portal.break_next(method));
    }

    /// Everything that the portal keeps, to see whether a call changed anything.
    pub(super) fn picture(&self) -> String {
        self.server.with(|portal| {
            let groups: Vec<_> = portal.groups().collect();
            let relations: Vec<_> = groups
                .iter()
                .flat_map(|group| portal.relations(group.id))
                .collect();
            let users: Vec<_> = portal.users().collect();
            let backlogs: Vec<_> = portal.backlogs().collect();
            let sprints: Vec<_> = portal.sprints().collect();
            let epics: Vec<_> = portal.epics().collect();
            let stages: Vec<_> = portal.all_stages().collect();
            let tasks: Vec<_> = portal.tasks().collect();
            let cards: Vec<_> = portal.task_cards().collect();
            let posts: Vec<_> = portal.posts().collect();
            let comments: Vec<_> = portal.comments().collect();
            let scrum = (backlogs, sprints, epics, stages, tasks, cards);
            format!("{groups:?}\n{relations:?}\n{users:?}\n{scrum:?}\n{posts:?}\n{comments:?}")
        })
    }
}

fn is_employee(user: &User) -> bool {
    user.active && !user.admin && user.kind == UserKind::Employee
}

pub(super) fn group_id(number: u64) -> GroupId {
    GroupId::from(i64::try_from(number).unwrap())
}

pub(super) fn user_id(number: u64) -> UserId {
    UserId::from(i64::try_from(number).unwrap())
}

/// The portal's number of an identifier.
pub(super) fn number(id: impl Into<i64>) -> u64 {
    u64::try_from(id.into()).unwrap()
}
