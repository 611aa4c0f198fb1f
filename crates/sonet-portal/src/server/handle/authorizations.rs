//! What programs call a running server with: webhooks and access tokens.

use super::Server;
use crate::domain::number::number;

impl Server {
    /// Returns the administrator's webhook: `http://127.0.0.1:PORT/rest/1/…/`.
    #[must_use]
    pub fn webhook(&self) -> String {
        // User 1 exists in every portal.
        self.webhook_of(1).unwrap_or_default()
    }

    /// Returns a user's webhook.
    #[must_use]
    pub fn webhook_of(&self, user_id: impl TryInto<u64>) -> Option<String> {
        let user_id = number(user_id);
        Some(self.url() + &self.credentials.webhook_path(user_id)?)
    }

    /// Returns a long-lived access token of a user.
    #[must_use]
    pub fn token_of(&self, user_id: impl TryInto<u64>) -> Option<String> {
        let user_id = number(user_id);
        self.credentials.token(user_id)
    }

    /// Makes another webhook of a user with these scopes only.
    #[must_use]
    pub fn webhook_with_scope(
        &self,
        user_id: impl TryInto<u64>,
        scopes: &[&str],
    ) -> Option<String> {
        let user_id = number(user_id);
        Some(self.url() + &self.credentials.add_webhook(user_id, scopes)?)
    }

    /// Returns the first webhook of a user with these scopes and no others, which is made if there is
    /// none; `None` if there is no such user.
    #[must_use]
    pub fn webhook_for(&self, user_id: impl TryInto<u64>, scopes: &[&str]) -> Option<String> {
        let user_id = number(user_id);
        Some(self.url() + &self.credentials.webhook_for(user_id, scopes)?)
    }

    /// Makes another access token of a user with these scopes only.
    #[must_use]
    pub fn token_with_scope(&self, user_id: impl TryInto<u64>, scopes: &[&str]) -> Option<String> {
        let user_id = number(user_id);
        self.credentials.add_token(user_id, scopes)
    }
}
