//! The token server's answer: the pair of tokens in it, whatever else it says.
//!
//! What brought it is spent by then, the code as well as the pair before. So nothing but the two tokens may be missing: what
//! is not as it is documented counts as not said.

use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Deserializer, Value};

use super::{Tokens, app};
use crate::address::CleartextHosts;
use crate::wire::{Decode, Int, Text};
use crate::{Address, Callback, Installation, Secret};

/// What is known of a pair before it comes.
pub(crate) struct KnownPair {
    endpoint: String,
    /// Whether calls were made there; otherwise only a browser said so.
    proven: bool,
    server: Option<String>,
    member_id: Option<String>,
    user_id: Option<i64>,
    scope: Option<String>,
    application_token: Option<Secret>,
}

impl From<&Tokens> for KnownPair {
    fn from(tokens: &Tokens) -> Self {
        Self {
            endpoint: tokens.client_endpoint.clone(),
            proven: true,
            server: tokens.server_endpoint.clone(),
            member_id: tokens.member_id.clone(),
            user_id: tokens.user_id,
            scope: tokens.scope.clone(),
            application_token: tokens.application_token.clone(),
        }
    }
}

impl From<&Callback> for KnownPair {
    fn from(callback: &Callback) -> Self {
        let scope = callback.scope.join(",");
        Self {
            endpoint: callback.portal.endpoint(),
            proven: false,
            server: callback.server.clone(),
            member_id: callback.member_id.clone(),
            user_id: None,
            scope: Some(scope).filter(|scope| !scope.is_empty()),
            application_token: callback.application_token.clone(),
        }
    }
}

impl From<&Installation> for KnownPair {
    fn from(installation: &Installation) -> Self {
        Self {
            proven: false,
            ..Self::from(&installation.tokens)
        }
    }
}

impl KnownPair {
    /// Where the portal's methods are.
    ///
    /// An address that can't be used gives way to the one that is known. If that is a browser's word only, `http` becomes
    /// `https` to the same host: where another server does the encryption, a portal may take itself for one without.
    pub(crate) fn endpoint(&self, hosts: &CleartextHosts, named: Option<&str>) -> String {
        let named = named.filter(|named| named.contains("://"));
        let Some((text, address)) =
            named.and_then(|named| Some((named, Address::parse_any(named).ok()?)))
        else {
            return self.endpoint.clone();
        };
        let was_https = Address::parse_any(&self.endpoint).is_ok_and(|known| known.is_https());
        if self.proven && was_https && !address.is_https() {
            // What was reached over https stays so, whatever else may be reached without.
            return self.endpoint.clone();
        }
        if hosts.may_call(&address) {
            // In the form that every client can read, whatever it knows of other alphabets.
            let is_plain = text.is_ascii();
            return if is_plain {
                text.to_owned()
            } else {
                address.endpoint()
            };
        }
        match Address::parse_any(&self.endpoint) {
            _ if self.proven => self.endpoint.clone(),
            Ok(known) if known.host().eq_ignore_ascii_case(address.host()) => {
                address.moved_to(&known).endpoint()
            }
            _ => address.over_https().endpoint(),
        }
    }

    /// Which token server is asked next: no unknown one displaces one of the vendor's.
    fn server(self, named: Option<String>) -> Option<String> {
        let vendors = named.clone().filter(|named| app::is_vendors(named));
        vendors.or(self.server).or(named)
    }
}

/// The fields of an answer, as far as it can be read, and none of them read yet.
#[derive(Default)]
pub(super) struct TokenResponse {
    fields: HashMap<String, Box<RawValue>>,
    is_object: bool,
}

impl TokenResponse {
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
    pub(super) fn pair(&self, hosts: &CleartextHosts, known: KnownPair) -> Option<Tokens> {
        let (access_token, refresh_token) =
            (self.token("access_token")?, self.token("refresh_token")?);
        let text = |name| {
            self.get::<String, Text>(name)
                .filter(|text| !text.is_empty())
        };
        Some(Tokens {
            access_token,
            refresh_token,
            client_endpoint: known.endpoint(hosts, text("client_endpoint").as_deref()),
            member_id: self.member_id().or_else(|| known.member_id.clone()),
            user_id: self.get::<_, Int>("user_id").or(known.user_id),
            scope: self.scope().or_else(|| known.scope.clone()),
            expires_in: self.get::<_, Int>("expires_in"),
            application_token: known.application_token.clone(),
            server_endpoint: known.server(text("server_endpoint")),
        })
    }

    /// The portal that the answer names.
    pub(super) fn member_id(&self) -> Option<String> {
        self.get::<String, Text>("member_id")
            .filter(|text| !text.is_empty())
    }

    /// Whether the answer names an address of the portal.
    pub(super) fn has_endpoint(&self) -> bool {
        let named = self.get::<String, Text>("client_endpoint");
        named.is_some_and(|named| named.contains("://") && Address::parse_any(&named).is_ok())
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

impl<'de> Visitor<'de> for &mut TokenResponse {
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
    fn what_is_no_object_has_no_fields() {
        for text in [
            "",
            "[]",
            r#"[{"access_token":"a"}]"#,
            r#""access_token""#,
            "<p>",
            "{",
        ] {
            assert!(!TokenResponse::of(text).has_token(), "{text}");
        }
        assert!(TokenResponse::of(r#"{"access_token":"a","#).has_token());
        assert!(!TokenResponse::of(r#"{"access_token":"a"#).has_token());
        assert!(!TokenResponse::of("{\"access_token\":\"a\u{fffd}\"}").has_token());
    }
}
