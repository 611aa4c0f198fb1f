//! What a page says, each thing with its line. Nothing here reads anything.

mod error;
mod example;
mod item;
mod page;
mod said;

pub use error::ErrorRow;
pub use example::{Example, ExampleKind};
pub(crate) use item::stands_for_others;
pub use item::{DefaultValue, Item};
pub use page::{NameDoubt, Page, Status};
pub use said::Said;
