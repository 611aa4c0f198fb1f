//! The operating time of one method for one application or webhook.

use crate::domain::dates;
use crate::rest::envelope::Operating;
use std::collections::VecDeque;
use std::time::{Duration, SystemTime};

/// How long a slot counts, from its first call on.
const WINDOW_SECONDS: i64 = 600;

/// What was spent within one minute.
#[derive(Debug, Clone, Copy)]
struct Slot {
    minute: i64,
    /// When the minute's first call was.
    began: i64,
    spent: Duration,
}

/// The slots of the last ten minutes, the oldest first.
#[derive(Debug, Clone, Default)]
pub(super) struct Window(VecDeque<Slot>);

impl Window {
    /// Adds a call, and tells what is there with it.
    pub(super) fn add(&mut self, took: Duration, now: SystemTime) -> Operating {
        self.forget(now);
        let began = dates::unix_seconds(now);
        let minute = began.div_euclid(60);
        match self.0.back_mut() {
            Some(last) if last.minute >= minute => last.spent += took,
            _ => self.0.push_back(Slot {
                minute,
                began,
                spent: took,
            }),
        }
        let oldest = self.0.front().map_or(began, |slot| slot.began);
        Operating {
            spent: self.total(),
            reset_at: oldest + WINDOW_SECONDS,
        }
    }

    /// What was spent in the last ten minutes.
    pub(super) fn sum(&mut self, now: SystemTime) -> Duration {
        self.forget(now);
        self.total()
    }

    fn total(&self) -> Duration {
        self.0.iter().map(|slot| slot.spent).sum()
    }

    fn forget(&mut self, now: SystemTime) {
        let now = dates::unix_seconds(now);
        self.0
            .retain(|slot| slot.began.saturating_add(WINDOW_SECONDS) > now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::UNIX_EPOCH;

    /// A whole minute.
    const START: u64 = 1_773_921_600;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(START + seconds)
    }

    fn add(window: &mut Window, seconds: u64, took: u64) -> (u64, u64) {
        let operating = window.add(Duration::from_secs(took), at(seconds));
        let reset_at = u64::try_from(operating.reset_at).unwrap();
        (operating.spent.as_secs(), reset_at - START)
    }

    #[test]
    fn a_slot_leaves_ten_minutes_after_its_first_call() {
        let mut window = Window::default();
        assert_eq!(add(&mut window, 20, 10), (10, 620));
        assert_eq!(add(&mut window, 50, 10), (20, 620), "the same minute");
        assert_eq!(add(&mut window, 60, 5), (25, 620), "the next one");
        assert_eq!(add(&mut window, 619, 1), (26, 620));
        assert_eq!(add(&mut window, 620, 0), (6, 660), "only the oldest leaves");
        assert_eq!(window.sum(at(660)).as_secs(), 1);
        assert_eq!(window.sum(at(1_219)), Duration::ZERO);
    }
}
