//! `log.blogpost.delete`

use crate::domain::feed_access;
use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::refusal::Refusal;

/// A post that isn't there has no text of its own, so that its number is wrong.
pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let wrong = || Refusal::coded(400, "100", "Wrong post ID");
    let id = call.params.id("POST_ID").ok_or_else(wrong)?;
    if call.rules.without_blog {
        return Err(Refusal::coded(400, "0", "Blog module is not installed."));
    }
    let post = call.state.feed.posts.get(&id).ok_or_else(wrong)?;
    if !feed_access::writes(&call.user, post) {
        let text = "You do not have permission to delete this message";
        return Err(Refusal::coded(400, "403", text));
    }
    call.before_write()
        .map_err(|refusal| Refusal::coded(400, "0", &refusal.description))?;
    call.state.feed.remove_post(id);
    Ok(Answer::from(true))
}
