//! The feed, from outside the wire.

use crate::domain::model::{Comment, Post};
use crate::domain::number::number;
use crate::portal::Portal;

impl Portal {
    /// Returns all posts of the feed by identifier.
    pub fn posts(&self) -> impl Iterator<Item = &Post> {
        self.state.feed.posts.values()
    }

    /// Returns a post.
    #[must_use]
    pub fn post(&self, id: impl TryInto<u64>) -> Option<&Post> {
        self.state.feed.posts.get(&number(id))
    }

    /// Returns all comments by identifier.
    pub fn comments(&self) -> impl Iterator<Item = &Comment> {
        self.state.feed.comments.values()
    }

    /// Notes that a user has read an important post, which no method does. Returns whether there is
    /// such a post.
    pub fn read_post(&mut self, post_id: impl TryInto<u64>, user_id: impl TryInto<u64>) -> bool {
        let post = self.state.feed.posts.get_mut(&number(post_id));
        let Some(post) = post.filter(|post| post.important) else {
            return false;
        };
        post.readers.insert(number(user_id));
        true
    }
}
