//! The portal of a running server, for a test to look at.

use crate::portal::Portal;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::MutexGuard;

/// The portal of a running server, locked.
pub struct PortalGuard<'a>(pub(super) MutexGuard<'a, Portal>);

impl Deref for PortalGuard<'_> {
    type Target = Portal;

    fn deref(&self) -> &Portal {
        &self.0
    }
}

impl DerefMut for PortalGuard<'_> {
    fn deref_mut(&mut self) -> &mut Portal {
        &mut self.0
    }
}

impl fmt::Debug for PortalGuard<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PortalGuard").finish_non_exhaustive()
    }
}
