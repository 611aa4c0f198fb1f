//! What `sonet_group.create` and `sonet_group.update` have in common.

use crate::domain::dates;
use crate::domain::emoji;
use crate::domain::model::{EXTRANET_SITE, Group, InitiatePerms, MAIN_SITE};
use crate::methods::call::Call;
use crate::wire::params::Params;
use crate::wire::value::Value;

/// The parameters that are one text, number or flag.
const SCALARS: [&str; 13] = [
    "NAME",
    "DESCRIPTION",
    "VISIBLE",
    "OPENED",
    "CLOSED",
    "KEYWORDS",
    "INITIATE_PERMS",
    "PROJECT",
    "PROJECT_DATE_START",
    "PROJECT_DATE_FINISH",
    "SCRUM_MASTER_ID",
    "OWNER_ID",
    "SUBJECT_ID",
];

/// Whether a parameter has a type that it can't have.
pub(crate) fn ill_typed(params: &Params) -> bool {
    let array = |name: &&str| params.array(name).is_some();
    let dates = ["PROJECT_DATE_START", "PROJECT_DATE_FINISH"];
    SCALARS.iter().any(array) || dates.iter().any(|name| date(params, name) == Some(Err(())))
}

/// Writes the given parameters over a group's fields and leaves the others; `false` if a value is
/// impossible. For an external user a group is neither visible nor open.
pub(crate) fn apply(group: &mut Group, call: &Call<'_>) -> bool {
    let (params, by_external) = (call.params, call.user.is_extranet());
    let stored = |text: &str| emoji::stored(text, call.rules);
    if let Some(name) = params.text("NAME") {
        if name.trim().is_empty() {
            return false;
        }
        group.name = stored(&name);
    }
    if let Some(text) = params.text("DESCRIPTION") {
        group.description = stored(&text);
    }
    if let Some(text) = params.text("KEYWORDS") {
        group.keywords = text;
    }
    for (name, flag, forced) in [
        ("VISIBLE", &mut group.visible, by_external),
        ("OPENED", &mut group.opened, by_external),
        ("CLOSED", &mut group.closed, false),
    ] {
        if params.get(name).is_some() {
            *flag = params.says_yes(name) && !forced;
        }
    }
    if let Some(code) = params.text("INITIATE_PERMS") {
        let default = if by_external {
            InitiatePerms::Moderators
        } else {
            InitiatePerms::Members
        };
        group.initiate_perms = InitiatePerms::from_code(&code).unwrap_or(default);
    }
    for (name, held) in [
        ("PROJECT_DATE_START", &mut group.project_date_start),
        ("PROJECT_DATE_FINISH", &mut group.project_date_finish),
    ] {
        match date(params, name) {
            Some(Ok(date)) => *held = date,
            Some(Err(())) => return false,
            None => {}
        }
    }
    match sites(params) {
        Some(sites) if sites.is_empty() => return false,
        Some(sites) => group.sites = sites,
        None => {}
    }
    true
}

/// The sites that exist among the given ones; `None` if none were given.
fn sites(params: &Params) -> Option<Vec<String>> {
    let given: Vec<String> = match params.get("SITE_ID")? {
        Value::Array(list) => list.values().filter_map(Value::to_text).collect(),
        scalar => scalar.to_text().into_iter().collect(),
    };
    let known = [MAIN_SITE, EXTRANET_SITE].into_iter();
    Some(
        known
            .filter(|site| given.iter().any(|own| own == site))
            .map(str::to_owned)
            .collect(),
    )
}

/// A date: missing, broken, or given, perhaps as an empty text that clears it.
fn date(params: &Params, name: &str) -> Option<Result<Option<i64>, ()>> {
    let text = params.text(name)?;
    if text.is_empty() {
        return Some(Ok(None));
    }
    Some(dates::parse(&text).map(Some).ok_or(()))
}
