//! The portal from outside, in one program: linking each part by itself takes longer than running it.
//!
//! `stall` stands alone, as it measures time and needs the machine to itself.
#![allow(clippy::unwrap_used, reason = "these are tests")]

mod batch;
mod browsers;
mod comments;
mod common;
mod delivery;
mod details;
mod events;
mod faults;
mod feed;
mod groups;
mod hostile;
#[cfg(feature = "tls")]
mod https;
mod limits;
mod lists;
mod members;
mod neighbours;
mod oauth;
mod older_server;
mod page;
mod pictures;
#[cfg(feature = "program")]
mod program;
mod protocol;
mod readme;
mod scrum;
mod scrum_backlogs;
mod scrum_epics;
mod scrum_kanban;
mod scrum_sprints;
mod scrum_tasks;
mod socket;
mod strict;
mod task_lists;
mod tasks;
mod teaching;
mod users;
mod variants;
mod workgroups;
