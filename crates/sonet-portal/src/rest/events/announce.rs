//! Telling the handlers that something happened.

use super::Delivery;
use crate::domain::app::{App, Installation};
use crate::domain::credential::ACCESS_SECONDS;
use crate::domain::events::{Binding, Event};
use crate::methods::address::Address;
use crate::rest::interface::Rest;
use crate::rest::oauth::Tokens;
use crate::rules::{EventForm, EventTokens, Rules};
use crate::wire::form::Encoder;

impl Rest {
    /// Puts a delivery for each handler into the queue.
    pub(crate) fn announce(&mut self, rules: &Rules, event: Event, address: &Address) {
        let name = event.kind.name();
        for (handler_id, binding) in self.handlers.of_event(name) {
            let Some(auth) = self.auth_of(rules, &binding, event, address) else {
                continue;
            };
            let mut form = Encoder::default();
            form.add("event", name);
            form.add("event_handler_id", &handler_id.to_string());
            form.add("data[FIELDS][ID]", &event.group_id.to_string());
            form.add("ts", &event.at.to_string());
            for (key, value) in auth {
                form.add(&format!("auth[{key}]"), &value);
            }
            self.deliveries.add(Delivery {
                url: binding.url,
                body: form.finish(),
                event: name.to_owned(),
                handler_id,
                group_id: event.group_id,
            });
        }
    }

    /// What stands in `auth`; `None` if the handler's application isn't ready for events.
    fn auth_of(
        &mut self,
        rules: &Rules,
        binding: &Binding,
        event: Event,
        address: &Address,
    ) -> Option<Vec<(&'static str, String)>> {
        let Some(client_id) = &binding.app else {
            let token = binding.application_token.clone()?;
            return Some(proof(address, self.grants.member_id(), token));
        };
        let app = self.grants.app(client_id)?.clone();
        if app.installation != Installation::Finished {
            return None;
        }
        let user_id = match binding.auth_type {
            0 => event.user_id,
            user_id => user_id,
        };
        let mut auth = AppAuth {
            tokens: None,
            with_refresh: rules.event_tokens == EventTokens::Both,
            captured: rules.event_form == EventForm::Captured,
            user_id,
            scope: match rules.event_form {
                EventForm::Captured => app.scopes.join(","),
                // The samples of the groups' events call the scope by this name.
                EventForm::Documented => "sonet".to_owned(),
            },
            at: event.at,
        };
        if rules.event_tokens != EventTokens::Missing {
            let portal = Some(address.portal().to_owned());
            auth.tokens = self.grant(&app, user_id, portal, event.at);
        }
        Some(auth.fields(&app, address, self.grants.member_id()))
    }
}

/// The least that an event has: where it happened, and what proves it.
pub(super) fn proof(
    address: &Address,
    member_id: &str,
    application_token: String,
) -> Vec<(&'static str, String)> {
    vec![
        ("domain", address.domain().to_owned()),
        ("client_endpoint", address.client_endpoint()),
        ("server_endpoint", address.server_endpoint()),
        ("member_id", member_id.to_owned()),
        ("application_token", application_token),
    ]
}

/// What an event tells an application of its authorization.
pub(super) struct AppAuth {
    pub(super) tokens: Option<Tokens>,
    pub(super) with_refresh: bool,
    /// Whether it has the form of captured deliveries.
    pub(super) captured: bool,
    pub(super) user_id: u64,
    pub(super) scope: String,
    pub(super) at: i64,
}

impl AppAuth {
    pub(super) fn fields(
        self,
        app: &App,
        address: &Address,
        member_id: &str,
    ) -> Vec<(&'static str, String)> {
        let mut auth = Vec::new();
        if let Some(tokens) = &self.tokens {
            auth.push(("access_token", tokens.access_token.clone()));
            if self.captured {
                auth.push(("expires", (self.at + ACCESS_SECONDS).to_string()));
            }
            auth.push(("expires_in", ACCESS_SECONDS.to_string()));
        }
        auth.push(("scope", self.scope));
        auth.push(("domain", address.domain().to_owned()));
        auth.push(("server_endpoint", address.server_endpoint()));
        auth.push(("status", app.status.code().to_owned()));
        auth.push(("client_endpoint", address.client_endpoint()));
        auth.push(("member_id", member_id.to_owned()));
        if self.captured && self.tokens.is_some() {
            auth.push(("user_id", self.user_id.to_string()));
        }
        if let Some(tokens) = self.tokens.filter(|_| self.with_refresh) {
            auth.push(("refresh_token", tokens.refresh_token));
        }
        auth.push(("application_token", app.application_token.clone()));
        auth
    }
}
