//! The headers of an answer, without what is secret in them.

use std::fmt;
use std::sync::{Arc, LazyLock, OnceLock};

use http::header::{LOCATION, SET_COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::Secret;
use crate::redact::Redactor;

/// Where the id of a request stands, best first: what the vendor's cloud sends with every answer, and what others usually
/// call it.
const REQUEST_ID: [HeaderName; 2] = [
    HeaderName::from_static("x-bitrix-ri"),
    HeaderName::from_static("x-request-id"),
];

/// The headers of the answer to the last request of a call; none where no answer came. All commands of a batch share them.
#[derive(Clone, Default)]
pub(crate) struct AnswerHeaders(Option<Arc<Answered>>);

/// What came, without cookies, which are as good as a password, and without the address of a redirect, whose path may hold
/// the webhook's secret. Few ever look at it, so only for whoever does the secret is looked for in it.
struct Answered {
    headers: HeaderMap,
    secret: Secret,
    safe: OnceLock<HeaderMap>,
}

impl AnswerHeaders {
    /// Keeps the headers of an answer to a request that was made with this secret.
    pub(crate) fn of(mut headers: HeaderMap, secret: &Secret) -> Self {
        // Hardly any answer has one, and each removal is a search.
        if headers
            .keys()
            .any(|name| [SET_COOKIE, LOCATION].contains(name))
        {
            headers.remove(SET_COOKIE);
            headers.remove(LOCATION);
        }
        Self(Some(Arc::new(Answered {
            headers,
            secret: secret.clone(),
            safe: OnceLock::new(),
        })))
    }

    /// The headers. Where a value quotes the secret, that is masked.
    pub(crate) fn get(&self) -> &HeaderMap {
        static NONE: LazyLock<HeaderMap> = LazyLock::new(HeaderMap::new);
        let Some(Answered {
            headers,
            secret,
            safe,
        }) = self.0.as_deref()
        else {
            return &NONE;
        };
        safe.get_or_init(|| masked(headers.clone(), secret))
    }

    /// The id under which the server, or what stands before it, knows the request.
    pub(crate) fn request_id(&self) -> Option<&str> {
        let headers = self.get();
        let found = REQUEST_ID.iter().find_map(|name| headers.get(name))?;
        found.to_str().ok().filter(|id| !id.is_empty())
    }
}

/// The headers, with the secret masked where a value quotes it.
fn masked(mut headers: HeaderMap, secret: &Secret) -> HeaderMap {
    let secrets = [secret];
    let redactor = Redactor(&secrets);
    for value in headers.values_mut() {
        let text = String::from_utf8_lossy(value.as_bytes());
        let masked = redactor.mask(&text);
        if masked != text {
            *value = HeaderValue::from_str(&masked).unwrap_or(HeaderValue::from_static("***"));
        }
    }
    headers
}

/// Shows how many there are: some tell of people, as `X-Bitrix24-User` does.
impl fmt::Debug for AnswerHeaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} headers", self.get().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(secret: &str, headers: &[(&'static str, &str)]) -> AnswerHeaders {
        let headers = headers.iter().map(|(name, value)| {
            let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
            (HeaderName::from_static(name), value)
        });
        AnswerHeaders::of(headers.collect(), &Secret::new(secret))
    }

    #[test]
    fn no_secret_is_kept() {
        let headers = kept(
            "canary",
            &[
                ("set-cookie", "PHPSESSID=1"),
                ("location", "https://b.bitrix24.com/rest/1/x/"),
                ("link", "</rest/1/canary/user.get.json>; rel=self"),
                ("x-raw", "ключ canary"),
                ("server", "nginx"),
            ],
        );
        let value = |name| headers.get().get(name).map(HeaderValue::as_bytes);
        assert_eq!(value("set-cookie"), None);
        assert_eq!(value("location"), None);
        assert_eq!(
            value("link"),
            Some(&b"</rest/1/***/user.get.json>; rel=self"[..])
        );
        assert_eq!(value("x-raw"), Some("ключ ***".as_bytes()));
        assert_eq!(value("server"), Some(&b"nginx"[..]));
        assert_eq!(format!("{headers:?}"), "3 headers");
    }

    #[test]
    fn a_secret_that_is_quoted_in_another_form_is_masked_too() {
        let headers = kept("a/b+c", &[("x-from", "/oauth?auth=a%2Fb%2Bc")]);
        assert_eq!(headers.get()["x-from"], "/oauth?auth=***");
    }

    #[test]
    fn the_vendors_id_comes_before_that_of_others() {
        assert_eq!(AnswerHeaders::default().request_id(), None);
        let own = ("x-bitrix-ri", "3b51dd61");
        let other = ("x-request-id", "of-a-proxy");
        assert_eq!(kept("canary", &[other]).request_id(), Some("of-a-proxy"));
        assert_eq!(kept("canary", &[other, own]).request_id(), Some("3b51dd61"));
        assert_eq!(kept("canary", &[("x-request-id", "")]).request_id(), None);
    }
}
