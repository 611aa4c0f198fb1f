//! The table of these methods.

use super::add;
use super::delegate;
use super::delete;
use super::get;
use super::list;
use super::status;
use super::update;
use crate::methods::method::Method;

/// All methods of tasks.
pub(in super::super) static METHODS: [Method; 8] = [
    Method::new("tasks.task.add", add::run),
    Method::new("tasks.task.update", update::run),
    Method::new("tasks.task.get", get::run),
    Method::new("tasks.task.list", list::run),
    Method::new("tasks.task.delete", delete::run),
    Method::new("tasks.task.delegate", delegate::run),
    Method::new("tasks.task.start", status::start),
    Method::new("tasks.task.complete", status::complete),
];
