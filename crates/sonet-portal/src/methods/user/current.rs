//! `user.current`

use super::listed;
use super::row;
use crate::methods::call::{Answer, Call, Outcome};

/// What the sample of this method lacks, though it stands in those of the lists.
const UNTOLD: [&str; 2] = ["TIMESTAMP_X", "USER_TYPE"];

#[allow(clippy::unnecessary_wraps, reason = "all methods stand in one table")]
pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let told = |code: &str| !UNTOLD.contains(&code) && listed::tells(call.credential, code);
    let row = row::print(
        &row::Subject::new(call, &call.user),
        row::Place::Alone,
        told,
    );
    Ok(Answer::from(row))
}
