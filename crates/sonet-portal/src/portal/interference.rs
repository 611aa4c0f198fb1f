//! Changes to the portal past its methods, as another writer would make them.

use crate::domain::emoji;
use crate::domain::model::{Group, GroupKind, InitiatePerms, MAIN_SITE};
use crate::domain::number::number;
use crate::portal::Portal;

impl Portal {
    /// Deletes a group, past all checks; whether it was there.
    pub fn delete_group(&mut self, id: impl TryInto<u64>) -> bool {
        let id = number(id);
        let there = self.state.groups.contains_key(&id);
        self.state.remove_group(id);
        there
    }

    /// Makes a visible group that belongs to user 1, past all checks, and returns its identifier.
    /// Its dates are the newest group's.
    pub fn insert_group(&mut self, name: &str) -> u64 {
        let id = self.state.next_group_id();
        let newest = self.state.groups.values().next_back();
        let date = newest.map_or(0, |group| group.date_create);
        self.state.insert_group(Group {
            id,
            sites: vec![MAIN_SITE.to_owned()],
            subject_id: 1,
            name: emoji::stored(name, &self.rules),
            description: String::new(),
            keywords: String::new(),
            kind: GroupKind::Group,
            active: true,
            visible: true,
            opened: false,
            closed: false,
            date_create: date,
            date_update: date,
            date_activity: date,
            image: None,
            owner_id: 1,
            scrum_master_id: 0,
            initiate_perms: InitiatePerms::Members,
            project_date_start: None,
            project_date_finish: None,
            chat_id: 1_000 + id,
        });
        id
    }
}
