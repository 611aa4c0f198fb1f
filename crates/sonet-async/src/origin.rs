//! Addresses as reqwest has them.

use std::str::FromStr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use http::Uri;
use http::uri::{Authority, Scheme};
use reqwest::Url;

/// Where the last request went, as reqwest has it.
///
/// Nearly all requests of a client go to one portal, and reading scheme and host anew for each takes longer than all else
/// that is done for it here.
#[derive(Default)]
pub(crate) struct Origin(Mutex<Option<Known>>);

struct Known {
    scheme: Option<Scheme>,
    authority: Option<Authority>,
    root: Url,
}

impl Origin {
    /// An address as reqwest has it.
    pub(crate) fn url(&self, uri: &Uri) -> Result<Url, <Url as FromStr>::Err> {
        if let Some(mut url) = self.root(uri) {
            url.set_path(uri.path());
            url.set_query(uri.query());
            return Ok(url);
        }
        let url = Url::parse(&uri.to_string())?;
        // The path and the query may hold secrets.
        let mut root = url.clone();
        root.set_path("/");
        root.set_query(None);
        *self.known() = Some(Known {
            scheme: uri.scheme().cloned(),
            authority: uri.authority().cloned(),
            root,
        });
        Ok(url)
    }

    /// Its scheme and host, if they are those of the last request.
    fn root(&self, uri: &Uri) -> Option<Url> {
        let known = self.known();
        let known = known.as_ref()?;
        let is_same =
            known.scheme.as_ref() == uri.scheme() && known.authority.as_ref() == uri.authority();
        is_same.then(|| known.root.clone())
    }

    fn known(&self) -> MutexGuard<'_, Option<Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_changes_no_address() {
        let origin = Origin::default();
        for address in [
            "https://portal.example.com/rest/1/s3cr3t/user.get.json",
            "https://portal.example.com/rest/batch.json",
            "https://portal.example.com:8443/b24/rest/batch.json",
            "https://portal.example.com:443/rest/batch.json",
            "http://portal.example.com/rest/a_b~c-d.json",
            "https://oauth.bitrix.info/oauth/token/?grant_type=refresh_token&a=%2F",
            "https://oauth.bitrix.info/oauth/token/",
            "https://oauth.bitrix.info/oauth/token/?a=b",
            "https://PORTAL.example.com./rest/../rest/%7Euser.get.json",
            "https://portal.example.com/rest/./user.get.json",
            "http://127.0.0.1:8080/rest/1/s3cr3t/user.get.json",
            "http://[::1]:8080/rest/1/s3cr3t/user.get.json",
            "http://[::1]:8080/",
        ] {
            let uri: Uri = address.parse().unwrap();
            for _ in 0..2 {
                assert_eq!(origin.url(&uri).unwrap(), Url::parse(address).unwrap());
            }
        }
    }
}
