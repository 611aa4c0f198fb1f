//! The operators that a method may support.

/// Says that a method's filter has the operator `Op`.
///
/// Generated for every operator that the method's page documents.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no filter operator `{Op}`",
    label = "the method does not document this operator",
    note = "the server drops a condition whose operator it does not know, and answers more rows than asked for"
)]
pub trait Supports<Op> {}

macro_rules! operators {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        $($(#[$doc])* #[derive(Debug)] pub struct $name;)*
    };
}

operators! {
    /// `=`
    Equal,
    /// `!=`, `!`
    NotEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `><`
    Between,
    /// `!><`
    NotBetween,
    /// `@`
    In,
    /// `!@`
    NotIn,
    /// `%`
    Contains,
    /// `!%`
    NotContains,
    /// `=%`, `%=`
    Like,
    /// `!=%`, `!%=`
    NotLike,
    /// `?`
    Search,
}
