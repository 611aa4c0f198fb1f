//! Which pages a walk asks for next.

use serde_json::value::RawValue;

use super::cursor::Position;
use super::page_info::Proof;
use super::plan::{Counted, Pages, Plan, Way};
use crate::Paged;
use crate::batch::{COMMANDS, Query};
use crate::error::Kind;

/// Which pages the server counts all rows for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CountMode {
    /// Those of the first request: the total says how many pages to ask for.
    #[default]
    First,
    /// Every one, so that the last one says that it is the last.
    Every,
    /// None, which is the fastest on a portal with very many groups. The total stays unknown.
    None,
}

/// Says how many pages a request asks for, and which of them are counted.
#[derive(Debug)]
pub(super) struct Schedule {
    plan: Plan,
    count_mode: CountMode,
    eager: bool,
}

/// How many pages the next request may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// It is the first one: one page, unless the walk is eager.
    First,
    /// It is the first one of a walk with windows: the same, and the last page of the list, which shows how far that goes.
    Survey,
    /// It is the first one of a window: as many as its rows are likely to take.
    Window(usize),
    /// As many as seem to be left.
    Further,
    /// One, whatever seems to be left.
    Alone,
}

impl Stage {
    /// The stage after what a page has proved.
    pub(super) fn after(proof: Proof) -> Self {
        match proof {
            Proof::Inconclusive => Self::Alone,
            Proof::More | Proof::End => Self::Further,
        }
    }
}

/// What a request asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub(super) stage: Stage,
    pub(super) at: Position,
    /// The identifier of the last row that is asked for, where a window ends before the list does.
    pub(super) until: Option<i64>,
    /// How many pages seem to be left.
    pub(super) left: Option<usize>,
}

/// The parameters of the pages to ask for next.
#[derive(Debug)]
pub(super) enum NextPages {
    One(Box<RawValue>),
    Several(Vec<Query>),
}

impl Schedule {
    pub(super) fn of<M: Paged>(method: &M) -> Result<Self, Kind> {
        let plan = Plan::of(method)?;
        let count_mode = if plan.uncounted {
            CountMode::None
        } else if plan.can_skip_count() {
            CountMode::First
        } else {
            CountMode::Every
        };
        Ok(Self {
            plan,
            count_mode,
            eager: false,
        })
    }

    pub(super) fn way(&self) -> Way {
        self.plan.way
    }

    /// Lets the first request ask for as many pages as one can.
    pub(super) fn eager(&mut self) {
        self.eager = true;
    }

    /// Has no effect where the method always counts.
    pub(super) fn count_mode(&mut self, count_mode: CountMode) {
        if self.plan.can_skip_count() {
            self.count_mode = count_mode;
        }
    }

    /// Whether the list can be cut into windows by identifier.
    pub(super) fn has_windows(&self) -> bool {
        self.plan.has_windows()
    }

    /// The pages to ask for.
    pub(super) fn next(&self, wanted: &Wanted) -> Result<NextPages, Kind> {
        let pages = Pages {
            at: wanted.at,
            until: wanted.until,
            count: self.page_count(wanted),
            counted: self.counted(wanted.stage),
        };
        if wanted.stage == Stage::Survey {
            let mut queries = self.plan.pages(&pages)?;
            queries.push(self.plan.last_page()?);
            return Ok(NextPages::Several(queries));
        }
        Ok(match pages.count {
            1 => NextPages::One(self.plan.page(&pages)?),
            _ => NextPages::Several(self.plan.pages(&pages)?),
        })
    }

    /// Which pages of a request are counted. By offset they all are, since only that shows that the list changed.
    pub(super) fn counted(&self, stage: Stage) -> Counted {
        if self.plan.way == Way::ByOffset {
            return Counted::All;
        }
        match (self.count_mode, stage) {
            (CountMode::Every, _) | (CountMode::First, Stage::First) => Counted::All,
            (CountMode::First, Stage::Survey | Stage::Window(_)) => Counted::First,
            (CountMode::First, Stage::Further | Stage::Alone) | (CountMode::None, _) => {
                Counted::None
            }
        }
    }

    /// How many pages to ask for: one at first, since most lists have no more, and then as many as seem to be left.
    fn page_count(&self, wanted: &Wanted) -> usize {
        let is_single = match wanted.stage {
            Stage::First | Stage::Survey => !self.eager,
            Stage::Window(_) | Stage::Further => false,
            Stage::Alone => true,
        };
        if is_single || !self.plan.batches {
            return 1;
        }
        match wanted.stage {
            // The last page of the list goes with them.
            Stage::Survey => COMMANDS - 1,
            Stage::Window(pages) => pages.clamp(1, COMMANDS),
            stage => {
                // Without a count, only a page that is short says that it is the last.
                let last = usize::from(self.counted(stage) == Counted::None);
                wanted.left.map_or(COMMANDS, |pages| {
                    pages.saturating_add(last).clamp(1, COMMANDS)
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::numbers::Numbers;
    use super::*;

    fn schedule(params: serde_json::Value) -> Schedule {
        Schedule::of(&Numbers::new(params)).unwrap()
    }

    fn wanted(stage: Stage, left: Option<usize>) -> Wanted {
        Wanted {
            stage,
            at: Position::Begin,
            until: None,
            left,
        }
    }

    /// How many pages come next, where so many seem to be left.
    fn pages(schedule: &Schedule, stage: Stage, left: Option<usize>) -> usize {
        match schedule.next(&wanted(stage, left)).unwrap() {
            NextPages::One(_) => 1,
            NextPages::Several(pages) => pages.len(),
        }
    }

    #[test]
    fn one_page_comes_first_and_then_all_that_seem_to_be_left() {
        let mut schedule = schedule(json!({}));
        assert_eq!(pages(&schedule, Stage::First, None), 1);
        assert_eq!(schedule.counted(Stage::First), Counted::All);
        let further = Stage::after(Proof::More);
        assert_eq!(schedule.counted(further), Counted::None);
        assert_eq!(
            pages(&schedule, further, Some(3)),
            4,
            "one more to show the end"
        );
        assert_eq!(pages(&schedule, further, Some(70)), 50);
        assert_eq!(pages(&schedule, further, None), 50);
        schedule.count_mode(CountMode::Every);
        assert_eq!(pages(&schedule, further, Some(3)), 3);
    }

    #[test]
    fn an_eager_walk_begins_with_as_many_as_fit() {
        let mut schedule = schedule(json!({}));
        schedule.eager();
        assert_eq!(pages(&schedule, Stage::First, None), 50);
        assert_eq!(pages(&schedule, Stage::Survey, None), 50);
    }

    #[test]
    fn a_survey_asks_for_the_first_page_and_for_the_last() {
        let schedule = schedule(json!({}));
        assert_eq!(pages(&schedule, Stage::Survey, None), 2);
        assert_eq!(schedule.counted(Stage::Survey), Counted::First);
    }

    #[test]
    fn the_first_page_of_a_window_is_counted() {
        let mut schedule = schedule(json!({}));
        assert_eq!(pages(&schedule, Stage::Window(49), None), 49);
        assert_eq!(schedule.counted(Stage::Window(49)), Counted::First);
        schedule.count_mode(CountMode::None);
        assert_eq!(schedule.counted(Stage::Window(49)), Counted::None);
    }

    #[test]
    fn what_proved_nothing_is_followed_by_a_page_alone() {
        let mut schedule = schedule(json!({}));
        schedule.eager();
        assert_eq!(
            pages(&schedule, Stage::after(Proof::Inconclusive), Some(3)),
            1
        );
        assert_eq!(pages(&schedule, Stage::after(Proof::More), Some(3)), 4);
    }

    #[test]
    fn what_no_batch_can_carry_goes_page_by_page() {
        let mut schedule = schedule(json!({ "filter": { "NAME": "$result[c0]" } }));
        schedule.eager();
        assert_eq!(pages(&schedule, Stage::First, None), 1);
        assert!(!schedule.has_windows());
    }

    #[test]
    fn every_page_by_offset_is_counted() {
        let mut by_name = schedule(json!({ "order": { "NAME": "ASC" } }));
        by_name.count_mode(CountMode::None);
        assert_eq!(by_name.counted(Stage::Further), Counted::All);
        let uncounted = schedule(json!({ "start": -1 }));
        assert_eq!(uncounted.counted(Stage::First), Counted::None);
        assert_eq!(uncounted.counted(Stage::Further), Counted::None);
    }
}
