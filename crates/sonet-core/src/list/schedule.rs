//! Which pages a walk asks for next.

use serde_json::value::RawValue;

use super::cursor::Position;
use super::page_info::Proof;
use super::plan::{Plan, Way};
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

/// Says how many pages a walk asks for next, and whether they are counted.
#[derive(Debug)]
pub(super) struct Schedule {
    plan: Plan,
    count_mode: CountMode,
    eager: bool,
    stage: Stage,
}

/// How many pages the next request may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// It is the first one: one page, unless the walk is eager.
    First,
    /// As many as seem to be left.
    Further,
    /// One, whatever seems to be left.
    Alone,
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
            stage: Stage::First,
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

    /// Begins again with a first request.
    pub(super) fn restart(&mut self) {
        self.stage = Stage::First;
    }

    /// Goes on to the next request, after what the last one has proved.
    pub(super) fn proceed(&mut self, proof: Proof) {
        self.stage = match proof {
            Proof::Inconclusive => Stage::Alone,
            Proof::More | Proof::End => Stage::Further,
        };
    }

    /// The pages from a position on, of so many that seem to be left.
    pub(super) fn next(&self, at: Position, left: Option<usize>) -> Result<NextPages, Kind> {
        let counted = self.is_counted();
        Ok(match self.page_count(left) {
            1 => NextPages::One(self.plan.page(at, counted)?),
            pages => NextPages::Several(self.plan.pages(at, pages, counted)?),
        })
    }

    /// Whether the pages that are asked for next are counted. By offset they all are, since only that shows that the list
    /// changed.
    pub(super) fn is_counted(&self) -> bool {
        let is_wanted = match self.count_mode {
            CountMode::First => self.stage == Stage::First,
            CountMode::Every => true,
            CountMode::None => false,
        };
        is_wanted || self.plan.way == Way::ByOffset
    }

    /// How many pages to ask for: one at first, since most lists have no more, and then as many as seem to be left.
    fn page_count(&self, left: Option<usize>) -> usize {
        let is_single = match self.stage {
            Stage::First => !self.eager,
            Stage::Further => false,
            Stage::Alone => true,
        };
        if is_single || !self.plan.batches {
            return 1;
        }
        // Without a count, only a page that is short says that it is the last.
        let last = usize::from(!self.is_counted());
        left.map_or(COMMANDS, |pages| {
            pages.saturating_add(last).clamp(1, COMMANDS)
        })
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

    /// How many pages come next, where so many seem to be left.
    fn pages(schedule: &Schedule, left: Option<usize>) -> usize {
        match schedule.next(Position::Begin, left).unwrap() {
            NextPages::One(_) => 1,
            NextPages::Several(pages) => pages.len(),
        }
    }

    #[test]
    fn one_page_comes_first_and_then_all_that_seem_to_be_left() {
        let mut schedule = schedule(json!({}));
        assert_eq!(pages(&schedule, None), 1);
        assert!(schedule.is_counted());
        schedule.proceed(Proof::More);
        assert!(!schedule.is_counted());
        assert_eq!(pages(&schedule, Some(3)), 4, "one more to show the end");
        assert_eq!(pages(&schedule, Some(70)), 50);
        assert_eq!(pages(&schedule, None), 50);
        schedule.count_mode(CountMode::Every);
        assert_eq!(pages(&schedule, Some(3)), 3);
        schedule.restart();
        assert_eq!(pages(&schedule, Some(3)), 1);
    }

    #[test]
    fn an_eager_walk_begins_with_as_many_as_fit() {
        let mut schedule = schedule(json!({}));
        schedule.eager();
        assert_eq!(pages(&schedule, None), 50);
    }

    #[test]
    fn what_proved_nothing_is_followed_by_a_page_alone() {
        let mut schedule = schedule(json!({}));
        schedule.eager();
        schedule.proceed(Proof::Inconclusive);
        assert_eq!(pages(&schedule, Some(3)), 1);
        schedule.proceed(Proof::More);
        assert_eq!(pages(&schedule, Some(3)), 4);
    }

    #[test]
    fn what_no_batch_can_carry_goes_page_by_page() {
        let mut schedule = schedule(json!({ "filter": { "NAME": "$result[c0]" } }));
        schedule.eager();
        assert_eq!(pages(&schedule, None), 1);
    }

    #[test]
    fn every_page_by_offset_is_counted() {
        let mut by_name = schedule(json!({ "order": { "NAME": "ASC" } }));
        by_name.count_mode(CountMode::None);
        assert!(by_name.is_counted());
        let mut uncounted = schedule(json!({ "start": -1 }));
        assert!(!uncounted.is_counted());
        uncounted.proceed(Proof::More);
        assert!(!uncounted.is_counted());
    }
}
