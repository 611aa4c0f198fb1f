//! The token server's answer: the pair of tokens in it, whatever else it says.
//!
//! What brought it is spent by then, the code as well as the pair before. So nothing but the two tokens may be missing: what
//! is not as it is documented counts as not said.

use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Deserializer, Value};

use super::{Tokens, app, tokens};
use crate::wire::{Decode, Int, Text};
use crate::{Address, Callback, Secret};

/// What is known of a pair before it comes.
pub(super) struct Known {
    endpoint: String,
    /// Whether calls were made there; otherwise only a browser said so.
    proven: bool,
    server: Option<String>,
    member_id: Option<String>,
    user_id: Option<i64>,
    scope: Option<String>,
}

impl From<&Tokens> for Known {
    fn from(tokens: &Tokens) -> Self {
        Self {
            endpoint: tokens.client_endpoint.clone(),
            proven: true,
            server: tokens.server_endpoint.clone(),
            member_id: tokens.member_id.clone(),
            user_id: tokens.user_id,
            scope: tokens.scope.clone(),
        }
    }
}

impl From<&Callback> for Known {
    fn from(callback: &Callback) -> Self {
        let scope = callback.scope.join(",");
        Self {
            endpoint: tokens::endpoint(&callback.portal),
            proven: false,
            server: callback.server.clone(),
            member_id: callback.member_id.clone(),
            user_id: None,
            scope: Some(scope).filter(|scope| !scope.is_empty()),
        }
    }
}

impl Known {
    /// Where the portal's methods are.
    ///
    /// An address that can't be used gives way to the one that is known. If that is a browser's word only, `http` to
    /// another host becomes `https` to it: behind a proxy, a portal may not know that it is encrypted.
    pub(super) fn endpoint(&self, named: Option<&str>) -> String {
        let Some(named) = named.filter(|named| !named.trim().is_empty()) else {
            return self.endpoint.clone();
        };
        if named.contains("://") && Address::parse(named).is_ok() {
            return named.to_owned();
        }
        let host = |text: &str| Some(Address::parse(text).ok()?.host().to_ascii_lowercase());
        match encrypted(named) {
            Some(other) if !self.proven && host(&other) != host(&self.endpoint) => other,
            _ => self.endpoint.clone(),
        }
    }

    /// Which token server is asked next: no unknown one displaces one of the vendor's.
    fn server(self, named: Option<String>) -> Option<String> {
        let vendors = named.clone().filter(|named| app::is_vendors(named));
        vendors.or(self.server).or(named)
    }
}

/// The same address with `https`, if it has `http`, and without its port, which is one of `http`.
fn encrypted(address: &str) -> Option<String> {
    let (scheme, rest) = address.trim().split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") {
        return None;
    }
    let (authority, path) = match rest.find('/') {
        Some(slash) => rest.split_at(slash),
        None => (rest, ""),
    };
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    let address = format!("https://{host}{path}");
    Address::parse(&address).is_ok().then_some(address)
}

/// The fields of an answer, as far as it can be read, and none of them read yet.
#[derive(Default)]
pub(super) struct Fields {
    fields: HashMap<String, Box<RawValue>>,
    is_object: bool,
}

impl Fields {
    pub(super) fn of(text: &str) -> Self {
        let mut fields = Self::default();
        // What can't be read ends the reading, and takes nothing away from what was read before it.
        let _ = Deserializer::from_str(text).deserialize_map(&mut fields);
        fields
    }

    /// Whether the answer begins as one should.
    pub(super) fn is_object(&self) -> bool {
        self.is_object
    }

    /// The pair, if it is whole.
    pub(super) fn pair(&self, known: Known) -> Option<Tokens> {
        let (access_token, refresh_token) =
            (self.token("access_token")?, self.token("refresh_token")?);
        let text = |name| {
            self.get::<String, Text>(name)
                .filter(|text| !text.is_empty())
        };
        Some(Tokens {
            access_token,
            refresh_token,
            client_endpoint: known.endpoint(text("client_endpoint").as_deref()),
            member_id: text("member_id").or_else(|| known.member_id.clone()),
            user_id: self.get::<_, Int>("user_id").or(known.user_id),
            scope: self.scope().or_else(|| known.scope.clone()),
            expires_in: self.get::<_, Int>("expires_in"),
            server_endpoint: known.server(text("server_endpoint")),
        })
    }

    /// Whether there is any token.
    pub(super) fn has_token(&self) -> bool {
        ["access_token", "refresh_token"]
            .iter()
            .any(|name| self.token(name).is_some())
    }

    fn token(&self, name: &str) -> Option<Secret> {
        let token = self.get::<String, Text>(name)?;
        // A character that stands for what is no UTF-8 is not in any token.
        let is_whole = !token.is_empty() && !token.contains(char::REPLACEMENT_CHARACTER);
        is_whole.then(|| Secret::new(token))
    }

    /// The scopes, separated by commas: as a text, or as a list of texts, which PHP may print as an object.
    fn scope(&self) -> Option<String> {
        let scopes = match serde_json::from_str(self.fields.get("scope")?.get()).ok()? {
            Value::String(scopes) => vec![scopes],
            Value::Array(scopes) => scopes.into_iter().filter_map(as_text).collect(),
            Value::Object(scopes) => scopes.into_iter().filter_map(|(_, s)| as_text(s)).collect(),
            _ => Vec::new(),
        };
        Some(scopes.join(",")).filter(|scopes| !scopes.is_empty())
    }

    fn get<T, D: Decode<T>>(&self, name: &str) -> Option<T> {
        D::decode(&mut Deserializer::from_str(self.fields.get(name)?.get())).ok()
    }
}

fn as_text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

impl<'de> Visitor<'de> for &mut Fields {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        self.is_object = true;
        while let Some((name, value)) = map.next_entry()? {
            self.fields.insert(name, value);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_with_encryption_has_no_port_of_one_without() {
        for (address, expected) in [
            ("http://a.example.com", Some("https://a.example.com")),
            (
                "HTTP://a.example.com:80/rest/",
                Some("https://a.example.com/rest/"),
            ),
            ("http://[2001:db8::1]:8080/", Some("https://[2001:db8::1]/")),
            ("https://a.example.com", None),
            ("a.example.com", None),
            ("http://a.example.com/rest/1/secret/", None),
            ("http://", None),
            ("http://user@a.example.com/", None),
        ] {
            assert_eq!(encrypted(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn what_is_no_object_has_no_fields() {
        for text in [
            "",
            "[]",
            r#"[{"access_token":"a"}]"#,
            r#""access_token""#,
            "<p>",
            "{",
        ] {
            assert!(!Fields::of(text).has_token(), "{text}");
        }
        assert!(Fields::of(r#"{"access_token":"a","#).has_token());
        assert!(!Fields::of(r#"{"access_token":"a"#).has_token());
        assert!(!Fields::of("{\"access_token\":\"a\u{fffd}\"}").has_token());
    }
}
