//! `log.blogcomment.user.get`

use super::Cursor;
use crate::domain::dates;
use crate::domain::feed_access;
use crate::domain::model::{Comment, FeedFile, User};
use crate::methods::call::{Answer, Call, Outcome, id_numbers, objects};
use crate::wire::output::{Json, Object};
use crate::wire::value::Value;

/// The largest page, which is also the usual one.
const LARGEST: usize = 100;

/// The comments of a user on posts that the caller reaches, the newest first. With `FIRST_ID` they go
/// upwards.
#[allow(clippy::unnecessary_wraps, reason = "all methods stand in one table")]
pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let call = &*call;
    let author = call.params.id("USER_ID");
    let author = author.filter(|id| call.state.users.contains_key(id));
    let author = author.unwrap_or(call.user.id);
    let cursor = Cursor::read(call);
    let fits = |comment: &&Comment| {
        let post = call.state.feed.posts.get(&comment.post_id);
        comment.author_id == author
            && cursor.lets(comment.id)
            && post.is_some_and(|post| feed_access::reaches(call.state, &call.user, post))
    };
    let comments = call.state.feed.comments.values().filter(fits);
    let limit = call.params.get("LIMIT").and_then(Value::to_int);
    let limit = limit.and_then(|limit| usize::try_from(limit).ok());
    let limit = limit.filter(|limit| (1..=LARGEST).contains(limit));
    let limit = limit.unwrap_or(LARGEST);
    let comments: Vec<&Comment> = if cursor.goes_up() {
        comments.take(limit).collect()
    } else {
        comments.rev().take(limit).collect()
    };
    let rows = comments.iter().map(|comment| row(call, comment));
    let files = comments.iter().flat_map(|comment| &comment.files);
    let files = files.filter_map(|id| call.state.feed.files.get(id));
    let files = files.map(|own| (own.id.to_string(), file(call, own).into()));
    let result = Object::new()
        .with("comments", objects(rows.collect()))
        .with("files", Json::php_array(files.collect()));
    Ok(Answer::from(result))
}

/// A comment. An administrator doesn't get the text of what others wrote where the administrator is no
/// reader.
fn row(call: &Call<'_>, comment: &Comment) -> Object {
    let post = call.state.feed.posts.get(&comment.post_id);
    let reads = post.is_some_and(|post| feed_access::reads(call.state, &call.user, post));
    let told = reads || comment.author_id == call.user.id;
    Object::new()
        .with("id", Json::number(comment.id))
        .with("comment_id", Json::number(comment.id))
        .with("log_id", Json::number(comment.post_id))
        .with("date", dates::iso(comment.created))
        .with("text", if told { comment.text.as_str() } else { "" })
        .with("attach", id_numbers(comment.files.iter().copied()))
}

fn file(call: &Call<'_>, file: &FeedFile) -> Object {
    let author = call.state.users.get(&file.author_id);
    let kind = if file.extent.is_some() {
        "image"
    } else {
        "file"
    };
    let address = |page: &str| format!("{}/disk/{page}/{}", call.address.portal(), file.id);
    let mut row = Object::new()
        .with("id", Json::number(file.id))
        .with("date", dates::iso(file.created))
        .with("type", kind)
        .with("name", file.name.as_str())
        .with("size", Json::number(file.size));
    if let Some((width, height)) = file.extent {
        let extent = Object::new()
            .with("width", i64::from(width))
            .with("height", i64::from(height));
        row.set("image", extent);
    }
    row.with("authorId", Json::number(file.author_id))
        .with(
            "authorName",
            author.map(User::formatted_name).unwrap_or_default(),
        )
        .with("urlPreview", address("showPreview"))
        .with("urlShow", address("showFile"))
        .with("urlDownload", address("downloadFile"))
}
