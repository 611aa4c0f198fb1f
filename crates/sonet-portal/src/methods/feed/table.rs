//! The table of these methods.

use super::comment_add;
use super::comment_delete;
use super::comment_get;
use super::post_add;
use super::post_delete;
use super::post_get;
use super::post_readers;
use super::post_share;
use super::post_update;
use crate::methods::method::Method;

/// All methods of the feed.
pub(in super::super) static METHODS: [Method; 9] = [
    Method::new("log.blogpost.add", post_add::run).storage_failure("Cannot add blog post"),
    Method::new("log.blogpost.update", post_update::run).storage_failure("Cannot update blog post"),
    Method::new("log.blogpost.get", post_get::run),
    Method::new("log.blogpost.getusers.important", post_readers::run),
    Method::new("log.blogpost.share", post_share::run),
    Method::new("log.blogpost.delete", post_delete::run).storage_failure("Error deleting message"),
    Method::new("log.blogcomment.add", comment_add::run)
        .storage_failure("Blog comment hasn't been added"),
    Method::new("log.blogcomment.user.get", comment_get::run),
    Method::new("log.blogcomment.delete", comment_delete::run),
];
