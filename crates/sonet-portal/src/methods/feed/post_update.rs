//! `log.blogpost.update`

use super::{actor, destinations, fields, text};
use crate::domain::feed_access;
use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::refusal::Refusal;
use crate::wire::output::Json;

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let refusal = |text: &str| {
        let code = "SONET_CONTROLLER_LIVEFEED_BLOGPOST_UPDATE_ERROR";
        Refusal::coded(400, code, text)
    };
    let id = call.params.id("POST_ID");
    let id = id.ok_or_else(|| refusal("Wrong post ID"))?;
    if text(call, "POST_TITLE").is_none() && text(call, "POST_MESSAGE").is_none() {
        let text = "Message title is not specified.";
        return Err(Refusal::coded(400, "EMPTY_TITLE", text));
    }
    if call.rules.without_blog {
        return Err(refusal("Blog module is not installed."));
    }
    let post = call.state.feed.posts.get(&id).cloned();
    let mut post = post.ok_or_else(|| refusal("No post found"))?;
    let editor = actor(call);
    if !feed_access::writes(&editor, &post) {
        return Err(refusal("No write perms"));
    }
    if !feed_access::has_blog(call.state, post.author_id) {
        return Err(refusal("No blog found"));
    }
    call.before_write()?;
    if let Some(wanted) = destinations::given(call) {
        let destinations = destinations::allowed(call, &editor, wanted);
        // A post for nobody has no text on the page, so whom it was for stays.
        if !destinations.is_empty() {
            post.destinations = destinations;
        }
    }
    fields::apply_texts(call, &mut post);
    fields::apply_marks(call, &mut post);
    fields::apply_files(call, &mut post, editor.id);
    call.state.feed.put_post(post);
    Ok(Answer::from(Json::number(id)))
}
