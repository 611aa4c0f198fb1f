//! Who makes a call: what it presents is checked, then the user and the application behind it.

use crate::domain::app::Installation;
use crate::domain::credential::Credential;
use crate::domain::dates;
use crate::domain::model::User;
use crate::methods::refusal::Refusal;
use crate::rest::credentials::Presented;
use crate::rest::interface::{Environment, Rest};
use crate::rules::AuthErrors;
use std::time::SystemTime;

/// Who makes a call.
pub(crate) struct Caller {
    pub(crate) user: User,
    pub(crate) credential: Credential,
}

impl Caller {
    /// Finds out who makes a call, or why nobody may.
    pub(crate) fn identify(
        rest: &Rest,
        environment: &Environment<'_>,
        presented: &Presented<'_>,
        now: SystemTime,
    ) -> Result<Self, Refusal> {
        let unknown = || match (environment.rules.auth_errors, presented) {
            (AuthErrors::Documented, _) => Refusal::no_auth(),
            (AuthErrors::Live, Presented::Webhook { .. }) => Refusal::wrong_webhook(),
            (AuthErrors::Live, Presented::Token(_)) => Refusal::wrong_token(),
        };
        let credential = rest.credentials.check(presented).ok_or_else(unknown)?;
        if credential.has_expired(dates::unix_seconds(now)) {
            return Err(Refusal::expired());
        }
        let user = environment.state.users.get(&credential.user_id());
        let user = user.ok_or_else(unknown)?.clone();
        if !user.active {
            return Err(Refusal::dismissed());
        }
        if let Some(client_id) = credential.client_id() {
            let app = rest.grants.app(client_id);
            let app = app.filter(|app| app.installation != Installation::Missing);
            if !app.ok_or_else(Refusal::not_installed)?.admits(user.id) {
                return Err(Refusal::app_closed());
            }
        }
        Ok(Self { user, credential })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::seed;
    use crate::domain::state::State;
    use crate::rules::Rules;
    use std::time::UNIX_EPOCH;

    struct Fixture {
        state: State,
        rest: Rest,
        rules: Rules,
        token: String,
    }

    fn fixture() -> Fixture {
        let state = seed::state(1, 6, 1);
        let rest = Rest::new(state.users.keys().copied(), Some(1));
        Fixture {
            state,
            token: rest.credentials.token(2).unwrap(),
            rest,
            rules: Rules::default(),
        }
    }

    impl Fixture {
        fn identify(&mut self, token: &str) -> Result<u64, Refusal> {
            let environment = Environment {
                state: &mut self.state,
                rules: &self.rules,
                names: &[],
            };
            let presented = Presented::Token(token);
            let caller = Caller::identify(&self.rest, &environment, &presented, UNIX_EPOCH)?;
            Ok(caller.user.id)
        }

        /// What becomes of a call with the token of user 2.
        fn outcome(&mut self) -> Result<u64, Refusal> {
            let token = self.token.clone();
            self.identify(&token)
        }

        fn app(&mut self) -> &mut crate::domain::app::App {
            let client_id = self.rest.grants.built_in().client_id.clone();
            self.rest.grants.app_mut(&client_id).unwrap()
        }
    }

    #[test]
    fn a_token_stands_for_its_user() {
        assert_eq!(fixture().outcome(), Ok(2));
    }

    #[test]
    fn the_rules_word_the_refusal_of_a_stranger() {
        let mut fixture = fixture();
        fixture.rules.auth_errors = AuthErrors::Documented;
        assert_eq!(fixture.identify("x"), Err(Refusal::no_auth()));
        fixture.rules.auth_errors = AuthErrors::Live;
        assert_eq!(fixture.identify("x"), Err(Refusal::wrong_token()));
    }

    #[test]
    fn an_expired_token_is_told_before_a_dismissed_user() {
        let mut fixture = fixture();
        fixture.state.users.get_mut(&2).unwrap().active = false;
        assert_eq!(fixture.outcome(), Err(Refusal::dismissed()));
        assert!(fixture.rest.credentials.expire(&fixture.token));
        assert_eq!(fixture.outcome(), Err(Refusal::expired()));
    }

    #[test]
    fn the_application_has_to_be_installed_and_open_to_the_user() {
        let mut fixture = fixture();
        fixture.app().users = Some(vec![1]);
        assert_eq!(fixture.outcome(), Err(Refusal::app_closed()));
        fixture.app().installation = Installation::Missing;
        assert_eq!(fixture.outcome(), Err(Refusal::not_installed()));
    }
}
