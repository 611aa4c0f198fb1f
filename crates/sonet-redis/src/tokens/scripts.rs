//! What the server runs in one piece.

use std::sync::LazyLock;

use redis::Script;

pub(super) static READ: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("lua/read.lua")));
pub(super) static PUT: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("lua/put.lua")));
pub(super) static LEASE: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("lua/lease.lua")));
pub(super) static PREPARE: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("lua/prepare.lua")));
pub(super) static RELEASE: LazyLock<Script> =
    LazyLock::new(|| Script::new(include_str!("lua/release.lua")));
