//! The clients, behind one trait.

use std::fmt::Debug;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use sonet_core::{
    Address, Config, Error, Method, Metrics, Page, Paged, Rate, Reconcile, Reconciled, Reply,
};
use tokio::runtime::{Builder, Runtime};
use tokio::task::LocalSet;

/// A client under test.
pub(super) trait Caller: Debug + Sized {
    fn new(config: Config) -> Result<Self, Error>;

    fn webhook(address: &str) -> Result<Self, Error>;

    fn token(portal: &str, token: &str) -> Result<Self, Error>;

    fn call<M: Method>(&self, method: &M) -> Result<M::Output, Error>;

    fn page<M: Paged>(&self, method: &M) -> Result<Page<M::Item>, Error>;

    fn reply<M: Method>(&self, method: &M) -> Result<Reply<M::Output>, Error>;

    /// The same client, with a bound on whole calls.
    fn within(&self, timeout: Duration) -> Self;

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

/// `sonet-blocking`.
#[derive(Debug)]
pub(super) struct Blocking(sonet_blocking::Client);

impl Caller for Blocking {
    fn new(config: Config) -> Result<Self, Error> {
        sonet_blocking::Client::new(config).map(Self)
    }

    fn webhook(address: &str) -> Result<Self, Error> {
        Self::new(Config::webhook(address)?.rate(Rate::UNLIMITED))
    }

    fn token(portal: &str, token: &str) -> Result<Self, Error> {
        Self::new(Config::token(portal, token)?.rate(Rate::UNLIMITED))
    }

    fn call<M: Method>(&self, method: &M) -> Result<M::Output, Error> {
        self.0.call(method)
    }

    fn page<M: Paged>(&self, method: &M) -> Result<Page<M::Item>, Error> {
        self.0.page(method)
    }

    fn reply<M: Method>(&self, method: &M) -> Result<Reply<M::Output>, Error> {
        self.0.reply(method)
    }

    fn within(&self, timeout: Duration) -> Self {
        Self(self.0.within(timeout))
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
        thread::scope(|scope| {
            let calls: Vec<_> = methods
                .iter()
                .map(|method| scope.spawn(|| self.0.call(method)))
                .collect();
            calls.into_iter().map(|call| call.join().unwrap()).collect()
        })
    }
}

/// `sonet-async`, on a runtime of one thread.
#[derive(Debug)]
pub(super) struct Async {
    client: sonet_async::Client,
    runtime: Arc<Runtime>,
}

impl Async {
    fn over(client: Result<sonet_async::Client, Error>) -> Result<Self, Error> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = Arc::new(runtime.unwrap());
        client.map(|client| Self { client, runtime })
    }
}

impl Caller for Async {
    fn new(config: Config) -> Result<Self, Error> {
        Self::over(sonet_async::Client::new(config))
    }

    fn webhook(address: &str) -> Result<Self, Error> {
        Self::new(Config::webhook(address)?.rate(Rate::UNLIMITED))
    }

    fn token(portal: &str, token: &str) -> Result<Self, Error> {
        Self::new(Config::token(portal, token)?.rate(Rate::UNLIMITED))
    }

    fn call<M: Method>(&self, method: &M) -> Result<M::Output, Error> {
        self.runtime.block_on(self.client.call(method))
    }

    fn page<M: Paged>(&self, method: &M) -> Result<Page<M::Item>, Error> {
        self.runtime.block_on(self.client.page(method))
    }

    fn reply<M: Method>(&self, method: &M) -> Result<Reply<M::Output>, Error> {
        self.runtime.block_on(self.client.reply(method))
    }

    fn within(&self, timeout: Duration) -> Self {
        Self {
            client: self.client.within(timeout),
            runtime: Arc::clone(&self.runtime),
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
