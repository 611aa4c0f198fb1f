//! Limits and tokens that many machines share on Redis or Valkey.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod redis;

pub use redis::Redis;
