//! Secrets, which nobody can guess unless they were asked to be the same each time.

use crate::domain::seed::Random;
use serde::{Deserialize, Serialize};

/// What secrets are made of: small letters and digits.
const SYMBOLS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";

/// Below this, each symbol has the same number of bytes that stand for it.
const FAIR: u8 = 252;

/// A source of secrets: a seed, or the operating system's randomness.
///
/// Any web page may call a portal on this machine, so that all that keeps it out is a secret which it
/// does not know. One that is drawn from a known seed is no secret to anybody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Secrets(Option<Random>);

impl Secrets {
    /// Secrets that are always the same for a seed, and random without one. `purpose` keeps what is
    /// drawn for one purpose apart from the rest.
    pub(crate) fn new(seed: Option<u64>, purpose: u64) -> Self {
        Self(seed.map(|seed| Random::new(seed ^ purpose)))
    }

    /// A secret of so many symbols.
    pub(crate) fn draw(&mut self, length: usize) -> String {
        match &mut self.0 {
            Some(random) => random.secret(length),
            None => unguessable(length),
        }
    }

    /// A number below a bound, which is no secret.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        match &mut self.0 {
            Some(random) => random.below(bound),
            None => u64::from_le_bytes(bytes()) % bound.max(1),
        }
    }
}

fn unguessable(length: usize) -> String {
    let mut secret = String::with_capacity(length);
    while secret.len() < length {
        let fair = bytes::<64>().into_iter().filter(|byte| *byte < FAIR);
        let symbols = fair.map(|byte| char::from(SYMBOLS[usize::from(byte) % SYMBOLS.len()]));
        secret.extend(symbols.take(length - secret.len()));
    }
    secret
}

/// Random bytes of the operating system.
///
/// # Panics
///
/// Where the system has none, as the standard library's own hash maps do: a secret that can be
/// guessed must not take the place of one that can't.
fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if let Err(error) = getrandom::fill(&mut bytes) {
        panic!("the operating system provides no random bytes for a secret: {error}");
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn only_a_seed_makes_secrets_repeat() {
        let draw = |seed| Secrets::new(seed, 7).draw(16);
        assert_eq!(draw(Some(1)), draw(Some(1)));
        assert_ne!(draw(Some(1)), draw(Some(2)));
        let all: HashSet<String> = (0..1_000).map(|_| draw(None)).collect();
        assert_eq!(all.len(), 1_000);
        for secret in &all {
            assert_eq!(secret.len(), 16);
            assert!(secret.bytes().all(|byte| SYMBOLS.contains(&byte)));
        }
        let used: HashSet<u8> = all.iter().flat_map(|secret| secret.bytes()).collect();
        assert_eq!(used.len(), SYMBOLS.len(), "every symbol comes up");
    }

    #[test]
    fn a_source_is_kept_and_goes_on() {
        for seed in [None, Some(5)] {
            let mut secrets = Secrets::new(seed, 7);
            secrets.draw(3);
            let text = serde_json::to_string(&secrets).unwrap();
            let mut kept: Secrets = serde_json::from_str(&text).unwrap();
            assert!(kept == secrets);
            assert_eq!(kept.draw(16) == secrets.draw(16), seed.is_some());
        }
    }
}
