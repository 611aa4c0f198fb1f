//! What is sent again, and what is not, whatever goes wrong on the way.

use std::time::Duration;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use sonet_core::{
    Attempt, Config, Effect, Error, Executed, Limits, Method, Rate, RetryPolicy, Verdict,
};
use sonet_portal::Fault;

use super::caller::Caller;
use super::secrets::assert_tells_nothing;
use super::world::{World, number};

/// Up to three attempts, at once.
#[derive(Debug)]
pub(super) struct Quick;

impl RetryPolicy for Quick {
    fn verdict(&self, attempt: &Attempt<'_>) -> Verdict {
        match attempt.times {
            1 | 2 => Verdict::RetryWithin(Duration::from_millis(5)),
            _ => Verdict::GiveUp,
        }
    }
}

/// A client that repeats quickly.
pub(super) fn quick(world: &World) -> Config {
    let config = Config::webhook(&world.webhook(world.admin())).unwrap();
    config.rate(Rate::UNLIMITED).retry(Quick)
}

/// A call by name, of any effect.
struct Call {
    name: &'static str,
    effect: Effect,
    params: Value,
}

impl Call {
    fn read(name: &'static str, params: Value) -> Self {
        Self {
            name,
            effect: Effect::Read,
            params,
        }
    }
}

impl Serialize for Call {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.params.serialize(serializer)
    }
}

impl Method for Call {
    const NAME: &'static str = "";
    const EFFECT: Effect = Effect::Write;
    type Output = Value;

    fn name(&self) -> &str {
        self.name
    }

    fn effect(&self) -> Effect {
        self.effect
    }
}

/// A read, a write that may be repeated, and a write.
fn calls(world: &World) -> [Call; 3] {
    let group = number(world.open_group());
    [
        Call::read("sonet_group.get", json!({ "FILTER": { "ID": group } })),
        Call {
            name: "sonet_group.update",
            effect: Effect::Repeatable,
            params: json!({ "GROUP_ID": group, "NAME": "Renamed" }),
        },
        Call {
            name: "sonet_group.create",
            effect: Effect::Write,
            params: json!({ "NAME": "New" }),
        },
    ]
}

/// What came of one call.
struct Observed {
    outcome: Result<Value, Error>,
    requests: usize,
    executed: u64,
}

fn observe<C: Caller>(world: &World, client: &C, call: &Call) -> Observed {
    world.server().clear_log();
    let before = world.executed_in_all();
    let outcome = client.call(call);
    Observed {
        outcome,
        requests: world.requests().len(),
        executed: world.executed_in_all() - before,
    }
}

/// Checks what comes of an answer that is lost, before the method ran and after.
fn check_lost<C: Caller>(world: &World, client: &C, fault: &Fault) {
    let faults = world.server().faults();
    for call in calls(world) {
        let effect = call.effect;
        for (after, executed) in [(false, 0), (true, 1)] {
            let what = format!("{fault:?}, {effect:?}, after: {after}");
            let method = faults.on("*").nth(1);
            if after {
                method.after(fault.clone());
            } else {
                method.before(fault.clone());
            }
            let observed = observe(world, client, &call);
            faults.clear();
            if effect == Effect::Write {
                let error = observed.outcome.unwrap_err();
                assert_eq!(error.executed(), Executed::Unknown, "{what}: {error:?}");
                assert_eq!(
                    (error.attempts(), observed.requests),
                    (1, 1),
                    "{what}: {error:?}"
                );
                assert_eq!(observed.executed, executed, "{what}");
                assert_tells_nothing(world, &error);
            } else {
                observed
                    .outcome
                    .unwrap_or_else(|error| panic!("{what}: {error:?}"));
                assert_eq!(
                    (observed.requests, observed.executed),
                    (2, executed + 1),
                    "{what}"
                );
            }
        }
    }
}

fn a_lost_answer_is_asked_for_again_unless_that_could_do_harm<C: Caller>(world: &World) {
    let client = C::new(quick(world)).unwrap();
    for fault in [
        Fault::Reset,
        Fault::Truncate,
        Fault::Length(7),
        Fault::Length(-3),
        Fault::Garbage,
        Fault::NotGzip,
        Fault::Page(502),
        Fault::Page(504),
        Fault::Internal,
    ] {
        check_lost(world, &client, &fault);
    }
}

fn an_answer_that_never_comes_is_lost_as_well<C: Caller>(world: &World) {
    let config = quick(world).response_timeout(Duration::from_millis(300));
    check_lost(world, &C::new(config).unwrap(), &Fault::Hang);
}

fn a_refusal_before_the_method_ran_is_certain<C: Caller>(world: &World) {
    let faults = world.server().faults();
    for fault in [Fault::QueryLimit, Fault::OperationTime] {
        for call in calls(world) {
            // An answer would tell until when the method is blocked, so nothing is known of it yet.
            let client = C::new(quick(world).limits(Limits::new(Rate::UNLIMITED))).unwrap();
            faults.on("*").before(fault.clone());
            let observed = observe(world, &client, &call);
            faults.clear();
            let error = observed.outcome.unwrap_err();
            assert!(error.is_limit());
            assert_eq!(error.executed(), Executed::No);
            assert_eq!(
                (error.attempts(), observed.requests, observed.executed),
                (3, 3, 0)
            );
            assert_tells_nothing(world, &error);

            faults.on("*").nth(1).before(fault.clone());
            let observed = observe(world, &client, &call);
            faults.clear();
            observed.outcome.unwrap();
            assert_eq!((observed.requests, observed.executed), (2, 1), "{fault:?}");
        }
    }
}

fn what_may_have_run_once_stays_unknown<C: Caller>(world: &World) {
    let client = C::new(quick(world)).unwrap();
    let faults = world.server().faults();
    let [_, update, _] = calls(world);
    faults.on("*").nth(1).after(Fault::Reset);
    faults.on("*").nth(2).before(Fault::QueryLimit);
    faults.on("*").nth(3).before(Fault::QueryLimit);
    faults.on("*").nth(4).before(Fault::QueryLimit);
    let observed = observe(world, &client, &update);
    faults.clear();
    let error = observed.outcome.unwrap_err();
    assert!(error.is_limit(), "the last error is kept: {error:?}");
    assert_eq!(error.executed(), Executed::Unknown);
    assert_eq!(
        (error.attempts(), observed.requests, observed.executed),
        (4, 4, 1)
    );
}

/// Checks that a call is refused with a code, and made once.
fn check_once<C: Caller>(world: &World, client: &C, call: &Call, code: &str, status: u16) {
    let observed = observe(world, client, call);
    let error = observed.outcome.unwrap_err();
    let api = error.api().unwrap();
    assert_eq!((api.code(), api.status().as_u16()), (code, status));
    assert_eq!(
        (error.attempts(), observed.requests, observed.executed),
        (1, 1, 0),
        "{code}"
    );
    assert_eq!(error.executed(), Executed::No);
    assert_tells_nothing(world, &error);
}

fn what_another_attempt_can_not_change_is_sent_once<C: Caller>(world: &World) {
    let client = C::new(quick(world)).unwrap();
    let [read, _, create] = calls(world);
    world.rule(|rules| rules.overloaded = true);
    check_once(world, &client, &read, "OVERLOAD_LIMIT", 503);
    check_once(world, &client, &create, "OVERLOAD_LIMIT", 503);
    world.rule(|rules| rules.overloaded = false);

    let nameless = Call::read("sonet_group.create", json!({}));
    check_once(world, &client, &nameless, "", 400);
    let unknown = Call::read("sonet_group.teleport", json!({}));
    check_once(world, &client, &unknown, "ERROR_METHOD_NOT_FOUND", 404);

    let address = format!("{}/rest/1/wrong1secret/", world.server().url());
    let stranger = C::webhook(&address).unwrap();
    check_once(world, &stranger, &read, "INVALID_CREDENTIALS", 401);
    let dismissed: C = world.client(world.dismissed_user());
    check_once(world, &dismissed, &read, "authorization_error", 401);
    let admin = number(world.admin());
    let webhook = world.server().webhook_with_scope(admin, &["socialnetwork"]);
    let narrow = C::webhook(&webhook.unwrap()).unwrap();
    check_once(world, &narrow, &read, "insufficient_scope", 403);
}

on_both_clients_and_over_transports! {
    a_lost_answer_is_asked_for_again_unless_that_could_do_harm,
    an_answer_that_never_comes_is_lost_as_well,
    a_refusal_before_the_method_ran_is_certain,
    what_may_have_run_once_stays_unknown,
    what_another_attempt_can_not_change_is_sent_once,
}
