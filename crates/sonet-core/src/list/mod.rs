//! Walking a list from its beginning to its end.

mod by_id;
mod by_offset;
mod cursor;
mod listed;
mod pager;
mod params;
mod plan;
mod request;
mod said;
mod stock;

pub use cursor::Cursor;
pub use listed::Listed;
pub use pager::{Count, Pager, Turn};
pub(crate) use plan::PAGE;
pub use request::{PageOf, PagesOf};
