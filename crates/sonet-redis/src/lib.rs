//! Limits and tokens that many machines share on Redis or Valkey.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod limits;
mod redis;

pub use limits::{RedisLimitStats, RedisLimits};
pub use redis::Redis;
#[cfg(test)]
mod testing;
