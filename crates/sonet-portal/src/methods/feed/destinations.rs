//! Whom a post is for, as calls say it.

use crate::domain::feed_access;
use crate::domain::model::{Destination, User};
use crate::methods::call::Call;
use crate::wire::value::{Array, Value};

/// The destinations of `DEST`, or of `SPERM`, its former name; `None` if neither is given. What is no
/// code is `None` in the list.
pub(super) fn given(call: &Call<'_>) -> Option<Vec<Option<Destination>>> {
    let value = call
        .params
        .get("DEST")
        .or_else(|| call.params.get("SPERM"))?;
    Some(read(value))
}

/// Codes in a list, or one alone.
pub(super) fn read(value: &Value) -> Vec<Option<Destination>> {
    let one = |value: &Value| Destination::from_code(&value.to_text()?);
    match value {
        Value::Array(list) => Array::values(list).map(one).collect(),
        scalar => vec![one(scalar)],
    }
}

/// Those to which a user may write, each once.
pub(super) fn allowed(
    call: &Call<'_>,
    user: &User,
    destinations: Vec<Option<Destination>>,
) -> Vec<Destination> {
    let mut allowed = Vec::new();
    for destination in destinations.into_iter().flatten() {
        let may = feed_access::addresses(call.state, user, destination);
        if may && !allowed.contains(&destination) {
            allowed.push(destination);
        }
    }
    allowed
}
