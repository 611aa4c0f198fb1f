//! Limits and tokens that many machines share on Redis or Valkey.
//!
//! [`RedisLimits`] is a store of limits for `Limits::stored`, and [`RedisTokens`] one of tokens for `Config::token_store`. Both
//! stand on [`Redis`], which is one server, a master that sentinels name, or a cluster. Both clients take them: they are called
//! on threads that may block, so neither client needs a second runtime.
//!
//! # Features
//!
//! - `tls`: `rediss://` addresses, by rustls with ring.
//! - `cluster`: `Redis::cluster`.
//! - `encryption`: tokens encrypted at rest.
//! - `tracing`: an event when Redis is gone, when it is back, and when it has lost a bucket.
//!
//! None is on by default.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod limits;
mod redis;
mod tokens;

pub use limits::{RedisLimitStats, RedisLimits};
pub use redis::Redis;
pub use tokens::RedisTokens;
#[cfg(feature = "encryption")]
pub use tokens::TokenKey;

#[cfg(test)]
mod testing;
