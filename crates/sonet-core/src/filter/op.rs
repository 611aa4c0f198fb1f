//! The operators that a method may support.

/// Says that a method's filter has the operator `Op`.
///
/// Generated for every operator that the method's page documents.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no filter operator `{Op}`",
    label = "the method does not document this operator",
    note = "the server drops a condition whose operator it does not know, and answers more rows than asked for"
)]
pub trait Supports<Op: Operator> {
    /// What stands before the name of the field, where the page has another spelling of the operator than [`Operator::PREFIX`].
    const PREFIX: &'static str = Op::PREFIX;
}

/// An operator of filters.
pub trait Operator {
    /// What stands before the name of the field, unless a method says otherwise.
    const PREFIX: &'static str;
}

macro_rules! operators {
    ($($(#[$doc:meta])* $name:ident $prefix:literal,)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug)]
            pub struct $name;

            impl Operator for $name {
                const PREFIX: &'static str = $prefix;
            }
        )*
    };
}

operators! {
    /// `=`, or nothing
    Equal "=",
    /// `!=`, `!`
    NotEqual "!=",
    /// `>`
    Greater ">",
    /// `>=`
    GreaterOrEqual ">=",
    /// `<`
    Less "<",
    /// `<=`
    LessOrEqual "<=",
    /// `><`
    Between "><",
    /// `!><`
    NotBetween "!><",
    /// `@`
    In "@",
    /// `!@`
    NotIn "!@",
    /// `%`
    Contains "%",
    /// `!%`
    NotContains "!%",
    /// `=%`, `%=`
    Like "=%",
    /// `!=%`, `!%=`
    NotLike "!=%",
    /// `?`
    Search "?",
}
