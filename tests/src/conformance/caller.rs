//! The clients, behind one trait.

use std::fmt::Debug;
use std::future::ready;
use std::marker::PhantomData;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use sonet_core::{
    Address, BatchRun, Commands, Config, CountMode, Cursor, Error, Method, Metrics, Paged, Rate,
    Reconcile, Reconciled, Reply, RetryPolicy, TransportError,
};
use sonet_types::{Bulk, BulkReport};
use tokio::runtime::{Builder, Runtime};
use tokio::task::LocalSet;

use super::way::{Own, Way};

/// A client under test.
pub(super) trait Caller: Debug + Sized {
    fn new(config: Config) -> Result<Self, Error>;

    /// A client that is answered by a function.
    fn with_transport(
        config: Config,
        answer: impl Fn(Request<Bytes>) -> Result<Response<Bytes>, TransportError>
        + Send
        + Sync
        + 'static,
    ) -> Result<Self, Error>;

    fn webhook(address: &str) -> Result<Self, Error> {
        Self::new(Config::webhook(address)?.rate(Rate::UNLIMITED))
    }

    fn token(portal: &str, token: &str) -> Result<Self, Error> {
        Self::new(Config::token(portal, token)?.rate(Rate::UNLIMITED))
    }

    fn call<M: Method>(&self, method: &M) -> Result<M::Output, Error>;

    fn reply<M: Method>(&self, method: &M) -> Result<Reply<M::Output>, Error>;

    fn batch<T: Commands>(&self, methods: &T) -> Result<T::Outcomes, Error>;

    fn batch_halting<T: Commands>(&self, methods: &T) -> Result<T::Outcomes, Error>;

    fn run(&self, run: &mut BatchRun) -> Result<(), Error>;

    fn bulk(&self, bulk: &Bulk) -> Result<BulkReport, Error>;

    /// How many requests it has sent to the portal.
    fn requests(&self) -> u64;

    /// Waits until no tokens can be lost.
    fn close(&self) -> Result<(), Error>;

    fn total<M: Paged>(&self, method: &M) -> Result<Option<u64>, Error>;

    /// Walks a list.
    fn walk<M>(&self, method: &M, walk: Walk<'_>) -> Walked<M::Item>
    where
        M: Paged + 'static,
        M::Output: Send;

    /// The same client, with a bound on whole calls.
    fn with_timeout(&self, timeout: Duration) -> Self;

    /// The same client, with a bound on each request.
    fn with_response_timeout(&self, timeout: Duration) -> Self;

    /// The same client, with another policy.
    fn with_retry(&self, policy: impl RetryPolicy) -> Self;

    fn address(&self) -> Address;

    fn reconcile<M: Reconcile>(
        &self,
        method: &M,
        error: &Error,
    ) -> Result<Reconciled<M::Output>, Error>;

    fn metrics(&self) -> Metrics;

    /// Makes several calls at once and returns their outcomes in the same order.
    fn call_together<M>(&self, methods: &[M]) -> Vec<Result<M::Output, Error>>
    where
        M: Method + Sync + 'static,
        M::Output: Send + 'static;
}

/// How a list is walked.
#[derive(Default)]
pub(super) struct Walk<'a> {
    pub(super) eager: bool,
    pub(super) count: Option<CountMode>,
    /// How many requests may be out at once; 0 leaves the default.
    pub(super) concurrency: usize,
    pub(super) from: Option<Cursor>,
    /// Stops after so many rows.
    pub(super) stop_after: Option<usize>,
    /// Is called after every row, with how many there were.
    pub(super) meanwhile: Option<&'a dyn Fn(usize)>,
}

/// What came of a walk.
#[derive(Debug)]
pub(super) struct Walked<T> {
    pub(super) rows: Vec<T>,
    pub(super) error: Option<Error>,
    pub(super) cursor: Cursor,
    pub(super) total: Option<u64>,
}

/// The same walk with either client: what is the same text but for `.await`.
macro_rules! walked {
    ($list:expr, $walk:expr, $($await:tt)*) => {{
        let (mut list, walk): (_, Walk<'_>) = ($list, $walk);
        if walk.eager {
            list = list.eager();
        }
        if let Some(count) = walk.count {
            list = list.count_mode(count);
        }
        if walk.concurrency > 0 {
            list = list.concurrency(walk.concurrency);
        }
        if let Some(cursor) = walk.from {
            list = list.resume_from(cursor);
        }
        let (mut rows, mut error) = (Vec::new(), None);
        while let Some(row) = list.next()$($await)* {
            match row {
                Ok(row) => rows.push(row),
                Err(failure) => error = Some(failure),
            }
            if let Some(meanwhile) = walk.meanwhile {
                meanwhile(rows.len());
            }
            if walk.stop_after == Some(rows.len()) {
                break;
            }
        }
        let (cursor, total) = (list.cursor(), list.total());
        Walked { rows, error, cursor, total }
    }};
}

/// `sonet-blocking`.
#[derive(Debug)]
pub(super) struct Blocking<W = Own>(sonet_blocking::Client, PhantomData<W>);

impl<W: Way> Caller for Blocking<W> {
    fn new(config: Config) -> Result<Self, Error> {
        W::blocking(config).map(|client| Self(client, PhantomData))
    }

    fn with_transport(
        config: Config,
        answer: impl Fn(Request<Bytes>) -> Result<Response<Bytes>, TransportError>
        + Send
        + Sync
        + 'static,
    ) -> Result<Self, Error> {
        let client = sonet_blocking::Client::with_transport(config, answer);
        client.map(|client| Self(client, PhantomData))
    }

    fn call<M: Method>(&self, method: &M) -> Result<M::Output, Error> {
        self.0.call(method)
    }

    fn reply<M: Method>(&self, method: &M) -> Result<Reply<M::Output>, Error> {
        self.0.reply(method)
    }

    fn batch<T: Commands>(&self, methods: &T) -> Result<T::Outcomes, Error> {
        self.0.batch(methods)
    }

    fn batch_halting<T: Commands>(&self, methods: &T) -> Result<T::Outcomes, Error> {
        self.0.batch_halting(methods)
    }

    fn run(&self, run: &mut BatchRun) -> Result<(), Error> {
        self.0.run(run)
    }

    fn bulk(&self, bulk: &Bulk) -> Result<BulkReport, Error> {
        self.0.bulk(bulk)
    }

    fn total<M: Paged>(&self, method: &M) -> Result<Option<u64>, Error> {
        self.0.total(method)
    }

    fn requests(&self) -> u64 {
        self.0.metrics().requests
    }

    fn close(&self) -> Result<(), Error> {
        self.0.close()
    }

    fn walk<M>(&self, method: &M, walk: Walk<'_>) -> Walked<M::Item>
    where
        M: Paged + 'static,
        M::Output: Send,
    {
        walked!(self.0.list(method), walk,)
    }

    fn with_timeout(&self, timeout: Duration) -> Self {
        Self(self.0.with_timeout(timeout), PhantomData)
    }

    fn with_response_timeout(&self, timeout: Duration) -> Self {
        Self(self.0.with_response_timeout(timeout), PhantomData)
    }

    fn with_retry(&self, policy: impl RetryPolicy) -> Self {
        Self(self.0.with_retry(policy), PhantomData)
    }

    fn address(&self) -> Address {
        self.0.address()
    }

    fn reconcile<M: Reconcile>(
        &self,
        method: &M,
        error: &Error,
    ) -> Result<Reconciled<M::Output>, Error> {
        self.0.reconcile(method, error)
    }

    fn metrics(&self) -> Metrics {
        self.0.metrics()
    }

    fn call_together<M>(&self, methods: &[M]) -> Vec<Result<M::Output, Error>>
    where
        M: Method + Sync + 'static,
        M::Output: Send + 'static,
    {
        let client = &self.0;
        thread::scope(|scope| {
            let calls: Vec<_> = methods
                .iter()
                .map(|method| scope.spawn(|| client.call(method)))
                .collect();
            calls.into_iter().map(|call| call.join().unwrap()).collect()
        })
    }
}

/// `sonet-async`, on a runtime of one thread.
#[derive(Debug)]
pub(super) struct Async<W = Own> {
    client: sonet_async::Client,
    runtime: Arc<Runtime>,
    way: PhantomData<W>,
}

impl<W> Async<W> {
    fn over(client: Result<sonet_async::Client, Error>) -> Result<Self, Error> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = Arc::new(runtime.unwrap());
        client.map(|client| Self {
            client,
            runtime,
            way: PhantomData,
        })
    }
}

impl<W: Way> Caller for Async<W> {
    fn new(config: Config) -> Result<Self, Error> {
        Self::over(W::asynchronous(config))
    }

    fn with_transport(
        config: Config,
        answer: impl Fn(Request<Bytes>) -> Result<Response<Bytes>, TransportError>
        + Send
        + Sync
        + 'static,
    ) -> Result<Self, Error> {
        let transport = move |request| ready(answer(request));
        Self::over(sonet_async::Client::with_transport(config, transport))
    }

    fn call<M: Method>(&self, method: &M) -> Result<M::Output, Error> {
        self.runtime.block_on(self.client.call(method))
    }

    fn reply<M: Method>(&self, method: &M) -> Result<Reply<M::Output>, Error> {
        self.runtime.block_on(self.client.reply(method))
    }

    fn batch<T: Commands>(&self, methods: &T) -> Result<T::Outcomes, Error> {
        self.runtime.block_on(self.client.batch(methods))
    }

    fn batch_halting<T: Commands>(&self, methods: &T) -> Result<T::Outcomes, Error> {
        self.runtime.block_on(self.client.batch_halting(methods))
    }

    fn run(&self, run: &mut BatchRun) -> Result<(), Error> {
        self.runtime.block_on(self.client.run(run))
    }

    fn bulk(&self, bulk: &Bulk) -> Result<BulkReport, Error> {
        self.runtime.block_on(self.client.bulk(bulk))
    }

    fn total<M: Paged>(&self, method: &M) -> Result<Option<u64>, Error> {
        self.runtime.block_on(self.client.total(method))
    }

    fn requests(&self) -> u64 {
        self.client.metrics().requests
    }

    fn close(&self) -> Result<(), Error> {
        self.runtime.block_on(self.client.close())
    }

    fn walk<M>(&self, method: &M, walk: Walk<'_>) -> Walked<M::Item>
    where
        M: Paged + 'static,
        M::Output: Send,
    {
        self.runtime
            .block_on(async { walked!(self.client.list(method), walk, .await) })
    }

    fn with_timeout(&self, timeout: Duration) -> Self {
        Self {
            client: self.client.with_timeout(timeout),
            runtime: Arc::clone(&self.runtime),
            way: PhantomData,
        }
    }

    fn with_response_timeout(&self, timeout: Duration) -> Self {
        Self {
            client: self.client.with_response_timeout(timeout),
            runtime: Arc::clone(&self.runtime),
            way: PhantomData,
        }
    }

    fn with_retry(&self, policy: impl RetryPolicy) -> Self {
        Self {
            client: self.client.with_retry(policy),
            runtime: Arc::clone(&self.runtime),
            way: PhantomData,
        }
    }

    fn address(&self) -> Address {
        self.client.address()
    }

    fn reconcile<M: Reconcile>(
        &self,
        method: &M,
        error: &Error,
    ) -> Result<Reconciled<M::Output>, Error> {
        self.runtime.block_on(self.client.reconcile(method, error))
    }

    fn metrics(&self) -> Metrics {
        self.client.metrics()
    }

    fn call_together<M>(&self, methods: &[M]) -> Vec<Result<M::Output, Error>>
    where
        M: Method + Sync + 'static,
        M::Output: Send + 'static,
    {
        LocalSet::new().block_on(&self.runtime, async {
            let mut outcomes = Vec::new();
            let calls: Vec<_> = methods
                .iter()
                .map(|method| tokio::task::spawn_local(self.client.call(method)))
                .collect();
            for call in calls {
                outcomes.push(call.await.unwrap());
            }
            outcomes
        })
    }
}
