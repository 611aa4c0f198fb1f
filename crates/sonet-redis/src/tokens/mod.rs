//! Tokens that many machines share.

mod form;
mod holder;
mod kept;
#[cfg(feature = "encryption")]
mod key;
mod keys;
mod memory;
mod scripts;
#[cfg(feature = "encryption")]
mod seal;

use std::fmt;
use std::time::Duration;

use sonet_core::{Lease, StoreError, Superseded, TokenStore, Tokens};

use crate::Redis;
use form::Form;
use holder::Holder;
use kept::Kept;
use keys::Keys;
use memory::{Memory, Seen, is_same, random_id};

#[cfg(feature = "encryption")]
pub use key::TokenKey;

/// How long a pair is kept: as long as its refresh token lives, 180 days.
const LIFE: Duration = Duration::from_secs(180 * 24 * 60 * 60);

/// How long it is known after that that there was one.
const COUNTERS_LIFE: Duration = LIFE.saturating_mul(2);

/// How often one looks again, if others change what is there in between.
const LOOKS: usize = 16;

/// Keeps the pair of tokens of an application on a portal in Redis or Valkey, for all machines that call as it.
///
/// ```no_run
/// # mod sonet_async { pub use sonet_core::*; }
/// use sonet_async::{App, Config, TokenStore as _, Tokens};
/// use sonet_redis::{Redis, RedisTokens};
///
/// fn config() -> Result<Config, Box<dyn std::error::Error + Send + Sync>> {
///     let redis = Redis::open("redis://localhost/")?;
///     let store = RedisTokens::new(redis, "example.bitrix24.com", "local.1")?;
///     let tokens = store.load()?.ok_or("install the application first")?;
///     Ok(Config::app(App::new("local.1", "secret key"), tokens)?.token_store(store))
/// }
/// ```
///
/// - **One refreshes at a time**: whoever has the lease, a key that ends by itself. It has a number that no lease had before.
///   Only its holder gives it back, and before the token server is asked, the holder makes sure that it still is.
/// - **No older pair replaces a newer one**: a pair that a refresh has brought ([`TokenStore::replace`]) is saved only where the
///   pair is that it was got with, and by a script that compares its generation. So a process that slept through its lease
///   saves what it got if nobody else has got anything, since then no other pair is valid; otherwise it goes on with the newer
///   pair ([`Superseded`]). Saving the same pair twice is saving it once.
/// - **A new installation replaces whatever is there**: save its tokens with [`TokenStore::save`], before a client begins with
///   them. A client that is made with a code or an [`Installation`](sonet_core::Installation) does so itself.
/// - **What the server has lost is put back** by the first process that refreshes and has seen the newest pair: after an
///   eviction, or a fail-over to a replica that was behind. Where none has, [`TokenStore::load`] fails, as long as the server
///   still knows that there were tokens; where it has lost all keys, they count as never saved, and each client goes on with what
///   it has. Let no key be evicted: `maxmemory-policy noeviction`.
/// - **Room first**: where the server takes no writes, the token server is not asked. A pair that was got is saved even if the
///   server is out of memory.
/// - **Lost** is a pair only if its process ends between the token server's answer and the end of saving, or if the server loses
///   what it has said yes to. The next refresh is refused then; the error says so, and a user has to authorize the
///   application again. After a process that ended in a refresh, the others wait up to 95 seconds for its lease.
///
/// # Keys
///
/// `PORTAL` and `APPLICATION` are as given to [`RedisTokens::new`], in lower case and without what may mean something to a key;
/// `sonet` is [`Redis::prefix`]. Nothing secret is in a name.
///
/// | key | type | holds | ends |
/// |---|---|---|---|
/// | `sonet:{PORTAL}:APPLICATION:tokens` | hash | `pair` (JSON, or encrypted), `generation`, `origin` (of which installation) | 180 days after the last save, as the refresh token does |
/// | `sonet:{PORTAL}:APPLICATION:lease` | string | who refreshes, and the lease's number | 95 seconds after it was given, or when it is given back |
/// | `sonet:{PORTAL}:APPLICATION:counters` | hash | `generation`, `lease` (the last number), `asked` (the generation that the token server was asked with) | 360 days after the last use |
///
/// # Encryption
///
/// Who can read the server can read the tokens. With the feature `encryption`, `RedisTokens::encrypted` keeps them as
/// XChaCha20-Poly1305 makes them, bound to the portal, the application and the generation. Who can write to
/// the server can delete a pair, or put an old one back; they can't make one.
pub struct RedisTokens {
    redis: Redis,
    keys: Keys,
    form: Form,
    holder: Holder,
    memory: Memory,
}

/// What to do about what is there.
enum Decision<T> {
    Done(T),
    /// Put this in its place.
    Put {
        tokens: Box<Tokens>,
        origin: String,
        /// The number that it had before the server lost it: it is no newer than it was. A new pair has the next one.
        generation: Option<u64>,
    },
}

impl RedisTokens {
    /// The tokens of an application on a portal. The portal is its address, its host, or what else names it everywhere alike,
    /// such as its `member_id`; the application is its `client_id`. Clients of one process can share one in an
    /// [`Arc`](std::sync::Arc).
    ///
    /// # Errors
    ///
    /// The system has no random numbers, which name the holder of the lease.
    pub fn new(redis: Redis, portal: &str, client_id: &str) -> Result<Self, StoreError> {
        Ok(Self {
            keys: Keys::new(&redis, portal, client_id),
            redis,
            form: Form::default(),
            holder: Holder::new(&random_id()?),
            memory: Memory::default(),
        })
    }

    /// Encrypts the tokens with this key. To begin with it, or with another one: first let every machine read what it will
    /// find ([`RedisTokens::also_reads`], [`RedisTokens::also_reads_unencrypted`]), then write with the new key, and give the
    /// old one up after the next refresh.
    #[cfg(feature = "encryption")]
    #[cfg_attr(docsrs, doc(cfg(feature = "encryption")))]
    #[must_use]
    pub fn encrypted(mut self, key: TokenKey) -> Self {
        self.form.seal.key = Some(key);
        self
    }

    /// Reads tokens that were encrypted with another key, too.
    #[cfg(feature = "encryption")]
    #[cfg_attr(docsrs, doc(cfg(feature = "encryption")))]
    #[must_use]
    pub fn also_reads(mut self, key: TokenKey) -> Self {
        self.form.seal.old_keys.push(key);
        self
    }

    /// Reads tokens that are not encrypted, too, as from before there was a key. Whoever can write to the server can then put
    /// others in their place.
    #[cfg(feature = "encryption")]
    #[cfg_attr(docsrs, doc(cfg(feature = "encryption")))]
    #[must_use]
    pub fn also_reads_unencrypted(mut self) -> Self {
        self.form.seal.reads_unencrypted = true;
        self
    }

    /// Decides on what is there, and again if another pair has come in between.
    fn settle<T>(
        &self,
        decide: impl Fn(&Kept) -> Result<Decision<T>, StoreError>,
        put: impl FnOnce(Tokens) -> T,
    ) -> Result<T, StoreError> {
        for _ in 0..LOOKS {
            let kept = Kept::read(&self.redis, &self.keys)?;
            match decide(&kept)? {
                Decision::Done(outcome) => return Ok(outcome),
                Decision::Put {
                    tokens,
                    origin,
                    generation,
                } => {
                    if self.put(&kept, &tokens, &origin, generation)? {
                        return Ok(put(*tokens));
                    }
                }
            }
        }
        Err("others keep saving tokens of the same application".into())
    }

    /// Saves a pair, unless another has come since; `false` if one has.
    fn put(
        &self,
        kept: &Kept,
        tokens: &Tokens,
        origin: &str,
        generation: Option<u64>,
    ) -> Result<bool, StoreError> {
        let next = || kept.generation.max(self.memory.generation()) + 1;
        let generation = generation.unwrap_or_else(next);
        let pair = self.form.write(tokens, &self.keys.scope, generation)?;
        let keys = [&*self.keys.tokens, &*self.keys.counters];
        let mut call = Redis::call(&scripts::PUT, &keys);
        call.arg(kept.generation)
            .arg(generation)
            .arg(origin)
            .arg(pair)
            .arg(millis(LIFE))
            .arg(millis(COUNTERS_LIFE));
        let is_put: bool = self.redis.run(&call)?;
        if is_put {
            self.memory.remember(Seen {
                generation,
                origin: origin.to_owned(),
                tokens: tokens.clone(),
            });
        }
        Ok(is_put)
    }

    /// The pair that is there.
    fn found(&self, kept: &Kept) -> Result<Option<Tokens>, StoreError> {
        let tokens = kept.tokens(&self.form, &self.keys)?;
        if let (Some(found), Some(tokens)) = (&kept.found, &tokens) {
            self.memory.remember(Seen {
                generation: found.generation,
                origin: found.origin.clone(),
                tokens: tokens.clone(),
            });
        }
        Ok(tokens)
    }

    fn vanished(&self, generation: u64) -> StoreError {
        format!(
            "the tokens in the key {} are gone, although {generation} pairs were saved: the server has evicted or lost them (set \
             `maxmemory-policy noeviction`), or they were not renewed for 180 days; let a user authorize the application again, \
             and save its tokens with `RedisTokens::save`",
            self.keys.tokens
        )
        .into()
    }
}

impl TokenStore for RedisTokens {
    fn load(&self) -> Result<Option<Tokens>, StoreError> {
        let decide = |kept: &Kept| {
            if let Some(seen) = self.memory.forgotten_by(kept) {
                return Ok(Decision::Put {
                    tokens: Box::new(seen.tokens),
                    origin: seen.origin,
                    generation: Some(seen.generation),
                });
            }
            match self.found(kept)? {
                None if kept.generation > 0 => Err(self.vanished(kept.generation)),
                found => Ok(Decision::Done(found)),
            }
        };
        self.settle(decide, Some)
    }

    fn save(&self, tokens: &Tokens) -> Result<(), StoreError> {
        let origin = self.memory.origin_of(tokens)?;
        let decide = |kept: &Kept| {
            // It was saved by a call that failed all the same.
            let is_kept = kept
                .found
                .as_ref()
                .is_some_and(|found| found.origin == origin);
            match is_kept.then(|| self.found(kept)).transpose()?.flatten() {
                Some(found) if is_same(&found, tokens) => Ok(Decision::Done(())),
                Some(_) => Err(Superseded.into()),
                None => Ok(Decision::Put {
                    tokens: Box::new(tokens.clone()),
                    origin: origin.clone(),
                    generation: None,
                }),
            }
        };
        self.settle(decide, drop)
    }

    fn replace(&self, old: &Tokens, new: &Tokens) -> Result<(), StoreError> {
        let first_origin = random_id()?;
        let decide = |kept: &Kept| {
            let forgotten = self.memory.forgotten_by(kept);
            match self.found(kept)? {
                Some(found) if is_same(&found, new) => return Ok(Decision::Done(())),
                Some(found) if !is_same(&found, old) && forgotten.is_none() => {
                    return Err(Superseded.into());
                }
                _ => {}
            }
            let found = kept.found.as_ref().map(|found| &found.origin);
            let seen = forgotten.as_ref().map(|seen| &seen.origin);
            let origin = found.or(seen).unwrap_or(&first_origin);
            Ok(Decision::Put {
                tokens: Box::new(new.clone()),
                origin: origin.clone(),
                generation: None,
            })
        };
        self.settle(decide, drop)
    }

    fn prepare(&self) -> Result<(), StoreError> {
        self.holder.prepare(&self.redis, &self.keys)
    }

    fn lease(&self, time: Duration) -> Result<Lease, StoreError> {
        self.holder.lease(&self.redis, &self.keys, time)
    }

    fn release(&self) -> Result<(), StoreError> {
        self.holder.release(&self.redis, &self.keys)
    }
}

/// Shows the keys' names, and no token.
impl fmt::Debug for RedisTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisTokens")
            .field("redis", &self.redis)
            .field("key", &self.keys.tokens)
            .finish_non_exhaustive()
    }
}

/// A time as the server takes it.
fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
