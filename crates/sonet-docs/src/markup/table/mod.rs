//! Tables: YFM's own, and those of GitHub Flavored Markdown.

mod gfm;
mod rows;
mod tokens;
mod yfm;

pub(in crate::markup) use gfm::read as read_gfm;
pub(in crate::markup) use yfm::read as read_yfm;
