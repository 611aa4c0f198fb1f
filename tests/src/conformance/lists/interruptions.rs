//! Walks that are broken off, or meet an error.

use sonet_core::{Config, Cursor};
use sonet_portal::Fault;
use sonet_types::sonet_group::Get;

use super::{numbers, portal_of};
use crate::conformance::caller::{Caller, Walk};
use crate::conformance::secrets::assert_tells_nothing;
use crate::conformance::world::World;

fn a_walk_that_broke_goes_on<C: Caller>(_: &World) {
    let world = portal_of(300);
    let client: C = world.admin_client();
    let mut all = numbers(&world);
    for (order, stop) in [
        (vec![Get::ID.asc()], 70),
        (vec![Get::ID.desc()], 120),
        (vec![Get::OWNER_ID.asc(), Get::ID.asc()], 120),
    ] {
        let call = order
            .into_iter()
            .fold(Get::new().is_admin(true), Get::order);
        let walk = Walk {
            stop_after: Some(stop),
            ..Walk::default()
        };
        let begun = client.walk(&call, walk);
        let saved = begun.cursor.to_string();
        let walk = Walk {
            from: Some(saved.parse().unwrap()),
            ..Walk::default()
        };
        let rest = client.walk(&call, walk);
        assert!(rest.error.is_none(), "{:?}", rest.error);
        let ids = begun.rows.iter().chain(&rest.rows).map(|row| row.id);
        let mut ids: Vec<_> = ids.collect();
        assert_eq!(ids.len(), 300, "{saved}");
        ids.sort_unstable();
        all.sort_unstable();
        assert_eq!(ids, all, "{saved}");
    }
    let cursor: Cursor = "offset=50".parse().unwrap();
    let walk = Walk {
        from: Some(cursor),
        ..Walk::default()
    };
    let error = client.walk(&Get::new(), walk).error.unwrap();
    assert!(error.to_string().contains("another order"), "{error}");
}

fn an_error_in_the_midst_ends_the_walk_behind_whole_rows<C: Caller>(_: &World) {
    let world = portal_of(300);
    let client: C = world.admin_client();
    let all = numbers(&world);
    let meanwhile = |rows: usize| {
        if rows == 50 {
            let faults = world.server().faults();
            faults
                .on("batch")
                .budget(100)
                .chance(1.0)
                .before(Fault::Page(403));
        }
    };
    let walk = Walk {
        meanwhile: Some(&meanwhile),
        ..Walk::default()
    };
    let walked = client.walk(&Get::new().is_admin(true), walk);
    let error = walked.error.unwrap();
    assert_eq!(error.status().unwrap().as_u16(), 403, "{error}");
    assert_tells_nothing(&world, &error);
    let ids: Vec<_> = walked.rows.iter().map(|row| row.id).collect();
    assert_eq!(ids, all[..50]);
    assert_eq!(walked.cursor.to_string(), format!("id>{}", all[49]));
}

fn a_walk_survives_lost_answers<C: Caller>(_: &World) {
    let world = portal_of(2_600);
    let faults = world.server().faults();
    faults.on("*").nth(1).before(Fault::Reset);
    faults.on("batch").nth(1).after(Fault::Truncate);
    let config = Config::webhook(&world.webhook(world.admin())).unwrap();
    let client = C::new(config).unwrap();
    let walked = client.walk(&Get::new().is_admin(true), Walk::default());
    assert!(walked.error.is_none(), "{:?}", walked.error);
    assert_eq!(walked.rows.len(), 2_600);
}

on_both_clients_and_over_transports! {
    a_walk_that_broke_goes_on,
    an_error_in_the_midst_ends_the_walk_behind_whole_rows,
    a_walk_survives_lost_answers,
}
