//! A batch as a tuple of methods, or as a list of the same one.

use super::builder::Batch;
use super::handle::Handle;
use super::run::BatchRun;
use crate::{Error, Method};

/// Methods that run in one batch, in their order: a tuple of one to twelve, or a `Vec` or an array of up to 50 of one type.
///
/// The outcomes are a tuple, a `Vec` or an array of results, in the same order. [`Batch`] takes more, and references.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a batch",
    label = "neither a tuple of 1 to 12 methods, nor a `Vec` or an array of one method",
    note = "a single method is sent by `call`; several go into a tuple: `client.batch(&(one, another))`",
    note = "put more methods, or commands that refer to the results of others, into a `Batch`"
)]
pub trait Commands {
    /// What came of each: results in the same order.
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

impl<M: Method> Commands for Vec<M> {
    type Outcomes = Vec<Result<M::Output, Error>>;
    type Handles = Vec<Handle<M::Output>>;

    fn add_to(&self, batch: &mut Batch) -> Self::Handles {
        self.iter().map(|method| batch.add(method)).collect()
    }

    fn outcomes(run: &BatchRun, handles: Self::Handles) -> Self::Outcomes {
        let handles = handles.into_iter();
        handles.map(|handle| run.outcome(handle)).collect()
    }
}

impl<M: Method, const N: usize> Commands for [M; N] {
    type Outcomes = [Result<M::Output, Error>; N];
    type Handles = [Handle<M::Output>; N];

    fn add_to(&self, batch: &mut Batch) -> Self::Handles {
        self.each_ref().map(|method| batch.add(method))
    }

    fn outcomes(run: &BatchRun, handles: Self::Handles) -> Self::Outcomes {
        handles.map(|handle| run.outcome(handle))
    }
}
