//! `user.*`: who is there, and what is told of them.
//!
//! What a row has depends on the scope: `user` tells everything, `user_basic` and `user_brief` what
//! their lists have. The kind of a user is in none of these lists and in all samples, so everybody is
//! told it.

mod current;
mod field;
mod fields;
mod get;
mod listed;
mod row;
mod search;
mod title;

pub(super) use current::run as current;
pub(super) use fields::run as fields;
pub(super) use get::run as get;
pub(super) use search::run as search;
