//! The first users.

use super::Random;
use crate::domain::model::{Profile, User, UserKind};

const NAMES: [&str; 16] = [
    "Anna", "Boris", "Clara", "David", "Elena", "Felix", "Greta", "Hugo", "Irina", "Jonas",
    "Katya", "Léon", "Maria", "Nikolai", "Olga", "Пётр",
];

const LAST_NAMES: [&str; 14] = [
    "Abramov", "Becker", "Costa", "Dvořák", "Egorova", "Fischer", "Garcia", "Hansen", "Ivanov",
    "Jensen", "Kim", "Lopez", "Moreau", "Novak",
];

const CITIES: [&str; 4] = ["Berlin", "London", "New York", "Łódź"];

/// When the first user was registered: 24 August 2023.
const FOUNDED: i64 = 1_692_828_000;

const DAY: i64 = 24 * 3_600;

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
            profile: profile(id, kind),
        }
    })
}

/// What else is told of a user. It is counted and not drawn, so that names stay as they were before
/// there was more in users.
fn profile(id: u64, kind: UserKind) -> Profile {
    let days = i64::try_from(id).unwrap_or_default();
    let number = usize::try_from(id).unwrap_or_default();
    let employee = kind == UserKind::Employee;
    // The first five employees stand above all departments.
    let department = if id <= 5 { 1 } else { id % 3 + 1 };
    Profile {
        email: format!("user{id}@example.com"),
        second_name: (id % 4 == 1).then(|| "Lee".to_owned()),
        gender: ["", "F", "M"][number % 3].to_owned(),
        birthday: (id % 2 == 1).then_some(days * 97 * DAY),
        city: (id % 3 != 2).then(|| CITIES[number % CITIES.len()].to_owned()),
        mobile: (id % 5 == 1).then(|| format!("+1 555 01{id:02}")),
        work_phone: (employee && id % 5 == 2).then(|| format!("+1 555 02{id:02}")),
        departments: if employee {
            vec![department]
        } else {
            Vec::new()
        },
        employed: (employee && id % 2 == 0).then_some(FOUNDED + days * DAY),
        registered: FOUNDED + days * DAY,
        last_seen: (id % 6 != 5).then_some(FOUNDED + (days + 300) * DAY),
        online: id % 3 == 2,
    }
}
