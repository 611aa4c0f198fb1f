//! What a page says about a method or an event, each thing with its line.
//!
//! `facts` is what comes out of it. `read` finds the head, what the page is about, and its sections; `areas` reads these:
//! `items` the parameters and fields, `examples` the examples, `errors` the errors, and `notice` what stands in between.
//! `absent` judges what was not there to be read.

mod absent;
mod areas;
mod around;
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
mod shared;
mod subject;
mod told;

pub(crate) use areas::ENVELOPE;
pub use facts::{
    DefaultValue, ErrorRow, Example, ExampleKind, Item, NameDoubt, Page, Said, Status,
};
pub(crate) use facts::{is_mask, stands_for_others};
pub use read::{parse, read};
pub(crate) use subject::is_event;
pub use subject::name_of;
