//! A command that is in a batch.

use std::fmt;

use super::done::Decoder;
use super::reference::{Reference, ResultPath};
use crate::Id;

/// A command of a batch: it gives the command's outcome, [`BatchRun::outcome`](crate::BatchRun::outcome), and
/// references to its result for commands after it, [`Batch::add_with`](crate::Batch::add_with).
#[must_use]
pub struct Handle<T> {
    pub(super) batch: u64,
    pub(super) index: usize,
    pub(super) decoder: Decoder<T>,
}

impl<T> Handle<T> {
    /// A field of the result, by its name on the wire: `group.field("OWNER_ID").id::<UserId>()`.
    ///
    /// If the result turns out to have no such field, the server puts the bare text of the reference into the later
    /// command, and runs it. That command's outcome is then an error:
    /// [`Error::is_unresolved`](crate::Error::is_unresolved).
    pub fn field(&self, name: impl Into<String>) -> ResultPath {
        self.path().field(name)
    }

    /// An item of the result, which is a list: `rows.index(0).field("ID").id::<GroupId>()`. See [`Handle::field`].
    pub fn index(&self, index: usize) -> ResultPath {
        self.path().index(index)
    }

    fn path(&self) -> ResultPath {
        ResultPath::new(self.batch, self.index)
    }
}

impl<I: Id> Handle<I> {
    /// The result, which is an identifier: that of a group that the command creates.
    pub fn value(&self) -> Reference<I> {
        self.path().id()
    }
}

impl<T> Clone for Handle<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Handle<T> {}

impl<T> fmt::Debug for Handle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Handle({})", self.index)
    }
}
