//! YFM (Yandex Flavored Markdown), which the vendor's pages are written in, as blocks.
//!
//! [`lines`] brings together the lines of a page: includes are in their places, branches that are not published are
//! gone. [`parse()`] makes blocks of them. Nothing here knows what a page is about.
//!
//! `parse` is the recursive descent: it alone knows every kind of block. `heading`, `fence`, `list`, `tabs` and `table`
//! each know one: where it begins and ends, and which lines are in it.

mod block;
mod expand;
mod fence;
mod heading;
pub mod inline;
mod line;
mod list;
mod parse;
mod problem;
mod table;
mod tabs;

pub use block::{Block, Cell, Code, Heading, Item, List, Row, Table, leaves, tables};
pub use expand::lines;
pub use line::{Line, Location};
pub use parse::{parse, parse_cell};
pub(crate) use problem::DEPTH;
pub use problem::Problem;
