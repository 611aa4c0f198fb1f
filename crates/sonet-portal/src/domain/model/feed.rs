//! The feed: posts, their comments, and the files of both.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Whom a post is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Destination {
    /// Everybody: `UA`.
    Everybody,
    /// A user: `U7`.
    User(u64),
    /// The members of a group: `SG77`.
    Group(u64),
    /// A department with those below it: `DR1`.
    Department(u64),
}

/// A post of the feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Post {
    /// The identifier, which is also that of its entry in the feed.
    pub id: u64,
    /// Who wrote it.
    pub author_id: u64,
    /// The title; where none was given, the beginning of the text.
    pub title: String,
    /// The text.
    pub text: String,
    /// Whether no title was given.
    pub micro: bool,
    /// When it was published, in Unix seconds.
    pub published: i64,
    /// Whom it is for.
    pub destinations: Vec<Destination>,
    /// Whether it is important.
    pub important: bool,
    /// Until when it is, in Unix seconds.
    pub important_until: Option<i64>,
    /// The tags.
    pub tags: Vec<String>,
    /// The identifiers of attached files.
    pub files: Vec<u64>,
    /// What its custom fields refer to, by their names.
    pub references: BTreeMap<String, u64>,
    /// Who has read it, if it is important.
    pub readers: BTreeSet<u64>,
}

impl Post {
    /// A post without anything in it yet.
    pub(crate) fn new(
        id: u64,
        author_id: u64,
        published: i64,
        destinations: Vec<Destination>,
    ) -> Self {
        Self {
            id,
            author_id,
            title: String::new(),
            text: String::new(),
            micro: true,
            published,
            destinations,
            important: false,
            important_until: None,
            tags: Vec::new(),
            files: Vec::new(),
            references: BTreeMap::new(),
            readers: BTreeSet::new(),
        }
    }
}

/// A comment on a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Comment {
    /// The identifier.
    pub id: u64,
    /// The post's identifier.
    pub post_id: u64,
    /// Who wrote it.
    pub author_id: u64,
    /// The text.
    pub text: String,
    /// When it was written, in Unix seconds.
    pub created: i64,
    /// The identifiers of attached files.
    pub files: Vec<u64>,
}

/// A file that was uploaded with a post or a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FeedFile {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) size: u64,
    /// Width and height, if it is a picture that tells them.
    pub(crate) extent: Option<(u32, u32)>,
    pub(crate) author_id: u64,
    pub(crate) created: i64,
}

impl Destination {
    /// Reads a code such as `SG77`.
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        let id = |prefix: &str| {
            let id: u64 = code.strip_prefix(prefix)?.parse().ok()?;
            (id > 0).then_some(id)
        };
        if code == "UA" {
            return Some(Self::Everybody);
        }
        let group = id("SG").map(Self::Group);
        let department = || id("DR").map(Self::Department);
        group
            .or_else(department)
            .or_else(|| id("U").map(Self::User))
    }
}

impl fmt::Display for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everybody => f.write_str("UA"),
            Self::User(id) => write!(f, "U{id}"),
            Self::Group(id) => write!(f, "SG{id}"),
            Self::Department(id) => write!(f, "DR{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Destination;

    #[test]
    fn destinations_have_codes() {
        for code in ["UA", "U7", "SG77", "DR1"] {
            assert_eq!(Destination::from_code(code).unwrap().to_string(), code);
        }
        for wrong in ["", "U", "U0", "SGx", "77", "G77", "ua", "D1"] {
            assert_eq!(Destination::from_code(wrong), None, "{wrong}");
        }
    }
}
