//! `log.blogcomment.add`

use super::{actor, files, text};
use crate::domain::feed_access;
use crate::domain::model::{Comment, Post};
use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::refusal::Refusal;
use crate::wire::output::Json;

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    if call.rules.without_blog {
        return Err(Refusal::text("No blog module installed"));
    }
    let author = actor(call);
    let post = call.params.id("POST_ID");
    let post = post.and_then(|id| call.state.feed.posts.get(&id));
    let post = post.filter(|post| feed_access::reaches(call.state, &author, post));
    let post = post.ok_or_else(|| Refusal::text("No post found"))?;
    if !feed_access::has_blog(call.state, post.author_id) {
        return Err(Refusal::text("No blog found"));
    }
    let text = text(call, "TEXT");
    let repeats = |text: &String| is_repeated(call, post, author.id, text);
    if text.as_ref().is_some_and(repeats) {
        return Err(Refusal::text("Duplicate comment"));
    }
    if !feed_access::comments(call.state, &author, post) {
        return Err(Refusal::text("No permissions"));
    }
    // A missing text has none of its own on the page.
    let text = text.ok_or_else(|| Refusal::text("Blog comment hasn't been added"))?;
    let post_id = post.id;
    call.before_write()?;
    let files = files::upload(call, author.id);
    let id = call.state.feed.add_comment(Comment {
        id: 0,
        post_id,
        author_id: author.id,
        text,
        created: call.now,
        files,
    });
    Ok(Answer::from(Json::number(id)))
}

/// Whether the author has written the same before. Only posts without files are looked at.
fn is_repeated(call: &Call<'_>, post: &Post, author_id: u64, text: &str) -> bool {
    let mut comments = call.state.feed.comments_on(post.id);
    post.files.is_empty() && comments.any(|own| own.author_id == author_id && own.text == text)
}
