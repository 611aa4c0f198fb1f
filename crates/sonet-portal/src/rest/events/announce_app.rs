//! Telling an application that it was installed, updated or uninstalled.

use super::Delivery;
use super::announce::{AppAuth, proof};
use crate::domain::app::App;
use crate::domain::events::AppEvent;
use crate::methods::address::Address;
use crate::rest::interface::Rest;
use crate::rules::{EventForm, Rules};
use crate::wire::form::Encoder;

/// The language that the portal says to have.
const LANGUAGE: &str = "en";

impl Rest {
    /// Puts a delivery for each of the application's own handlers into the queue. Nobody else is told.
    pub(crate) fn announce_app(
        &mut self,
        rules: &Rules,
        app: &App,
        event: AppEvent,
        address: &Address,
        at: i64,
    ) {
        let name = event.name();
        let bound = self.handlers.of_event(name).into_iter();
        let own = bound.filter(|(_, binding)| binding.app.as_ref() == Some(&app.client_id));
        let mut handlers: Vec<_> = own
            .map(|(handler_id, binding)| (handler_id, binding.url))
            .collect();
        if let (AppEvent::Installed { .. }, Some(url)) = (event, &app.install_handler) {
            handlers.insert(0, (0, url.clone()));
        }
        for (handler_id, url) in handlers {
            let mut form = Encoder::default();
            form.add("event", name);
            if handler_id != 0 {
                form.add("event_handler_id", &handler_id.to_string());
            }
            let auth = match event {
                AppEvent::Installed { user_id } => {
                    form.add("data[VERSION]", &app.version.to_string());
                    form.add("data[ACTIVE]", "Y");
                    form.add("data[INSTALLED]", "Y");
                    form.add("data[LANGUAGE_ID]", LANGUAGE);
                    self.app_auth(rules, app, user_id, address, at)
                }
                AppEvent::Updated { user_id } => {
                    form.add("data[VERSION]", &app.version.to_string());
                    form.add("data[PREVIOUS_VERSION]", &(app.version - 1).to_string());
                    form.add("data[LANGUAGE_ID]", LANGUAGE);
                    self.app_auth(rules, app, user_id, address, at)
                }
                AppEvent::Uninstalled { clean } => {
                    form.add("data[LANGUAGE_ID]", LANGUAGE);
                    form.add("data[CLEAN]", if clean { "1" } else { "0" });
                    let member_id = self.grants.member_id();
                    proof(address, member_id, app.application_token.clone())
                }
            };
            form.add("ts", &at.to_string());
            for (key, value) in auth {
                form.add(&format!("auth[{key}]"), &value);
            }
            self.deliveries.add(Delivery {
                url,
                body: form.finish(),
                event: name.to_owned(),
                handler_id,
                group_id: 0,
            });
        }
    }

    /// The authorization with a new pair of tokens of a user.
    fn app_auth(
        &mut self,
        rules: &Rules,
        app: &App,
        user_id: u64,
        address: &Address,
        at: i64,
    ) -> Vec<(&'static str, String)> {
        let portal = Some(address.portal().to_owned());
        let auth = AppAuth {
            tokens: self.grant(app, user_id, portal, at),
            with_refresh: true,
            captured: rules.event_form == EventForm::Captured,
            user_id,
            scope: app.scopes.join(","),
            at,
        };
        auth.fields(app, address, self.grants.member_id())
    }
}
