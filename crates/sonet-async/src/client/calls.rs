//! One method at a time.

use std::sync::Arc;

use sonet_core::{
    Error, Exchange, Machine, Method, Paged, Pager, Reconcile, Reconciled, Reconciliation, Reply,
    TotalRequest, WalkAnswer, WalkRequest,
};

use super::Client;
use crate::driver::{self, Drive};
use crate::list::List;

impl Client {
    /// Calls a method and returns its result.
    ///
    /// Of a list, that is one [`Page`](sonet_core::Page): [`Client::list`] walks all of them.
    ///
    /// # Errors
    ///
    /// See [`Error`]. Whether the method ran in spite of it says [`Error::executed`].
    pub fn call<M: Method>(
        &self,
        method: &M,
    ) -> impl Future<Output = Result<M::Output, Error>> + use<M> {
        let reply = self.reply(method);
        async { reply.await.map(|reply| reply.result) }
    }

    /// Calls a method and returns its result with all that came along: totals, the next page, and what the call cost.
    pub fn reply<M: Method>(
        &self,
        method: &M,
    ) -> impl Future<Output = Result<Reply<M::Output>, Error>> + use<M> {
        self.run_exchange(Exchange::new(&self.session, method))
    }

    /// Runs a call to its end.
    fn run_exchange<M: Method>(&self, mut exchange: Exchange<M>) -> Drive<Exchange<M>> {
        exchange.set_options(&self.options);
        driver::drive(Arc::clone(&self.transport), exchange)
    }

    /// Runs a request of a walk to its end, and gives it back with what came of it.
    pub(crate) fn run_walk_request<M: Paged>(
        &self,
        mut request: WalkRequest<M>,
    ) -> impl Future<Output = (WalkRequest<M>, WalkAnswer<M>)> + use<M> {
        request.set_options(&self.options);
        self.run_machine(request)
    }

    /// Runs whatever can be run to its end, and gives it back with what came of it.
    pub(crate) fn run_machine<M: Machine>(
        &self,
        mut machine: M,
    ) -> impl Future<Output = (M, M::Output)> + use<M> {
        let transport = Arc::clone(&self.transport);
        async {
            let outcome = driver::drive(transport, &mut machine).await;
            (machine, outcome)
        }
    }

    /// How many rows a list has, as the server counts them: one request, whose answer is as small as the method allows.
    ///
    /// It is the server's word: some methods count rows that they do not list, such as those that the caller may not see.
    /// `None` where the method does not count. [`Client::list`] gives out the rows themselves, each of them once.
    ///
    /// The filter holds. What does not change the number is left out: `start`, the order, and the fields to
    /// answer, where the method has a parameter for them ([`Paging::select`](sonet_core::Paging::select)). The server counts
    /// even where `start` says not to.
    ///
    /// ```no_run
    /// # async fn example(client: &sonet_async::Client) -> Result<(), sonet_async::Error> {
    /// use sonet_async::sonet_group::Get;
    ///
    /// let open = client.total(&Get::new().filter(Get::OPENED.eq(true))).await?;
    /// println!("{open:?} open groups");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the method. [`Error::is_invalid`]: a parameter is refused, or the method does not only read.
    #[doc(alias = "count")]
    pub fn total<M: Paged>(
        &self,
        method: &M,
    ) -> impl Future<Output = Result<Option<u64>, Error>> + use<M> {
        let request = TotalRequest::new(method).map(|request| {
            let exchange = Exchange::new(&self.session, &request);
            (self.run_exchange(exchange), request)
        });
        async {
            let (run, request) = request?;
            run.await.map(|reply| request.total(&reply))
        }
    }

    /// Walks a list from its beginning to its end, row by row.
    ///
    /// ```no_run
    /// # async fn example(client: &sonet_async::Client) -> Result<(), sonet_async::Error> {
    /// use sonet_async::sonet_group::Get;
    ///
    /// let mut groups = client.list(&Get::new().filter(Get::NAME.contains("Rust")));
    /// while let Some(group) = groups.next().await.transpose()? {
    ///     println!("{} {}", group.id, group.name.unwrap_or_default());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list<M: Paged>(&self, method: &M) -> List<M> {
        List::new(self.clone(), Pager::new(&self.session, method))
    }

    /// Finds out by a lookup what came of a call that failed with [`Error::executed`] unknown.
    ///
    /// The methods that have it, and what their lookups can tell, are the implementors of [`Reconcile`]. It never repeats
    /// the call. For a call that is certain not to have run it answers so without a request. Of a call that failed
    /// less than [`SentCall::SETTLED_AFTER`](sonet_core::SentCall::SETTLED_AFTER) ago, the server may still be working at
    /// it: [`Reconciled::NotDone`] says whether it is settled.
    ///
    /// ```no_run
    /// use sonet_async::sonet_group::Create;
    /// use sonet_async::{Client, Executed, GroupId, Reconciled};
    ///
    /// # async fn example(client: Client) -> Result<(), sonet_async::Error> {
    /// let create = Create::new("Rust");
    /// let group: Option<GroupId> = match client.call(&create).await {
    ///     Ok(group) => Some(group),
    ///     Err(error) if error.executed() == Executed::No => return Err(error),
    ///     Err(error) => match client.reconcile(&create, &error).await? {
    ///         Reconciled::Done(group) => Some(group),
    ///         // It may be made again.
    ///         Reconciled::NotDone { settled: true } => None,
    ///         // Too early to tell, or more than one group of that name: to be looked at later, or by a person.
    ///         _ => return Err(error),
    ///     },
    /// };
    /// # let _ = group;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the lookup, under its method's name. Nothing is known of the failed method then, and you can try again.
    /// [`Error::is_invalid`]: the error belongs to another method.
    pub fn reconcile<M: Reconcile>(
        &self,
        method: &M,
        error: &Error,
    ) -> impl Future<Output = Result<Reconciled<M::Output>, Error>> + use<M> {
        let lookup = Reconciliation::new(&self.session, method, error, driver::now());
        let lookup = lookup.options(&self.options);
        driver::drive(Arc::clone(&self.transport), lookup)
    }
}
