//! What a response says before its body.

use http::header::LOCATION;
use http::{Response, StatusCode};

use super::error_body::ErrorBody;
use super::json::is_json;
use crate::address::host::to_ascii;
use crate::error::Kind;
use crate::redact::Redactor;
use crate::redirect::{Redirect, Rejection, is_redirect};

/// What a response says before its body.
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    pub(crate) redirect: Option<Redirect>,
}

impl Head {
    pub(crate) fn of<B>(response: &Response<B>, redactor: &Redactor<'_>) -> Self {
        let status = response.status();
        let location = is_redirect(status)
            .then(|| response.headers().get(LOCATION))
            .flatten()
            .and_then(|location| std::str::from_utf8(location.as_bytes()).ok());
        let redirect = location.and_then(|location| {
            let uri = to_ascii(location).ok()?;
            let uri = uri.parse::<http::Uri>().ok()?;
            let (scheme, authority) = (uri.scheme_str()?, uri.authority()?);
            let is_plain = !authority.as_str().contains('@');
            Some(Redirect {
                host: redactor.excerpt(authority.host()),
                origin: is_plain.then(|| format!("{scheme}://{authority}")),
                rejection: Rejection::of_scheme(scheme),
            })
        });
        Self { status, redirect }
    }

    /// What an answer is that has no error of the API, or none that can be read.
    pub(super) fn without_error(&self, text: &str, redactor: &Redactor<'_>) -> Kind {
        match ErrorBody::problem(text).filter(|_| !is_redirect(self.status) && is_json(text)) {
            Some(problem) => Kind::Unreadable {
                status: self.status,
                problem: redactor.problem(&problem),
                excerpt: redactor.excerpt(text),
            },
            None => self.bare(redactor.excerpt(text)),
        }
    }

    pub(super) fn bare(&self, excerpt: String) -> Kind {
        Kind::Status {
            status: self.status,
            redirect: self.redirect.clone(),
            excerpt,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redirect(status: StatusCode, location: &str) -> Option<Redirect> {
        let response = Response::builder().status(status);
        let response = response.header(LOCATION, location).body(()).unwrap();
        let secret = "canary".into();
        Head::of(&response, &Redactor(&[&secret])).redirect
    }

    #[test]
    fn a_redirect_is_kept_without_its_path() {
        let location = "https://b.bitrix24.com:8443/rest/1/canary/user.get.json";
        let found = redirect(StatusCode::FOUND, location).unwrap();
        assert_eq!(found.host, "b.bitrix24.com");
        assert_eq!(found.origin.as_deref(), Some("https://b.bitrix24.com:8443"));
        assert_eq!(found.rejection, Rejection::Malformed);
        assert!(redirect(StatusCode::OK, location).is_none());
        assert!(redirect(StatusCode::SEE_OTHER, location).is_none());
        assert!(redirect(StatusCode::FOUND, "/rest/1/canary/").is_none());
    }

    #[test]
    fn what_is_no_portals_address_has_no_origin() {
        let found = redirect(StatusCode::FOUND, "http://canary@b.bitrix24.com/").unwrap();
        assert_eq!((&*found.host, found.origin), ("b.bitrix24.com", None));
        assert_eq!(found.rejection, Rejection::Insecure);
        let found = redirect(StatusCode::FOUND, "https://canary.example.com/").unwrap();
        assert_eq!(found.host, "***.example.com");
    }
}
