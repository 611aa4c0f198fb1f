//! A post on the wire.

use super::fields;
use super::user_field::FIELDS;
use crate::domain::dates;
use crate::domain::model::{Destination, Post};
use crate::methods::call::{Call, id_numbers};
use crate::wire::output::{Json, Object};

/// A post as lists have it.
pub(super) fn print(call: &Call<'_>, post: &Post) -> Object {
    let comments = call.state.feed.comments_on(post.id).count();
    let everybody = post.destinations.contains(&Destination::Everybody);
    let has_props = post.important || !post.files.is_empty() || !post.references.is_empty();
    let row = Object::new()
        .with("ID", Json::digits(post.id))
        // Each user has one blog, with the user's number.
        .with("BLOG_ID", Json::digits(post.author_id))
        .with("PUBLISH_STATUS", "P")
        .with("TITLE", post.title.as_str())
        .with("AUTHOR_ID", Json::digits(post.author_id))
        .with("ENABLE_COMMENTS", Json::flag(true))
        .with("NUM_COMMENTS", Json::digits(comments as u64))
        .with("CODE", Json::Null)
        .with("MICRO", Json::flag(post.micro))
        .with("DETAIL_TEXT", post.text.as_str())
        .with("DATE_PUBLISH", dates::iso(post.published))
        .with("CATEGORY_ID", fields::categories(call, post))
        .with("HAS_SOCNET_ALL", Json::flag(everybody))
        .with("HAS_TAGS", Json::flag(!post.tags.is_empty()))
        .with("HAS_IMAGES", Json::flag(false))
        .with("HAS_PROPS", Json::flag(has_props))
        .with("HAS_COMMENT_IMAGES", Json::Null);
    let row = FIELDS.iter().fold(row, |row, field| {
        row.with(field.name, field.print(post, call.rules.language))
    });
    row.with("FILES", id_numbers(post.files.iter().copied()))
}
