//! `log.blogpost.getusers.important`

use crate::domain::feed_access;
use crate::methods::call::{Answer, Call, Outcome, id_texts};
use crate::methods::refusal::Refusal;

/// How many readers are told.
const MOST: usize = 500;

/// Who has read an important post. Of one that the user doesn't reach, and so of one that isn't there,
/// nobody is told.
pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let id = call.params.id("POST_ID");
    let id = id.ok_or_else(|| Refusal::text("Wrong post ID"))?;
    let post = call.state.feed.posts.get(&id);
    let post = post.filter(|post| feed_access::reaches(call.state, &call.user, post));
    let readers = post.filter(|post| post.important);
    let readers = readers.into_iter().flat_map(|post| &post.readers);
    let readers: Vec<u64> = readers.copied().take(MOST).collect();
    Ok(Answer::from(id_texts(&readers)))
}
