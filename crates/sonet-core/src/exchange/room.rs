//! A call's room under the rate limit.

use std::collections::BTreeSet;
use std::task::Waker;
use std::time::{Duration, Instant};

use super::blocked::Blocked;
use super::call::Call;
use crate::error::Kind;
use crate::limits::{HeldPlace, LimitAnswer, LimitCaller, LimitRequest, Permit, later};
use crate::store_call::{Reserved, StoreAnswer};
use crate::{Address, Limits, Session, StoreCall, Stored, WaitReason};

/// How long after its moment a place may be used. A store counts it for five seconds, in which its request has to arrive.
const GOOD_FOR: Duration = Duration::from_secs(2);

/// A call's room under the rate limit: its place among the calls of this process, or what a store has given it.
#[derive(Default)]
pub(super) struct Room {
    permit: Option<Permit>,
    /// A place that a store has given, and its moment.
    place: Option<(HeldPlace, Instant)>,
    word: Word,
}

/// What a store of limits is to be told.
#[derive(Default)]
struct Word {
    /// The portal refused a request for the rate.
    refused: bool,
    /// These methods pause until then.
    pauses: Vec<(String, Instant)>,
}

impl Word {
    fn is_empty(&self) -> bool {
        !self.refused && self.pauses.is_empty()
    }
}

impl Room {
    /// Takes room for one request.
    pub(super) fn take(
        &mut self,
        session: &Session,
        limits: &Limits,
        address: &Address,
        call: &Call,
        now: Instant,
        waker: &Waker,
    ) -> Result<(), Blocked> {
        let Some(store) = limits.store() else {
            // A portal that moves may come under other limits.
            let own = self.permit.take().filter(|permit| permit.is_under(limits));
            let permit = self.permit.insert(own.unwrap_or_else(|| limits.permit()));
            return permit
                .acquire(now, waker)
                .map_err(|turn| Blocked::Wait(WaitReason::Rate, turn));
        };
        // One whose moment is long past is as good as lost. One that was used is another request's.
        self.place = self
            .place
            .take()
            .filter(|(held, from)| !held.has_left() && now < *from + GOOD_FOR);
        match &mut self.place {
            Some((_, from)) if *from > now => Err(Blocked::Wait(WaitReason::Rate, *from)),
            Some((held, _)) => {
                held.leave();
                Ok(())
            }
            None => {
                let (store, rate, portal) = (store.clone(), limits.rate(), address.authority());
                let (session, methods) = (session.clone(), methods(call));
                Err(Blocked::Store(StoreCall::new(move || {
                    let request = LimitRequest::new(
                        &portal,
                        rate,
                        LimitCaller::of(session.caller()),
                        &methods,
                    );
                    let taken = store.take(&request);
                    Stored(StoreAnswer::Reserved(taken.map(|taken| match taken {
                        LimitAnswer::Place(place) => {
                            Reserved::Place(HeldPlace::new(store, portal, rate, place))
                        }
                        LimitAnswer::Paused(pauses) => Reserved::Paused(pauses),
                    })))
                })))
            }
        }
    }

    /// Notes that the portal refused a request for the rate.
    pub(super) fn refuse(&mut self) {
        self.word.refused = true;
    }

    /// Notes that a method pauses until this moment.
    pub(super) fn pause(&mut self, method: &str, until: Instant) {
        self.word.pauses.push((method.to_owned(), until));
    }

    /// Tells a store of limits at once what the portal said: the others should slow down while this call pauses, and learn of
    /// it before this call ends.
    pub(super) fn report(&mut self, session: &Session, now: Instant) -> Option<StoreCall> {
        if self.word.is_empty() {
            return None;
        }
        let Word { refused, pauses } = std::mem::take(&mut self.word);
        let limits = session.limits();
        let store = limits.store().cloned()?;
        let (rate, portal) = (limits.rate(), session.address().authority());
        let session = session.clone();
        Some(StoreCall::new(move || {
            let told = refused.then(|| store.refused(&portal, rate));
            let caller = LimitCaller::of(session.caller());
            let told = pauses.iter().fold(told, |told, (method, until)| {
                let pause = until.saturating_duration_since(now);
                let outcome = store.pause(&portal, &caller, method, pause);
                Some(told.unwrap_or(Ok(())).and(outcome))
            });
            Stored(StoreAnswer::Done(told.unwrap_or(Ok(()))))
        }))
    }

    /// Takes what the store of the limits answered.
    pub(super) fn stored(
        &mut self,
        now: Instant,
        stored: Stored,
        session: &Session,
    ) -> Result<(), Kind> {
        match stored.0 {
            StoreAnswer::Reserved(Ok(Reserved::Place(held))) => {
                let from = later(now, held.after());
                self.place = Some((held, from));
            }
            StoreAnswer::Reserved(Ok(Reserved::Paused(pauses))) => {
                if pauses.iter().all(|(_, pause)| pause.is_zero()) {
                    let problem = "the limit store gave no place, and no time to wait for one";
                    return Err(Kind::Store(problem.to_owned()));
                }
                let (limits, caller) = (session.limits(), session.caller());
                for (method, pause) in pauses {
                    limits.pause(caller, &method, later(now, pause), now);
                }
            }
            StoreAnswer::Reserved(Err(error)) | StoreAnswer::Done(Err(error)) => {
                let error = session.caller().excerpt(&error.to_string());
                let problem = format!("the limit store failed: {error}");
                return Err(Kind::Store(problem));
            }
            _ => {}
        }
        Ok(())
    }

    /// Leaves the queue, or ends the request, and keeps the rank. A place that a store gave is given back if it was not used.
    pub(super) fn leave(&mut self, now: Instant) {
        if let Some(permit) = &self.permit {
            permit.release(now);
        }
        if let Some((held, _)) = self.place.take() {
            held.end();
        }
    }

    /// Ends a request that failed with this. One that is given up may still be on its way.
    pub(super) fn end(&mut self, now: Instant, failure: &Kind) {
        if !failure.is_given_up() {
            return self.leave(now);
        }
        if let Some(permit) = &self.permit {
            permit.abandon();
        }
        self.place = None;
    }

    /// Gives up the rank, too.
    pub(super) fn free(&mut self) {
        (self.permit, self.place) = (None, None);
    }
}

/// The methods whose time a call takes, each once.
fn methods(call: &Call) -> Vec<String> {
    let methods: BTreeSet<&str> = call.timed().collect();
    methods.into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "virtual time needs a beginning")]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::{Config, LimitPlace, LimitStore, Rate, Raw, StoreError};

    const SECOND: Duration = Duration::from_secs(1);

    /// Reserves a place in a second, and keeps what it was asked.
    #[derive(Debug, Default)]
    struct Shelf(Mutex<Vec<&'static str>>);

    impl Shelf {
        fn log(&self) -> Vec<&'static str> {
            self.0.lock().unwrap().clone()
        }
    }

    impl LimitStore for Shelf {
        fn reserve(&self, portal: &str, _: Rate) -> Result<Duration, StoreError> {
            assert_eq!(portal, "portal.example.com");
            self.0.lock().unwrap().push("reserve");
            Ok(SECOND)
        }

        fn refused(&self, portal: &str, _: Rate) -> Result<(), StoreError> {
            assert_eq!(portal, "portal.example.com");
            self.0.lock().unwrap().push("refused");
            Ok(())
        }

        fn ended(&self, _: &str, _: Rate, _: &LimitPlace) {
            self.0.lock().unwrap().push("ended");
        }

        fn give_back(&self, portal: &str, _: Rate, place: &LimitPlace) {
            assert_eq!((portal, place.after()), ("portal.example.com", SECOND));
            self.0.lock().unwrap().push("give back");
        }

        fn pause(
            &self,
            _: &str,
            caller: &LimitCaller<'_>,
            method: &str,
            pause: Duration,
        ) -> Result<(), StoreError> {
            assert_eq!(caller.secret_bytes(), b"token:t0ken");
            assert_eq!((method, pause), ("user.get", 60 * SECOND));
            self.0.lock().unwrap().push("pause");
            Ok(())
        }
    }

    /// Lets no method of any call run for ten seconds.
    #[derive(Debug)]
    struct Closed;

    impl LimitStore for Closed {
        fn reserve(&self, _: &str, _: Rate) -> Result<Duration, StoreError> {
            unreachable!("`take` is called")
        }

        fn refused(&self, _: &str, _: Rate) -> Result<(), StoreError> {
            Ok(())
        }

        fn take(&self, request: &LimitRequest<'_>) -> Result<LimitAnswer, StoreError> {
            let methods = request.methods().iter();
            Ok(LimitAnswer::Paused(
                methods
                    .map(|method| (method.clone(), 10 * SECOND))
                    .collect(),
            ))
        }
    }

    fn call() -> Call {
        Call::of(&Raw::new("user.get", serde_json::Value::Null)).0
    }

    /// A session whose count is in a store, and the room of a call that has a place there.
    fn placed(store: &Arc<Shelf>, now: Instant) -> (Session, Room) {
        let session = session(Limits::stored(Rate::STANDARD, store.clone()), now);
        let mut room = Room::default();
        let Err(Blocked::Store(call)) = take(&mut room, &session, now) else {
            panic!("the store is not asked");
        };
        room.stored(now, call.run(), &session).unwrap();
        (session, room)
    }

    fn session(limits: Limits, now: Instant) -> Session {
        let config = Config::token("portal.example.com", "t0ken").unwrap();
        Session::new(&config.limits(limits), now).unwrap()
    }

    fn take(room: &mut Room, session: &Session, now: Instant) -> Result<(), Blocked> {
        room.take(
            session,
            &session.limits(),
            &session.address(),
            &call(),
            now,
            Waker::noop(),
        )
    }

    #[test]
    fn a_place_is_kept_from_one_attempt_to_the_next() {
        let now = Instant::now();
        let session = session(Limits::new(Rate::new(1, 1)), now);
        let (mut first, mut second) = (Room::default(), Room::default());
        assert!(take(&mut first, &session, now).is_ok());
        let Err(Blocked::Wait(WaitReason::Rate, turn)) = take(&mut second, &session, now) else {
            panic!("there is room for one");
        };
        assert!(turn > now);
        first.leave(now);
        // The first call asks again, with the rank that it had.
        assert!(take(&mut first, &session, now).is_err());
        let later = now + 10 * SECOND;
        assert!(take(&mut first, &session, later).is_ok());
    }

    #[test]
    fn a_store_is_asked_and_its_time_waited_for() {
        let now = Instant::now();
        let store = Arc::new(Shelf::default());
        let (session, mut room) = placed(&store, now);
        let waits = take(&mut room, &session, now);
        assert!(
            matches!(waits, Err(Blocked::Wait(WaitReason::Rate, until)) if until == now + SECOND)
        );
        assert!(take(&mut room, &session, now + SECOND).is_ok());
        let again = take(&mut room, &session, now + SECOND);
        assert!(
            matches!(again, Err(Blocked::Store(_))),
            "one place, one request"
        );
        assert_eq!(store.log(), ["reserve"]);
    }

    #[test]
    fn a_store_is_told_of_a_refusal_once() {
        let now = Instant::now();
        let store = Arc::new(Shelf::default());
        let session = session(Limits::stored(Rate::STANDARD, store.clone()), now);
        let mut room = Room::default();
        assert!(room.report(&session, now).is_none());
        room.refuse();
        let call = room.report(&session, now).expect("the store is told");
        room.stored(now, call.run(), &session).unwrap();
        assert!(room.report(&session, now).is_none());
        assert_eq!(store.log(), ["refused"]);
    }

    #[test]
    fn a_store_is_told_of_a_method_that_pauses() {
        let now = Instant::now();
        let store = Arc::new(Shelf::default());
        let session = session(Limits::stored(Rate::STANDARD, store.clone()), now);
        let mut room = Room::default();
        room.pause("user.get", now + 60 * SECOND);
        let call = room.report(&session, now).expect("the store is told");
        room.stored(now, call.run(), &session).unwrap();
        assert!(room.report(&session, now).is_none());
        assert_eq!(store.log(), ["pause"]);
    }

    #[test]
    fn a_method_that_pauses_elsewhere_pauses_here() {
        let now = Instant::now();
        let session = session(Limits::stored(Rate::STANDARD, Closed), now);
        let mut room = Room::default();
        let Err(Blocked::Store(call)) = take(&mut room, &session, now) else {
            panic!("the store is not asked");
        };
        room.stored(now, call.run(), &session).unwrap();
        let paused = session.limits().paused(session.caller(), "user.get", now);
        assert_eq!(paused, Some(now + 10 * SECOND));
    }

    #[test]
    fn a_place_that_is_not_used_is_given_back() {
        let now = Instant::now();
        let store = Arc::new(Shelf::default());
        let (_, mut room) = placed(&store, now);
        room.leave(now);
        room.leave(now);
        drop(room);
        assert_eq!(store.log(), ["reserve", "give back"]);

        let (session, mut room) = placed(&store, now);
        assert!(take(&mut room, &session, now + SECOND).is_ok());
        room.leave(now);
        assert_eq!(store.log()[2..], ["reserve", "ended"]);

        let (session, mut room) = placed(&store, now);
        assert!(take(&mut room, &session, now + SECOND).is_ok());
        drop(room);
        assert_eq!(store.log()[4..], ["reserve"], "it may be on its way");

        let (session, mut room) = placed(&store, now);
        let late = take(&mut room, &session, now + SECOND + GOOD_FOR);
        assert!(
            matches!(late, Err(Blocked::Store(_))),
            "it is counted no more"
        );
        assert_eq!(store.log()[5..], ["reserve", "give back"]);
    }

    #[test]
    fn a_place_that_comes_when_nobody_waits_is_given_back() {
        let now = Instant::now();
        let store = Arc::new(Shelf::default());
        let session = session(Limits::stored(Rate::STANDARD, store.clone()), now);
        let mut room = Room::default();
        let Err(Blocked::Store(call)) = take(&mut room, &session, now) else {
            panic!("the store is not asked");
        };
        drop(room);
        drop(call.run());
        assert_eq!(store.log(), ["reserve", "give back"]);
    }

    #[test]
    fn a_store_that_fails_says_why() {
        let now = Instant::now();
        let mut room = Room::default();
        let config = Config::webhook("https://portal.example.com/rest/1/canary/").unwrap();
        let session = Session::new(&config, now).unwrap();
        let stored = Stored::failed("no place at /1/canary/");
        let error = room.stored(now, stored, &session).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the limit store failed: no place at /1/***/"
        );
    }
}
