//! What stands between a call and its request.

use std::time::Instant;

use crate::refresh::RefreshRun;
use crate::{Error, StoreCall, WaitReason};

/// Why a call does not send its request now.
pub(super) enum Blocked {
    /// There is something to wait for, until this instant or until the waker is woken.
    Wait(WaitReason, Instant),
    /// A store is asked first.
    Store(StoreCall),
    /// New tokens are got first.
    Refresh(Box<RefreshRun>),
    /// It never will.
    Fail(Error),
}
