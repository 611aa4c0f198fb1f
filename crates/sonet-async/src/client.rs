//! The client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use sonet_core::{
    Address, Batch, BatchRun, Close, Commands, Config, Error, Exchange, Method, Metrics, Page,
    Paged, Pager, Reconcile, Reconciled, Reconciliation, Reply, Secret, Session,
};
use sonet_types::{Bulk, BulkReport};

use crate::driver;
use crate::list::List;
use crate::transport::Transport;

/// A client of one portal. A clone is cheap and shares everything, connections included.
///
/// ```no_run
/// use sonet_async::{Client, Raw};
/// use sonet_async::serde_json::json;
///
/// # async fn example() -> Result<(), sonet_async::Error> {
/// let client = Client::webhook("https://example.bitrix24.com/rest/1/secret/")?;
/// let user = client.call(&Raw::new("user.current", json!({})).read()).await?;
/// println!("{}", user["NAME"]);
/// # Ok(())
/// # }
/// ```
///
/// The future of a call borrows nothing, neither the client nor the method, so it can be spawned. Nothing is sent before
/// it is polled. Dropping it gives up waiting: whether a method whose request is out has run stays unknown.
#[derive(Clone)]
pub struct Client {
    session: Session,
    transport: Arc<Transport>,
    call_timeout: Option<Duration>,
}

impl Client {
    /// A client that calls through an incoming webhook: `https://example.bitrix24.com/rest/1/secret/`.
    ///
    /// It is [`Client::new`] with [`Config::webhook`] and every other setting at its default.
    pub fn webhook(address: &str) -> Result<Self, Error> {
        Self::new(Config::webhook(address)?)
    }

    /// A client that calls with an access token, as long as it lasts.
    ///
    /// It is [`Client::new`] with [`Config::token`] and every other setting at its default.
    pub fn token(portal: &str, token: impl Into<Secret>) -> Result<Self, Error> {
        Self::new(Config::token(portal, token)?)
    }

    /// A client as the settings say.
    ///
    /// Connections are encrypted with rustls, or with the operating system's TLS where only the feature `native-tls` is
    /// on. Either way the portal's certificate is checked by the operating system's authorities and those of
    /// [`Config::ca_certificate`].
    ///
    /// An HTTP proxy is taken from `HTTPS_PROXY`, then `ALL_PROXY`; `NO_PROXY` lists the hosts, domains and networks
    /// that do without. A portal on this machine is never reached through a proxy.
    ///
    /// # Errors
    ///
    /// [`Error::is_config`]: a certificate, the proxy or another setting is unusable, or the address is https and no TLS feature is on.
    pub fn new(config: Config) -> Result<Self, Error> {
        let session = Session::new(&config, driver::now())?;
        Ok(Self::over(session, Transport::new(config)?))
    }

    /// A client whose HTTP client is set up by a function of the user's, for other proxies, client certificates, resolvers
    /// and the like.
    ///
    /// ```no_run
    /// use sonet_async::{Client, Config};
    ///
    /// # fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// let proxy = reqwest::Proxy::all("http://proxy.example.com:3128")?;
    /// let config = Config::webhook("https://example.bitrix24.com/rest/1/secret/")?;
    /// let client = Client::with_http(config, move |http| http.proxy(proxy.clone()))?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The builder that the function is given has TLS and [`Config::connect_timeout`] set up. The function may change them:
    ///
    /// - TLS is a whole configuration already, which reqwest's settings for single certificates and the like do not
    ///   change. `tls_backend_preconfigured` replaces it by another, and [`Config::ca_certificate`] with it.
    /// - The environment's proxy is left to reqwest, which has rules of its own for it, unless the function names a proxy, or
    ///   none. Where the portal or the token server is reached over http, there is none unless the function names one.
    ///
    /// What the client relies on is set afterwards, whatever the function does: redirects are not followed and tell no
    /// `Referer`, and reqwest neither repeats nor decompresses anything. [`Config::answer_timeout`] bounds each
    /// request in place of reqwest's `timeout`, and [`Config::user_agent`] names the program. `connection_verbose` writes
    /// secrets to the log.
    ///
    /// The function may be called again later, for an HTTP client of the same settings in another runtime.
    ///
    /// # Errors
    ///
    /// [`Error::is_config`]: as [`Client::new`], or reqwest can't be set up so.
    pub fn with_http(
        config: Config,
        settings: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let session = Session::new(&config, driver::now())?;
        Ok(Self::over(session, Transport::with(config, settings)?))
    }

    fn over(session: Session, transport: Transport) -> Self {
        Self {
            session,
            transport: Arc::new(transport),
            call_timeout: None,
        }
    }

    /// The same client, whose calls may take so long in all: attempts, pauses and waiting. It replaces
    /// [`Config::call_timeout`] for the clone that it returns. Of a list, a batch in several requests or a bulk it bounds each
    /// request.
    ///
    /// A refresh of tokens that a call has no time left for goes on, on a thread of its own, until the new pair is saved. A
    /// runtime that is dropped, as at the end of a `#[tokio::main]`, waits for it; one that is shut down in another way, or a
    /// process that ends, loses the pair unless [`Client::close`] has waited.
    #[must_use]
    pub fn within(&self, timeout: Duration) -> Self {
        Self {
            call_timeout: Some(timeout),
            ..self.clone()
        }
    }

    /// Calls a method and returns its result.
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

    /// Calls a method that answers in pages and returns one page, the first unless the method names another.
    pub fn page<M: Paged>(
        &self,
        method: &M,
    ) -> impl Future<Output = Result<Page<M::Item>, Error>> + use<M> {
        let reply = self.reply(method);
        async { reply.await.map(Page::from_reply::<M>) }
    }

    /// Calls a method and returns its result with all that came along: totals, the next page, and what the call cost.
    pub fn reply<M: Method>(
        &self,
        method: &M,
    ) -> impl Future<Output = Result<Reply<M::Output>, Error>> + use<M> {
        let run = self.run_exchange(Exchange::new(&self.session, method));
        async { run.await.1 }
    }

    /// Runs a call to its end, and gives it back with its outcome.
    pub(crate) fn run_exchange<M: Method>(
        &self,
        mut exchange: Exchange<M>,
    ) -> impl Future<Output = (Exchange<M>, Result<Reply<M::Output>, Error>)> + use<M> {
        if let Some(timeout) = self.call_timeout {
            exchange.set_timeout(timeout);
        }
        let transport = Arc::clone(&self.transport);
        async {
            let reply = driver::drive(transport, &mut exchange).await;
            (exchange, reply)
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

    /// Runs up to twelve methods in one request, which counts as one at the rate limit, and returns what came of each.
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

    /// Runs up to twelve methods in one request, and stops at the first that fails: the outcome of those behind it is
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

    /// Runs a [`Batch`]: one request after the other, until every command has its outcome, or the batch halts.
    ///
    /// What came of the commands is in the run, also where this fails. Running it again goes on: see [`BatchRun`].
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
    /// That of a request that failed as a whole. A command that failed is no error of this.
    ///
    /// Dropping the future gives up waiting: commands that may have been sent count as lost.
    pub async fn run(&self, run: &mut BatchRun) -> Result<(), Error> {
        while let Some(request) = run.next_request(&self.session, driver::now()) {
            let (request, reply) = self.run_exchange(request).await;
            run.on_reply(driver::now(), request, reply)?;
        }
        Ok(())
    }

    /// Adds, invites or removes many users in many groups, and reports what came of each group.
    ///
    /// It takes a request for 50 groups and up to 500 users. What happens after a failure stands at [`Bulk`].
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

    /// Finds out by a lookup what came of a call that failed with [`Error::executed`] unknown.
    ///
    /// The methods that have it, and what their lookups can tell, are the implementors of [`Reconcile`]. It never repeats
    /// the call. For a call that is certain not to have run it answers so without a request. Of a call that failed
    /// less than a minute ago, the server may still be working at it: [`Reconciled::NotDone`] says whether it is settled.
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
    /// Those of the lookup, under its method's name; the method that failed is no wiser then, and it can be tried again.
    /// [`Error::is_invalid`]: the error is one of another method.
    pub fn reconcile<M: Reconcile>(
        &self,
        method: &M,
        error: &Error,
    ) -> impl Future<Output = Result<Reconciled<M::Output>, Error>> + use<M> {
        let lookup = Reconciliation::new(&self.session, method, error, driver::now());
        let lookup = match self.call_timeout {
            Some(timeout) => lookup.timeout(timeout),
            None => lookup,
        };
        driver::drive(Arc::clone(&self.transport), lookup)
    }

    /// Waits for a refresh of tokens that is under way, until the new pair is saved, and saves a pair once more that could not
    /// be saved before. It is for the end of a program: the token server replaces the pair whether or not anybody waits for
    /// its answer. It concerns the clones of this client, too, and all of them can be used afterwards.
    ///
    /// Only a refresh that a call does not wait for any more can be under way then: see [`Client::within`]. Clients of a
    /// webhook have nothing to wait for.
    ///
    /// # Errors
    ///
    /// [`Error::is_store`]: the new pair is not saved, and is lost with the process. Calling this again tries again.
    pub fn close(&self) -> impl Future<Output = Result<(), Error>> + use<> {
        driver::drive(Arc::clone(&self.transport), Close::new(&self.session))
    }

    /// Where the portal is: where it was said to be, or where it has moved to since.
    #[must_use]
    pub fn address(&self) -> Address {
        self.session.address()
    }

    /// What this client and its clones have done so far, and how much is going on at the portal's rate limit.
    #[must_use]
    pub fn metrics(&self) -> Metrics {
        self.session.metrics(driver::now())
    }
}

/// Shows the portal, and no secret.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = self.address();
        f.debug_struct("Client")
            .field("address", &format_args!("{address}"))
            .finish_non_exhaustive()
    }
}
