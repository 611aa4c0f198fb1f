//! What an application has to call with, or to begin with.

use super::{App, Callback, Grant, Installation, Tokens};
use crate::Secret;

/// What is there to call with, or to begin with.
#[derive(Debug, Clone)]
pub(super) enum TokenState {
    /// A pair of tokens.
    Tokens(Tokens),
    /// A code that no tokens were got for yet.
    Code(Callback),
    /// An installation that the token server has not confirmed yet.
    Installation(Installation),
    /// A pair that was got and is not saved yet.
    Unsaved(Box<NewPair>),
}

/// A pair that the token server has given.
#[derive(Debug, Clone)]
pub(crate) struct NewPair {
    pub(crate) tokens: Tokens,
    /// The pair that it was got with, if it was not the first.
    pub(crate) old: Option<Tokens>,
}

/// How a refresh begins.
#[derive(Debug)]
pub(crate) enum Begin {
    /// By showing this to the token server.
    Grant(Grant),
    /// By saving what could not be saved before.
    Save(Box<NewPair>),
}

impl TokenState {
    /// The pair that there is, saved or not.
    pub(super) fn tokens(&self) -> Option<&Tokens> {
        match self {
            Self::Tokens(tokens) => Some(tokens),
            Self::Unsaved(pair) => Some(&pair.tokens),
            Self::Code(_) | Self::Installation(_) => None,
        }
    }

    /// Whether the token server has given no pair yet.
    pub(super) fn is_claim(&self) -> bool {
        matches!(self, Self::Code(_) | Self::Installation(_))
    }

    pub(super) fn is_unsaved(&self) -> bool {
        matches!(self, Self::Unsaved(_))
    }

    /// What a refresh begins with.
    pub(super) fn begin(&self) -> Begin {
        match self.clone() {
            Self::Tokens(tokens) => Begin::Grant(Grant::Refresh(tokens)),
            Self::Code(callback) => Begin::Grant(Grant::Code(callback)),
            Self::Installation(claim) => Begin::Grant(Grant::Installation(claim)),
            Self::Unsaved(pair) => Begin::Save(pair),
        }
    }

    /// The texts that no error may show.
    pub(super) fn secrets(&self, app: &App) -> Vec<Secret> {
        let mut secrets = vec![app.client_secret().clone()];
        match self {
            Self::Tokens(tokens) => secrets.extend(tokens.secrets().cloned()),
            Self::Unsaved(pair) => {
                let pairs = std::iter::once(&pair.tokens).chain(&pair.old);
                secrets.extend(pairs.flat_map(Tokens::secrets).cloned());
            }
            Self::Installation(claim) => secrets.extend(claim.tokens.secrets().cloned()),
            Self::Code(callback) => secrets.push(callback.code.clone()),
        }
        secrets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens() -> Tokens {
        Tokens::new("portal.example.com", "access", "refresh").unwrap()
    }

    fn unsaved(old: Option<Tokens>) -> TokenState {
        let tokens = tokens();
        TokenState::Unsaved(Box::new(NewPair { tokens, old }))
    }

    #[test]
    fn what_is_not_saved_is_saved_first() {
        let begin = |state: TokenState| state.begin();
        assert!(matches!(begin(unsaved(None)), Begin::Save(_)));
        let refreshed = begin(TokenState::Tokens(tokens()));
        assert!(matches!(refreshed, Begin::Grant(Grant::Refresh(_))));
    }

    #[test]
    fn the_key_and_the_pair_are_secret() {
        let app = App::new("app.1", "key");
        let texts = |state: TokenState| {
            let secrets = state.secrets(&app);
            let texts = secrets.iter().map(|secret| secret.expose().to_owned());
            texts.collect::<Vec<_>>()
        };
        for state in [TokenState::Tokens(tokens()), unsaved(None)] {
            assert_eq!(texts(state), ["key", "access", "refresh"]);
        }
        let old = Tokens::new("portal.example.com", "old", "before").unwrap();
        assert_eq!(
            texts(unsaved(Some(old))),
            ["key", "access", "refresh", "old", "before"]
        );
    }
}
