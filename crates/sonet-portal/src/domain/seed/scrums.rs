//! What the first scrums have.

use super::Random;
use crate::domain::model::{EPIC_COLOR, Epic, Role, Sprint, SprintStatus};
use crate::domain::state::State;

const EPICS: [&str; 4] = ["Payments", "Search", "Onboarding", "Отчёты"];

const POINTS: [&str; 7] = ["", "1", "2", "3", "5", "8", "XL"];

const DAY: i64 = 24 * 3_600;

/// Fills the first four scrums, each in its own way, and leaves the others as they were made:
///
/// 1. everything: a completed, an active and two planned sprints, epics, a backlog with tasks;
/// 2. a planned sprint and a backlog with tasks, but nothing that runs;
/// 3. no backlog, but a task of the group that waits for one;
/// 4. an empty backlog.
///
/// Each of the first three has a task that isn't in the scrum.
pub(super) fn fill(state: &mut State, random: &mut Random) {
    let groups = state.groups.values();
    let scrums: Vec<u64> = groups
        .filter(|group| group.scrum_master_id != 0)
        .map(|group| group.id)
        .collect();
    for (n, group_id) in scrums.into_iter().take(4).enumerate() {
        let mut scrum = Seeding::new(state, group_id, random);
        if n != 2 {
            scrum.backlog();
        }
        match n {
            0 => scrum.fill_all(),
            1 => scrum.fill_some(),
            _ => {}
        }
        if n < 3 {
            scrum.task(None);
        }
    }
}

/// One scrum that is filled.
struct Seeding<'a> {
    state: &'a mut State,
    random: &'a mut Random,
    group_id: u64,
    /// Who is in it, the owner first.
    team: Vec<u64>,
    born: i64,
    epics: Vec<u64>,
}

impl<'a> Seeding<'a> {
    fn new(state: &'a mut State, group_id: u64, random: &'a mut Random) -> Self {
        let members = state.members(group_id);
        let team = members.iter().filter(|own| own.role <= Role::Member);
        let team = team.map(|own| own.user_id).collect();
        let group = state.groups.get(&group_id);
        Self {
            group_id,
            team,
            born: group.map_or(0, |group| group.date_create),
            epics: Vec::new(),
            state,
            random,
        }
    }

    fn fill_all(&mut self) {
        for name in EPICS.iter().take(3) {
            self.epic(name);
        }
        let done = self.sprint(1, SprintStatus::Active);
        for _ in 0..3 {
            let task = self.task(Some(done));
            self.finish(task, done);
        }
        self.state.scrum.set_status(done, SprintStatus::Completed);
        let active = self.sprint(2, SprintStatus::Active);
        for n in 0..5 {
            let task = self.task(Some(active));
            if n == 4 {
                self.finish(task, active);
            }
        }
        let planned = self.sprint(3, SprintStatus::Planned);
        for _ in 0..2 {
            self.task(Some(planned));
        }
        self.sprint(4, SprintStatus::Planned);
        self.wait(4);
    }

    fn fill_some(&mut self) {
        self.epic(EPICS[3]);
        let planned = self.sprint(1, SprintStatus::Planned);
        self.task(Some(planned));
        self.wait(2);
    }

    fn owner(&self) -> u64 {
        self.team.first().copied().unwrap_or(1)
    }

    fn backlog(&mut self) {
        let owner = self.owner();
        self.state.scrum.add_backlog(self.group_id, owner);
    }

    fn epic(&mut self, name: &str) {
        let owner = self.owner();
        let epic = self.state.scrum.add_epic(Epic {
            id: 0,
            group_id: self.group_id,
            name: name.to_owned(),
            description: format!("All that belongs to {name}."),
            created_by: owner,
            modified_by: 0,
            color: EPIC_COLOR.to_owned(),
            files: Vec::new(),
        });
        self.epics.push(epic.id);
    }

    fn sprint(&mut self, number: i64, status: SprintStatus) -> u64 {
        let owner = self.owner();
        let date_start = self.born + (number - 1) * 14 * DAY;
        let sprint = self.state.scrum.add_sprint(Sprint {
            id: 0,
            group_id: self.group_id,
            name: format!("Sprint {number}"),
            goal: if status == SprintStatus::Planned {
                String::new()
            } else {
                format!("Goal {number}")
            },
            sort: number,
            created_by: owner,
            modified_by: owner,
            date_start,
            date_end: date_start + 14 * DAY,
            status,
        });
        sprint.id
    }

    /// Puts some tasks into the backlog.
    fn wait(&mut self, count: u64) {
        let backlog = self.state.scrum.backlog_of(self.group_id);
        let id = backlog.map(|own| own.id);
        for _ in 0..count {
            self.task(id);
        }
    }

    /// Makes a task in a backlog or sprint, or in none.
    fn task(&mut self, entity_id: Option<u64>) -> u64 {
        let owner = self.owner();
        let author = self.random.pick(&self.team).copied().unwrap_or(owner);
        let points = self.random.pick(&POINTS).copied().unwrap_or_default();
        let epic = self.random.pick(&self.epics).copied().unwrap_or_default();
        let id = self.state.scrum.add_task(self.group_id, author);
        let Some(entity_id) = entity_id else {
            return id;
        };
        let before = self.state.scrum.tasks_in(entity_id).count();
        if let Some(task) = self.state.scrum.tasks.get_mut(&id) {
            points.clone_into(&mut task.story_points);
            task.epic_id = epic;
            task.sort = i64::try_from(before).unwrap_or_default() + 1;
        }
        self.state.scrum.move_task(id, entity_id);
        id
    }

    /// Puts a task on the last stage of a sprint.
    fn finish(&mut self, task_id: u64, sprint_id: u64) {
        let stages = self.state.scrum.stages_of(sprint_id);
        let last = stages.last().map(|stage| stage.id);
        if let Some(task) = self.state.scrum.tasks.get_mut(&task_id) {
            task.stage_id = last;
            task.completed = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::model::SprintStatus::{Active, Completed, Planned};
    use crate::domain::seed;

    #[test]
    fn the_first_scrums_differ() {
        let state = seed::state(60, 20, 1);
        let scrum = &state.scrum;
        let groups = state.groups.values().filter(|g| g.scrum_master_id != 0);
        let groups: Vec<u64> = groups.map(|group| group.id).collect();
        let sprints = |group: u64| {
            let own = scrum.sprints.values().filter(|own| own.group_id == group);
            own.map(|sprint| sprint.status).collect::<Vec<_>>()
        };
        assert_eq!(sprints(groups[0]), [Completed, Active, Planned, Planned]);
        assert_eq!(sprints(groups[1]), [Planned]);
        let backlogs = groups.iter().map(|id| scrum.backlog_of(*id).is_some());
        assert_eq!(
            backlogs.collect::<Vec<_>>(),
            [true, true, false, true, false]
        );
        for group in &groups[..3] {
            let loose = scrum.tasks.values().filter(|task| task.entity_id.is_none());
            assert_eq!(loose.filter(|task| task.group_id == *group).count(), 1);
        }
        let active = scrum.active_sprint(groups[0]).unwrap();
        assert_eq!(scrum.stages_of(active.id).len(), 3);
        assert!(
            scrum
                .tasks_in(active.id)
                .all(|task| task.stage_id.is_some())
        );
        assert_eq!(scrum.epics.len(), 4);
    }
}
