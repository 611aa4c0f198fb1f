//! A batch that is put together command by command.

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};

use super::command::{Command, invalid};
use super::done::decode;
use super::handle::Handle;
use super::reference::References;
use super::run::BatchRun;
use super::split::split;
use crate::{Effect, Error, Method};

/// A batch that is put together command by command: up to 50 in one request, which counts as one at the rate limit.
///
/// For a few commands, or a list of up to 50 of one method, the client's `batch` is shorter. This one takes any
/// number, gives a typed [`Handle`] for each, and lets later commands refer to the results of earlier ones:
///
/// ```
/// # mod sonet_async {
/// #     pub use sonet_core::{Batch, Error};
/// #     pub mod sonet_group {
/// #         use sonet_core::{Effect, Method};
/// #         sonet_core::id!(GroupId, "A group.");
/// #         #[derive(serde::Serialize)]
/// #         pub struct Create { name: String }
/// #         impl Create { pub fn new(name: &str) -> Self { Self { name: name.into() } } }
/// #         impl Method for Create {
/// #             const NAME: &'static str = "sonet_group.create";
/// #             const EFFECT: Effect = Effect::Write;
/// #             type Output = GroupId;
/// #         }
/// #         pub mod user {
/// #             use sonet_core::{Effect, Method};
/// #             #[derive(serde::Serialize)]
/// #             pub struct Invite { group: super::GroupId, users: Vec<i64> }
/// #             impl Invite {
/// #                 pub fn new(group: super::GroupId, users: [i64; 1]) -> Self { Self { group, users: users.into() } }
/// #             }
/// #             impl Method for Invite {
/// #                 const NAME: &'static str = "sonet_group.user.invite";
/// #                 const EFFECT: Effect = Effect::Write;
/// #                 type Output = Vec<i64>;
/// #             }
/// #         }
/// #     }
/// # }
/// use sonet_async::Batch;
/// use sonet_async::sonet_group::{Create, user};
///
/// let mut batch = Batch::new().halt();
/// let created = batch.add(&Create::new("Rust"));
/// let invited = batch.add_with(created.value(), |group| user::Invite::new(group, [1271]));
/// let run = batch.build()?;
/// // Until `client.run(&mut run)`, there is no outcome.
/// assert!(run.outcome(created).unwrap_err().is_not_run());
/// assert!(run.outcome(invited).unwrap_err().is_not_run());
/// # Ok::<(), sonet_async::Error>(())
/// ```
///
/// Parameters of a batch travel in queries, which have no types: numbers are texts there, `true` is `1`, `false` is `0`, nothing is
/// an empty text, and an empty list is one with an empty text in it. A key that a server would read as another one, such as one
/// with a bracket in it, is refused.
#[must_use = "a batch does nothing until a client runs it"]
pub struct Batch {
    id: u64,
    commands: Vec<Command>,
    problem: Option<Error>,
    halt: bool,
    split: bool,
    in_any_order: bool,
    concurrency: usize,
}

impl Default for Batch {
    fn default() -> Self {
        Self::new()
    }
}

impl Batch {
    /// A batch without commands.
    pub fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            commands: Vec::new(),
            problem: None,
            halt: false,
            split: false,
            in_any_order: false,
            concurrency: 1,
        }
    }

    /// Stops at the first command that fails; those behind it do not run. Without it, all of them run.
    ///
    /// A batch with references needs it: after a command that failed, the server would run those that refer to it with the
    /// bare text of the reference.
    ///
    /// The server stops also at a list that says with an error that it has no rows, such as that of epics: its outcome is
    /// an empty list, and those behind it do not run.
    pub fn halt(mut self) -> Self {
        self.halt = true;
        self
    }

    /// Allows more than 50 commands, in more than one request, one after the other. No reference is cut.
    ///
    /// [`Batch::concurrency`] lets several of the requests be out at once.
    pub fn split(mut self) -> Self {
        self.split = true;
        self
    }

    /// Says that the order of the commands means nothing, as where each is about another group.
    ///
    /// Commands run in their order all the same, as long as [`Batch::concurrency`] lets no other request be out. But one that the
    /// server refused before it ran, for the rate of requests or for its method's operating time, is sent again then, as a call
    /// of its own would be, although others have run behind it. Otherwise that is done only where nothing has, or where the
    /// batch only reads.
    pub fn in_any_order(mut self) -> Self {
        self.in_any_order = true;
        self
    }

    /// Lets up to so many requests of a batch that is [split](Batch::split) be out at once. Default: 1, and 0 is the same.
    ///
    /// Which of them runs first is up to the server then. So the batch only reads, or says that the order of its commands means
    /// nothing ([`Batch::in_any_order`]); [`Batch::build`] refuses any other one, however few commands it has. Commands that
    /// refer to each other are in one request, and run in their order.
    ///
    /// It begins with two requests at once, takes more as long as the server answers as fast as before, and fewer once it slows
    /// down or refuses. Each takes its place in the rate limit.
    ///
    /// A batch that [halts](Batch::halt) sends no other request after a command that failed: those behind it in its own request
    /// do not run, while those of requests that were out may have run, and have their outcomes.
    ///
    /// ```
    /// # mod sonet_async {
    /// #     pub use sonet_core::{Batch, Error};
    /// #     pub mod sonet_group {
    /// #         use sonet_core::{Effect, Method};
    /// #         sonet_core::id!(GroupId, "A group.");
    /// #         #[derive(serde::Serialize)]
    /// #         pub struct Delete { id: GroupId }
    /// #         impl Delete { pub fn new(id: i64) -> Self { Self { id: id.into() } } }
    /// #         impl Method for Delete {
    /// #             const NAME: &'static str = "sonet_group.delete";
    /// #             const EFFECT: Effect = Effect::Write;
    /// #             type Output = bool;
    /// #         }
    /// #     }
    /// # }
    /// use sonet_async::Batch;
    /// use sonet_async::sonet_group::Delete;
    ///
    /// let mut batch = Batch::new().split().in_any_order().concurrency(4);
    /// let groups = batch.add_all((1..=1_000).map(Delete::new));
    /// let run = batch.build()?;
    /// // `client.run(&mut run)` sends 20 requests, up to 4 at once.
    /// # assert!(run.outcome(groups[0]).unwrap_err().is_not_run());
    /// # Ok::<(), sonet_core::Error>(())
    /// ```
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.concurrency = requests;
        self
    }

    /// Adds a command. What is wrong with it comes out of [`Batch::build`].
    pub fn add<M: Method>(&mut self, method: &M) -> Handle<M::Output> {
        let command = Command::of(method, 0, Vec::new());
        self.push::<M>(method.name(), command)
    }

    /// Adds commands of one type; a handle for each, in their order. What is wrong with one comes out of [`Batch::build`].
    ///
    /// There is no `Extend`, as it could give no handle, and without one nobody learns what came of a command.
    ///
    /// ```
    /// # mod sonet_async {
    /// #     pub use sonet_core::{Batch, Error};
    /// #     pub mod socialnetwork { pub mod api { pub mod workgroup {
    /// #         use sonet_core::{Effect, Method};
    /// #         #[derive(serde::Serialize)]
    /// #         pub struct Get { id: i64 }
    /// #         impl Get { pub fn new(id: i64) -> Self { Self { id } } }
    /// #         impl Method for Get {
    /// #             const NAME: &'static str = "socialnetwork.api.workgroup.get";
    /// #             const EFFECT: Effect = Effect::Read;
    /// #             type Output = String;
    /// #         }
    /// #     } } }
    /// # }
    /// use sonet_async::Batch;
    /// use sonet_async::socialnetwork::api::workgroup::Get;
    ///
    /// let mut batch = Batch::new().split();
    /// let groups = batch.add_all((1..=120).map(Get::new));
    /// let run = batch.build()?;
    /// // After `client.run(&mut run)`, with what came of each:
    /// for group in groups {
    ///     let outcome = run.outcome(group);
    /// #   assert!(outcome.unwrap_err().is_not_run());
    /// }
    /// # Ok::<(), sonet_async::Error>(())
    /// ```
    pub fn add_all<M: Method>(
        &mut self,
        methods: impl IntoIterator<Item = M>,
    ) -> Vec<Handle<M::Output>> {
        let methods = methods.into_iter();
        methods.map(|method| self.add(&method)).collect()
    }

    /// Adds a command with references to the results of earlier ones.
    ///
    /// The function gets a value in the place of each reference, of the reference's own type, and builds the method with
    /// it as if the result were known already. What it gets is a number at random that identifies nothing, and each is to
    /// be the whole value of at least one parameter, or of an item in a list: the reference takes its place in what is
    /// sent.
    pub fn add_with<R: References, M: Method>(
        &mut self,
        references: R,
        method: impl FnOnce(R::Values) -> M,
    ) -> Handle<M::Output> {
        // At random, so that no value of the user's own can be the same, and large, so that nothing has this number.
        let random = RandomState::new().hash_one(self.id);
        let first = i64::try_from((random >> 3) | (1 << 61)).unwrap_or(i64::MAX - 8);
        let (values, paths) = references.placeholders(first);
        let method = method(values);
        let command = if paths.iter().all(|path| path.batch == self.id) {
            Command::of(&method, first, paths)
        } else {
            Err(invalid("a reference points to a command of another batch"))
        };
        self.push::<M>(method.name(), command)
    }

    fn push<M: Method>(
        &mut self,
        name: &str,
        command: Result<Command, crate::error::Kind>,
    ) -> Handle<M::Output> {
        let index = self.commands.len();
        match command {
            Ok(command) => self.commands.push(command),
            Err(kind) => {
                self.problem.get_or_insert_with(|| Error::new(name, kind));
            }
        }
        Handle {
            batch: self.id,
            index,
            decoder: decode::<M>,
        }
    }

    /// How many commands there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.commands.len()
    }

    /// Whether there is no command. Running such a batch sends nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.commands.is_empty()
    }

    /// Checks the whole, before anything is sent.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid`], with the method of the command that is wrong: a parameter is refused; it has
    /// more than 900 values, each item of a list being one, of which the server could drop some; it is a batch itself; a text
    /// in it, or the key of a parameter, is one that a server takes for a reference, whatever it was meant for (see below);
    /// a reference leads to another batch, does not stand for a whole parameter, or the batch does not halt; there are more than 50 commands without [`Batch::split`], or too
    /// many of them are connected by references; or requests may be out at once ([`Batch::concurrency`]), and the order of the
    /// commands may mean something.
    ///
    /// Servers look for references in all that a command has, and put something else in their place: `$`, one of `result`,
    /// `next`, `total`, `time` and `error` in any case, then anything but a blank that has a `[key]` in it. So
    /// `$RESULT[c0]` and `see $totals[of][May]` can't be sent in a batch; [`Raw`](crate::Raw) or any other method takes them
    /// in a call of its own. `$100`, `$total` and `$total [May]` are texts like any other.
    pub fn build(self) -> Result<BatchRun, Error> {
        let Self {
            id,
            commands,
            problem,
            halt,
            split: may_split,
            in_any_order,
            concurrency,
        } = self;
        if let Some(problem) = problem {
            return Err(problem);
        }
        if !halt {
            if let Some(command) = commands.iter().find(|c| !c.references.is_empty()) {
                let problem = "a batch with references has to halt, or a command would run with the bare text of its \
                 reference after the command that it refers to failed; add `Batch::halt`";
                return Err(Error::new(&command.name, invalid(problem)));
            }
        }
        if concurrency > 1 && !in_any_order {
            if let Some(command) = commands.iter().find(|c| c.effect != Effect::Read) {
                let problem = "requests that are out at once run in any order, and this command changes something; add \
                 `Batch::in_any_order` if the order of the commands means nothing, or leave `Batch::concurrency` out";
                return Err(Error::new(&command.name, invalid(problem)));
            }
        }
        let chunks = split(&commands, may_split).map_err(|kind| Error::new("batch", kind))?;
        Ok(BatchRun::new(
            id,
            halt,
            in_any_order,
            concurrency,
            commands,
            chunks,
        ))
    }
}

impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch")
            .field("commands", &self.commands.len())
            .field("halt", &self.halt)
            .field("split", &self.split)
            .field("concurrency", &self.concurrency)
            .finish_non_exhaustive()
    }
}
