//! What bare reqwest runs on.

use std::time::Duration;

use reqwest::redirect::Policy;
use tokio::runtime::{Builder, Runtime};

/// A runtime of one thread.
pub(crate) fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// An HTTP client set up as `sonet-async` sets up its own.
pub(crate) fn http() -> reqwest::Client {
    reqwest::Client::builder()
        .http1_only()
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .no_proxy()
        .connect_timeout(Duration::from_secs(10))
        .timeout(Duration::from_secs(60))
        .pool_idle_timeout(Duration::from_secs(15))
        .build()
        .unwrap()
}
