//! What came of a write whose answer was lost: looked up, and held against the portal's state.

mod create;
mod invite;
mod lookup;
mod request;

use sonet_core::{Error, Executed, Method, Reconciled};
use sonet_portal::Fault;

use crate::conformance::caller::Caller;
use crate::conformance::world::World;

const NOT_YET: bool = false;

/// Calls a method whose answer gets lost after the portal has run it.
fn lose<C: Caller, M: Method>(client: &C, world: &World, method: &M) -> Error {
    let faults = world.server().faults();
    faults.on(method.name()).nth(1).after(Fault::Reset);
    unknown(client, world, method)
}

/// Calls a method that gets lost on its way to the portal, for all that the client can tell.
fn lose_before<C: Caller, M: Method>(client: &C, world: &World, method: &M) -> Error {
    let faults = world.server().faults();
    faults.on(method.name()).nth(1).before(Fault::Truncate);
    unknown(client, world, method)
}

fn unknown<C: Caller, M: Method>(client: &C, world: &World, method: &M) -> Error {
    let error = client.call(method).err().expect("its answer is lost");
    assert_eq!(error.executed(), Executed::Unknown);
    world.server().faults().clear();
    error
}

fn not_done<T>(settled: bool) -> Reconciled<T> {
    Reconciled::NotDone { settled }
}
