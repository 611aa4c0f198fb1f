//! One request to the token server.

use bytes::Bytes;
use form_urlencoded::Serializer;
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{Request, Response};

use super::token_response::{KnownPair, TokenResponse};
use super::{App, Callback, Installation, Tokens};
use crate::address::CleartextHosts;
use crate::envelope::{self, Head};
use crate::error::Kind;
use crate::inflate::inflate;
use crate::redact::Redactor;
use crate::{Failure, Secret};

/// What is shown to the token server to get a pair of tokens.
#[derive(Debug, Clone)]
pub(crate) enum Grant {
    /// A user's authorization.
    Code(Callback),
    /// The refresh token of an event that nothing else vouches for.
    Installation(Installation),
    /// The refresh token of the pair before.
    Refresh(Tokens),
}

/// How much of an answer of the token server is read. Its answers have a few hundred bytes, but one that is not read is a
/// pair that is lost.
pub(crate) const BODY_LIMIT: u64 = 1024 * 1024;

impl Grant {
    /// The request. Its parameters are in the body, where no server writes them to a log.
    pub(crate) fn request(&self, app: &App, user_agent: &str) -> Result<Request<Bytes>, Kind> {
        let (kind, name, value) = match self {
            Self::Code(callback) => ("authorization_code", "code", &callback.code),
            Self::Refresh(tokens) | Self::Installation(Installation { tokens, .. }) => {
                ("refresh_token", "refresh_token", &tokens.refresh_token)
            }
        };
        let address = app
            .server(self.server())
            .map_err(|error| Kind::Config(error.to_string()))?;
        let mut body = Serializer::new(String::new());
        body.append_pair("grant_type", kind)
            .append_pair("client_id", app.client_id())
            .append_pair("client_secret", app.client_secret().expose())
            .append_pair(name, value.expose());
        Request::post(format!("{}/oauth/token/", address.origin()))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(ACCEPT, "application/json")
            .header(USER_AGENT, user_agent)
            .body(body.finish().into())
            .map_err(|error| Kind::Encode(error.to_string()))
    }

    /// The texts that no error may show.
    fn secrets<'a>(&'a self, app: &'a App) -> Vec<&'a Secret> {
        let mut secrets = vec![app.client_secret()];
        match self {
            Self::Code(callback) => secrets.push(&callback.code),
            Self::Refresh(tokens) | Self::Installation(Installation { tokens, .. }) => {
                secrets.extend(tokens.secrets());
            }
        }
        secrets
    }

    /// Reads the answer. What of it is not an error is never quoted: it may hold tokens that nobody knows yet.
    pub(crate) fn read(
        &self,
        app: &App,
        hosts: &CleartextHosts,
        mut response: Response<Bytes>,
    ) -> Result<Tokens, Kind> {
        let secrets = self.secrets(app);
        let redactor = Redactor(&secrets);
        let head = Head::of(&response, &redactor);
        let status = head.status;
        let unreadable = |problem: &str| Kind::Unreadable {
            status,
            problem: problem.to_owned(),
            excerpt: String::new(),
        };
        let body = inflate(&mut response, BODY_LIMIT)
            .map_err(|_| unreadable("it is too long or damaged"))?;
        let text = String::from_utf8_lossy(&body);
        let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == BYTE_ORDER_MARK);
        let fields = TokenResponse::of(text);
        // A pair is one, whatever stands around it: what was shown for it is spent.
        if let Some(tokens) = fields.pair(hosts, self.known()) {
            return match self.contradiction(&fields) {
                Some(problem) => Err(Kind::OtherPortal(problem)),
                None => Ok(tokens),
            };
        }
        // Some errors come with the status 200, so the body decides.
        if let Some(refusal) = envelope::refused(&[], &head, text, &redactor) {
            return Err(refusal);
        }
        if matches!(self, Self::Code(_)) && fields.has_token() {
            return Err(Kind::IncompletePair(status));
        }
        if !status.is_success() {
            return Err(Kind::Status {
                status,
                redirect: head.redirect,
                excerpt: String::new(),
            });
        }
        Err(unreadable(if fields.is_object() {
            "it has no pair of tokens"
        } else {
            "it is not a JSON object"
        }))
    }

    /// The token server that an answer of the portal named.
    fn server(&self) -> Option<&str> {
        match self {
            Self::Code(callback) => callback.server.as_deref(),
            Self::Refresh(tokens) | Self::Installation(Installation { tokens, .. }) => {
                tokens.server_endpoint.as_deref()
            }
        }
    }

    /// What speaks against the word of a browser, or of whoever sent an event: such a pair is of the portal that the token
    /// server names, and nobody may pass it off as another's.
    fn contradiction(&self, answer: &TokenResponse) -> Option<&'static str> {
        let named = answer.member_id();
        match self {
            Self::Code(callback) => match (&callback.member_id, &named) {
                (Some(claimed), Some(named)) if claimed != named => Some(
                    "the callback names another portal than the token server; it is forged, or was changed on its way",
                ),
                _ => None,
            },
            Self::Installation(_) if named.is_none() || !answer.has_endpoint() => Some(
                "the token server's answer does not say of which portal they are, so the installation can't be confirmed",
            ),
            Self::Installation(claim) if named.as_deref() != Some(claim.member_id()) => {
                Some("the installation names another portal than the token server; it is forged")
            }
            Self::Installation(_) | Self::Refresh(_) => None,
        }
    }

    /// What is known of the pair that is asked for.
    fn known(&self) -> KnownPair {
        match self {
            Self::Code(callback) => callback.into(),
            Self::Installation(installation) => installation.into(),
            Self::Refresh(tokens) => tokens.into(),
        }
    }

    /// What a failure to send means.
    pub(crate) fn failed(&self, app: &App, failure: Failure) -> Kind {
        let server = app.server(self.server()).ok();
        let host = server.as_ref().map(crate::Address::host);
        Kind::no_response(failure, host, &Redactor(&self.secrets(app)))
    }
}

/// What some editors and servers put before a text.
const BYTE_ORDER_MARK: char = '\u{feff}';
