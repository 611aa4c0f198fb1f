//! The calls of a token store, each as a driver runs it.

use std::sync::Arc;

use super::store_lease::LEASE;
use crate::oauth::NewPair;
use crate::store_call::StoreAnswer;
use crate::{StoreCall, StoreError, Stored, TokenStore, Tokens};

/// A token store that is called on threads which may block.
#[derive(Debug, Clone)]
pub(super) struct Store(pub(super) Arc<dyn TokenStore>);

impl Store {
    /// Asks for the lease.
    pub(super) fn lease(&self) -> StoreCall {
        self.call(|store| StoreAnswer::Lease(store.lease(LEASE)))
    }

    /// Gives the lease back.
    pub(super) fn release(&self) -> StoreCall {
        self.call(|store| StoreAnswer::Done(store.release()))
    }

    /// Looks for a pair.
    pub(super) fn load(&self) -> StoreCall {
        self.call(|store| StoreAnswer::Tokens(load(store)))
    }

    /// Looks for another pair than the old one, and prepares for a new one if there is none. It is one call, so that
    /// nothing stands between knowing the old pair and asking for the new one.
    pub(super) fn load_or_prepare(&self, old: &Tokens) -> StoreCall {
        let old = old.clone();
        self.call(move |store| {
            let found = load(store);
            let is_old = |found: &Tokens| !found.is_other_than(&old);
            let is_known = matches!(&found, Ok(found) if found.as_deref().is_none_or(is_old));
            match is_known.then(|| store.prepare()) {
                Some(Err(error)) => StoreAnswer::Prepared(Err(error)),
                _ => StoreAnswer::Tokens(found),
            }
        })
    }

    /// Looks for what a first pair can inherit, and prepares for it. Whatever can't be read is about to be replaced.
    pub(super) fn look_and_prepare(&self) -> StoreCall {
        self.call(|store| match (load(store), store.prepare()) {
            (_, Err(error)) => StoreAnswer::Prepared(Err(error)),
            (found, Ok(())) => StoreAnswer::Tokens(Ok(found.ok().flatten())),
        })
    }

    /// Prepares for a new pair.
    pub(super) fn prepare(&self) -> StoreCall {
        self.call(|store| StoreAnswer::Prepared(store.prepare()))
    }

    /// Saves a pair, in the place of the one that it was got with.
    pub(super) fn save(&self, pair: &NewPair) -> StoreCall {
        let NewPair { tokens, old } = pair.clone();
        self.call(move |store| {
            StoreAnswer::Done(match old {
                Some(old) => store.replace(&old, &tokens),
                None => store.save(&tokens),
            })
        })
    }

    fn call(
        &self,
        call: impl FnOnce(&dyn TokenStore) -> StoreAnswer + Send + 'static,
    ) -> StoreCall {
        let store = Arc::clone(&self.0);
        StoreCall::new(move || Stored(call(&*store)))
    }
}

fn load(store: &dyn TokenStore) -> Result<Option<Box<Tokens>>, StoreError> {
    store.load().map(|found| found.map(Box::new))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Has one pair, and can't take another.
    #[derive(Debug)]
    struct Full(Tokens);

    impl TokenStore for Full {
        fn load(&self) -> Result<Option<Tokens>, StoreError> {
            Ok(Some(self.0.clone()))
        }

        fn save(&self, _: &Tokens) -> Result<(), StoreError> {
            Err("full".into())
        }

        fn prepare(&self) -> Result<(), StoreError> {
            Err("full".into())
        }
    }

    fn pair(name: &str) -> Tokens {
        Tokens::new("portal.example.com", name, name).unwrap()
    }

    #[test]
    fn a_store_is_prepared_only_where_it_has_no_other_pair() {
        let store = Store(Arc::new(Full(pair("one"))));
        let other = store.load_or_prepare(&pair("another")).run().0;
        assert!(matches!(other, StoreAnswer::Tokens(Ok(Some(found))) if *found == pair("one")));
        let same = store.load_or_prepare(&pair("one")).run().0;
        assert!(matches!(same, StoreAnswer::Prepared(Err(_))));
        let looked = store.load().run().0;
        assert!(matches!(looked, StoreAnswer::Tokens(Ok(Some(_)))));
    }
}
