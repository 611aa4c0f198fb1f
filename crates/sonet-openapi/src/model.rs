//! An OpenAPI document, as far as this one has it.
//!
//! Objects are structs or [`Entries`], which keep their order whatever features `serde_json` is built with.

mod document;
mod entries;
mod extensions;
mod schema;

pub(crate) use document::{
    Components, Content, Document, ErrorBody, Example, ExternalDocs, Header, Info, Licence,
    Operation, PathItem, RequestBody, Requirement, Response, ResponseOrRef, SecurityScheme, Server,
    Tag, Variable,
};
pub(crate) use entries::Entries;
pub(crate) use extensions::{ErrorDoc, Limits, OAuth, OperatingLimit, Paging, RequestLimits};
pub(crate) use schema::{Kind, Rest, Schema};
