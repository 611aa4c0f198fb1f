//! `user.fields`

use super::listed;
use super::title::TITLES;
use crate::methods::call::{Answer, Call, Outcome};
use crate::wire::output::Object;

#[allow(clippy::unnecessary_wraps, reason = "all methods stand in one table")]
pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let told = TITLES.iter();
    let told = told.filter(|(code, _)| listed::tells(call.credential, code));
    let titles = told.fold(Object::new(), |titles, (code, title)| {
        titles.with(*code, *title)
    });
    Ok(Answer::from(titles))
}
