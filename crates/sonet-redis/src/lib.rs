//! Limits and tokens that many machines share on Redis or Valkey.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod redis;
mod tokens;

pub use redis::Redis;
pub use tokens::RedisTokens;
#[cfg(feature = "encryption")]
pub use tokens::TokenKey;
