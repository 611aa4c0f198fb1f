//! The maintainer's commands of the sonet workspace.
//!
//! They are a library as well as a program, so that every step can be tested by itself: [`spec`] reads and checks
//! `spec/sonet.toml`, [`diagnostics`] shows what is wrong with it.

pub mod codegen;
pub mod diagnostics;
pub mod docs;
pub mod spec;
