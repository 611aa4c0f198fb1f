//! The examples of a page: the requests, answers and errors that it shows.
//!
//! `read` chooses the reader. Answers and errors are `json`, requests are commands for `curl` or addresses, and what
//! programs send stands as a literal in a `program`.

mod curl;
mod form;
mod json;
mod program;
mod read;
mod shell;

pub(super) use read::read;
