//! What a call proves who makes it with: a webhook, or an access token.

use serde::{Deserialize, Serialize};

/// How long an access token lives.
pub(crate) const ACCESS_SECONDS: i64 = 3_600;

/// The scopes of a webhook or a token that isn't limited.
pub(crate) const ALL_SCOPES: [&str; 5] = ["sonet_group", "socialnetwork", "user", "task", "log"];

/// How a call proves who makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    Webhook,
    Token,
}

/// A secret that stands for a user. It has no `Debug`, so that it can't be printed by accident.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Credential {
    user_id: u64,
    kind: Kind,
    secret: String,
    scopes: Vec<String>,
    /// The application that a token belongs to.
    app: Option<String>,
    /// When a token is worth nothing any more, in Unix seconds.
    expires: Option<i64>,
}

impl Credential {
    /// A webhook, which lives on and belongs to no application.
    pub(crate) fn webhook(user_id: u64, secret: String, scopes: Vec<String>) -> Self {
        Self {
            user_id,
            kind: Kind::Webhook,
            secret,
            scopes,
            app: None,
            expires: None,
        }
    }

    /// A token of an application that lives on.
    pub(crate) fn token(
        user_id: u64,
        secret: String,
        scopes: Vec<String>,
        client_id: String,
    ) -> Self {
        Self {
            user_id,
            kind: Kind::Token,
            secret,
            scopes,
            app: Some(client_id),
            expires: None,
        }
    }

    /// The same credential, worth nothing any more from a time in Unix seconds on.
    pub(crate) fn until(mut self, expires: i64) -> Self {
        self.expires = Some(expires);
        self
    }

    /// Ends a token's time; whether it is a token, as a webhook's has no end.
    pub(crate) fn expire(&mut self) -> bool {
        let is_token = self.kind == Kind::Token;
        if is_token {
            self.expires = Some(0);
        }
        is_token
    }

    /// The user that it stands for.
    pub(crate) fn user_id(&self) -> u64 {
        self.user_id
    }

    pub(crate) fn secret(&self) -> &str {
        &self.secret
    }

    pub(crate) fn scopes(&self) -> &[String] {
        &self.scopes
    }

    /// Whether it is of a kind, and a user's.
    pub(crate) fn is_of(&self, kind: Kind, user_id: u64) -> bool {
        self.kind == kind && self.user_id == user_id
    }

    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether a scope is granted. The pages call `sonet_group` also `sonet`, so both names count, and
    /// the lesser scopes of users let their methods be called, too.
    pub(crate) fn grants(&self, scope: &str) -> bool {
        let others: &[&str] = match scope {
            // What every credential has.
            "basic" => return true,
            "sonet_group" => &["sonet"],
            "user" => &["user_basic", "user_brief"],
            _ => &[],
        };
        let grants = |own: &String| own == scope || others.contains(&own.as_str());
        self.scopes.iter().any(grants)
    }

    /// Whom the operating time is counted for.
    pub(crate) fn account(&self) -> Account {
        match &self.app {
            Some(client_id) => Account::App(client_id.clone()),
            None => Account::Webhook(self.secret.clone()),
        }
    }

    /// The application that a token belongs to.
    pub(crate) fn client_id(&self) -> Option<&str> {
        self.app.as_deref()
    }

    /// When a token is worth nothing any more, in Unix seconds; `None` for one that lives on.
    pub(crate) fn expires(&self) -> Option<i64> {
        self.expires
    }

    /// Whether a token's time is over.
    pub(crate) fn has_expired(&self, now: i64) -> bool {
        self.expires.is_some_and(|expires| now >= expires)
    }

    /// The word that stands for the credential in texts.
    pub(crate) fn word(&self) -> &'static str {
        match self.kind {
            Kind::Webhook => "webhook",
            Kind::Token => "access",
        }
    }
}

/// Whom the operating time is counted for: one webhook, or an application.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Account {
    Webhook(String),
    App(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn webhook(scopes: &[&str]) -> Credential {
        let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        Credential::webhook(1, "secret".to_owned(), scopes)
    }

    #[test]
    fn only_a_token_expires() {
        let mut webhook = webhook(&[]);
        assert!(!webhook.expire());
        assert!(!webhook.has_expired(i64::MAX));
        let mut token = Credential::token(1, "secret".to_owned(), Vec::new(), "app".to_owned());
        assert!(!token.has_expired(i64::MAX));
        token = token.until(10);
        assert_eq!((token.has_expired(9), token.has_expired(10)), (false, true));
        assert!(token.expire());
        assert!(token.has_expired(0));
    }

    #[test]
    fn the_operating_time_of_a_token_is_its_applications() {
        let token = Credential::token(1, "secret".to_owned(), Vec::new(), "app".to_owned());
        assert_eq!(token.account(), Account::App("app".to_owned()));
        let own = Account::Webhook("secret".to_owned());
        assert_eq!(webhook(&[]).account(), own);
    }

    #[test]
    fn everybody_may_do_what_is_basic() {
        assert!(webhook(&[]).grants("basic"));
        assert!(!webhook(&["user"]).grants("task"));
    }
}
