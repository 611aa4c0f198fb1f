//! A rule: which calls something happens to, and what.

use super::Fault;
use crate::domain::seed::Random;
use crate::portal::Portal;
use std::fmt;
use std::sync::Arc;

/// What another writer does to the portal.
pub(crate) type Hook = Arc<dyn Fn(&mut Portal) + Send + Sync>;

/// What happens, and when.
#[derive(Clone)]
pub(crate) enum Effect {
    Before(Fault),
    After(Fault),
    /// Another writer changes the data, as soon as the answer is made.
    Interfere(Hook),
}

/// Which calls it happens to.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    /// A method in lower case, or a path without the slashes around it; one `*` in it stands for
    /// anything.
    pub(super) pattern: String,
    /// Only this call of the ones that match, counted from 1.
    pub(super) nth: Option<u64>,
    /// Only each call whose number is a multiple of this.
    pub(super) every: Option<u64>,
    /// Only so many calls in a million.
    pub(super) chance: Option<u64>,
    /// How many times it may still happen.
    pub(super) budget: Option<u64>,
    pub(super) effect: Effect,
    /// How many calls have matched.
    pub(super) seen: u64,
}

/// A million, which chances are parts of.
pub(super) const WHOLE: u64 = 1_000_000;

impl Rule {
    pub(super) fn new(pattern: &str, effect: Effect) -> Self {
        Self {
            pattern: pattern.trim_matches('/').to_ascii_lowercase(),
            nth: None,
            every: None,
            chance: None,
            budget: None,
            effect,
            seen: 0,
        }
    }

    pub(super) fn matches(&self, name: &str) -> bool {
        match self.pattern.split_once('*') {
            Some((begin, end)) => name
                .strip_prefix(begin)
                .is_some_and(|rest| rest.ends_with(end)),
            None => name == self.pattern,
        }
    }

    /// Counts a call that matches; whether it is one of those that something happens to.
    pub(super) fn hits(&mut self, random: &mut Random) -> bool {
        self.seen += 1;
        let due = self.nth.is_none_or(|nth| nth == self.seen)
            && self.every.is_none_or(|every| self.seen % every.max(1) == 0);
        // The number is drawn in any case, so that one rule's budget doesn't shift the others' luck.
        let lucky = self
            .chance
            .is_none_or(|chance| random.below(WHOLE) < chance);
        due && lucky && self.budget != Some(0)
    }

    /// Notes that it has happened.
    pub(super) fn spend(&mut self) {
        if let Some(left) = &mut self.budget {
            *left = left.saturating_sub(1);
        }
    }
}

/// A share of a million for a probability from 0 to 1.
pub(super) fn share(chance: f64) -> u64 {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "it is between 0 and a million"
    )]
    let share = (chance.clamp(0.0, 1.0) * WHOLE as f64).round() as u64;
    share
}

impl fmt::Debug for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Before(fault) => write!(f, "Before({fault})"),
            Self::After(fault) => write!(f, "After({fault})"),
            Self::Interfere(_) => f.write_str("Interfere(…)"),
        }
    }
}
