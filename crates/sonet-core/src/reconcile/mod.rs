//! Finding out whether a write ran whose answer was lost.

mod machine;
mod sent_call;

pub use machine::Reconciliation;
pub use sent_call::SentCall;

use crate::{Method, Reply};

/// A write whose outcome a lookup can tell, as far as that is possible.
///
/// Clients run it by `reconcile`. Anyone can implement it for a method of their own.
///
/// A lookup shows that a call did not run only if it would have found what the call makes. By a text it does not find that
/// for certain: a server may keep it in another form than it was sent in, without blanks at its ends, with entities in it,
/// cut, composed anew, or with emoji in hexadecimals. So look by identifiers, dates, or a key of your own that nothing in it
/// can change, as here, of letters and digits; or answer [`Reconciled::Ambiguous`] where you can't be sure.
///
/// ```
/// # extern crate sonet_core as sonet_async;
/// use serde::Serialize;
/// use sonet_async::{Effect, Method, Reconcile, Reconciled, Reply, SentCall};
///
/// /// Adds a note under a key that the caller chose, so that it can be found again.
/// #[derive(Clone, Serialize)]
/// struct AddNote {
///     key: String,
///     text: String,
/// }
///
/// impl Method for AddNote {
///     const NAME: &'static str = "notes.add";
///     const EFFECT: Effect = Effect::Write;
///     type Output = u64;
/// }
///
/// #[derive(Serialize)]
/// struct FindNotes {
///     key: String,
/// }
///
/// impl Method for FindNotes {
///     const NAME: &'static str = "notes.find";
///     const EFFECT: Effect = Effect::Read;
///     type Output = Vec<u64>;
/// }
///
/// impl Reconcile for AddNote {
///     type Lookup = FindNotes;
///
///     fn lookup(&self, _user: Option<i64>) -> FindNotes {
///         FindNotes { key: self.key.clone() }
///     }
///
///     fn settle(&self, sent: &SentCall, reply: Reply<Vec<u64>>) -> Reconciled<u64> {
///         match reply.result[..] {
///             [] => sent.not_done(),
///             [note] => Reconciled::Done(note),
///             _ => Reconciled::Ambiguous(reply.result),
///         }
///     }
/// }
/// ```
pub trait Reconcile: Method + Clone {
    /// The read that shows what came of the call.
    type Lookup: Method;

    /// The lookup, for the user whose rights the call has, as far as that is known.
    fn lookup(&self, user: Option<i64>) -> Self::Lookup;

    /// Says what the lookup shows. It is asked only where the call ran or may have.
    fn settle(
        &self,
        sent: &SentCall,
        reply: Reply<<Self::Lookup as Method>::Output>,
    ) -> Reconciled<Self::Output>;
}

/// What a lookup shows of a write whose answer was lost.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub enum Reconciled<T> {
    /// It ran; this is what it answered, or would have.
    Done(T),
    /// Nothing shows that it ran.
    NotDone {
        /// Whether that is final, so that the call can be made again. Otherwise the server may still be running it, or
        /// about to: look again once [`SentCall::SETTLED_AFTER`] is over since the call failed.
        settled: bool,
    },
    /// The lookup shows too little, or too much: these could be what the call answered. A person may know more.
    Ambiguous(Vec<T>),
}
