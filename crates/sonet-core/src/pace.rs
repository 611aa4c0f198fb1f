//! How many requests that belong together are out at once.

use std::time::{Duration, Instant};

use http::StatusCode;

use crate::Step;

/// With how many it begins.
const FIRST: usize = 2;

/// How many more follow each answer that came as fast as before, until one does not: four times as many a round.
const GROWTH: usize = 3;

/// How much longer than the fastest an answer may take that still says that the server keeps up.
const SLOWER: u32 = 2;

/// How many requests of a walk or of a batch are out at once: more while the server takes them as fast as before, and fewer
/// once it slows down or refuses.
#[derive(Debug)]
pub(crate) struct Pace {
    /// How many there may be at most.
    most: usize,
    limit: usize,
    /// How long the fastest answer took.
    fastest: Option<Duration>,
    /// Whether no answer was slow yet.
    is_unbounded: bool,
    /// How many answers came in time since the limit grew by one.
    in_time: usize,
    /// How many answers are still to come of requests that left before the limit shrank: they say nothing new.
    old: usize,
}

/// How a request went.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pulse {
    /// How long the last attempt took.
    pub(crate) took: Duration,
    /// Whether a limit of the server's refused it, or a part of it.
    pub(crate) is_refused: bool,
    /// Whether it brought about as much as a request can, so that its time compares with that of others.
    pub(crate) is_full: bool,
}

/// What is noted of a request while it is on its way.
#[derive(Debug, Default)]
pub(crate) struct Stopwatch {
    sent: Option<Instant>,
    took: Duration,
    /// Whether an answer said that there were too many requests.
    is_refused: bool,
}

impl Stopwatch {
    /// Notes what a request does next.
    pub(crate) fn note<T>(&mut self, now: Instant, step: &Step<T>) {
        if matches!(step, Step::Send(_)) {
            self.sent = Some(now);
        }
    }

    /// Notes that an answer came.
    pub(crate) fn answered(&mut self, now: Instant, status: StatusCode) {
        self.arrived(now);
        self.is_refused |= matches!(
            status,
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS
        );
    }

    /// Notes that an answer came, or that none will.
    pub(crate) fn arrived(&mut self, now: Instant) {
        if let Some(sent) = self.sent.take() {
            self.took = now.saturating_duration_since(sent);
        }
    }

    /// How the request went.
    pub(crate) fn pulse(&self, is_full: bool) -> Pulse {
        Pulse {
            took: self.took,
            is_refused: self.is_refused,
            is_full,
        }
    }
}

impl Pulse {
    /// The same of a request of which a part was refused.
    pub(crate) fn refused_in_part(self) -> Self {
        Self {
            is_refused: true,
            ..self
        }
    }
}

impl Pace {
    pub(crate) fn new(most: usize) -> Self {
        let most = most.max(1);
        Self {
            most,
            limit: FIRST.min(most),
            fastest: None,
            is_unbounded: true,
            in_time: 0,
            old: 0,
        }
    }

    pub(crate) fn most(&self) -> usize {
        self.most
    }

    /// Whether another request may leave, while so many are out and as much is held as so many bring.
    pub(crate) fn has_room(&self, out: usize, held: usize) -> bool {
        out < self.limit && (out + 1).saturating_add(held) <= self.most
    }

    /// Notes how a request went that is answered, while so many others are out.
    pub(crate) fn note(&mut self, pulse: Pulse, out: usize) {
        let is_old = self.old > 0;
        self.old = self.old.saturating_sub(1);
        if pulse.is_refused {
            if !is_old {
                self.shrink(self.limit / 2, out);
            }
            return;
        }
        if !pulse.is_full {
            return;
        }
        let fastest = self
            .fastest
            .map_or(pulse.took, |fastest| fastest.min(pulse.took));
        self.fastest = Some(fastest);
        if pulse.took > fastest * SLOWER {
            if !is_old {
                self.shrink(self.limit - self.limit.div_ceil(4), out);
            }
        } else if self.is_unbounded {
            self.limit = self.most.min(self.limit + GROWTH);
        } else {
            self.in_time += 1;
            if self.in_time >= self.limit {
                self.in_time = 0;
                self.limit = self.most.min(self.limit + 1);
            }
        }
    }

    fn shrink(&mut self, limit: usize, out: usize) {
        self.limit = limit.max(1);
        self.is_unbounded = false;
        self.in_time = 0;
        self.old = out;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outgoing;

    fn after(millis: u64) -> Pulse {
        Pulse {
            took: Duration::from_millis(millis),
            is_refused: false,
            is_full: true,
        }
    }

    #[test]
    fn it_grows_as_long_as_the_server_keeps_up() {
        let mut pace = Pace::new(20);
        let mut limits = Vec::new();
        for _ in 0..3 {
            limits.push(pace.limit);
            for _ in 0..pace.limit {
                pace.note(after(400), 0);
            }
        }
        assert_eq!((limits, pace.limit), (vec![2, 8, 20], 20));
    }

    #[test]
    fn one_round_of_slow_answers_shrinks_it_once() {
        let mut pace = Pace::new(50);
        (0..2).for_each(|_| pace.note(after(400), 0));
        assert_eq!(pace.limit, 8);
        (0..8).rev().for_each(|out| pace.note(after(900), out));
        assert_eq!(pace.limit, 6);
        // And then it grows by one a round.
        (0..6).for_each(|_| pace.note(after(400), 5));
        assert_eq!(pace.limit, 7);
    }

    #[test]
    fn what_is_held_takes_room_as_requests_do() {
        let mut pace = Pace::new(3);
        (0..2).for_each(|_| pace.note(after(400), 0));
        assert!(pace.has_room(2, 0) && !pace.has_room(3, 0));
        assert!(pace.has_room(1, 1) && !pace.has_room(1, 2));
        assert!(Pace::new(usize::MAX).has_room(1, usize::MAX / 2));
    }

    #[test]
    fn a_refusal_halves_it() {
        let mut pace = Pace::new(50);
        (0..2).for_each(|_| pace.note(after(400), 0));
        let refused = Pulse {
            is_refused: true,
            ..after(400)
        };
        (0..8).rev().for_each(|out| pace.note(refused, out));
        assert_eq!(pace.limit, 4);
        for _ in 0..5 {
            pace.note(refused, 0);
        }
        assert_eq!(pace.limit, 1, "and never below one");
    }

    #[test]
    fn so_does_the_refusal_of_a_part() {
        let mut pace = Pace::new(50);
        (0..2).for_each(|_| pace.note(after(400), 0));
        pace.note(after(400).refused_in_part(), 0);
        assert_eq!(pace.limit, 4);
    }

    #[test]
    fn how_a_request_went_is_that_of_its_last_attempt() {
        #[allow(clippy::disallowed_methods, reason = "virtual time needs a beginning")]
        let begin = Instant::now();
        let at = |millis| begin + Duration::from_millis(millis);
        let send = || {
            Step::<()>::Send(Outgoing {
                request: http::Request::new(bytes::Bytes::new()),
                response_timeout: Duration::from_secs(60),
                body_limit: 1,
            })
        };
        let mut stopwatch = Stopwatch::default();
        let told = |stopwatch: &Stopwatch| {
            let pulse = stopwatch.pulse(true);
            (pulse.took.as_millis(), pulse.is_refused)
        };
        stopwatch.note(at(0), &Step::<()>::Wait(at(10)));
        stopwatch.arrived(at(5));
        assert_eq!(told(&stopwatch), (0, false), "nothing was out");
        stopwatch.note(at(10), &send());
        stopwatch.arrived(at(310));
        assert_eq!(told(&stopwatch), (300, false));
        stopwatch.note(at(500), &send());
        stopwatch.answered(at(560), StatusCode::UNAUTHORIZED);
        assert_eq!(told(&stopwatch), (60, false), "that is no limit");
        stopwatch.note(at(600), &send());
        stopwatch.answered(at(640), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(told(&stopwatch), (40, true));
    }

    #[test]
    fn what_brought_little_says_nothing_of_the_time() {
        let mut pace = Pace::new(50);
        let short = Pulse {
            is_full: false,
            ..after(10)
        };
        pace.note(short, 0);
        pace.note(after(400), 0);
        assert_eq!(pace.limit, 5);
        assert_eq!(Pace::new(0).limit, 1);
        assert_eq!(Pace::new(1).limit, 1);
    }
}
