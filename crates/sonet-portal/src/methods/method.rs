//! What a method is to the portal.

use super::call::{Call, Outcome};
use super::refusal::Refusal;
use super::taught::handler::Handler;
use crate::rules::method_scopes;

/// A method of the portal.
#[derive(Clone)]
pub(crate) struct Method {
    /// The name in lower case.
    pub(crate) name: &'static str,
    /// The scope that a credential needs.
    pub(crate) scope: &'static str,
    /// What the method answers when the storage fails, where its page has a text for that.
    pub(crate) storage_failure: Option<&'static str>,
    /// What the method answers to a failure that no other text is about, where its page has a text
    /// for that.
    pub(crate) other_failure: Option<&'static str>,
    pub(crate) action: Action,
}

impl Method {
    /// A method that runs a function, and whose page has no text for a failure of the portal's.
    pub(crate) const fn new(name: &'static str, function: fn(&mut Call<'_>) -> Outcome) -> Self {
        Self {
            name,
            scope: method_scopes::scope_of(name),
            storage_failure: None,
            other_failure: None,
            action: Action::Function(function),
        }
    }

    /// The page has a text for a failure of the storage.
    pub(crate) const fn storage_failure(mut self, text: &'static str) -> Self {
        self.storage_failure = Some(text);
        self
    }

    /// The page has a text for whatever else goes wrong.
    pub(crate) const fn other_failure(mut self, text: &'static str) -> Self {
        self.other_failure = Some(text);
        self
    }

    /// The refusal of a failure that no other text is about.
    pub(crate) fn other_refusal(&self) -> Refusal {
        self.other_failure
            .map_or_else(Refusal::internal, Refusal::scrum)
    }
}

/// What runs when a method is called.
#[derive(Clone)]
pub(crate) enum Action {
    Function(fn(&mut Call<'_>) -> Outcome),
    /// A function of a program's own.
    Taught(Handler),
    /// Other methods.
    Batch,
}
