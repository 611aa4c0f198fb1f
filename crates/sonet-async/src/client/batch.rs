//! Many methods at once.

use sonet_core::{Batch, BatchRun, BatchStep, Commands, Error};
use sonet_types::{Bulk, BulkReport};

use super::Client;
use crate::driver;
use crate::out::Out;

impl Client {
    /// Runs several methods in one request, which counts as one at the rate limit, and returns what came of each: a tuple of
    /// up to twelve, or a `Vec` or an array of up to 50 of one type.
    ///
    /// They run in their order, and all of them: one that fails stops none behind it. [`Client::batch_halting`] stops,
    /// and [`Batch`] takes more methods, and references from one to the results of others.
    ///
    /// ```no_run
    /// # async fn example(client: &sonet_async::Client) -> Result<(), sonet_async::Error> {
    /// use sonet_async::sonet_group::user;
    /// use sonet_async::{GroupId, UserId};
    ///
    /// let (group, newcomer) = (GroupId::new(77), UserId::new(1271));
    /// let calls = (user::Get::new(group), user::Invite::new(group, [newcomer]));
    /// let (members, invited) = client.batch(&calls).await?;
    /// println!("{} members, invited {:?}", members?.len(), invited?);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Of the whole: a parameter is refused before sending, or the request failed. Where one of the methods writes, it is
    /// not repeated after a lost answer, and [`Error::executed`] is unknown for each of them.
    pub fn batch<T: Commands>(
        &self,
        methods: &T,
    ) -> impl Future<Output = Result<T::Outcomes, Error>> + use<T> {
        self.run_tuple(Batch::new(), methods)
    }

    /// Runs several methods in one request, and stops at the first that fails: the outcome of those behind it is
    /// [`Error::is_not_run`]. Otherwise as [`Client::batch`].
    pub fn batch_halting<T: Commands>(
        &self,
        methods: &T,
    ) -> impl Future<Output = Result<T::Outcomes, Error>> + use<T> {
        self.run_tuple(Batch::new().halt(), methods)
    }

    fn run_tuple<T: Commands>(
        &self,
        mut batch: Batch,
        methods: &T,
    ) -> impl Future<Output = Result<T::Outcomes, Error>> + use<T> {
        let handles = methods.add_to(&mut batch);
        let (client, run) = (self.clone(), batch.build());
        async move {
            let mut run = run?;
            client.run(&mut run).await?;
            Ok(T::outcomes(&run, handles))
        }
    }

    /// Runs a [`Batch`]: one request after the other, or several at once ([`Batch::concurrency`]), until every command has its
    /// outcome, or the batch halts.
    ///
    /// What came of the commands is in the run, also where this fails. Running it again goes on: see [`BatchRun`].
    /// Where several requests may be out at once, each is a task of tokio's, which dropping the future cancels.
    ///
    /// ```no_run
    /// # async fn example(client: &sonet_async::Client) -> Result<(), sonet_async::Error> {
    /// use sonet_async::sonet_group::{Create, user};
    /// use sonet_async::{Batch, UserId};
    ///
    /// let mut batch = Batch::new().halt();
    /// let created = batch.add(&Create::new("Rust"));
    /// let invited = batch.add_with(created.value(), |group| {
    ///     user::Invite::new(group, [UserId::new(1271)])
    /// });
    /// let mut run = batch.build()?;
    /// client.run(&mut run).await?;
    /// println!("{}: {:?}", run.outcome(created)?, run.outcome(invited)?);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The error of a request that failed as a whole: the first one, once all that was out has come. A failed command is not an
    /// error of this function.
    ///
    /// Dropping the future gives up waiting: commands that may have been sent count as lost.
    pub async fn run(&self, run: &mut BatchRun) -> Result<(), Error> {
        run.begin(driver::now());
        let mut out = Out::up_to(run.concurrency());
        loop {
            match run.next_step(&self.session, driver::now()) {
                BatchStep::Request(mut request) => {
                    request.set_options(&self.options);
                    out.begin(self.run_machine(request));
                }
                BatchStep::Wait => match out.answer().await {
                    Some((request, reply)) => run.on_reply(driver::now(), request, reply),
                    None => run.abandon(driver::now()),
                },
                BatchStep::Failed(error) => return Err(error),
                BatchStep::End => return Ok(()),
            }
        }
    }

    /// Adds, invites or removes many users in many groups, and reports what came of each group.
    ///
    /// It takes a request for 50 groups and up to 500 users, one after the other, or several at once ([`Bulk::concurrency`]).
    /// What happens after a failure stands at [`Bulk`].
    ///
    /// ```no_run
    /// # async fn example(client: &sonet_async::Client) -> Result<(), sonet_async::Error> {
    /// use sonet_async::Bulk;
    ///
    /// let report = client.bulk(&Bulk::add([77, 78], [1271, 1272])).await?;
    /// for group in report.unsettled() {
    ///     println!("{group:?}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// A parameter is refused, and nothing was sent. Everything else is in the report.
    pub async fn bulk(&self, bulk: &Bulk) -> Result<BulkReport, Error> {
        let mut run = bulk.start()?;
        while let Err(error) = self.run(run.batch()).await {
            if !run.can_continue_after(&error) {
                break;
            }
        }
        Ok(run.report())
    }
}
