//! Webhooks, access tokens, and the paths that calls come in by.

use crate::seed::Random;

/// The scopes of a webhook or a token that isn't limited.
pub(crate) const ALL_SCOPES: [&str; 2] = ["sonet_group", "socialnetwork"];

/// How a call proves who makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CredentialKind {
    Webhook,
    Token,
}

/// A secret that stands for a user.
#[derive(Debug, Clone)]
pub(crate) struct Credential {
    pub(crate) kind: CredentialKind,
    pub(crate) user_id: u64,
    secret: String,
    scopes: Vec<String>,
}

impl Credential {
    /// Whether a scope is granted. The pages call `sonet_group` also `sonet`, so both names count.
    pub(crate) fn grants(&self, scope: &str) -> bool {
        self.scopes
            .iter()
            .any(|own| own == scope || (scope == "sonet_group" && own == "sonet"))
    }

    /// The word that stands for the credential in texts.
    pub(crate) fn word(&self) -> &'static str {
        match self.kind {
            CredentialKind::Webhook => "webhook",
            CredentialKind::Token => "access",
        }
    }
}

/// All secrets of the portal.
#[derive(Debug, Clone)]
pub(crate) struct Credentials {
    random: Random,
    list: Vec<Credential>,
}

impl Credentials {
    /// Gives every user a webhook and a token.
    pub(crate) fn for_users(users: impl Iterator<Item = u64>, seed: u64) -> Self {
        let mut credentials = Self {
            random: Random::new(seed ^ 0x5ec2_e75e),
            list: Vec::new(),
        };
        let scopes = ALL_SCOPES.map(str::to_owned);
        for user_id in users {
            credentials.add(CredentialKind::Webhook, user_id, scopes.to_vec());
            credentials.add(CredentialKind::Token, user_id, scopes.to_vec());
        }
        credentials
    }

    /// Adds a credential and returns its secret.
    pub(crate) fn add(&mut self, kind: CredentialKind, user_id: u64, scopes: Vec<String>) -> &str {
        let length = match kind {
            CredentialKind::Webhook => 16,
            CredentialKind::Token => 70,
        };
        let secret = self.random.secret(length);
        self.list.push(Credential {
            kind,
            user_id,
            secret,
            scopes,
        });
        self.list
            .last()
            .map_or("", |credential| credential.secret.as_str())
    }

    /// The first secret of a kind that a user got.
    pub(crate) fn secret(&self, kind: CredentialKind, user_id: u64) -> Option<&str> {
        self.list
            .iter()
            .find(|credential| credential.kind == kind && credential.user_id == user_id)
            .map(|credential| credential.secret.as_str())
    }

    /// The credential that a call shows, if it is genuine.
    pub(crate) fn check(&self, shown: &Shown<'_>) -> Option<&Credential> {
        self.list.iter().find(|credential| match shown {
            Shown::Webhook { user_id, secret } => {
                credential.kind == CredentialKind::Webhook
                    && credential.secret == *secret
                    && user_id.parse() == Ok(credential.user_id)
            }
            Shown::Token(token) => {
                credential.kind == CredentialKind::Token && credential.secret == *token
            }
        })
    }
}

/// What a call shows as its credential.
#[derive(Debug)]
pub(crate) enum Shown<'a> {
    Webhook { user_id: &'a str, secret: &'a str },
    Token(&'a str),
}

/// A path of the REST interface.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Route<'a> {
    /// The user's identifier and the secret, where the path has them.
    pub(crate) webhook: Option<(&'a str, &'a str)>,
    /// The method as it was written, perhaps empty, without `.json`.
    pub(crate) method: &'a str,
}

impl<'a> Route<'a> {
    /// Reads a path; `None` if it doesn't belong to the REST interface.
    pub(crate) fn parse(path: &'a str) -> Option<Self> {
        let rest = path.strip_prefix("/rest/")?;
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let mut pieces = rest.split('/');
        let (first, second, third) = (pieces.next().unwrap_or(""), pieces.next(), pieces.next());
        if pieces.next().is_some() {
            return None;
        }
        let (webhook, method) = match (second, third) {
            (None, _) => (None, first),
            (Some(secret), method) => (Some((first, secret)), method.unwrap_or("")),
        };
        Some(Self {
            webhook,
            method: method.strip_suffix(".json").unwrap_or(method),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_each_form_of_a_path() {
        let webhook = Some(("1", "secret"));
        for (path, webhook, method) in [
            ("/rest/1/secret/sonet_group.get", webhook, "sonet_group.get"),
            (
                "/rest/1/secret/sonet_group.get.json",
                webhook,
                "sonet_group.get",
            ),
            (
                "/rest/1/secret/sonet_group.get/",
                webhook,
                "sonet_group.get",
            ),
            (
                "/rest/1/secret/sonet_group.get.json/",
                webhook,
                "sonet_group.get",
            ),
            ("/rest/1/secret/", webhook, ""),
            ("/rest/sonet_group.get.json", None, "sonet_group.get"),
            ("/rest/", None, ""),
        ] {
            assert_eq!(
                Route::parse(path),
                Some(Route { webhook, method }),
                "{path}"
            );
        }
        for foreign in [
            "/",
            "/rest",
            "/restful/x",
            "/rest/1/secret/method/more",
            "rest/x",
        ] {
            assert_eq!(Route::parse(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn a_secret_belongs_to_one_user_and_one_kind() {
        let credentials = Credentials::for_users(1..=2, 7);
        let secret = credentials.secret(CredentialKind::Webhook, 1).unwrap();
        let token = credentials.secret(CredentialKind::Token, 1).unwrap();
        let user = |shown| {
            credentials
                .check(&shown)
                .map(|credential| credential.user_id)
        };
        assert_eq!(
            user(Shown::Webhook {
                user_id: "1",
                secret
            }),
            Some(1)
        );
        assert_eq!(
            user(Shown::Webhook {
                user_id: "2",
                secret
            }),
            None
        );
        assert_eq!(
            user(Shown::Webhook {
                user_id: "1",
                secret: token
            }),
            None
        );
        assert_eq!(
            user(Shown::Webhook {
                user_id: "1",
                secret: ""
            }),
            None
        );
        assert_eq!(user(Shown::Token(token)), Some(1));
        assert_eq!(user(Shown::Token(secret)), None);
        assert_ne!(Some(secret), credentials.secret(CredentialKind::Webhook, 2));
    }

    #[test]
    fn sonet_is_another_name_of_one_scope() {
        let mut credentials = Credentials::for_users(1..=1, 7);
        let secret = credentials
            .add(CredentialKind::Webhook, 1, vec!["sonet".to_owned()])
            .to_owned();
        let shown = Shown::Webhook {
            user_id: "1",
            secret: &secret,
        };
        let credential = credentials.check(&shown).unwrap();
        assert!(credential.grants("sonet_group"));
        assert!(!credential.grants("socialnetwork"));
    }
}
