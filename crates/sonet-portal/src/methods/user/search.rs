//! `user.search`

use super::get;
use super::row::Subject;
use crate::domain::model::department_name;
use crate::methods::call::{Call, Outcome};
use crate::wire::value::Value;

/// The fields that are searched in. What they begin with is found, and not what is in their middle.
const SEARCHED: [&str; 4] = ["NAME", "LAST_NAME", "WORK_POSITION", DEPARTMENT];

const DEPARTMENT: &str = "UF_DEPARTMENT_NAME";

/// The users whose data begin with what is searched for. `FIND` searches everywhere, and then nothing
/// else of the filter counts.
#[allow(clippy::unnecessary_wraps, reason = "all methods stand in one table")]
pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let filter = get::filter(call);
    if let Some(find) = get::text(&filter, "FIND") {
        return Ok(get::list(call, &[], |subject| finds(subject, &find)));
    }
    let is_searched = |(key, value): &(String, Value)| {
        SEARCHED.contains(&key.as_str()) && value.to_text().is_some()
    };
    let (searched, plain): (Vec<_>, Vec<_>) = filter.into_iter().partition(is_searched);
    let begins = |subject: &Subject<'_>| {
        let mut all = searched.iter();
        all.all(|(field, value)| {
            let text = value.to_text().unwrap_or_default().to_lowercase();
            let text = text.trim_end_matches('%');
            data(subject, field)
                .iter()
                .any(|own| own.to_lowercase().starts_with(text))
        })
    };
    Ok(get::list(call, &plain, begins))
}

/// Whether each word that is searched for begins some word of a user's data.
pub(super) fn finds(subject: &Subject<'_>, find: &str) -> bool {
    let mut own: Vec<String> = vec![subject.user.profile.second_name.clone().unwrap_or_default()];
    own.extend(SEARCHED.iter().flat_map(|field| data(subject, field)));
    let own = own.join(" ").to_lowercase();
    let begins = |word: &str| own.split_whitespace().any(|own| own.starts_with(word));
    find.to_lowercase().split_whitespace().all(begins)
}

/// What a user has in a field that is searched in.
fn data(subject: &Subject<'_>, field: &str) -> Vec<String> {
    let user = subject.user;
    match field {
        "NAME" => vec![user.name.clone()],
        "LAST_NAME" => vec![user.last_name.clone()],
        "WORK_POSITION" => vec![user.position.clone()],
        _ => {
            let departments = user.profile.departments.iter();
            let names = departments.filter_map(|id| department_name(*id));
            names.map(str::to_owned).collect()
        }
    }
}
