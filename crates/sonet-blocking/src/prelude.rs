//! What nearly every program imports: the client, its errors, and the identifiers of groups and users.
//!
//! ```
//! use sonet_blocking::prelude::*;
//! ```

pub use crate::{
    Batch, Client, Config, Error, Executed, GroupId, Method, Page, PageStart, Paged, Raw, Refusal,
    UserId,
};
