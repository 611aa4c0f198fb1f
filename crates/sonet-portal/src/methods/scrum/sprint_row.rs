//! How a sprint looks on the wire.

use crate::domain::filter::{Cell, Column};
use crate::domain::model::Sprint;

/// The columns of the list, which are also the row of the other methods.
pub(super) static COLUMNS: [Column<Sprint>; 11] = [
    Column {
        name: "ID",
        key: "id",
        of: |sprint| Cell::id(sprint.id),
    },
    Column {
        name: "GROUP_ID",
        key: "groupId",
        of: |sprint| Cell::id(sprint.group_id),
    },
    Column {
        name: "ENTITY_TYPE",
        key: "entityType",
        of: |_| Cell::text("sprint"),
    },
    Column {
        name: "NAME",
        key: "name",
        of: |sprint| Cell::text(&sprint.name),
    },
    // The page has a field `INFO` that no row shows, and rows a `goal` that is no field.
    Column {
        name: "INFO",
        key: "goal",
        of: |sprint| Cell::text(&sprint.goal),
    },
    Column {
        name: "SORT",
        key: "sort",
        of: |sprint| Cell::Number(sprint.sort),
    },
    Column {
        name: "CREATED_BY",
        key: "createdBy",
        of: |sprint| Cell::id(sprint.created_by),
    },
    Column {
        name: "MODIFIED_BY",
        key: "modifiedBy",
        of: |sprint| Cell::id(sprint.modified_by),
    },
    Column {
        name: "DATE_START",
        key: "dateStart",
        of: |sprint| Cell::Date(sprint.date_start),
    },
    Column {
        name: "DATE_END",
        key: "dateEnd",
        of: |sprint| Cell::Date(sprint.date_end),
    },
    Column {
        name: "STATUS",
        key: "status",
        of: |sprint| Cell::text(sprint.status.code()),
    },
];
