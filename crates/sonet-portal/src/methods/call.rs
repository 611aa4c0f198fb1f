//! One call of a method: who makes it, with what, and what comes of it.

use crate::domain::access;
use crate::domain::app::App;
use crate::domain::credential::Credential;
use crate::domain::emoji;
use crate::domain::events::{EventKind, Handlers};
use crate::domain::model::{Group, User};
use crate::domain::state::State;
use crate::methods::address::Address;
use crate::methods::pictures;
use crate::methods::refusal::Refusal;
use crate::rules::Rules;
use crate::wire::output::{Json, Object};
use crate::wire::params::Params;
use std::borrow::Cow;

/// What a method works with.
pub(crate) struct Call<'a> {
    pub(crate) state: &'a mut State,
    /// The user who makes the call.
    pub(crate) user: User,
    pub(crate) credential: &'a Credential,
    /// The application that makes the call; none if it came by webhook.
    pub(crate) app: Option<&'a App>,
    pub(crate) handlers: &'a mut Handlers,
    /// The names and scopes of the methods that a program has taught the portal.
    pub(crate) taught: &'a [(&'static str, &'static str)],
    pub(crate) rules: &'a Rules,
    /// Under which address the portal was called.
    pub(crate) address: &'a Address,
    /// The portal's identifier.
    pub(crate) member_id: &'a str,
    /// What has happened to groups.
    pub(crate) events: Vec<(EventKind, u64)>,
    pub(crate) params: &'a Params,
    /// The time in Unix seconds.
    pub(crate) now: i64,
    /// The text that the storage answers with instead of writing, if it is to fail.
    pub(crate) storage_failure: Option<&'static str>,
    /// Whether the failure has come to pass.
    pub(crate) failed: bool,
}

/// What a method answers.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) result: Json,
    pub(crate) total: Option<u64>,
    pub(crate) next: Option<u64>,
}

/// What a method ends with.
pub(crate) type Outcome = Result<Answer, Refusal>;

impl<T: Into<Json>> From<T> for Answer {
    fn from(result: T) -> Self {
        Self {
            result: result.into(),
            total: None,
            next: None,
        }
    }
}

impl Call<'_> {
    /// A group that the user reaches by its identifier, or the refusal.
    pub(crate) fn reach(&self, group_id: u64, otherwise: &str) -> Result<&Group, Refusal> {
        let group = self.state.groups.get(&group_id);
        group
            .filter(|group| access::reaches(self.state, &self.user, group))
            .ok_or_else(|| Refusal::text(otherwise))
    }

    /// The same for who joins a group or invites others to it, which the rules may keep an
    /// administrator from.
    pub(crate) fn reach_to_join(&self, group_id: u64, otherwise: &str) -> Result<&Group, Refusal> {
        let group = self.reach(group_id, otherwise)?;
        if self.rules.admin_needs_membership && !access::sees(self.state, &self.user, group) {
            return Err(Refusal::text(otherwise));
        }
        Ok(group)
    }

    /// A stored text as answers have it.
    pub(crate) fn shown<'t>(&self, text: &'t str) -> Cow<'t, str> {
        emoji::shown(text, self.rules)
    }

    /// The address of a group's avatar, empty if there is none.
    pub(crate) fn image_url(&self, group: &Group) -> String {
        let image = group.image.as_ref();
        image.map_or_else(String::new, |image| {
            pictures::address(self.address, &pictures::path(image))
        })
    }

    /// The application that makes the call, or the refusal of a webhook.
    pub(crate) fn app(&self) -> Result<&App, Refusal> {
        self.app.ok_or_else(Refusal::app_only)
    }

    /// Tells that something has happened to a group.
    pub(crate) fn emit(&mut self, event: EventKind, group_id: u64) {
        self.events.push((event, group_id));
    }

    /// The `total` of a list that has counted or not.
    pub(crate) fn total(&self, counts: bool, total: u64) -> Option<u64> {
        if counts {
            Some(total)
        } else {
            self.rules.zero_total.then_some(0)
        }
    }

    /// Stands before the first write of a method: all checks are passed, only the storage can fail.
    pub(crate) fn before_write(&mut self) -> Result<(), Refusal> {
        match self.storage_failure {
            Some(text) => {
                self.failed = true;
                Err(Refusal::text(text))
            }
            None => Ok(()),
        }
    }
}

/// Identifiers as the member methods print them: texts in a list.
pub(crate) fn id_texts(ids: &[u64]) -> Json {
    Json::List(ids.iter().map(|id| Json::digits(*id)).collect())
}

/// Identifiers as `workgroup.get` prints them: numbers in a list.
pub(crate) fn id_numbers(ids: impl IntoIterator<Item = u64>) -> Json {
    Json::List(ids.into_iter().map(Json::number).collect())
}

/// A list of objects.
pub(crate) fn objects(rows: Vec<Object>) -> Json {
    Json::List(rows.into_iter().map(Json::Object).collect())
}
