//! How a call follows an expired token to a new one.

use crate::oauth::{Auth, PairId, SeenRefreshes};

/// The tokens that a call's requests are made with, and how often it has followed an expired one to a new one.
#[derive(Debug, Default)]
pub(super) struct TokenExpiry {
    /// What it has seen of refreshes.
    pub(super) seen: SeenRefreshes,
    /// The pair of tokens that the last request was made with.
    pair: PairId,
    refreshes: u32,
}

impl TokenExpiry {
    /// Notes what a request is made with.
    pub(super) fn sent(&mut self, auth: &Auth) {
        if let Auth::Token(_, pair) = auth {
            self.pair = *pair;
        }
    }

    /// Takes word that the token of the last request has expired: whether the call follows to a new one, where there can
    /// be one. It does so once. A pair that another process has saved may have expired as well, and then it was not yet
    /// the token server's turn.
    pub(super) fn follows(&mut self, can_refresh: bool) -> bool {
        let generation = Some(self.pair.generation);
        if self.refreshes > 0 && self.seen.expired == generation {
            // Another command of the same request has said so.
            return true;
        }
        let may_refresh = self.refreshes == 0 || (self.refreshes == 1 && self.pair.from_store);
        if !(may_refresh && can_refresh) {
            return false;
        }
        self.refreshes += 1;
        self.seen.expired = generation;
        true
    }

    /// Lets what follows count as a call that has seen no token expire.
    pub(super) fn reset(&mut self) {
        self.refreshes = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Secret;

    fn sent(generation: u64, from_store: bool) -> Auth {
        let pair = PairId {
            generation,
            from_store,
        };
        Auth::Token(Secret::new("t0ken"), pair)
    }

    #[test]
    fn a_call_follows_once() {
        let mut tokens = TokenExpiry::default();
        tokens.sent(&sent(0, false));
        assert!(tokens.follows(true));
        assert_eq!(tokens.seen.expired, Some(0));
        assert!(tokens.follows(true), "another command of the same request");
        tokens.sent(&sent(1, false));
        assert!(!tokens.follows(true));
        tokens.reset();
        assert!(tokens.follows(true));
        assert_eq!(tokens.seen.expired, Some(1));
    }

    #[test]
    fn a_pair_from_the_store_is_no_new_one() {
        let mut tokens = TokenExpiry::default();
        tokens.sent(&sent(0, false));
        assert!(tokens.follows(true));
        tokens.sent(&sent(1, true));
        assert!(tokens.follows(true));
        tokens.sent(&sent(2, true));
        assert!(!tokens.follows(true));
    }

    #[test]
    fn what_is_never_refreshed_is_not_followed() {
        let mut tokens = TokenExpiry::default();
        tokens.sent(&Auth::Webhook(1, Secret::new("s3cr3t")));
        assert!(!tokens.follows(false));
        assert_eq!(tokens.seen.expired, None);
    }
}
