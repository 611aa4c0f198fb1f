//! Parameters: in the table of a page, and in the requests of its examples.

mod moved;
mod requests;
mod table;

pub(super) use requests::compare as compare_requests;
pub(crate) use requests::condition;
pub(super) use table::compare;
