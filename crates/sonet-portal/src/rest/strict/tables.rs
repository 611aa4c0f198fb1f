//! The parameters that the methods' pages have.

use super::feed;
use super::scrum;
use super::shape::Parameter;
use super::shape::Shape::{
    self, Any, Code, Codes, Commands, Date, Fields, Filter, Flag, Id, Ids, Image, Int, Order, Text,
    Texts, Truth,
};
use super::tasks;
use crate::domain::filter::Dialect;

const CREATE: &[Parameter] = &[
    ("NAME", Text),
    ("DESCRIPTION", Text),
    ("VISIBLE", Flag),
    ("OPENED", Flag),
    ("CLOSED", Flag),
    ("KEYWORDS", Text),
    ("INITIATE_PERMS", PERMS),
    ("PROJECT", Flag),
    ("PROJECT_DATE_START", Date),
    ("PROJECT_DATE_FINISH", Date),
    ("SCRUM_MASTER_ID", Id),
    ("OWNER_ID", Id),
    ("IMAGE", Image),
    ("IMAGE_FILE_ID", Int),
    ("SITE_ID", Texts),
    ("SUBJECT_ID", Id),
];

/// What can be given at the start only is missing here.
const UPDATE: &[Parameter] = &[
    ("GROUP_ID", Id),
    ("NAME", Text),
    ("DESCRIPTION", Text),
    ("VISIBLE", Flag),
    ("OPENED", Flag),
    ("CLOSED", Flag),
    ("KEYWORDS", Text),
    ("INITIATE_PERMS", PERMS),
    ("PROJECT_DATE_START", Date),
    ("PROJECT_DATE_FINISH", Date),
    ("OWNER_ID", Id),
    ("IMAGE", Image),
    ("IMAGE_FILE_ID", Int),
    ("SITE_ID", Texts),
];

const PERMS: Shape = Code(&["A", "E", "K"]);

const GET: &[Parameter] = &[
    ("ORDER", Order(Dialect::SonetGroup)),
    ("FILTER", Filter(Dialect::SonetGroup)),
    ("GROUP_ID", Id),
    ("IS_ADMIN", Flag),
    ("start", Int),
];

const WORKGROUP_GET: &[Parameter] = &[
    ("groupId", Id),
    (
        "select",
        Codes(&[
            "ACTIONS",
            "AVATAR",
            "AVATAR_DATA",
            "AVATAR_TYPES",
            "COUNTERS",
            "DATE_CREATE",
            "DEPARTMENTS",
            "EFFICIENCY",
            "FEATURES",
            "GROUP_MEMBERS_LIST",
            "LIST_OF_MEMBERS",
            "LIST_OF_MEMBERS_AWAITING_INVITE",
            "OWNER_DATA",
            "PIN",
            "PRIVACY_TYPE",
            "SUBJECT_DATA",
            "TAGS",
            "USER_DATA",
        ]),
    ),
    ("mode", Code(&["mobile"])),
];

const WORKGROUP_LIST: &[Parameter] = &[
    ("filter", Filter(Dialect::Workgroup)),
    (
        "select",
        Codes(&[
            "ID",
            "ACTIVE",
            "SUBJECT_ID",
            "NAME",
            "DESCRIPTION",
            "KEYWORDS",
            "CLOSED",
            "VISIBLE",
            "OPENED",
            "PROJECT",
            "LANDING",
            "DATE_CREATE",
            "DATE_UPDATE",
            "DATE_ACTIVITY",
            "IMAGE_ID",
            "AVATAR",
            "AVATAR_TYPE",
            "OWNER_ID",
            "NUMBER_OF_MEMBERS",
            "NUMBER_OF_MODERATORS",
            "INITIATE_PERMS",
            "PROJECT_DATE_START",
            "PROJECT_DATE_FINISH",
            "SCRUM_OWNER_ID",
            "SCRUM_MASTER_ID",
            "SCRUM_SPRINT_DURATION",
            "SCRUM_TASK_RESPONSIBLE",
            "TYPE",
        ]),
    ),
    ("order", Order(Dialect::Workgroup)),
    (
        "params",
        Fields(&[
            ("IS_ADMIN", Flag),
            ("siteId", Text),
            ("mode", Code(&["mobile"])),
            ("features", Texts),
            ("mandatoryFeatures", Texts),
            ("shouldSelectDialogId", Flag),
        ]),
    ),
    ("start", Int),
];

/// The parameters of a method; `None` if it isn't looked at.
pub(super) fn parameters(method: &str) -> Option<&'static [Parameter]> {
    Some(match method {
        "sonet_group.create" => CREATE,
        "sonet_group.update" => UPDATE,
        "sonet_group.get" => GET,
        "sonet_group.delete" => &[("GROUP_ID", Id)],
        "sonet_group.setowner" => &[("GROUP_ID", Id), ("USER_ID", Id)],
        // The sets of features and operations are open.
        "sonet_group.feature.access" => &[("GROUP_ID", Id), ("FEATURE", Text), ("OPERATION", Text)],
        "sonet_group.user.get" => &[("ID", Id)],
        "sonet_group.user.invite" => &[("GROUP_ID", Id), ("USER_ID", Ids), ("MESSAGE", Text)],
        "sonet_group.user.request" => &[("GROUP_ID", Id), ("MESSAGE", Text)],
        "sonet_group.user.add" | "sonet_group.user.delete" => &[("GROUP_ID", Id), ("USER_ID", Ids)],
        "sonet_group.user.update" => &[
            ("GROUP_ID", Id),
            ("USER_ID", Ids),
            ("ROLE", Code(&["E", "K"])),
        ],
        "socialnetwork.api.workgroup.get" => &[("params", Fields(WORKGROUP_GET))],
        "socialnetwork.api.workgroup.list" => WORKGROUP_LIST,
        "batch" => &[("cmd", Commands), ("halt", Truth)],
        "method.get" => &[("name", Text)],
        "scope" => &[("full", Any)],
        "methods" => &[("scope", Text), ("full", Any)],
        "events" => &[("SCOPE", Text), ("FULL", Any)],
        "event.bind" => &[
            ("event", Text),
            ("handler", Text),
            ("auth_type", Int),
            ("event_type", Code(&["online", "offline"])),
            ("auth_connector", Text),
            ("options", Any),
        ],
        // An empty `auth_type` means something.
        "event.unbind" => &[
            ("event", Text),
            ("handler", Text),
            ("auth_type", Any),
            ("event_type", Code(&["online", "offline"])),
        ],
        "sonet_group.user.groups"
        | "user.current"
        | "user.fields"
        | "profile"
        | "server.time"
        | "app.info"
        | "event.get" => &[],
        other => {
            return scrum::parameters(other)
                .or_else(|| tasks::parameters(other))
                .or_else(|| feed::parameters(other));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methods;

    #[test]
    fn every_method_but_two_is_looked_at() {
        let names = methods::all().map(|method| method.name);
        let loose: Vec<_> = names.filter(|name| parameters(name).is_none()).collect();
        assert_eq!(
            loose,
            ["user.get", "user.search"],
            "they have a filter for every field of a user"
        );
    }
}
