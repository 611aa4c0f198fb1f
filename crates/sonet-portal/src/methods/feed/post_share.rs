//! `log.blogpost.share`

use super::{actor, destinations};
use crate::domain::feed_access;
use crate::domain::model::Destination;
use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::refusal::Refusal;

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let wrong = || Refusal::text("Wrong post ID");
    let id = call.params.id("POST_ID").ok_or_else(wrong)?;
    let post = call.state.feed.posts.get(&id).cloned();
    let mut post = post.ok_or_else(wrong)?;
    if call.rules.without_blog {
        return Err(Refusal::text("Blog module not installed"));
    }
    let wanted = wanted(call).ok_or_else(|| Refusal::text("Wrong destinations"))?;
    let user = actor(call);
    // By the page only these may share, and the one text about rights is about reading.
    if !feed_access::writes(&user, &post) {
        return Err(Refusal::text("No read perms"));
    }
    let may = |own: &Destination| feed_access::addresses(call.state, &user, *own);
    if !wanted.iter().all(may) {
        let text = "No access to one or more message recipients";
        return Err(Refusal::text(text));
    }
    for destination in wanted {
        if !post.destinations.contains(&destination) {
            post.destinations.push(destination);
        }
    }
    call.state.feed.put_post(post);
    Ok(Answer::from(true))
}

/// The new destinations, all of which have to be codes.
fn wanted(call: &Call<'_>) -> Option<Vec<Destination>> {
    let wanted = destinations::read(call.params.get("DEST")?);
    let wanted: Vec<_> = wanted.into_iter().collect::<Option<_>>()?;
    Some(wanted).filter(|wanted| !wanted.is_empty())
}
