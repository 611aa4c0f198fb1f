//! A call's room under the rate limit.

use std::task::Waker;
use std::time::Instant;

use super::blocked::Blocked;
use crate::caller::Caller;
use crate::error::Kind;
use crate::limits::{Permit, later};
use crate::store_call::StoreAnswer;
use crate::{Address, Limits, Session, StoreCall, Stored, WaitReason};

/// A call's room under the rate limit: its place among the calls of this process, or what a store has reserved for it.
#[derive(Default)]
pub(super) struct Room {
    permit: Option<Permit>,
    reservation: Reservation,
}

/// A place under a limit that is kept in a store.
#[derive(Default)]
enum Reservation {
    #[default]
    None,
    Asked,
    /// Tells the store that the portal refused.
    Refused,
    From(Instant),
}

impl Room {
    /// Takes room for one request.
    pub(super) fn take(
        &mut self,
        limits: &Limits,
        address: &Address,
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
        match self.reservation {
            Reservation::From(from) if from > now => Err(Blocked::Wait(WaitReason::Rate, from)),
            Reservation::From(_) => {
                self.reservation = Reservation::None;
                Ok(())
            }
            Reservation::None | Reservation::Asked | Reservation::Refused => {
                self.reservation = Reservation::Asked;
                let (store, rate, portal) = (store.clone(), limits.rate(), address.authority());
                Err(Blocked::Store(StoreCall::new(move || {
                    Stored(StoreAnswer::Reserved(store.reserve(&portal, rate)))
                })))
            }
        }
    }

    /// Notes that the portal refused a request for the rate.
    pub(super) fn refuse(&mut self) {
        self.reservation = Reservation::Refused;
    }

    /// Tells a store of limits at once that the portal refused: the others should slow down while this call pauses.
    pub(super) fn report_refusal(&self, session: &Session) -> Result<(), Blocked> {
        if !matches!(self.reservation, Reservation::Refused) {
            return Ok(());
        }
        let limits = session.limits();
        let Some(store) = limits.store().cloned() else {
            return Ok(());
        };
        let (rate, portal) = (limits.rate(), session.address().authority());
        Err(Blocked::Store(StoreCall::new(move || {
            Stored(StoreAnswer::Done(store.refused(&portal, rate)))
        })))
    }

    /// Takes what the store of the limits answered.
    pub(super) fn stored(
        &mut self,
        now: Instant,
        stored: Stored,
        caller: &Caller,
    ) -> Result<(), Kind> {
        self.reservation = match stored.0 {
            StoreAnswer::Reserved(Ok(wait)) => Reservation::From(later(now, wait)),
            StoreAnswer::Reserved(Err(error)) | StoreAnswer::Done(Err(error)) => {
                let error = caller.excerpt(&error.to_string());
                let problem = format!("the limit store failed: {error}");
                return Err(Kind::Store(problem));
            }
            _ => Reservation::None,
        };
        Ok(())
    }

    /// Leaves the queue, or ends the request, and keeps the rank.
    pub(super) fn leave(&self, now: Instant) {
        if let Some(permit) = &self.permit {
            permit.release(now);
        }
    }

    /// Ends a request that failed with this. One that is given up may still be on its way.
    pub(super) fn end(&self, now: Instant, failure: &Kind) {
        match &self.permit {
            Some(permit) if failure.is_given_up() => permit.abandon(),
            _ => self.leave(now),
        }
    }

    /// Gives up the rank, too.
    pub(super) fn free(&mut self) {
        self.permit = None;
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "virtual time needs a beginning")]
mod tests {
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use super::*;
    use crate::{Config, LimitStore, Rate, Secret, StoreError};

    const SECOND: Duration = Duration::from_secs(1);

    /// Reserves a place in a second, and keeps what it was asked.
    #[derive(Debug, Default)]
    struct Shelf(Mutex<Vec<&'static str>>);

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
    }

    fn session(limits: Limits, now: Instant) -> Session {
        let config = Config::token("portal.example.com", "t0ken").unwrap();
        Session::new(&config.limits(limits), now).unwrap()
    }

    fn take(room: &mut Room, session: &Session, now: Instant) -> Result<(), Blocked> {
        room.take(&session.limits(), &session.address(), now, Waker::noop())
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
        let session = session(Limits::stored(Rate::STANDARD, store.clone()), now);
        let mut room = Room::default();
        let Err(Blocked::Store(call)) = take(&mut room, &session, now) else {
            panic!("the store is not asked");
        };
        room.stored(now, call.run(), session.caller()).unwrap();
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
        assert_eq!(*store.0.lock().unwrap(), ["reserve"]);
    }

    #[test]
    fn a_store_is_told_of_a_refusal_once() {
        let now = Instant::now();
        let store = Arc::new(Shelf::default());
        let session = session(Limits::stored(Rate::STANDARD, store.clone()), now);
        let mut room = Room::default();
        assert!(room.report_refusal(&session).is_ok());
        room.refuse();
        let Err(Blocked::Store(call)) = room.report_refusal(&session) else {
            panic!("the store is not told");
        };
        room.stored(now, call.run(), session.caller()).unwrap();
        assert!(room.report_refusal(&session).is_ok());
        assert_eq!(*store.0.lock().unwrap(), ["refused"]);
    }

    #[test]
    fn a_store_that_fails_says_why() {
        let now = Instant::now();
        let mut room = Room::default();
        let caller = Caller::Webhook(Secret::new("canary"));
        let stored = Stored::failed("no place at /1/canary/");
        let error = room.stored(now, stored, &caller).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the limit store failed: no place at /1/***/"
        );
    }
}
