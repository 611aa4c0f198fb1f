//! Rules that choose between what is documented and what servers were seen to do.

use serde::Deserialize;

/// What the portal answers to a webhook or a token that it doesn't know.
///
/// The table of system errors has `NO_AUTH_FOUND` for both. The vendor's own live tests, and the
/// samples on the pages of other methods, have codes of their own. Nobody disputes that a call
/// without any credential is `NO_AUTH_FOUND`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthErrors {
    /// 401 `INVALID_CREDENTIALS` to a webhook, 401 `invalid_token` to a token.
    #[default]
    Live,
    /// 401 `NO_AUTH_FOUND` to both.
    Documented,
}

/// What stands in `auth` when an application is told of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventForm {
    /// What captured deliveries have, the fixtures of the vendor's own SDK among them: beside the
    /// tokens `expires` and `user_id`, and in `scope` all that the application may do.
    #[default]
    Captured,
    /// What the samples of the groups' events show: neither, and the scope `sonet`.
    Documented,
}

/// What a command of a batch may refer to earlier results with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BatchReferences {
    /// `$result[key][field][0]`. What leads nowhere stays as it is written.
    #[default]
    Documented,
    /// What an older copy of the server's source takes for a reference: a `$` and `result`, `next`,
    /// `total`, `time` or `error` in any case, with all that follows up to a blank, if a key in
    /// brackets is somewhere in it.
    ///
    /// It becomes whatever the keys lead to, as far as they lead: a value, an array, or nothing at
    /// all where the word is not in lower case. Within a longer text an array becomes `Array`.
    Loose,
}
