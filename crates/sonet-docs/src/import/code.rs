//! What drafts are made with.

use std::fmt;

use sonet_spec::Check;

use super::Descriptions;

/// What drafts are made with: what the code that is made of a spec asks of it, and who describes what is drafted.
#[derive(Clone, Copy)]
pub struct Code<'c> {
    /// What it checks beside the language.
    pub further: &'c [&'c Check<'c>],
    /// The names that it has from elsewhere, so that no type is called so.
    pub taken: &'c dyn Fn(&str) -> bool,
    /// Whose words the drafts have.
    pub descriptions: Descriptions,
}

impl fmt::Debug for Code<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Code").finish_non_exhaustive()
    }
}
