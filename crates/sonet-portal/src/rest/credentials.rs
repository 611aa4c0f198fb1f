//! Webhooks and access tokens.

use crate::domain::app::App;
use crate::domain::credential::{ALL_SCOPES, Credential, Kind};
use crate::domain::secrets::Secrets;
use crate::rest::expiring::ExpiringSecrets;
#[cfg(feature = "sqlite")]
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// All secrets of the portal.
///
/// A handle: clones share the secrets. They have a lock of their own, so that a test which holds
/// the portal can still ask the server for a webhook.
#[derive(Clone)]
pub(crate) struct Credentials(Arc<Mutex<Vault>>);

struct Vault {
    secrets: Secrets,
    list: Vec<Credential>,
    /// The tokens of applications, which live for an hour.
    issued: ExpiringSecrets<Credential>,
    /// Where each secret stands in the list.
    places: HashMap<String, usize>,
    /// The application that tokens belong to unless they are made for another one.
    built_in: String,
}

impl Credentials {
    /// Gives every user a webhook and a token.
    pub(crate) fn for_users(
        users: impl Iterator<Item = u64>,
        seed: Option<u64>,
        app: &str,
    ) -> Self {
        // Secrets do not take from the numbers that the other data is drawn from.
        let mut vault = Vault {
            secrets: Secrets::new(seed, 0x5ec2_e75e),
            list: Vec::new(),
            issued: ExpiringSecrets::default(),
            places: HashMap::new(),
            built_in: app.to_owned(),
        };
        for user_id in users {
            vault.add(Kind::Webhook, user_id, &ALL_SCOPES);
            vault.add(Kind::Token, user_id, &ALL_SCOPES);
        }
        Self(Arc::new(Mutex::new(vault)))
    }

    /// The path of a user's first webhook.
    pub(crate) fn webhook_path(&self, user_id: u64) -> Option<String> {
        self.vault().first(Kind::Webhook, user_id).map(path)
    }

    /// A user's first token.
    pub(crate) fn token(&self, user_id: u64) -> Option<String> {
        self.vault()
            .first(Kind::Token, user_id)
            .map(|credential| credential.secret().to_owned())
    }

    /// Gives a user another webhook and returns its path; `None` if there is no such user.
    pub(crate) fn add_webhook(&self, user_id: u64, scopes: &[&str]) -> Option<String> {
        let mut vault = self.vault();
        vault.first(Kind::Webhook, user_id)?;
        Some(path(&vault.add(Kind::Webhook, user_id, scopes)))
    }

    /// The path of a user's first webhook with these scopes, made if there is none.
    pub(crate) fn webhook_for(&self, user_id: u64, scopes: &[&str]) -> Option<String> {
        let mut vault = self.vault();
        vault.first(Kind::Webhook, user_id)?;
        let mut own = vault.list.iter();
        let found = own.find(|own| own.is_of(Kind::Webhook, user_id) && own.scopes() == scopes);
        match found {
            Some(webhook) => Some(path(webhook)),
            None => Some(path(&vault.add(Kind::Webhook, user_id, scopes))),
        }
    }

    /// Gives a user another token; `None` if there is no such user.
    pub(crate) fn add_token(&self, user_id: u64, scopes: &[&str]) -> Option<String> {
        let mut vault = self.vault();
        vault.first(Kind::Token, user_id)?;
        let token = vault.add(Kind::Token, user_id, scopes);
        Some(token.secret().to_owned())
    }

    /// Gives a user a token of an application; `None` if there is no such user.
    pub(crate) fn add_app_token(
        &self,
        user_id: u64,
        app: &App,
        (now, expires): (i64, i64),
    ) -> Option<String> {
        let mut vault = self.vault();
        vault.first(Kind::Webhook, user_id)?;
        let secret = vault.secrets.draw(70);
        let (scopes, client_id) = (app.scopes.clone(), app.client_id.clone());
        let token = Credential::token(user_id, secret.clone(), scopes, client_id).until(expires);
        vault.issued.insert(secret.clone(), token, now, expires);
        Some(secret)
    }

    /// Lets a token expire; `false` if there is no such token.
    pub(crate) fn expire(&self, token: &str) -> bool {
        let mut vault = self.vault();
        let credential = match vault.places.get(token).copied() {
            Some(place) => vault.list.get_mut(place),
            None => vault.issued.get_mut(token),
        };
        credential.is_some_and(Credential::expire)
    }

    /// The credential that a call presents, if it is genuine.
    pub(crate) fn check(&self, presented: &Presented<'_>) -> Option<Credential> {
        let vault = self.vault();
        let (Presented::Webhook { secret, .. } | Presented::Token(secret)) = presented;
        let credential = match vault.places.get(*secret) {
            Some(place) => vault.list.get(*place),
            None => vault.issued.get(secret),
        }?;
        let genuine = match presented {
            Presented::Webhook { user_id, .. } => {
                credential.kind() == Kind::Webhook && credential.user_id().to_string() == *user_id
            }
            Presented::Token(_) => credential.kind() == Kind::Token,
        };
        genuine.then(|| credential.clone())
    }

    /// All secrets, to be saved elsewhere.
    #[cfg(feature = "sqlite")]
    pub(crate) fn snapshot(&self) -> SecretsSnapshot {
        let vault = self.vault();
        SecretsSnapshot {
            secrets: vault.secrets.clone(),
            list: vault.list.clone(),
            issued: vault.issued.clone(),
        }
    }

    /// Puts secrets in the place of these.
    #[cfg(feature = "sqlite")]
    pub(crate) fn restore(&self, snapshot: SecretsSnapshot) {
        let mut vault = self.vault();
        vault.secrets = snapshot.secrets;
        vault.issued = snapshot.issued;
        vault.list.clear();
        vault.places.clear();
        for credential in snapshot.list {
            vault.insert(credential);
        }
    }

    fn vault(&self) -> MutexGuard<'_, Vault> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Vault {
    fn first(&self, kind: Kind, user_id: u64) -> Option<&Credential> {
        self.list.iter().find(|own| own.is_of(kind, user_id))
    }

    fn add(&mut self, kind: Kind, user_id: u64, scopes: &[&str]) -> Credential {
        let length = match kind {
            Kind::Webhook => 16,
            Kind::Token => 70,
        };
        let secret = self.secrets.draw(length);
        let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        let credential = match kind {
            Kind::Webhook => Credential::webhook(user_id, secret, scopes),
            Kind::Token => Credential::token(user_id, secret, scopes, self.built_in.clone()),
        };
        self.insert(credential.clone());
        credential
    }

    fn insert(&mut self, credential: Credential) {
        let place = self.list.len();
        self.places.insert(credential.secret().to_owned(), place);
        self.list.push(credential);
    }
}

/// The path of a webhook.
fn path(webhook: &Credential) -> String {
    format!("/rest/{}/{}/", webhook.user_id(), webhook.secret())
}

/// The secrets, to be saved elsewhere.
#[cfg(feature = "sqlite")]
#[derive(PartialEq, Serialize, Deserialize)]
pub(crate) struct SecretsSnapshot {
    #[serde(rename = "random")]
    secrets: Secrets,
    list: Vec<Credential>,
    issued: ExpiringSecrets<Credential>,
}

/// What a call presents as its credential.
pub(crate) enum Presented<'a> {
    Webhook { user_id: &'a str, secret: &'a str },
    Token(&'a str),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rest::route::Route;

    #[test]
    fn a_secret_belongs_to_one_user_and_one_kind() {
        let credentials = Credentials::for_users(1..=2, Some(7), "local.app");
        let path = credentials.webhook_path(1).unwrap();
        let (_, secret) = Route::parse(&path).unwrap().webhook.unwrap();
        let token = &credentials.token(1).unwrap();
        let user = |presented| {
            credentials
                .check(&presented)
                .map(|credential| credential.user_id())
        };
        assert_eq!(
            user(Presented::Webhook {
                user_id: "1",
                secret
            }),
            Some(1)
        );
        assert_eq!(
            user(Presented::Webhook {
                user_id: "2",
                secret
            }),
            None
        );
        assert_eq!(
            user(Presented::Webhook {
                user_id: "1",
                secret: token
            }),
            None
        );
        assert_eq!(
            user(Presented::Webhook {
                user_id: "1",
                secret: ""
            }),
            None
        );
        assert_eq!(user(Presented::Token(token)), Some(1));
        assert_eq!(user(Presented::Token(secret)), None);
        assert_eq!(credentials.webhook_path(3), None);
        assert_eq!(credentials.add_webhook(3, &["sonet_group"]), None);
    }

    #[test]
    fn sonet_is_another_name_of_one_scope() {
        let credentials = Credentials::for_users(1..=1, Some(7), "local.app");
        let token = credentials.add_token(1, &["sonet"]).unwrap();
        let credential = credentials.check(&Presented::Token(&token)).unwrap();
        assert!(credential.grants("sonet_group"));
        assert!(!credential.grants("socialnetwork"));
    }
}
