//! `log.*`: the feed, its posts and the comments on them.
//!
//! Each method has its own way with codes: named ones, numbers as texts, or none. The checks come in
//! the order of each page's table, but what isn't there comes before who may not.

mod comment_add;
mod comment_delete;
mod comment_get;
mod destinations;
mod fields;
mod files;
mod kind;
mod post_add;
mod post_delete;
mod post_get;
mod post_readers;
mod post_share;
mod post_update;
mod row;
mod table;
mod user_field;

pub(super) use table::METHODS;

use crate::domain::model::User;
use crate::methods::call::Call;
use crate::wire::value::Value;

/// Who acts: the caller, or whom an administrator names. What others name is passed over.
fn actor(call: &Call<'_>) -> User {
    let named = call.params.id("USER_ID").filter(|_| call.user.admin);
    let named = named.and_then(|id| call.state.users.get(&id));
    named.unwrap_or(&call.user).clone()
}

/// A text that is not empty.
fn text(call: &Call<'_>, name: &str) -> Option<String> {
    let text = call.params.text(name);
    text.filter(|text| !text.trim().is_empty())
}

/// The bounds of a walk by identifier, none of which is walked over itself.
struct Cursor {
    after: Option<u64>,
    before: Option<u64>,
}

impl Cursor {
    fn read(call: &Call<'_>) -> Self {
        let id = |name: &str| {
            let id = call.params.get(name).and_then(Value::to_int)?;
            u64::try_from(id).ok()
        };
        Self {
            after: id("FIRST_ID"),
            before: id("LAST_ID"),
        }
    }

    /// The same, without the end of a walk upwards.
    fn one_sided(self) -> Self {
        let before = self.before.filter(|_| self.after.is_none());
        Self { before, ..self }
    }

    fn is_given(&self) -> bool {
        self.after.is_some() || self.before.is_some()
    }

    /// Whether the walk goes upwards, and not downwards from the newest.
    fn goes_up(&self) -> bool {
        self.after.is_some()
    }

    fn lets(&self, id: u64) -> bool {
        self.after.is_none_or(|first| id > first) && self.before.is_none_or(|last| id < last)
    }
}
