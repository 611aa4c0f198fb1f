//! `server.time`

use crate::call::{Answer, Call, Outcome};
use crate::dates;

#[allow(clippy::unnecessary_wraps, reason = "all methods stand in one table")]
pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    Ok(Answer::from(dates::iso(call.now).as_str()))
}
