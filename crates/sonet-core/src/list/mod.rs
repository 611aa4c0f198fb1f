//! Walking a list from its beginning to its end.

mod by_id;
mod by_offset;
mod cursor;
mod gap;
#[cfg(test)]
mod numbers;
mod page_answer;
mod page_info;
mod pager;
mod params;
mod plan;
mod request;
mod row_buffer;
mod schedule;
mod total;
mod walk_request;
mod window;
mod windows;

pub use cursor::Cursor;
pub use pager::{Pager, PagerStep};
pub use request::{PageRequest, PagesRequest};
pub use schedule::CountMode;
pub use total::{CountedItems, TotalRequest};
pub use walk_request::{WalkAnswer, WalkRequest};
