//! Calls that the portal refuses.

use std::marker::PhantomData;

use serde::{Serialize, Serializer};
use serde_json::Value;
use sonet_core::{Documented, Effect, Error, Executed, Method, Raw};
use sonet_types::{Refusal, UserId};

use super::caller::Caller;
use super::recording_proxy::RecordingProxy;
use super::secrets::{assert_shows_nothing, assert_tells_nothing};
use super::spec;
use super::world::World;

/// A row of the table of refusals: which documented error a scenario provokes.
#[derive(Debug)]
pub(super) struct Provoked {
    pub(super) method: &'static str,
    pub(super) refusal: Refusal,
    pub(super) text: &'static str,
}

/// A call that is to be refused, and who makes it.
pub(super) struct Attempt<M> {
    pub(super) by: UserId,
    pub(super) call: M,
}

impl<M> Attempt<M> {
    pub(super) fn by(by: UserId, call: M) -> Self {
        Self { by, call }
    }
}

/// A call of the administrator, who has access to everything.
pub(super) fn by_admin<M>(world: &World, call: M) -> Attempt<M> {
    Attempt::by(world.admin(), call)
}

/// The method `M` with parameters that its type can't have, or that it refuses to send.
pub(super) struct Unchecked<M> {
    params: Value,
    method: PhantomData<fn() -> M>,
}

impl<M> Unchecked<M> {
    pub(super) fn new(params: Value) -> Self {
        Self {
            params,
            method: PhantomData,
        }
    }
}

impl<M: Method> Unchecked<M> {
    /// What a call would send, without the checks before it.
    pub(super) fn of(call: &M) -> Self {
        Self::new(serde_json::to_value(call).unwrap())
    }
}

impl<M> Serialize for Unchecked<M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.params.serialize(serializer)
    }
}

impl<M: Method> Method for Unchecked<M> {
    const NAME: &'static str = M::NAME;
    const EFFECT: Effect = M::EFFECT;
    type Output = M::Output;
    const ERRORS: &'static [Documented] = M::ERRORS;
}

/// Makes a call, as its own type and by name, and checks all that a refusal promises.
pub(super) fn provoke<C: Caller, M: Method>(
    scenario: fn(&World) -> Attempt<M>,
    refusal: Refusal,
    text: &str,
) {
    let typed = |client: &C, method: &M| client.call(method).map(drop);
    let error = refused(scenario, typed);
    assert!(error.is(refusal), "{error:?}");
    assert_eq!(Refusal::of(&error), Some(refusal), "{error:?}");
    let code = check::<M>(&error, text);
    assert_eq!(error.executed(), executed(refusal));

    let by_name = |client: &C, method: &M| {
        let params = serde_json::to_value(method).unwrap();
        client.call(&Raw::new(M::NAME, params)).map(drop)
    };
    let error = refused(scenario, by_name);
    assert!(
        !error.is(refusal),
        "`Raw` knows no documented errors: {error:?}"
    );
    check::<M>(&error, text);
    // The old core has this code for failures, too, and only the documented text tells.
    let by_name = match code {
        "ERROR_CORE" => Executed::Unknown,
        _ => executed(refusal),
    };
    assert_eq!(error.executed(), by_name);
}

/// Makes a call that is to be refused, and checks that it changed nothing.
fn refused<C: Caller, M>(
    scenario: fn(&World) -> Attempt<M>,
    call: impl Fn(&C, &M) -> Result<(), Error>,
) -> Error {
    let world = World::new();
    let attempt = scenario(&world);
    let client: C = world.client(attempt.by);
    let before = world.picture();
    let error = call(&client, &attempt.call).unwrap_err();
    assert_eq!(world.executed_in_all(), 0);
    assert_eq!(world.picture(), before, "a refused call changed something");
    assert_shows_nothing(&world, &client);
    assert_tells_nothing(&world, &error);
    error
}

/// The code of the documented error that it is.
fn check<M: Method>(error: &Error, text: &str) -> &'static str {
    let documented = M::ERRORS
        .iter()
        .find(|documented| documented.text() == text)
        .unwrap_or_else(|| panic!("{} documents no {text:?}", M::NAME));
    let api = error.api().unwrap();
    assert_eq!(api.code(), documented.code());
    assert_eq!(api.description(), documented.text());
    let status = spec::status(M::NAME, documented);
    assert_eq!(api.status(), status);
    assert_eq!(error.status().unwrap(), status);
    assert_eq!(error.method(), Some(M::NAME));
    assert!(!error.is_invalid() && !error.is_auth() && !error.is_limit() && !error.is_decode());
    assert!(!error.is_connect() && !error.is_timeout() && !error.is_config());
    documented.code()
}

/// What a client makes of it: a method that answers an error has refused, but for the one that is about nothing it knows.
fn executed(refusal: Refusal) -> Executed {
    match refusal {
        Refusal::UnknownError => Executed::Unknown,
        _ => Executed::No,
    }
}

/// Checks that a client refuses a call by itself: it names the parameter, and no request leaves it.
pub(super) fn assert_not_sent<C: Caller, M: Method>(
    world: &World,
    user: UserId,
    call: &M,
    parameter: &str,
) {
    let proxy = RecordingProxy::before(world);
    let client: C = proxy.client(world, user);
    let error = client.call(call).map(drop).unwrap_err();
    assert!(error.is_invalid(), "{error:?}");
    assert!(error.to_string().contains(parameter), "{error}");
    assert_eq!(error.method(), Some(M::NAME));
    assert_eq!(error.executed(), Executed::No);
    assert!(error.api().is_none() && error.status().is_none());
    assert_tells_nothing(world, &error);
    assert_eq!(proxy.requests().len(), 0, "it was sent");
    assert_eq!(world.executed_in_all(), 0);
}
