//! The requests of a call, and what is known of them.

use std::time::Instant;

use crate::answer_headers::AnswerHeaders;

/// The requests of a call, and what is known of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attempts {
    /// How many were sent.
    pub(crate) count: u32,
    /// When the first request left that may have run.
    pub(crate) first_sent: Option<Instant>,
    /// When the last request that may have run was answered or given up: nothing of it reaches the server any more.
    pub(crate) ended: Option<Instant>,
    /// Whether an attempt before the last one may have run.
    pub(crate) may_have_run: bool,
    /// Whether an error of the call shows in its `Debug` what could not be read:
    /// [`Config::debug_excerpts`](crate::Config::debug_excerpts).
    pub(crate) shows_excerpts: bool,
    /// Whether the call only reads: nobody asks then whether it ran.
    pub(crate) only_reads: bool,
    /// The headers of the answer to the last request.
    pub(crate) headers: AnswerHeaders,
}

impl Attempts {
    /// Counts a request that leaves now.
    pub(crate) fn begin(&mut self, now: Instant) {
        self.count += 1;
        self.headers = AnswerHeaders::default();
        if !self.may_have_run {
            self.first_sent = Some(now);
        }
    }

    /// Notes that the last request was answered or given up now, and may have run.
    pub(crate) fn end(&mut self, now: Instant) {
        self.ended = Some(now);
    }

    /// The same, with the last request answered now.
    pub(crate) fn ended(self, now: Instant) -> Self {
        Self {
            ended: Some(now),
            ..self
        }
    }

    /// The same, of a call that had been made before: what is known of both.
    pub(crate) fn after(self, before: &Self) -> Self {
        Self {
            count: before.count + self.count,
            first_sent: if before.may_have_run {
                before.first_sent
            } else {
                self.first_sent
            },
            ended: self.ended.max(before.ended),
            may_have_run: before.may_have_run || self.may_have_run,
            shows_excerpts: self.shows_excerpts,
            only_reads: self.only_reads,
            headers: self.headers,
        }
    }
}

/// Replies are the same that say the same, whenever they came.
impl PartialEq for Attempts {
    fn eq(&self, other: &Self) -> bool {
        (self.count, self.may_have_run) == (other.count, other.may_have_run)
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "virtual time needs a beginning")]
mod tests {
    use std::time::Duration;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn the_first_request_that_may_have_run_is_the_one_that_counts() {
        let start = Instant::now();
        let mut attempts = Attempts::default();
        attempts.begin(start);
        // Refused, and sent again.
        attempts.begin(start + SECOND);
        assert_eq!(attempts.first_sent, Some(start + SECOND));
        // Lost, and sent again.
        attempts.end(start + 2 * SECOND);
        attempts.may_have_run = true;
        attempts.begin(start + 3 * SECOND);
        assert_eq!(attempts.first_sent, Some(start + SECOND));
        assert_eq!(
            (attempts.count, attempts.ended),
            (3, Some(start + 2 * SECOND))
        );
    }

    #[test]
    fn of_two_calls_the_earlier_beginning_and_the_later_end_are_known() {
        let start = Instant::now();
        let mut before = Attempts::default();
        before.begin(start);
        before.end(start + SECOND);
        let mut later = Attempts::default();
        later.begin(start + 2 * SECOND);
        let both = later.clone().after(&before);
        assert_eq!((both.count, both.may_have_run), (2, false));
        assert_eq!(both.first_sent, Some(start + 2 * SECOND));
        assert_eq!(both.ended, Some(start + SECOND));

        before.may_have_run = true;
        let both = later.ended(start + 3 * SECOND).after(&before);
        assert_eq!((both.first_sent, both.may_have_run), (Some(start), true));
        assert_eq!(both.ended, Some(start + 3 * SECOND));
    }

    #[test]
    fn replies_are_the_same_whenever_they_came() {
        let start = Instant::now();
        let mut one = Attempts::default();
        one.begin(start);
        let mut other = Attempts::default();
        other.begin(start + SECOND);
        assert_eq!(one, other);
        other.begin(start + SECOND);
        assert_ne!(one, other);
    }
}
