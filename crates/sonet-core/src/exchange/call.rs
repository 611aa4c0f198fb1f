//! A method, encoded.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Request};

use crate::address::is_method_byte;
use crate::error::Kind;
use crate::oauth::Auth;
use crate::{Address, Effect, Invalid, Method, Secret};

/// A method, encoded once for all attempts.
pub(super) struct Call {
    pub(super) method: Arc<str>,
    /// A JSON object. Attempts share it.
    pub(super) params: Bytes,
    pub(super) effect: Effect,
    /// The methods that it runs, if it runs others.
    pub(super) runs: Vec<String>,
    pub(super) is_untyped: bool,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes)", self.method, self.params.len())
    }
}

impl Call {
    /// Checks and encodes a method.
    pub(super) fn of<M: Method>(method: &M) -> (Self, Result<(), Kind>) {
        let mut call = Self {
            method: method.name().into(),
            params: Bytes::new(),
            effect: method.effect(),
            runs: method.runs(),
            is_untyped: method.is_untyped(),
        };
        let outcome = encode(method).map(|params| call.params = params.into());
        (call, outcome)
    }

    /// The methods whose time it takes: itself, or those that it runs.
    pub(super) fn timed(&self) -> impl Iterator<Item = &str> {
        let itself = self.runs.is_empty().then_some(&*self.method);
        self.runs.iter().map(String::as_str).chain(itself)
    }

    /// The request, with the secret in it.
    pub(super) fn request(
        &self,
        address: &Address,
        auth: &Auth,
        headers: &HeaderMap,
    ) -> Result<Request<Bytes>, Kind> {
        let (rest, method) = (address.rest_path(), &*self.method);
        // Each call makes one, and `format!` takes several times as long.
        let (path, body) = match auth {
            Auth::Webhook(user, secret) => {
                let (user, secret) = (user.to_string(), secret.expose());
                let path = [rest, "/", &user, "/", secret, "/", method, ".json"].concat();
                (path, self.params.clone())
            }
            Auth::Token(token, _) => {
                let path = [rest, "/", method, ".json"].concat();
                (path, with_auth(&self.params, token))
            }
        };
        let uri = address.uri(path);
        let uri = uri.map_err(|error| Kind::Encode(error.to_string()))?;
        let mut request = Request::new(body);
        *request.method_mut() = http::Method::POST;
        *request.uri_mut() = uri;
        // To copy a map takes less than to fill one, and every request has the same.
        *request.headers_mut() = headers.clone();
        Ok(request)
    }
}

/// The parameters as a JSON object, checked.
pub(crate) fn encode<M: Method>(method: &M) -> Result<String, Kind> {
    let name = method.name();
    if name.is_empty() || !name.bytes().all(is_method_byte) {
        let problem = "a method name consists of letters, digits, dots and underscores only";
        return Err(Kind::Invalid(Invalid::new("method", problem)));
    }
    method.check().map_err(Kind::Invalid)?;
    let params = serde_json::to_string(method).map_err(|error| Kind::Encode(error.to_string()))?;
    if params.starts_with('{') {
        Ok(params)
    } else {
        Err(Kind::Encode(
            "the parameters did not serialize to an object".to_owned(),
        ))
    }
}

/// The object of parameters with the token in it, first: the protocol takes it there, and an address stays clean.
fn with_auth(params: &[u8], token: &Secret) -> Bytes {
    let token = serde_json::Value::from(token.expose()).to_string();
    let rest = &params[1..];
    let comma = if rest == b"}" { "" } else { "," };
    let parts = [
        "{\"auth\":".as_bytes(),
        token.as_bytes(),
        comma.as_bytes(),
        rest,
    ];
    parts.concat().into()
}
