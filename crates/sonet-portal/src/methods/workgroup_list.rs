//! `socialnetwork.api.workgroup.list`

use crate::domain::access;
use crate::domain::dates;
use crate::domain::filter::{Dialect, Field, Filter, Order};
use crate::domain::listing::Listing;
use crate::domain::model::{Group, MAIN_SITE, SYSTEM_AVATAR};
use crate::methods::call::{Answer, Call, Outcome, objects};
use crate::wire::output::{Json, Object};
use crate::wire::value::{Array, Value};

#[allow(clippy::unnecessary_wraps, reason = "all methods stand in one table")]
pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let options = Options::read(call.params.array("params"));
    let mut filter = Filter::read(Dialect::Workgroup, call.params.array("filter"));
    // The method filters by a site of its own choice, whatever the caller wants.
    filter.forget(Field::SiteId);
    let order = Order::read(Dialect::Workgroup, call.params.array("order"));
    let select = texts(call.params.get("select"));
    let call = &*call;
    let state = &*call.state;
    let sees_all = call.user.admin && options.is_admin;
    let start = call
        .params
        .get("start")
        .and_then(Value::to_int)
        .unwrap_or_default();
    // Without counting the portal does not know whether there is a next page either.
    let counts = start >= 0;
    let listing = Listing {
        state,
        seen: access::seen(state, &call.user, sees_all, |class| {
            access::on_site(&call.user, class, &options.site)
        }),
        filter: &filter,
        order: &order,
        counts,
    };
    let page = listing.page(
        u64::try_from(start).unwrap_or_default(),
        call.rules.bogus_next,
    );
    let rows = page
        .rows
        .iter()
        .map(|group| row(call, group, &select, &options));
    let result = Object::new().with("workgroups", objects(rows.collect()));
    Ok(Answer {
        result: result.into(),
        total: call.total(counts, page.total),
        next: page.next.filter(|_| counts),
    })
}

/// The method's `params`.
struct Options {
    is_admin: bool,
    site: String,
    mobile: bool,
    dialog: bool,
    /// The features to tell about, if they were asked for.
    features: Option<Vec<&'static str>>,
}

impl Options {
    fn read(params: Option<&Array>) -> Self {
        let value = |name: &str| params.and_then(|params| params.get(name));
        let text = |name: &str| value(name).and_then(Value::to_text).unwrap_or_default();
        let site = text("siteId");
        let wanted = texts(value("features"));
        let mandatory = texts(value("mandatoryFeatures"));
        // A mandatory feature counts only among the wanted ones, and all features are available.
        let features = FEATURES
            .into_iter()
            .filter(|code| wanted.iter().any(|own| own == code));
        Self {
            is_admin: text("IS_ADMIN") == "Y",
            site: if site.is_empty() {
                MAIN_SITE.to_owned()
            } else {
                site
            },
            mobile: text("mode") == "mobile",
            dialog: text("shouldSelectDialogId") == "Y",
            features: (!wanted.is_empty() || !mandatory.is_empty()).then(|| features.collect()),
        }
    }
}

/// The features that every group of this portal has.
pub(crate) const FEATURES: [&str; 5] = ["tasks", "calendar", "files", "photo", "blog"];

fn row(call: &Call<'_>, group: &Group, select: &[String], options: &Options) -> Object {
    let mut row = Object::new().with("id", Json::digits(group.id));
    for code in select {
        if code == "AVATAR" {
            // The address needs both, so they come along unasked.
            row.set("imageId", image_id(group));
            row.set("avatarType", avatar_type(group));
        }
        if let Some((key, value)) = field(call, group, code) {
            row.set(key, value);
        }
    }
    if options.mobile {
        let relation = call.state.relation(group.id, call.user.id);
        let mut data = Object::new()
            .with("role", relation.map_or("", |r| r.role.code()))
            .with(
                "initiatedByType",
                relation.map_or("", |r| r.initiated_by.code()),
            );
        if let Some(features) = &options.features {
            data.set("features", features.clone());
        }
        row.set("additionalData", data);
    }
    if options.dialog {
        row.set("dialogId", group.dialog_id());
    }
    row
}

/// A selectable field: the key that it comes under, and its value. Numbers are texts here.
fn field(call: &Call<'_>, group: &Group, code: &str) -> Option<(&'static str, Json)> {
    let members = call.state.members(group.id);
    let moderators = members
        .iter()
        .filter(|member| member.role.code() != "K")
        .count();
    let scrum = |number: u64| {
        if group.scrum_master_id == 0 {
            Json::Null
        } else {
            Json::digits(number)
        }
    };
    Some(match code {
        "ACTIVE" => ("active", Json::flag(group.active)),
        "SUBJECT_ID" => ("subjectId", Json::digits(group.subject_id)),
        "NAME" => ("name", (&*call.shown(&group.name)).into()),
        "DESCRIPTION" => (
            "description",
            Json::text_or_null(&call.shown(&group.description)),
        ),
        "KEYWORDS" => ("keywords", Json::text_or_null(&group.keywords)),
        "CLOSED" => ("closed", Json::flag(group.closed)),
        "VISIBLE" => ("visible", Json::flag(group.visible)),
        "OPENED" => ("opened", Json::flag(group.opened)),
        "PROJECT" => ("project", Json::flag(group.is_project())),
        "LANDING" => ("landing", Json::flag(false)),
        "DATE_CREATE" => ("dateCreate", dates::iso(group.date_create).into()),
        "DATE_UPDATE" => ("dateUpdate", dates::iso(group.date_update).into()),
        "DATE_ACTIVITY" => ("dateActivity", dates::iso(group.date_activity).into()),
        "IMAGE_ID" => ("imageId", image_id(group)),
        "AVATAR_TYPE" => ("avatarType", avatar_type(group)),
        "OWNER_ID" => ("ownerId", Json::digits(group.owner_id)),
        "NUMBER_OF_MEMBERS" => ("numberOfMembers", Json::digits(members.len() as u64)),
        "NUMBER_OF_MODERATORS" => ("numberOfModerators", Json::digits(moderators as u64)),
        "INITIATE_PERMS" => ("initiatePerms", group.initiate_perms.code().into()),
        "PROJECT_DATE_START" => ("projectDateStart", date(group.project_date_start)),
        "PROJECT_DATE_FINISH" => ("projectDateFinish", date(group.project_date_finish)),
        "SCRUM_OWNER_ID" => ("scrumOwnerId", scrum(group.owner_id)),
        "SCRUM_MASTER_ID" => ("scrumMasterId", scrum(group.scrum_master_id)),
        "SCRUM_SPRINT_DURATION" => ("scrumSprintDuration", scrum(SPRINT_SECONDS)),
        "SCRUM_TASK_RESPONSIBLE" => (
            "scrumTaskResponsible",
            if group.scrum_master_id == 0 {
                Json::Null
            } else {
                "A".into()
            },
        ),
        "TYPE" => ("type", group.kind.code().into()),
        "AVATAR" => ("avatar", call.image_url(group).into()),
        _ => return None,
    })
}

/// How long a sprint takes in this portal: two weeks.
pub(crate) const SPRINT_SECONDS: u64 = 14 * 24 * 3_600;

fn image_id(group: &Group) -> Json {
    group
        .image
        .as_ref()
        .map_or(Json::Null, |image| Json::digits(image.id))
}

/// The type of the system's avatar; none if the group has an image of its own.
fn avatar_type(group: &Group) -> Json {
    match group.image {
        Some(_) => Json::Null,
        None => SYSTEM_AVATAR.into(),
    }
}

fn date(seconds: Option<i64>) -> Json {
    seconds.map_or(Json::Null, |seconds| dates::iso(seconds).into())
}

/// A list of texts; anything else is an empty one.
fn texts(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(Value::as_array);
    list.into_iter()
        .flat_map(Array::values)
        .filter_map(Value::to_text)
        .collect()
}
