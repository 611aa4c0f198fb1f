//! The lines of a page as it is published: with its includes, and without the branches for other builds.
//!
//! `expander` goes through a file and what it includes. Which branch of `{% if … %}` is published, which lines of a file
//! are included, where its front matter ends and what is a comment, each has a file of its own.

mod branches;
mod comments;
mod excerpt;
mod expander;
mod front_matter;

pub use expander::lines;
