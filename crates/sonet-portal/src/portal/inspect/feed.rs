//! The feed, from outside the wire.

use crate::domain::model::{Comment, Destination, Post};
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

    /// Puts a post into the feed without a call, and returns its identifier. It was published in 1970.
    pub fn insert_post(
        &mut self,
        author_id: impl TryInto<u64>,
        destinations: impl IntoIterator<Item = Destination>,
    ) -> u64 {
        let id = self.state.feed.next_post_id();
        let destinations = destinations.into_iter().collect();
        let mut post = Post::new(id, number(author_id), 0, destinations);
        post.title = format!("Post {id}");
        post.text = format!("The text of post {id}");
        post.micro = false;
        self.state.feed.put_post(post);
        id
    }

    /// Puts a comment on a post without a call, and returns its identifier.
    pub fn insert_comment(
        &mut self,
        post_id: impl TryInto<u64>,
        author_id: impl TryInto<u64>,
        text: &str,
    ) -> u64 {
        self.state.feed.add_comment(Comment {
            id: 0,
            post_id: number(post_id),
            author_id: number(author_id),
            text: text.to_owned(),
            created: 0,
            files: Vec::new(),
        })
    }
}
