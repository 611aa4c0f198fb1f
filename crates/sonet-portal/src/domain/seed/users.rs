//! The first users.

use super::Random;
use crate::domain::model::{User, UserKind};

const NAMES: [&str; 16] = [
    "Anna", "Boris", "Clara", "David", "Elena", "Felix", "Greta", "Hugo", "Irina", "Jonas",
    "Katya", "Léon", "Maria", "Nikolai", "Olga", "Пётр",
];

const LAST_NAMES: [&str; 14] = [
    "Abramov", "Becker", "Costa", "Dvořák", "Egorova", "Fischer", "Garcia", "Hansen", "Ivanov",
    "Jensen", "Kim", "Lopez", "Moreau", "Novak",
];

const POSITIONS: [&str; 5] = ["Analyst", "Designer", "Developer", "Manager", "Tester"];

/// Makes users 1 to `count`. The first six are one of each kind, the others mostly employees.
pub(crate) fn make(count: u64, random: &mut Random) -> impl Iterator<Item = User> + use<'_> {
    (1..=count).map(move |id| {
        let pick = |random: &mut Random, items: &[&str]| {
            random.pick(items).copied().unwrap_or_default().to_owned()
        };
        let (name, last_name) = (pick(random, &NAMES), pick(random, &LAST_NAMES));
        let position = pick(random, &POSITIONS);
        let kind = match id {
            4 => UserKind::Extranet,
            6 => UserKind::Other,
            1..=5 => UserKind::Employee,
            _ if random.one_in(8) => UserKind::Extranet,
            _ => UserKind::Employee,
        };
        User {
            id,
            name,
            last_name,
            position: if kind == UserKind::Employee {
                position
            } else {
                String::new()
            },
            kind,
            admin: id == 1,
            active: id != 5 && (id <= 6 || !random.one_in(10)),
            can_create_groups: id != 3 && kind != UserKind::Other,
        }
    })
}
