//! Telling the handlers that something happened.

use super::Delivery;
use crate::domain::app::Installation;
use crate::domain::credential::ACCESS_SECONDS;
use crate::domain::events::{Binding, Event};
use crate::methods::address::Address;
use crate::rest::interface::Rest;
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
        let domain = ("domain", address.domain().to_owned());
        let client_endpoint = ("client_endpoint", address.client_endpoint());
        let server_endpoint = ("server_endpoint", address.server_endpoint());
        let member_id = ("member_id", self.grants.member_id().to_owned());
        let Some(client_id) = &binding.app else {
            let token = binding.application_token.clone()?;
            let token = ("application_token", token);
            return Some(vec![
                domain,
                client_endpoint,
                server_endpoint,
                member_id,
                token,
            ]);
        };
        let app = self.grants.app(client_id)?.clone();
        if app.installation != Installation::Finished {
            return None;
        }
        let user_id = match binding.auth_type {
            0 => event.user_id,
            user_id => user_id,
        };
        let tokens = if rules.event_tokens == EventTokens::Missing {
            None
        } else {
            let portal = Some(address.portal().to_owned());
            self.grant(&app, user_id, portal, event.at)
        };
        let captured = rules.event_form == EventForm::Captured;
        let mut auth = Vec::new();
        if let Some(tokens) = &tokens {
            auth.push(("access_token", tokens.access_token.clone()));
            if captured {
                auth.push(("expires", (event.at + ACCESS_SECONDS).to_string()));
            }
            auth.push(("expires_in", ACCESS_SECONDS.to_string()));
        }
        let scope = match rules.event_form {
            EventForm::Captured => app.scopes.join(","),
            // The samples of the groups' events call the scope by this name.
            EventForm::Documented => "sonet".to_owned(),
        };
        auth.push(("scope", scope));
        auth.push(domain);
        auth.push(server_endpoint);
        auth.push(("status", app.status.code().to_owned()));
        auth.push(client_endpoint);
        auth.push(member_id);
        if captured && tokens.is_some() {
            auth.push(("user_id", user_id.to_string()));
        }
        if let Some(tokens) = tokens.filter(|_| rules.event_tokens == EventTokens::Both) {
            auth.push(("refresh_token", tokens.refresh_token));
        }
        auth.push(("application_token", app.application_token));
        Some(auth)
    }
}
