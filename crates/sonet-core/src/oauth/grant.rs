//! One request to the token server.

use bytes::Bytes;
use form_urlencoded::Serializer;
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{Request, Response};

use super::{App, Tokens};
use crate::envelope::{self, Head, Quote};
use crate::error::Kind;
use crate::failure::failed;
use crate::inflate::inflate;
use crate::{Failure, Secret};

/// What is shown to the token server to get a pair of tokens.
#[derive(Debug, Clone)]
pub(crate) enum Grant {
    /// A user's authorization, and the token server that the callback named.
    Code {
        code: Secret,
        server: Option<String>,
    },
    /// The refresh token of the pair before.
    Refresh(Tokens),
}

/// How much of an answer of the token server is read. Its answers have a few hundred bytes.
pub(super) const BODY_LIMIT: u64 = 64 * 1024;

impl Grant {
    /// The request. Its parameters are in the body, where no server writes them to a log.
    pub(super) fn request(&self, app: &App, user_agent: &str) -> Result<Request<Bytes>, Kind> {
        let (kind, name, value, server) = match self {
            Self::Code { code, server } => ("authorization_code", "code", code, server.clone()),
            Self::Refresh(tokens) => (
                "refresh_token",
                "refresh_token",
                &tokens.refresh_token,
                tokens.server_host(),
            ),
        };
        let address = app
            .server(server.as_deref())
            .map_err(|error| Kind::Config(error.to_string()))?;
        let mut body = Serializer::new(String::new());
        body.append_pair("grant_type", kind)
            .append_pair("client_id", app.client_id())
            .append_pair("client_secret", app.client_secret().expose())
            .append_pair(name, value.expose());
        Request::post(format!("{address}/oauth/token/"))
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
            Self::Code { code, .. } => secrets.push(code),
            Self::Refresh(tokens) => secrets.extend([&tokens.access_token, &tokens.refresh_token]),
        }
        secrets
    }

    /// Reads the answer. What of it is not an error is never quoted: it may hold tokens that nobody knows yet.
    pub(super) fn read(&self, app: &App, response: Response<Bytes>) -> Result<Tokens, Kind> {
        let secrets = self.secrets(app);
        let quote = Quote(&secrets);
        let head = Head::of(&response, &quote);
        let unreadable = |problem: &str| Kind::Unreadable {
            status: head.status,
            problem: problem.to_owned(),
            piece: String::new(),
        };
        let body =
            inflate(response, BODY_LIMIT).map_err(|_| unreadable("it is too long, or broken"))?;
        let Ok(text) = std::str::from_utf8(&body) else {
            return Err(unreadable("it is not UTF-8"));
        };
        // Some errors come with the status 200, so the body decides.
        if let Some(refusal) = envelope::refused(&[], &head, text, &quote) {
            return Err(refusal);
        }
        if !head.status.is_success() {
            return Err(Kind::Status {
                status: head.status,
                moved: head.moved,
                piece: String::new(),
            });
        }
        let tokens: Tokens = serde_json::from_str(text).map_err(|error| {
            // serde's own texts may quote a value.
            unreadable(if error.is_data() {
                "it has no pair of tokens with the portal's address"
            } else {
                "it is not JSON"
            })
        })?;
        match tokens.check() {
            Ok(()) => Ok(tokens),
            Err(error) => Err(unreadable(&error.to_string())),
        }
    }

    /// What a failure to send means.
    pub(super) fn failed(&self, app: &App, failure: Failure) -> Kind {
        failed(failure, &Quote(&self.secrets(app)))
    }
}

/// The errors after which no refresh can succeed any more: a user has to authorize the application again.
const FINAL: [&str; 8] = [
    "invalid_grant",
    "invalid_client",
    "wrong_client",
    "PAYMENT_REQUIRED",
    "invalid_scope",
    "insufficient_scope",
    "NOT_INSTALLED",
    "APPLICATION_NOT_FOUND",
];

/// Whether the token server refused for good.
pub(crate) fn is_final(kind: &Kind) -> bool {
    matches!(kind, Kind::Api(error)
        if FINAL.iter().any(|code| error.has_code(code)) || error.status().is_client_error())
}

/// What to do about an error of the token server.
pub(crate) fn advice(code: &str) -> Option<&'static str> {
    let known = [
        (
            "invalid_grant",
            "a user has to authorize the application again",
        ),
        (
            "invalid_client",
            "check the application's code and secret key, and whether it is still installed",
        ),
        (
            "wrong_client",
            "check the application's code and secret key, and whether it is still installed",
        ),
        (
            "NOT_INSTALLED",
            "install the application, and authorize it again",
        ),
        (
            "PAYMENT_REQUIRED",
            "the application's trial or paid period is over, or it was removed",
        ),
        (
            "invalid_scope",
            "the application does not have these scopes",
        ),
        (
            "insufficient_scope",
            "the application does not have these scopes",
        ),
    ];
    let found = known
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(code));
    found.map(|(_, advice)| *advice)
}
