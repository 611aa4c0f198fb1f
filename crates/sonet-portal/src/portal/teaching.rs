//! Methods that the portal lacks, taught by a program.

use crate::methods::method::Method;
use crate::methods::taught::handler::Handler;
use crate::methods::taught::{Reply, TaughtCall, TeachError};
use crate::portal::Portal;
use std::fmt;
use std::time::Duration;

/// A method that the portal has just been taught, to say more about it.
pub struct Taught<'a>(&'a mut Method, &'a mut crate::Rules);

impl Taught<'_> {
    /// Lets the method need a scope. Without one, every credential may call it.
    #[allow(
        clippy::must_use_candidate,
        clippy::return_self_not_must_use,
        reason = "the last word of a sentence"
    )]
    pub fn scope(self, scope: &str) -> Self {
        if self.0.scope != scope {
            // As names of methods do, it lives as long as the program.
            self.0.scope = scope.to_owned().leak();
        }
        self
    }

    /// Counts so much operating time for each call, which is a line of
    /// [`Rules::costs`](crate::Rules::costs). By default it is none.
    #[allow(
        clippy::must_use_candidate,
        clippy::return_self_not_must_use,
        reason = "the last word of a sentence"
    )]
    pub fn cost(self, time: Duration) -> Self {
        self.1.costs.insert(self.0.name.to_owned(), time);
        self
    }
}

impl fmt::Debug for Taught<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Taught").field(&self.0.name).finish()
    }
}

impl Portal {
    /// Teaches the portal a method that it lacks. From then on it is a method like any other: with
    /// credentials, limits, faults, batches and the log. A second handler for a name takes the place
    /// of the first.
    ///
    /// The name may come in any case, here and in calls. A handler that panics is answered with the
    /// vendor's 500, and [`Self::handler_failures`] tells of it. A handler must not call the portal's
    /// server, which waits for it.
    ///
    /// ```
    /// use serde_json::json;
    /// use sonet_portal::{Portal, Reply};
    ///
    /// # fn main() -> Result<(), sonet_portal::TeachError> {
    /// let mut portal = Portal::builder().build();
    /// portal.on("crm.deal.get", |call| match call.id("id") {
    ///     Some(id) => Reply::result(json!({"ID": id.to_string(), "TITLE": "A deal"})),
    ///     None => Reply::refusal("", "ID is not defined or invalid."),
    /// })?;
    /// portal.on("crm.deal.list", |_| Reply::list((1..=120).map(|id| json!({"ID": id}))))?.scope("crm");
    /// # Ok(())
    /// # }
    /// ```
    pub fn on<R: Into<Reply>>(
        &mut self,
        method: &str,
        mut handler: impl FnMut(&TaughtCall) -> R + Send + 'static,
    ) -> Result<Taught<'_>, TeachError> {
        let handler = Handler::new(move |call| handler(call).into());
        let method = self.rest.taught.add(method, handler)?;
        Ok(Taught(method, &mut self.rules))
    }

    /// Answers a method of the portal's own in another way. Its scope, its strict checks and its cost
    /// stay; what it would have done to the portal's data is not done.
    pub fn replace<R: Into<Reply>>(
        &mut self,
        method: &str,
        mut handler: impl FnMut(&TaughtCall) -> R + Send + 'static,
    ) -> Result<(), TeachError> {
        let handler = Handler::new(move |call| handler(call).into());
        self.rest.taught.replace(method, handler)
    }

    /// Returns why handlers gave no answer, the oldest first: `crm.deal.get: panicked: …`. A test that
    /// teaches methods asserts that it is empty.
    #[must_use]
    pub fn handler_failures(&self) -> &[String] {
        &self.rest.handler_failures
    }
}
