//! Applications: from tokens, from a code, with tokens that expire and token servers that fail.

mod concurrency;
mod failures;
mod installation;
mod secrets;
mod sharing;
mod shutdown;
mod tokens;
