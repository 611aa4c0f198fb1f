//! `log.blogpost.add`

use super::{actor, destinations, fields, text};
use crate::domain::feed_access;
use crate::domain::model::{Destination, Post};
use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::refusal::Refusal;
use crate::wire::output::Json;

const ERROR: &str = "SONET_CONTROLLER_LIVEFEED_BLOGPOST_ADD_ERROR";

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    if text(call, "POST_MESSAGE").is_none() {
        return Err(Refusal::coded(400, ERROR, "Blog post hasn't been added"));
    }
    let author = actor(call);
    let wanted = destinations::given(call).unwrap_or(vec![Some(Destination::Everybody)]);
    let destinations = destinations::allowed(call, &author, wanted);
    if destinations.is_empty() {
        return Err(Refusal::coded(400, ERROR, "No destination specified"));
    }
    if call.rules.without_blog {
        let code = "SONET_CONTROLLER_LIVEFEED_BLOGPOST_MODULE_BLOG_NOT_INSTALLED";
        return Err(Refusal::coded(400, code, "Blog module is not installed"));
    }
    if !feed_access::has_blog(call.state, author.id) {
        let code = "SONET_CONTROLLER_LIVEFEED_BLOG_NOT_FOUND";
        return Err(Refusal::coded(400, code, "Blog not found"));
    }
    call.before_write()?;
    let id = call.state.feed.next_post_id();
    let mut post = Post::new(id, author.id, call.now, destinations);
    fields::apply_texts(call, &mut post);
    fields::apply_first(call, &mut post);
    fields::apply_marks(call, &mut post);
    fields::apply_files(call, &mut post, author.id);
    call.state.feed.put_post(post);
    Ok(Answer::from(Json::number(id)))
}
