//! One request to the token server.

use bytes::Bytes;
use form_urlencoded::Serializer;
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{Request, Response, StatusCode};

use super::answer::{Fields, Known};
use super::{App, Callback, Tokens};
use crate::envelope::{self, Head, Quote};
use crate::error::Kind;
use crate::failure::failed;
use crate::inflate::inflate;
use crate::{ApiError, Config, Failure, Secret};

/// What is shown to the token server to get a pair of tokens.
#[derive(Debug, Clone)]
pub(crate) enum Grant {
    /// A user's authorization.
    Code(Callback),
    /// The refresh token of the pair before.
    Refresh(Tokens),
}

/// How much of an answer of the token server is read. Its answers have a few hundred bytes, but one that is not read is a
/// pair that is lost.
pub(super) const BODY_LIMIT: u64 = 1024 * 1024;

impl Grant {
    /// The request. Its parameters are in the body, where no server writes them to a log.
    pub(super) fn request(&self, app: &App, user_agent: &str) -> Result<Request<Bytes>, Kind> {
        let (kind, name, value, server) = match self {
            Self::Code(callback) => (
                "authorization_code",
                "code",
                &callback.code,
                callback.server.as_deref(),
            ),
            Self::Refresh(tokens) => (
                "refresh_token",
                "refresh_token",
                &tokens.refresh_token,
                tokens.server_endpoint.as_deref(),
            ),
        };
        let address = app
            .server(server)
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
            Self::Refresh(tokens) => secrets.extend([&tokens.access_token, &tokens.refresh_token]),
        }
        secrets
    }

    /// Reads the answer. What of it is not an error is never quoted: it may hold tokens that nobody knows yet.
    pub(super) fn read(
        &self,
        app: &App,
        config: &Config,
        response: Response<Bytes>,
    ) -> Result<Tokens, Kind> {
        let secrets = self.secrets(app);
        let quote = Quote(&secrets);
        let head = Head::of(&response, &quote);
        let status = head.status;
        let unreadable = |problem: &str| Kind::Unreadable {
            status,
            problem: problem.to_owned(),
            piece: String::new(),
        };
        let body =
            inflate(response, BODY_LIMIT).map_err(|_| unreadable("it is too long, or broken"))?;
        let text = String::from_utf8_lossy(&body);
        let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == BYTE_ORDER_MARK);
        let fields = Fields::of(text);
        // A pair is one, whatever stands around it: what was shown for it is spent.
        if let Some(tokens) = fields.pair(config, self.known()) {
            return Ok(tokens);
        }
        // Some errors come with the status 200, so the body decides.
        if let Some(refusal) = envelope::refused(&[], &head, text, &quote) {
            return Err(refusal);
        }
        if matches!(self, Self::Code(_)) && fields.has_token() {
            return Err(Kind::HalfPair(status));
        }
        if !status.is_success() {
            return Err(Kind::Status {
                status,
                moved: head.moved,
                piece: String::new(),
            });
        }
        Err(unreadable(if fields.is_object() {
            "it has no pair of tokens"
        } else {
            "it is not a JSON object"
        }))
    }

    /// What is known of the pair that is asked for.
    fn known(&self) -> Known {
        match self {
            Self::Code(callback) => callback.into(),
            Self::Refresh(tokens) => tokens.into(),
        }
    }

    /// What a failure to send means.
    pub(super) fn failed(&self, app: &App, failure: Failure) -> Kind {
        failed(failure, &Quote(&self.secrets(app)))
    }
}

/// What some editors and servers put before a text.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The errors after which no refresh can succeed any more, whatever their status is.
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

/// Whether the token server refused for good: a user has to authorize the application again.
pub(crate) fn is_final(kind: &Kind) -> bool {
    match kind {
        Kind::Api(error) => {
            FINAL.iter().any(|code| error.has_code(code)) || is_refusal(error.status())
        }
        Kind::HalfPair(_) => true,
        _ => false,
    }
}

/// Whether asking again may bring another answer.
pub(super) fn may_pass(kind: &Kind) -> bool {
    match kind {
        Kind::Status { status, .. } => !status.is_redirection() && !is_refusal(*status),
        Kind::Failed { .. } | Kind::Unreadable { .. } => true,
        Kind::Api(_) => !is_final(kind),
        _ => false,
    }
}

/// Whether a status refuses the request itself, and not the moment.
fn is_refusal(status: StatusCode) -> bool {
    let passing = [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS];
    status.is_client_error() && !passing.contains(&status)
}

/// What to do about a refusal of the token server.
pub(crate) fn advice(error: &ApiError) -> &'static str {
    let is = |codes: &[&str]| codes.iter().any(|code| error.has_code(code));
    if is(&["invalid_grant"]) {
        "a user has to authorize the application again"
    } else if is(&["PAYMENT_REQUIRED"]) {
        "the application's trial or paid period is over, or it was removed; then a user has to authorize it again"
    } else if is(&["invalid_scope", "insufficient_scope"]) {
        "the application does not have these scopes; give it them, and let a user authorize it again"
    } else if is(&["NOT_INSTALLED", "APPLICATION_NOT_FOUND"]) {
        "install the application, and let a user authorize it again"
    } else {
        "check the application's code and secret key and whether it is still installed, or let a user authorize it again"
    }
}
