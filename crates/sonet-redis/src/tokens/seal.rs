//! Encryption, by XChaCha20-Poly1305.

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use sonet_core::StoreError;
use zeroize::Zeroizing;

use super::key::TokenKey;

/// What an encrypted pair begins with: the first form that there is. A nonce follows, then the text with its tag.
const FORM: u8 = 1;

const NONCE: usize = 24;

/// The keys of a store.
#[derive(Debug, Default)]
pub(super) struct Seal {
    /// What pairs are written with.
    pub(super) key: Option<TokenKey>,
    /// What else they may be read with.
    pub(super) old_keys: Vec<TokenKey>,
    /// Whether pairs count that anybody could have written.
    pub(super) reads_unencrypted: bool,
}

impl Seal {
    /// Encrypts a text, if there is a key.
    pub(super) fn write(
        &self,
        text: &[u8],
        scope: &str,
        generation: u64,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(key) = &self.key else {
            return Ok(None);
        };
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce)?;
        let payload = Payload {
            msg: text,
            aad: &bound_to(scope, generation),
        };
        let sealed = cipher(key)
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| "the tokens can't be encrypted")?;
        Ok(Some([&[FORM], &nonce[..], &sealed].concat()))
    }

    /// Decrypts a text, by whichever key it was encrypted with.
    pub(super) fn read(
        &self,
        kept: &[u8],
        scope: &str,
        generation: u64,
    ) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let mut keys = self.key.iter().chain(&self.old_keys).peekable();
        if keys.peek().is_none() {
            return Err(
                "they are encrypted, or damaged: give `RedisTokens::encrypted` their key".into(),
            );
        }
        let (nonce, sealed) = split(kept).ok_or(
            "they are in a form that this version of sonet-redis does not know, or damaged: update it on all machines",
        )?;
        let bound = bound_to(scope, generation);
        keys.find_map(|key| {
            let payload = Payload {
                msg: sealed,
                aad: &bound,
            };
            cipher(key).decrypt(&nonce, payload).ok()
        })
        .map(Zeroizing::new)
        .ok_or_else(|| {
            "no key that was given decrypts them: they were encrypted with another one (name it with \
             `RedisTokens::also_reads`), or moved or damaged (then let a user authorize the application again, and save \
             its tokens with `RedisTokens::save`)"
                .into()
        })
    }

    /// Whether a pair counts that is not encrypted.
    pub(super) fn may_read_unencrypted(&self) -> Result<(), StoreError> {
        if self.key.is_none() || self.reads_unencrypted {
            return Ok(());
        }
        Err("they are not encrypted, although a key was given: anybody may have written them. Where they are from the \
             time before there was a key, allow them with `RedisTokens::also_reads_unencrypted`"
            .into())
    }
}

fn cipher(key: &TokenKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.bytes().into())
}

fn split(kept: &[u8]) -> Option<(XNonce, &[u8])> {
    let (&form, rest) = kept.split_first()?;
    let (nonce, sealed) = rest.split_first_chunk::<NONCE>()?;
    (form == FORM).then_some((XNonce::from(*nonce), sealed))
}

/// What an encrypted pair belongs to: it can't be moved to another application, nor pass for another generation. Who can write
/// to the server can still put an old pair back, together with its generation.
fn bound_to(scope: &str, generation: u64) -> Vec<u8> {
    format!("sonet tokens\n{scope}\n{generation}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(key: u8, old_keys: &[u8]) -> Seal {
        let key_of = |byte: &u8| TokenKey::new([*byte; 32]);
        Seal {
            key: Some(key_of(&key)),
            old_keys: old_keys.iter().map(key_of).collect(),
            reads_unencrypted: false,
        }
    }

    #[test]
    fn a_text_is_read_with_its_key_whether_new_or_old() {
        let sealed = seal(1, &[]).write(b"text", "scope", 7).unwrap().unwrap();
        for seal in [seal(1, &[]), seal(2, &[3, 1])] {
            assert_eq!(&*seal.read(&sealed, "scope", 7).unwrap(), b"text");
        }
        let other = seal(2, &[3]).read(&sealed, "scope", 7).unwrap_err();
        assert!(other.to_string().contains("also_reads"), "{other}");
        let none = Seal::default().read(&sealed, "scope", 7).unwrap_err();
        assert!(none.to_string().contains("encrypted"), "{none}");
    }

    #[test]
    fn a_text_is_of_its_application_and_generation_and_whole() {
        let seal = seal(1, &[]);
        let sealed = seal.write(b"text", "scope", 7).unwrap().unwrap();
        seal.read(&sealed, "scope", 8).unwrap_err();
        seal.read(&sealed, "other", 7).unwrap_err();
        for index in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[index] ^= 1;
            seal.read(&damaged, "scope", 7).unwrap_err();
            seal.read(&sealed[..index], "scope", 7).unwrap_err();
        }
    }

    #[test]
    fn no_text_is_encrypted_twice_alike() {
        let seal = seal(1, &[]);
        let write = || seal.write(b"text", "scope", 7).unwrap().unwrap();
        assert_ne!(write(), write());
        assert!(!write().windows(4).any(|part| part == b"text"));
    }
}
