//! Whom the server counts operating time for.

use crate::Secret;
use crate::redact::Redactor;

/// Whom the server counts operating time for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Caller {
    /// A webhook, by its secret.
    Webhook(Secret),
    /// Whoever has this access token.
    Token(Secret),
    /// An application, by its code.
    App(String),
}

impl Caller {
    /// The beginning of a text of the user's own code, without the secret.
    pub(crate) fn excerpt(&self, text: &str) -> String {
        match self {
            Self::Webhook(secret) | Self::Token(secret) => Redactor(&[secret]).excerpt(text),
            Self::App(_) => Redactor(&[]).excerpt(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_has_no_secret() {
        let shown = |caller: &Caller| caller.excerpt("no room for canary");
        for caller in [
            Caller::Webhook(Secret::new("canary")),
            Caller::Token(Secret::new("canary")),
        ] {
            assert_eq!(shown(&caller), "no room for ***");
        }
        assert_eq!(
            shown(&Caller::App("app.1".to_owned())),
            "no room for canary"
        );
    }
}
