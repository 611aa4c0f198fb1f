//! How an epic looks on the wire.

use crate::domain::filter::{Cell, Column};
use crate::domain::model::Epic;
use crate::wire::output::{Json, Object};

/// The columns of the list, which are also the row of the other methods.
pub(super) static COLUMNS: [Column<Epic>; 7] = [
    Column {
        name: "ID",
        key: "id",
        of: |epic| Cell::id(epic.id),
    },
    Column {
        name: "GROUP_ID",
        key: "groupId",
        of: |epic| Cell::id(epic.group_id),
    },
    Column {
        name: "NAME",
        key: "name",
        of: |epic| Cell::text(&epic.name),
    },
    Column {
        name: "DESCRIPTION",
        key: "description",
        of: |epic| Cell::text(&epic.description),
    },
    Column {
        name: "CREATED_BY",
        key: "createdBy",
        of: |epic| Cell::id(epic.created_by),
    },
    Column {
        name: "MODIFIED_BY",
        key: "modifiedBy",
        of: |epic| Cell::id(epic.modified_by),
    },
    Column {
        name: "COLOR",
        key: "color",
        of: |epic| Cell::text(&epic.color),
    },
];

/// The attached files as the module of Drive describes the field that holds them.
pub(super) fn files(epic: &Epic) -> Object {
    let files = epic.files.iter().map(|id| Json::number(*id)).collect();
    Object::new()
        .with("ID", "136")
        .with("ENTITY_ID", "TASKS_SCRUM_EPIC")
        .with("FIELD_NAME", "UF_SCRUM_EPIC_FILES")
        .with("USER_TYPE_ID", "disk_file")
        .with("XML_ID", Json::Null)
        .with("SORT", "100")
        .with("MULTIPLE", "Y")
        .with("MANDATORY", "N")
        .with("SHOW_FILTER", "N")
        .with("SHOW_IN_LIST", "N")
        .with("EDIT_IN_LIST", "N")
        .with("IS_SEARCHABLE", "N")
        .with(
            "SETTINGS",
            Object::new()
                .with("IBLOCK_ID", Json::Null)
                .with("SECTION_ID", Json::Null)
                .with("UF_TO_SAVE_ALLOW_EDIT", false),
        )
        .with(
            "USER_TYPE",
            Object::new()
                .with("USER_TYPE_ID", "disk_file")
                .with("CLASS_NAME", "Bitrix\\Disk\\Uf\\FileUserType")
                .with("DESCRIPTION", "File (Drive)")
                .with("BASE_TYPE", "int")
                .with("TAG", vec!["DISK FILE ID", "DOCUMENT ID"]),
        )
        .with("VALUE", Json::List(files))
        .with("ENTITY_VALUE_ID", Json::number(epic.id))
        .with("CUSTOM_DATA", Object::new().with("PHOTO_TEMPLATE", ""))
        .with("EDIT_FORM_LABEL", "UF_SCRUM_EPIC_FILES")
        .with("TAG", "DOCUMENT ID")
}
