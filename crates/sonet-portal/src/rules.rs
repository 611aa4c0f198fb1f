//! What the documentation leaves open, or says in two ways, and a test may want otherwise.

/// The rules that a portal plays by. The default is what the documentation says.
///
/// ```
/// # use sonet_portal::{BatchOverflow, Portal, Rules};
/// let mut rules = Rules::default();
/// rules.batch_overflow = BatchOverflow::Whole;
/// let mut portal = Portal::builder().rules(rules).build();
/// portal.rules_mut().batch_overflow = BatchOverflow::Surplus; // at any time
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Rules {
    /// What a batch of more than 50 commands meets with.
    pub batch_overflow: BatchOverflow,
}

/// What a batch of more than 50 commands meets with. The text of its page says one thing, the table
/// of error codes another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BatchOverflow {
    /// The first 50 run, and each one beyond them is an error of its own.
    #[default]
    Surplus,
    /// None runs; the whole request is answered with status 400.
    Whole,
}
