//! Walking a list from its beginning to its end.

mod by_id;
mod by_offset;
mod cursor;
mod page_info;
mod page_output;
mod pager;
mod params;
mod plan;
mod request;
mod row_buffer;

pub use cursor::Cursor;
pub use page_output::PageOutput;
pub use pager::{CountMode, Pager, PagerStep};
pub(crate) use plan::PAGE;
pub use request::{PageRequest, PagesRequest};
