//! What tests of the feed find in a portal.

use sonet_portal::Destination;
use sonet_types::{CommentId, GroupId, PostId, UserId};

use crate::conformance::world::{World, number};

impl World {
    /// A post in the feed of a group, which somebody else than its readers wrote.
    pub(super) fn post_in(&self, group: GroupId) -> PostId {
        self.post_of(self.owner(group), Destination::Group(number(group)))
    }

    /// A post of a user.
    pub(super) fn post_of(&self, author: UserId, destination: Destination) -> PostId {
        let post = self
            .server()
            .with(|portal| portal.insert_post(number(author), [destination]));
        PostId::from(i64::try_from(post).unwrap())
    }

    /// A comment of a user.
    pub(super) fn comment_of(&self, author: UserId, post: PostId, text: &str) -> CommentId {
        let comment = self
            .server()
            .with(|portal| portal.insert_comment(number(post), number(author), text));
        CommentId::from(i64::try_from(comment).unwrap())
    }

    /// Lets the portal lack what the feed is made of.
    pub(super) fn without_blog(&self) {
        self.rule(|rules| rules.without_blog = true);
    }
}
