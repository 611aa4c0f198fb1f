//! The groups and who is in them.

use super::html::{self, Text};
use crate::domain::dates;
use crate::domain::model::{Group, Relation, Role};
use crate::portal::Portal;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How many groups, and how many users, are shown at once.
pub(super) const ROWS: usize = 50;

/// How many members of one group are shown.
const MEMBERS: usize = 100;

pub(super) struct View {
    pub(super) total: u64,
    pub(super) users: u64,
    offset: usize,
    rows: Vec<(Group, Vec<Relation>, usize)>,
    /// Of those who are members of the groups that are shown.
    names: BTreeMap<u64, String>,
}

impl View {
    pub(super) fn of(portal: &Portal, offset: usize) -> Self {
        let newest = portal.newest_groups();
        let total = newest.len() as u64;
        let rows: Vec<_> = newest
            .skip(offset)
            .take(ROWS)
            .map(|group| {
                let mut relations: Vec<Relation> = portal.relations(group.id).copied().collect();
                relations.sort_by_key(|own| (own.role, own.user_id));
                let all = relations.len();
                relations.truncate(MEMBERS);
                (group.clone(), relations, all)
            })
            .collect();
        let shown = rows.iter().flat_map(|(_, relations, _)| relations);
        let names = shown
            .filter_map(|own| Some((own.user_id, portal.user(own.user_id)?.formatted_name())))
            .collect();
        Self {
            total,
            users: portal.users().count() as u64,
            offset,
            rows,
            names,
        }
    }

    pub(super) fn print(&self) -> String {
        let mut rows = String::new();
        for (group, relations, all) in &self.rows {
            self.row(&mut rows, group, relations, *all);
        }
        let links = self.links();
        format!(
            "<section><h2 id=groups>Groups</h2>{links}<table><tr><th class=n>ID<th>Name<th>Kind<th>\
             <th>Updated<th>Members{rows}</table>{links}</section>\n"
        )
    }

    fn row(&self, out: &mut String, group: &Group, relations: &[Relation], all: usize) {
        let marks = [
            (!group.visible, "secret"),
            (group.opened, "open"),
            (group.closed, "archived"),
            (!group.active, "inactive"),
            (group.is_extranet(), "extranet"),
        ];
        let mut members = String::new();
        for own in relations {
            let role = match own.role {
                Role::Owner => "owner",
                Role::Moderator => "moderator",
                Role::Member => "",
                Role::Awaiting if own.initiated_by.code() == "U" => "asks to join",
                Role::Awaiting => "invited",
            };
            let name = self.names.get(&own.user_id).map_or("", String::as_str);
            let _ = write!(
                members,
                "<li value={}>{} {}",
                own.user_id,
                Text(name),
                html::marks(&[(!role.is_empty(), role)])
            );
        }
        let updated = dates::iso(group.date_update);
        let count = if all > relations.len() {
            format!("{all}, the first {} below", relations.len())
        } else {
            all.to_string()
        };
        let _ = write!(
            out,
            "<tr><td class=n>{id}<td class=w>{name}<td>{kind}<td>{marks}<td>{updated}\
             <td><details id=group{id}><summary>{count}</summary><ol>{members}</ol></details>",
            id = group.id,
            name = Text(&group.name),
            kind = group.kind.code(),
            marks = html::marks(&marks),
            updated = updated.get(..10).unwrap_or_default(),
        );
    }

    /// The way to the other groups, if there are more.
    fn links(&self) -> String {
        let total = usize::try_from(self.total).unwrap_or(usize::MAX);
        if total <= ROWS && self.offset == 0 {
            return String::new();
        }
        let link = |offset: Option<usize>, word: &str| match offset {
            Some(offset) => format!("<a href=\"/?groups={offset}#groups\">{word}</a> "),
            None => String::new(),
        };
        let newer = (self.offset > 0).then(|| self.offset.saturating_sub(ROWS));
        let next = self.offset.saturating_add(ROWS);
        format!(
            "<p class=quiet>{} of {total} groups, the newest first. {}{}</p>",
            self.rows.len(),
            link(newer, "Newer"),
            link((next < total).then_some(next), "Older")
        )
    }
}
