//! `sonet_group.feature.access`

use crate::domain::access;
use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::refusal::Refusal;

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let Some(id) = call.params.id("GROUP_ID") else {
        return Err(Refusal::text("Wrong socialnetwork group ID"));
    };
    let feature = call.params.text("FEATURE").unwrap_or_default();
    let Some(operations) = access::operations(&feature) else {
        return Err(Refusal::text("Wrong feature"));
    };
    let operation = call.params.text("OPERATION").unwrap_or_default();
    if !operations.contains(&operation.as_str()) {
        return Err(Refusal::text("Wrong operation"));
    }
    let group = call.state.groups.get(&id);
    Ok(Answer::from(access::may_operate(
        call.state, &call.user, group, &operation,
    )))
}
