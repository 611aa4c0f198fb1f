//! How often a call has failed.

use crate::RetryReason;

/// How often a call has failed for each reason, and in which attempt it did last.
#[derive(Debug, Default)]
pub(super) struct Failures(Vec<(RetryReason, u32, u32)>);

impl Failures {
    /// Counts a failure in this attempt: how often it has been for the same reason. Several commands that fail in one
    /// request are one.
    pub(super) fn count(&mut self, reason: RetryReason, attempt: u32) -> u32 {
        let mut failures = self.0.iter_mut();
        let Some((_, times, last)) = failures.find(|(other, ..)| *other == reason) else {
            self.0.push((reason, 1, attempt));
            return 1;
        };
        *times += u32::from(*last != attempt);
        *last = attempt;
        *times
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_counts_by_itself() {
        let mut failures = Failures::default();
        assert_eq!(failures.count(RetryReason::Rate, 1), 1);
        assert_eq!(failures.count(RetryReason::Lost, 2), 1);
        assert_eq!(failures.count(RetryReason::Rate, 3), 2);
        assert_eq!(failures.count(RetryReason::Lost, 4), 2);
    }

    #[test]
    fn commands_that_fail_in_one_request_are_one_failure() {
        let mut failures = Failures::default();
        assert_eq!(failures.count(RetryReason::Rate, 1), 1);
        assert_eq!(failures.count(RetryReason::Rate, 1), 1);
        assert_eq!(failures.count(RetryReason::Operating, 1), 1);
        assert_eq!(failures.count(RetryReason::Rate, 2), 2);
        assert_eq!(failures.count(RetryReason::Rate, 2), 2);
    }
}
