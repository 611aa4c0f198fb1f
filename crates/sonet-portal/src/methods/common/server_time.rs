//! `server.time`

use crate::domain::dates;
use crate::methods::call::{Answer, Call, Outcome};

#[allow(clippy::unnecessary_wraps, reason = "all methods stand in one table")]
pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    Ok(Answer::from(dates::iso(call.now).as_str()))
}
