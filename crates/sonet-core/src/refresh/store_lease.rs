//! The lease of a token store, which keeps other processes from refreshing.

use std::time::{Duration, Instant};

use crate::Lease;
use crate::error::{Kind, token_server};

/// For how long a refresh asks a store for the lease: longer than all attempts take.
pub(super) const LEASE: Duration = Duration::from_secs(90);

/// How soon and how late one asks a store for the lease again, whatever it says.
const LOOK: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(1));

/// How long one asks for it in vain.
const PATIENCE: Duration = Duration::from_secs(120);

/// The lease of a token store: asked for, held, and given back.
#[derive(Debug, Default)]
pub(super) struct StoreLease {
    /// Since when the store is asked for it.
    asking: Option<Instant>,
    /// Until when it is held.
    until: Option<Instant>,
    /// Whether somebody has asked the token server before with the pair that there is.
    in_doubt: bool,
}

impl StoreLease {
    /// The lease that a dropped refresh has left, which is this one's to give back.
    pub(super) fn inherited(now: Instant) -> Self {
        Self {
            until: Some(now + LEASE),
            ..Self::default()
        }
    }

    /// Takes what a store says to being asked: when to ask again, if another process has the lease.
    pub(super) fn answered(&mut self, now: Instant, lease: Lease) -> Result<Option<Instant>, Kind> {
        let asking = *self.asking.get_or_insert(now);
        match lease {
            Lease::Granted | Lease::GrantedInDoubt => {
                self.in_doubt = lease == Lease::GrantedInDoubt;
                self.until = Some(now + LEASE);
                Ok(None)
            }
            Lease::Unsupported => Ok(None),
            Lease::Held(_) if now.saturating_duration_since(asking) >= PATIENCE => {
                let seconds = PATIENCE.as_secs();
                Err(Kind::Store(format!(
                    "according to the store, another process has been refreshing the tokens for {seconds} seconds"
                )))
            }
            Lease::Held(time) => {
                let (soon, late) = LOOK;
                Ok(Some(now + time.clamp(soon, late)))
            }
        }
    }

    /// Whether the store keeps others from refreshing. A lease whose time is over may be another's.
    pub(super) fn is_held(&self, now: Instant) -> bool {
        self.until.is_some_and(|until| until > now)
    }

    /// A failure to get a new pair, with what is known of the one before.
    pub(super) fn explained(&self, failure: Kind) -> Kind {
        match failure {
            Kind::Api(_) if self.in_doubt && token_server::is_permanent(&failure) => {
                Kind::LostPair(Box::new(failure))
            }
            failure => failure,
        }
    }

    /// Until when it is held, or was.
    pub(super) fn until(&self) -> Option<Instant> {
        self.until
    }

    /// Notes that it was given back.
    pub(super) fn released(&mut self) {
        self.until = None;
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "virtual time needs a beginning")]
mod tests {
    use super::*;

    #[test]
    fn it_is_held_for_its_time_or_until_it_is_given_back() {
        let (mut lease, now) = (StoreLease::default(), Instant::now());
        assert!(!lease.is_held(now));
        assert_eq!(lease.answered(now, Lease::Granted).unwrap(), None);
        assert!(lease.is_held(now) && !lease.is_held(now + LEASE));
        lease.released();
        assert!(!lease.is_held(now));
        assert!(StoreLease::inherited(now).is_held(now));
    }

    #[test]
    fn a_lease_tells_whether_the_pair_may_be_spent() {
        let (mut lease, now) = (StoreLease::default(), Instant::now());
        lease.answered(now, Lease::GrantedInDoubt).unwrap();
        assert!(lease.is_held(now) && lease.in_doubt);
        lease.answered(now, Lease::Granted).unwrap();
        assert!(lease.is_held(now) && !lease.in_doubt);
    }

    #[test]
    fn a_store_without_leases_gives_none() {
        let (mut lease, now) = (StoreLease::default(), Instant::now());
        assert_eq!(lease.answered(now, Lease::Unsupported).unwrap(), None);
        assert!(!lease.is_held(now));
    }

    #[test]
    fn one_asks_again_neither_too_soon_nor_too_late_nor_for_ever() {
        let (mut lease, now) = (StoreLease::default(), Instant::now());
        let (soon, late) = LOOK;
        for (said, waits) in [
            (Duration::ZERO, soon),
            (Duration::from_millis(300), Duration::from_millis(300)),
            (Duration::MAX, late),
        ] {
            let again = lease.answered(now, Lease::Held(said)).unwrap();
            assert_eq!(again, Some(now + waits));
        }
        let error = lease.answered(now + PATIENCE, Lease::Held(soon));
        assert!(error.unwrap_err().to_string().contains("120 seconds"));
    }
}
