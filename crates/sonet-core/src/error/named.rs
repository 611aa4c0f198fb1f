//! What an error is asked for by.

/// A documented error that has a name: `Refusal`, which code generated from a spec brings along.
///
/// [`Error::is`](crate::Error::is) takes one. A text is none, since a misspelt name or a code of the wire would never
/// be met.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not name a documented error",
    label = "not a `Refusal`",
    note = "give a documented error by its name: `error.is(Refusal::GroupNotFound)`",
    note = "for a code of the server: `error.api().is_some_and(|api| api.has_code(\"…\"))`"
)]
pub trait NamedRefusal: Copy {
    /// The spec's name of it, which [`Documented`](crate::Documented) has too.
    fn name(self) -> &'static str;
}
