//! `log.blogcomment.delete`

use super::actor;
use crate::domain::feed_access;
use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::refusal::Refusal;

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let id = call.params.id("COMMENT_ID");
    let id = id.ok_or_else(|| Refusal::text("Wrong comment ID"))?;
    if call.rules.without_blog {
        return Err(Refusal::text("Blog module not installed"));
    }
    let comment = call.state.feed.comments.get(&id);
    let comment = comment.ok_or_else(|| Refusal::text("No comment found"))?;
    if !feed_access::deletes_comment(call.state, &actor(call), comment) {
        return Err(Refusal::text("No delete perms"));
    }
    call.state.feed.comments.remove(&id);
    Ok(Answer::from(true))
}
