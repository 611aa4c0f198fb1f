//! The bucket of one portal, as this process sees it.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sonet_core::{LimitAnswer, LimitPlace, LocalPlaces, Rate};

use super::script::{Answer, Ask};

/// After how long word of a place is of no use any more.
const STALE: Duration = Duration::from_secs(5);

/// How many notices are kept at most. What does not fit is as if it were never said: the place counts as used, or as out.
const MOST_NOTICES: usize = 10_000;

/// After how long without use a portal may be forgotten.
const IDLE: Duration = Duration::from_secs(600);

/// How many places are asked for at once, at most.
const MOST_ASKS: usize = 1_000;

/// The bucket of one portal, as this process sees it: who waits for an answer of the server, and what it is to be told.
#[derive(Debug, Default)]
pub(super) struct Portal {
    state: Mutex<State>,
    answered: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// Those who wait until the question that is out has been answered, and are asked for together then.
    waiting: Vec<(u64, Ask)>,
    answers: HashMap<u64, Result<LimitAnswer, Arc<str>>>,
    is_asking: bool,
    tickets: u64,
    notices: Notices,
    /// The rate under which places were taken last.
    rate: Option<Rate>,
    alive_until: i64,
    born: i64,
    /// When this process knew it to be there, at last.
    asked: Option<Instant>,
    local: LocalPlaces,
    /// How often they have changed.
    local_changes: u64,
    /// Whether little room was left at the last answer.
    is_crowded: bool,
}

/// What the server is to be told with the next question.
#[derive(Debug, Default)]
pub(super) struct Notices {
    pub(super) ended: Vec<(u64, Instant)>,
    pub(super) given_back: Vec<(u64, Instant)>,
}

/// What is asked at once.
pub(super) struct Round {
    pub(super) ended: Vec<u64>,
    pub(super) given_back: Vec<u64>,
    pub(super) alive_until: i64,
    pub(super) born: i64,
    /// What left while the server was gone.
    pub(super) extra: f64,
    /// How often the places given by this process had changed by then.
    local_changes: u64,
}

impl Portal {
    /// Asks for a place. Of those who ask at the same moment, one asks for all.
    pub(super) fn take(
        &self,
        ask: Ask,
        run: impl Fn(&[Ask]) -> Result<Vec<LimitAnswer>, Arc<str>>,
    ) -> Result<LimitAnswer, Arc<str>> {
        let mut state = self.state();
        state.tickets += 1;
        let ticket = state.tickets;
        state.waiting.push((ticket, ask));
        loop {
            if let Some(answer) = state.answers.remove(&ticket) {
                return answer;
            }
            if state.is_asking {
                let waited = self.answered.wait(state);
                state = waited.unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            state.is_asking = true;
            let count = state.waiting.len().min(MOST_ASKS);
            let (tickets, asks): (Vec<u64>, Vec<Ask>) = state.waiting.drain(..count).unzip();
            drop(state);
            let mut asking = Asking {
                portal: self,
                tickets,
                outcome: Err("Redis: the question for a place broke off".into()),
            };
            asking.outcome = run(&asks);
            drop(asking);
            state = self.state();
        }
    }

    /// What to tell and ask with the next question. Its notices are given away: those of a question that fails come back by
    /// [`Portal::not_told`].
    pub(super) fn round(&self, rate: Rate, now: Instant) -> (Round, Notices) {
        let mut state = self.state();
        let notices = std::mem::take(&mut state.notices);
        let fresh = |notices: &[(u64, Instant)]| {
            let fresh = notices.iter().filter(|(_, at)| *at + STALE > now);
            fresh.map(|(id, _)| *id).collect()
        };
        let round = Round {
            ended: fresh(&notices.ended),
            // A place for a later moment is of use until then.
            given_back: notices.given_back.iter().map(|(id, _)| *id).collect(),
            alive_until: state.alive_until,
            born: state.born,
            extra: state.local.level(rate, now),
            local_changes: state.local_changes,
        };
        (round, notices)
    }

    /// Takes what the server answered to a question.
    pub(super) fn told(&self, rate: Rate, round: &Round, answer: &Answer) {
        let mut state = self.state();
        (state.alive_until, state.asked) = (answer.alive_until, Some(Instant::now()));
        state.born = answer.born;
        state.is_crowded = rate.room().is_some_and(|room| answer.level > room / 2.0);
        // The server counts it from now on. What has left since is counted with the next question; what had left before is
        // counted twice then, rather than not at all.
        if state.local_changes == round.local_changes {
            state.local = LocalPlaces::default();
        }
    }

    /// Takes back what the server was not told.
    pub(super) fn not_told(&self, notices: Notices) {
        let mut state = self.state();
        state.notices.ended.extend(notices.ended);
        state.notices.given_back.extend(notices.given_back);
        state.notices.ended.truncate(MOST_NOTICES);
        state.notices.given_back.truncate(MOST_NOTICES);
    }

    /// Notes that a request is over. Whether others may wait for the word, so that it should not wait for the next question.
    pub(super) fn ended(&self, id: u64, rate: Rate, now: Instant) -> bool {
        let mut state = self.state();
        state.rate = Some(rate);
        if state.notices.ended.len() < MOST_NOTICES {
            state.notices.ended.push((id, now));
        }
        state.is_crowded
    }

    /// Notes that a place is not used.
    pub(super) fn give_back(&self, id: u64, rate: Rate, now: Instant) {
        let mut state = self.state();
        state.rate = Some(rate);
        let notices = &mut state.notices.given_back;
        if notices.len() < MOST_NOTICES {
            notices.push((id, now));
        }
    }

    /// Whether there is something to tell.
    pub(super) fn has_notices(&self) -> bool {
        let state = self.state();
        !state.notices.given_back.is_empty() || state.is_crowded && !state.notices.ended.is_empty()
    }

    /// Whether it was not used for long: those of other portals may take its room.
    pub(super) fn is_idle(&self, now: Instant) -> bool {
        let state = self.state();
        state.asked.is_none_or(|asked| asked + IDLE < now)
    }

    /// The rate under which places were taken last.
    pub(super) fn rate(&self) -> Option<Rate> {
        self.state().rate
    }

    /// The places that this process gives by itself.
    pub(super) fn locally<T>(&self, act: impl FnOnce(&mut LocalPlaces) -> T) -> T {
        let mut state = self.state();
        state.local_changes += 1;
        act(&mut state.local)
    }

    /// Takes a place by itself.
    pub(super) fn take_locally(&self, rate: Rate, now: Instant) -> LimitPlace {
        let mut state = self.state();
        state.tickets += 1;
        state.local_changes += 1;
        let id = LOCAL | state.tickets;
        state.local.take(rate, id, now)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What marks the number of a place that this process gave. The server's are far below.
const LOCAL: u64 = 1 << 63;

/// Whether this process gave a place.
pub(super) fn is_local(place: &LimitPlace) -> bool {
    place.id() & LOCAL != 0
}

/// A question that is out. Whatever becomes of it, those who wait get an answer, and the next one may ask.
struct Asking<'a> {
    portal: &'a Portal,
    tickets: Vec<u64>,
    outcome: Result<Vec<LimitAnswer>, Arc<str>>,
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        let mut state = self.portal.state();
        let mut places = match &mut self.outcome {
            Ok(places) => Ok(std::mem::take(places).into_iter()),
            Err(error) => Err(Arc::clone(error)),
        };
        let mut tickets = std::mem::take(&mut self.tickets);
        if places.is_err() {
            // Those who have come meanwhile would wait as long again, and then as long again.
            tickets.extend(state.waiting.drain(..).map(|(ticket, _)| ticket));
        }
        for ticket in tickets {
            let answer = match &mut places {
                Ok(places) => places
                    .next()
                    .ok_or_else(|| "Redis: an answer is missing".into()),
                Err(error) => Err(Arc::clone(error)),
            };
            state.answers.insert(ticket, answer);
        }
        state.is_asking = false;
        drop(state);
        self.portal.answered.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc;
    use std::thread;

    use super::*;

    fn ask() -> Ask {
        Ask {
            pauses: None,
            methods: Vec::new(),
        }
    }

    fn places(asks: &[Ask]) -> Vec<LimitAnswer> {
        let place = |_| LimitAnswer::Place(LimitPlace::new(1, Duration::ZERO));
        asks.iter().map(place).collect()
    }

    #[test]
    fn those_who_wait_together_are_one_question() {
        let (portal, questions) = (Portal::default(), AtomicUsize::new(0));
        let (go, gate) = mpsc::channel::<()>();
        let gate = Mutex::new(gate);
        thread::scope(|scope| {
            for n in 0..20 {
                let (portal, questions, gate) = (&portal, &questions, &gate);
                scope.spawn(move || {
                    let run = |asks: &[Ask]| {
                        if questions.fetch_add(1, Ordering::SeqCst) == 0 {
                            gate.lock().unwrap().recv().unwrap();
                        }
                        Ok(places(asks))
                    };
                    portal.take(ask(), run).unwrap();
                });
                if n == 0 {
                    while questions.load(Ordering::SeqCst) == 0 {
                        thread::yield_now();
                    }
                }
            }
            while portal.state().waiting.len() < 19 {
                thread::yield_now();
            }
            go.send(()).unwrap();
        });
        assert_eq!(
            questions.load(Ordering::SeqCst),
            2,
            "the first, and all others"
        );
    }

    #[test]
    fn a_question_that_fails_is_not_asked_again_by_those_who_came_meanwhile() {
        let (portal, questions) = (Portal::default(), AtomicUsize::new(0));
        let fail = |_: &[Ask]| {
            questions.fetch_add(1, Ordering::SeqCst);
            while portal.state().waiting.len() < 5 {
                thread::yield_now();
            }
            Err("gone".into())
        };
        thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| assert_eq!(&*portal.take(ask(), fail).unwrap_err(), "gone"));
            }
        });
        assert_eq!(questions.load(Ordering::SeqCst), 1);
        assert!(portal.take(ask(), |asks| Ok(places(asks))).is_ok());
    }

    #[test]
    fn what_left_while_a_question_was_out_is_told_with_the_next_one() {
        let (portal, rate, now) = (Portal::default(), Rate::STANDARD, Instant::now());
        let answer = Answer {
            vanished: false,
            alive_until: 0,
            born: 0,
            level: 0.0,
            taken: Vec::new(),
        };
        portal.take_locally(rate, now);
        let (round, _) = portal.round(rate, now);
        assert!(round.extra > 0.9);
        portal.take_locally(rate, now);
        portal.told(rate, &round, &answer);
        let (round, _) = portal.round(rate, now);
        assert!(round.extra > 0.9, "it is lost");
        portal.told(rate, &round, &answer);
        let (round, _) = portal.round(rate, now);
        assert!(round.extra < 0.1, "it is told again and again");
    }

    #[test]
    fn a_question_that_breaks_off_leaves_nobody_waiting() {
        let portal = Portal::default();
        let broken = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            portal.take(ask(), |_| panic!("as it was told to"))
        }));
        assert!(broken.is_err());
        assert!(portal.take(ask(), |asks| Ok(places(asks))).is_ok());
    }
}
