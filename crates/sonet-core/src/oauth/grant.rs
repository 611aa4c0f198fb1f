//! One request to the token server.

use bytes::Bytes;
use form_urlencoded::Serializer;
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{Request, Response, StatusCode};
use serde_json::{Map, Value};

use super::{App, Tokens};
use crate::envelope::{self, Head, Quote};
use crate::error::Kind;
use crate::failure::failed;
use crate::inflate::inflate;
use crate::{Address, ApiError, Failure, Secret};

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
        let Some(text) = envelope::json_of(&body) else {
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
        let Ok(mut fields) = serde_json::from_str::<Map<String, Value>>(text) else {
            return Err(unreadable("it is not a JSON object"));
        };
        if let Self::Refresh(old) = self {
            inherit(&mut fields, old);
        }
        // The texts of serde may quote a value.
        serde_json::from_value::<Tokens>(Value::Object(fields))
            .ok()
            .filter(|tokens| tokens.check().is_ok())
            .ok_or_else(|| unreadable("it has no pair of tokens with the portal's address"))
    }

    /// What a failure to send means.
    pub(super) fn failed(&self, app: &App, failure: Failure) -> Kind {
        failed(failure, &Quote(&self.secrets(app)))
    }
}

/// Takes over from the pair before what an answer does not say, or says of an address that can't be used: the new tokens
/// are there, and the old ones are gone.
fn inherit(fields: &mut Map<String, Value>, old: &Tokens) {
    let Ok(Value::Object(known)) = serde_json::to_value(old) else {
        return;
    };
    let address = fields.get("client_endpoint").and_then(Value::as_str);
    if address.is_none_or(|address| Address::parse(address).is_err()) {
        fields.remove("client_endpoint");
    }
    for name in [
        "client_endpoint",
        "server_endpoint",
        "member_id",
        "user_id",
        "scope",
    ] {
        if let (None | Some(Value::Null), Some(value)) = (fields.get(name), known.get(name)) {
            fields.insert(name.to_owned(), value.clone());
        }
    }
}

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
    matches!(kind, Kind::Api(error)
        if FINAL.iter().any(|code| error.has_code(code)) || is_refusal(error.status()))
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
