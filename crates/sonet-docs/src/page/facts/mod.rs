//! What a page says, each thing with its line. Nothing here reads anything.

mod error;
mod example;
mod item;
mod page;
mod said;

pub use error::ErrorRow;
pub use example::{Example, ExampleKind};
pub use item::{DefaultValue, Item};
pub(crate) use item::{is_mask, stands_for_others};
pub use page::{NameDoubt, Page, Status};
pub use said::Said;
