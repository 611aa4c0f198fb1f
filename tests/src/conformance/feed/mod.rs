//! The methods of the news feed.

pub(super) mod comments;
mod lifecycle;
pub(super) mod posts;
mod setup;
