//! Walking a list from its beginning to its end.

mod cursor;
mod pager;
mod params;
mod plan;
mod request;

pub use cursor::Cursor;
pub use pager::{Count, Pager, Turn};
pub(crate) use plan::PAGE;
pub use request::{PageOf, PagesOf};
