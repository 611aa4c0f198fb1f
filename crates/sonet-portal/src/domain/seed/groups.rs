//! The first groups, and who is in them.

use super::Random;
use crate::domain::model::{
    EXTRANET_SITE, Group, GroupKind, Image, InitiatePerms, InitiatedBy, MAIN_SITE, Role, User,
    UserKind,
};
use crate::domain::state::State;

const TOPICS: [&str; 20] = [
    "Accounting",
    "Brand book",
    "Customer care",
    "Data platform",
    "Events",
    "Field sales",
    "Growth",
    "Hiring",
    "Intranet",
    "Joint purchases",
    "Knowledge base",
    "Legal",
    "Mobile app",
    "Newsletter",
    "Onboarding",
    "Partners",
    "Quality",
    "Research",
    "Support",
    "Встречи",
];

const TEAMS: [&str; 6] = ["", " Berlin", " 2025", " Pro", " & Co", " / EMEA"];

/// The first group's birth: 15 January 2025.
const FIRST_DAY: i64 = 1_736_931_600;

/// All groups are made within this time, one after another.
const YEAR: i64 = 365 * DAY;

const HOUR: i64 = 3_600;

const DAY: i64 = 24 * HOUR;

/// After how many groups the kinds repeat.
const CYCLE: u64 = 12;

/// Whether neither the administrator nor the first employee ever gets into a group, so that there
/// is always a group which they don't see in lists.
fn is_conspiracy(n: u64) -> bool {
    n % CYCLE == 2
}

/// Adds groups to users.
pub(crate) fn fill(state: &mut State, count: u64, random: &mut Random) {
    let mut id = 0;
    for n in 0..count {
        // Real portals have deleted groups, and a client must not count on an unbroken sequence.
        id += 1 + random.below(3);
        let born = FIRST_DAY + YEAR / i64_of(count) * i64_of(n);
        let mut group = make(state, id, n, born, random);
        if n % 10 == 9 {
            let namesake = state
                .groups
                .values()
                .rev()
                .nth(2)
                .map(|group| group.name.clone());
            group.name = namesake.unwrap_or(group.name);
        }
        let candidates = candidates(state, n, group.is_extranet());
        state.insert_group(group);
        join(state, id, &candidates, random);
    }
}

fn make(state: &State, id: u64, n: u64, born: i64, random: &mut Random) -> Group {
    let kind = match n % CYCLE {
        3 | 7 | 9 => GroupKind::Project,
        4 => GroupKind::Scrum,
        _ => GroupKind::Group,
    };
    let extranet = n % CYCLE == 6;
    let topic = random.pick(&TOPICS).copied().unwrap_or_default();
    let team = random.pick(&TEAMS).copied().unwrap_or_default();
    let employees = employees(state, n);
    let owner_id = random.pick(&employees).copied().unwrap_or(1);
    let master = random.pick(&employees).copied().unwrap_or(1);
    let date_create = born + i64_of(random.below(8)) * HOUR;
    let date_update = date_create + i64_of(random.below(20)) * DAY;
    Group {
        id,
        sites: vec![(if extranet { EXTRANET_SITE } else { MAIN_SITE }).to_owned()],
        subject_id: if kind == GroupKind::Project { 2 } else { 1 },
        name: format!("{topic}{team}"),
        description: if n % 3 == 0 {
            format!("All about {topic}.\r\nWelcome!")
        } else {
            String::new()
        },
        keywords: if n % 4 == 2 {
            format!("{}, group", topic.to_lowercase())
        } else {
            String::new()
        },
        kind,
        active: n % 24 != 11,
        visible: !matches!(n % CYCLE, 2 | 6 | 9),
        opened: matches!(n % CYCLE, 0 | 7),
        closed: n % CYCLE == 5,
        date_create,
        date_update,
        date_activity: date_update + i64_of(random.below(72)) * HOUR,
        image: (n % CYCLE == 10).then(|| Image {
            id: 700 + n,
            name: format!("avatar{n}.png"),
            content: None,
        }),
        owner_id,
        scrum_master_id: if kind == GroupKind::Scrum { master } else { 0 },
        initiate_perms: match n % 5 {
            3 => InitiatePerms::Owner,
            1 => InitiatePerms::Moderators,
            _ => InitiatePerms::Members,
        },
        project_date_start: (n % CYCLE == 3).then_some(date_create + DAY),
        project_date_finish: (n % CYCLE == 3).then_some(date_create + 90 * DAY),
        chat_id: if n % 7 == 5 { 0 } else { 1_000 + id },
    }
}

/// Lets users join: a few moderators, members of all kinds, and some who wait.
fn join(state: &mut State, group_id: u64, candidates: &[u64], random: &mut Random) {
    for _ in 0..2 + random.below(9) {
        let Some(user_id) = random.pick(candidates).copied() else {
            break;
        };
        let (role, by) = match random.below(8) {
            0 => (Role::Moderator, InitiatedBy::Group),
            1 => (Role::Awaiting, InitiatedBy::Group),
            2 => (Role::Awaiting, InitiatedBy::User),
            3 => (Role::Member, InitiatedBy::User),
            _ => (Role::Member, InitiatedBy::Group),
        };
        if state.relation(group_id, user_id).is_none() {
            state.relate(group_id, user_id, role, by);
        }
    }
}

/// Who may get into a group, the dismissed included: they were there once.
fn candidates(state: &State, n: u64, extranet: bool) -> Vec<u64> {
    let fit = |user: &&User| {
        user.kind != UserKind::Other && (extranet || !user.is_extranet()) && is_admitted(user, n)
    };
    state
        .users
        .values()
        .filter(fit)
        .map(|user| user.id)
        .collect()
}

/// Who may own a group from the start.
fn employees(state: &State, n: u64) -> Vec<u64> {
    let fit = |user: &&User| user.active && user.kind == UserKind::Employee && is_admitted(user, n);
    state
        .users
        .values()
        .filter(fit)
        .map(|user| user.id)
        .collect()
}

fn is_admitted(user: &User, n: u64) -> bool {
    !is_conspiracy(n) || user.id > 2
}

fn i64_of(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
