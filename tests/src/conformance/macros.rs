//! What makes tests of scenarios.

/// Makes two tests of each scenario, one per client: `fn scenario<C: Caller>(world: &World)`.
macro_rules! on_both_clients {
    ($($scenario:ident,)+) => {
        mod with_the_async_client {
            $(#[test]
            fn $scenario() {
                super::$scenario::<$crate::conformance::caller::Async>(
                    &$crate::conformance::world::World::new(),
                );
            })+
        }

        mod with_the_blocking_client {
            $(#[test]
            fn $scenario() {
                super::$scenario::<$crate::conformance::caller::Blocking>(
                    &$crate::conformance::world::World::new(),
                );
            })+
        }
    };
}

/// Makes four tests of each scenario: with each client, once as it is and once over a transport of a user's own.
macro_rules! on_both_clients_and_over_transports {
    ($($scenario:ident,)+) => {
        on_both_clients! { $($scenario,)+ }

        mod over_an_async_transport {
            $(#[test]
            fn $scenario() {
                use $crate::conformance::{caller::Async, way::Passed, world::World};
                super::$scenario::<Async<Passed>>(&World::new());
            })+
        }

        mod over_a_blocking_transport {
            $(#[test]
            fn $scenario() {
                use $crate::conformance::{caller::Blocking, way::Passed, world::World};
                super::$scenario::<Blocking<Passed>>(&World::new());
            })+
        }
    };
}

/// Makes two tests of each call that the portal refuses, and a table of them for the meta-test:
/// `fn scenario(world: &World) -> Attempt<M>`. Several methods stand one after the other, with a semicolon between them.
macro_rules! refusals {
    ($($method:ty: $($refusal:ident, $text:literal => $scenario:ident,)+);+) => {
        pub(in crate::conformance) const REFUSALS: &[$crate::conformance::refusal::Provoked] = &[
            $($($crate::conformance::refusal::Provoked {
                method: <$method as ::sonet_core::Method>::NAME,
                refusal: ::sonet_types::Refusal::$refusal,
                text: $text,
            },)+)+
        ];

        mod refused_with_the_async_client {
            $($(#[test]
            fn $scenario() {
                $crate::conformance::refusal::provoke::<$crate::conformance::caller::Async, _>(
                    super::$scenario,
                    ::sonet_types::Refusal::$refusal,
                    $text,
                );
            })+)+
        }

        mod refused_with_the_blocking_client {
            $($(#[test]
            fn $scenario() {
                $crate::conformance::refusal::provoke::<$crate::conformance::caller::Blocking, _>(
                    super::$scenario,
                    ::sonet_types::Refusal::$refusal,
                    $text,
                );
            })+)+
        }
    };
}
