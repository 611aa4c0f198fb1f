//! The resolved spec as JSON.
