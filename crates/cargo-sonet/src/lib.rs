//! `cargo sonet`: typed requests of any method that the vendor documents.
//!
//! A program, and what it shares with the maintainer's commands of this workspace: [`import`] drafts entries of a spec from
//! pages of the documentation, [`output`] prints and ends, [`progress`] shows how reading goes.

pub mod arguments;
pub mod client;
pub mod doubts;
pub mod generate;
pub mod import;
pub mod output;
pub mod progress;
pub mod spec_file;
pub mod update;
