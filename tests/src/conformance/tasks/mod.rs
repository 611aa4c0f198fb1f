//! The methods of tasks.

pub(super) mod add;
mod lifecycle;
pub(super) mod lists;
pub(super) mod one;
mod setup;
pub(super) mod update;
