//! A batch as a tuple of methods.

use super::builder::Batch;
use super::handle::Handle;
use super::run::BatchRun;
use crate::{Error, Method};

/// A tuple of one to twelve methods, which run in one batch, in their order.
///
/// [`Batch`] takes more, and references.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a batch",
    label = "not a tuple of 1 to 12 methods",
    note = "a single method is sent by `call`; several go into a tuple: `client.batch((one, another))`",
    note = "put more than 12 methods, or a number that is not known beforehand, into a `Batch`"
)]
pub trait Commands {
    /// What came of each: a tuple of results in the same order.
    type Outcomes;

    /// The handles of each.
    #[doc(hidden)]
    type Handles;

    /// Adds them to a batch.
    #[doc(hidden)]
    fn add_to(&self, batch: &mut Batch) -> Self::Handles;

    /// What came of them.
    #[doc(hidden)]
    fn outcomes(run: &BatchRun, handles: Self::Handles) -> Self::Outcomes;
}

macro_rules! commands {
    ($($name:ident $place:tt),+) => {
        impl<$($name: Method),+> Commands for ($($name,)+) {
            type Outcomes = ($(Result<$name::Output, Error>,)+);
            type Handles = ($(Handle<$name::Output>,)+);

            fn add_to(&self, batch: &mut Batch) -> Self::Handles {
                ($(batch.add(&self.$place),)+)
            }

            fn outcomes(run: &BatchRun, handles: Self::Handles) -> Self::Outcomes {
                ($(run.outcome(handles.$place),)+)
            }
        }
    };
}

commands!(A 0);
commands!(A 0, B 1);
commands!(A 0, B 1, C 2);
commands!(A 0, B 1, C 2, D 3);
commands!(A 0, B 1, C 2, D 3, E 4);
commands!(A 0, B 1, C 2, D 3, E 4, F 5);
commands!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
commands!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
commands!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
commands!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
commands!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
commands!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);
