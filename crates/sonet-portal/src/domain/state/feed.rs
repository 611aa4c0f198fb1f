//! The feed: posts, comments and files.

use crate::domain::model::{Comment, FeedFile, Post};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Posts, comments and files, each by identifier.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Feed {
    pub(crate) posts: BTreeMap<u64, Post>,
    pub(crate) comments: BTreeMap<u64, Comment>,
    pub(crate) files: BTreeMap<u64, FeedFile>,
    tags: BTreeMap<String, u64>,
    last_post: u64,
    last_comment: u64,
}

impl Feed {
    /// The identifier that the next post gets. A deleted post's is not given again.
    pub(crate) fn next_post_id(&self) -> u64 {
        self.last_post + 1
    }

    /// Puts a post into the place of the one with its identifier, or into a place of its own.
    pub(crate) fn put_post(&mut self, post: Post) {
        self.last_post = self.last_post.max(post.id);
        for tag in &post.tags {
            let next = self.tags.len() as u64 + 1;
            self.tags.entry(tag.clone()).or_insert(next);
        }
        self.posts.insert(post.id, post);
    }

    /// Removes a post and its comments.
    pub(crate) fn remove_post(&mut self, id: u64) {
        self.posts.remove(&id);
        self.comments.retain(|_, own| own.post_id != id);
    }

    /// The comments on a post.
    pub(crate) fn comments_on(&self, post_id: u64) -> impl Iterator<Item = &Comment> {
        let comments = self.comments.values();
        comments.filter(move |own| own.post_id == post_id)
    }

    /// Adds a comment under a new identifier and returns this.
    pub(crate) fn add_comment(&mut self, mut comment: Comment) -> u64 {
        self.last_comment += 1;
        comment.id = self.last_comment;
        self.comments.insert(comment.id, comment);
        self.last_comment
    }

    /// The number of a tag.
    pub(crate) fn tag_id(&self, tag: &str) -> Option<u64> {
        self.tags.get(tag).copied()
    }
}
