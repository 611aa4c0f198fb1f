//! Who reads and writes the feed.
//!
//! A post is read by its author and by those whom it is for. The pages leave open who these are in
//! detail: here a group's are its members, be it secret or not; a department's are its people and
//! those of the departments below; and everybody is everybody but external users. An administrator
//! has no more in the feed than others, but reaches each post by its identifier.

use crate::domain::access;
use crate::domain::model::{
    COMPANY, Comment, Destination, Post, Role, User, UserKind, department_name,
};
use crate::domain::state::State;

/// Whether a post is in a user's feed.
pub(crate) fn reads(state: &State, user: &User, post: &Post) -> bool {
    let mut destinations = post.destinations.iter();
    post.author_id == user.id || destinations.any(|own| includes(state, *own, user))
}

fn includes(state: &State, destination: Destination, user: &User) -> bool {
    match destination {
        Destination::Everybody => user.kind == UserKind::Employee,
        Destination::User(id) => user.id == id,
        Destination::Group(id) => state.role(id, user.id).is_some_and(Role::is_member),
        Destination::Department(id) => {
            let own = &user.profile.departments;
            own.contains(&id) || id == COMPANY && !own.is_empty()
        }
    }
}

/// Whether a user reaches a post by its identifier.
pub(crate) fn reaches(state: &State, user: &User, post: &Post) -> bool {
    user.admin || reads(state, user, post)
}

/// Whether a user may change, share or delete a post.
pub(crate) fn writes(user: &User, post: &Post) -> bool {
    user.admin || post.author_id == user.id
}

/// Whether a user may write to a destination.
pub(crate) fn addresses(state: &State, user: &User, destination: Destination) -> bool {
    match destination {
        Destination::Everybody => !user.is_extranet(),
        Destination::User(id) => {
            let other = state.active_user(id);
            other.is_some_and(|other| access::knows(state, user, other))
        }
        Destination::Group(id) => {
            access::may_operate(state, user, state.groups.get(&id), "write_post")
        }
        Destination::Department(id) => !user.is_extranet() && department_name(id).is_some(),
    }
}

/// Whether a user may comment on a post that they reach: not if it is for archived groups only.
pub(crate) fn comments(state: &State, user: &User, post: &Post) -> bool {
    let mut destinations = post.destinations.iter();
    let is_archived = |own: &Destination| match own {
        Destination::Group(id) => state.groups.get(id).is_none_or(|group| group.closed),
        _ => false,
    };
    user.admin || post.destinations.is_empty() || !destinations.all(is_archived)
}

/// Whether a user may delete a comment: their own, or with full rights in a group of its post.
pub(crate) fn deletes_comment(state: &State, user: &User, comment: &Comment) -> bool {
    let post = state.feed.posts.get(&comment.post_id);
    let mut destinations = post.into_iter().flat_map(|post| &post.destinations);
    let full = destinations.any(|own| match own {
        Destination::Group(id) => {
            access::may_operate(state, user, state.groups.get(id), "full_comment")
        }
        _ => false,
    });
    user.admin || comment.author_id == user.id || full
}

/// Whether a user has a blog, which is what posts belong to: not who only writes by mail.
pub(crate) fn has_blog(state: &State, user_id: u64) -> bool {
    let user = state.users.get(&user_id);
    user.is_some_and(|user| user.kind != UserKind::Other)
}
