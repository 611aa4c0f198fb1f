//! What the server has.

use sonet_core::{StoreError, Tokens};

use super::form::Form;
use super::keys::Keys;
use super::scripts;
use crate::Redis;

/// The state of an application's tokens in the server.
#[derive(Debug)]
pub(super) struct Kept {
    /// How many pairs were saved, as far as the server knows. 0 where none ever was.
    pub(super) generation: u64,
    pub(super) found: Option<Found>,
}

/// A pair that is there.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) generation: u64,
    /// What marks the installation that it comes from.
    pub(super) origin: String,
    /// The pair, as [`Form`] writes it.
    pair: Vec<u8>,
}

impl Kept {
    pub(super) fn read(redis: &Redis, keys: &Keys) -> Result<Self, StoreError> {
        type Fields = (Option<u64>, Option<u64>, Option<String>, Option<Vec<u8>>);
        let (counted, generation, origin, pair): Fields = redis.run(&Redis::call(
            &scripts::READ,
            &[&keys.tokens, &keys.counters],
        ))?;
        let found = pair.map(|pair| Found {
            generation: generation.unwrap_or_default(),
            origin: origin.unwrap_or_default(),
            pair,
        });
        Ok(Self {
            generation: counted.max(generation).unwrap_or_default(),
            found,
        })
    }

    /// The pair, if there is one.
    pub(super) fn tokens(&self, form: &Form, keys: &Keys) -> Result<Option<Tokens>, StoreError> {
        let read = |found: &Found| {
            form.read(&found.pair, &keys.scope, found.generation)
                .map_err(|problem| {
                    StoreError::from(format!(
                        "the tokens in the key {} can't be read: {problem}",
                        keys.tokens
                    ))
                })
        };
        self.found.as_ref().map(read).transpose()
    }
}
