//! `log.blogpost.get`

use super::{Cursor, destinations, row};
use crate::domain::dates;
use crate::domain::feed_access;
use crate::domain::model::Post;
use crate::domain::page::PAGE_ROWS;
use crate::methods::call::{Answer, Call, Outcome, objects};
use crate::methods::paging::Paged;
use crate::wire::value::Value;

/// The largest page of a walk by identifier.
const LARGEST: usize = 200;

/// The posts of a user's feed, the newest first. With `FIRST_ID` they go upwards.
#[allow(clippy::unnecessary_wraps, reason = "all methods stand in one table")]
pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let call = &*call;
    let cursor = Cursor::read(call).one_sided();
    let mut posts = posts(call);
    if !cursor.is_given() {
        let page = Paged::cut(call, posts, call.params.get("start"));
        return Ok(page.answer(None, |post| row::print(call, post)));
    }
    posts.retain(|post| cursor.lets(post.id));
    if cursor.goes_up() {
        posts.reverse();
    }
    let limit = call.params.get("LIMIT").and_then(Value::to_int);
    let limit = limit.and_then(|limit| usize::try_from(limit).ok());
    let limit = limit.filter(|limit| *limit > 0).unwrap_or(PAGE_ROWS);
    let rows = posts.into_iter().take(limit.min(LARGEST));
    let rows = rows.map(|post| row::print(call, post)).collect();
    Ok(Answer::from(objects(rows)))
}

/// The posts that are asked for, the newest first: one by its identifier, or those of the feed that
/// fit the filters.
fn posts<'c>(call: &'c Call<'_>) -> Vec<&'c Post> {
    let posts = call.state.feed.posts.values().rev();
    if let Some(id) = call.params.get("POST_ID") {
        let reached = posts.filter(|post| feed_access::reaches(call.state, &call.user, post));
        return reached.filter(|post| id.to_id() == Some(post.id)).collect();
    }
    let rights = call.params.get("LOG_RIGHTS").map(destinations::read);
    let date = |name: &str| call.params.text(name).and_then(|text| dates::parse(&text));
    let (from, to) = (date("LOG_DATE_FROM"), date("LOG_DATE_TO"));
    let fits = |post: &&Post| {
        let is_for = |own: &Option<_>| own.is_some_and(|own| post.destinations.contains(&own));
        rights
            .as_ref()
            .is_none_or(|rights| rights.iter().any(is_for))
            && from.is_none_or(|from| post.published >= from)
            && to.is_none_or(|to| post.published <= to)
    };
    let read = posts.filter(|post| feed_access::reads(call.state, &call.user, post));
    read.filter(fits).collect()
}
