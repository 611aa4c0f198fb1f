//! `sonet_group.get`

use crate::domain::access;
use crate::domain::dates;
use crate::domain::filter::{Dialect, Filter, Order};
use crate::domain::listing::Listing;
use crate::domain::model::Group;
use crate::domain::page::PAGE_SIZE;
use crate::methods::call::{Answer, Call, Outcome, objects};
use crate::wire::output::{Json, Object};
use crate::wire::value::Value;

#[allow(clippy::unnecessary_wraps, reason = "all methods stand in one table")]
pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let mut filter = Filter::read(Dialect::SonetGroup, call.params.array("FILTER"));
    if let Some(id) = call.params.id("GROUP_ID") {
        filter.require_id(id);
    }
    let order = Order::read(Dialect::SonetGroup, call.params.array("ORDER"));
    // Asked by anybody else, it is not an error and has no effect.
    let sees_all = call.user.admin && call.params.says_yes("IS_ADMIN");
    let state = &*call.state;
    let start = call
        .params
        .get("start")
        .and_then(Value::to_int)
        .unwrap_or_default();
    let counts = start >= 0 || call.rules.always_counts;
    let start = u64::try_from(start).unwrap_or_default() / PAGE_SIZE * PAGE_SIZE;
    let listing = Listing {
        state,
        seen: access::seen(state, &call.user, sees_all, |_| true),
        filter: &filter,
        order: &order,
        counts,
    };
    let page = listing.page(start, call.rules.bogus_next);
    let rows = page
        .rows
        .iter()
        .map(|group| {
            let row = row(call, group, state.members(group.id).len());
            if call.rules.without_extranet {
                return row;
            }
            row.with("IS_EXTRANET", Json::flag(group.is_extranet()))
        })
        .collect();
    Ok(Answer {
        result: objects(rows),
        // Without counting the portal does not know whether there is a next page either.
        total: call.total(counts, page.total),
        next: page.next.filter(|_| counts),
    })
}

fn row(call: &Call<'_>, group: &Group, members: usize) -> Object {
    let mut row = Object::new()
        .with("ID", Json::digits(group.id))
        .with("SITE_ID", group.site())
        .with("NAME", &*call.shown(&group.name))
        .with(
            "DESCRIPTION",
            Json::text_or_null(&call.shown(&group.description)),
        )
        .with("DATE_CREATE", dates::iso(group.date_create))
        .with("DATE_UPDATE", dates::iso(group.date_update))
        .with("ACTIVE", Json::flag(group.active))
        .with("VISIBLE", Json::flag(group.visible))
        .with("OPENED", Json::flag(group.opened))
        .with("CLOSED", Json::flag(group.closed))
        .with("SUBJECT_ID", Json::digits(group.subject_id))
        .with("OWNER_ID", Json::digits(group.owner_id))
        .with("KEYWORDS", Json::text_or_null(&group.keywords))
        .with("NUMBER_OF_MEMBERS", Json::digits(members as u64))
        .with("DATE_ACTIVITY", dates::iso(group.date_activity))
        .with("SUBJECT_NAME", group.subject_name())
        .with("PROJECT", Json::flag(group.is_project()));
    // The key is missing, not empty, where there is no avatar.
    if group.image.is_some() {
        row.set("IMAGE", call.image_url(group));
    }
    row
}
