//! What a page says about a method or an event, each thing with its line.
//!
//! `facts` is what comes out of it. `read` finds the head, what the page is about, and its sections; `areas` reads these:
//! `items` the parameters and fields, `examples` the examples, `errors` the errors, and `notice` what stands in between.
//! `absent` judges what was not there to be read.

mod about;
mod absent;
mod areas;
mod errors;
mod examples;
mod facts;
mod head;
mod items;
mod notice;
mod parts;
mod read;
mod roles;
mod section;

pub(crate) use about::is_event;
pub use about::name_of;
pub(crate) use areas::ENVELOPE;
pub use facts::{Default, ErrorRow, Example, ExampleKind, Item, NameDoubt, Page, Said, Status};
pub use read::{parse, read};
