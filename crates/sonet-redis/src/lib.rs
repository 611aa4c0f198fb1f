//! Limits and tokens that many machines share on Redis or Valkey.
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
