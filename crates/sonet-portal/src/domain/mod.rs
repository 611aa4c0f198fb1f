//! TODO domain

pub(crate) mod access;
pub(crate) mod app;
pub(crate) mod dates;
pub(crate) mod emoji;
pub(crate) mod filter;
pub(crate) mod listing;
pub(crate) mod model;
pub(crate) mod secrets;
pub(crate) mod seed;
pub(crate) mod state;
