//! Puts layers of tower around the way to the portal: no more than four requests at once, a bound on each, and a line for
//! each on the standard error.
//!
//! ```text
//! cargo run -p sonet-async --example tower
//! ```
//!
//! A simulated portal inside this program answers; `SONET_WEBHOOK` names one of your own.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use sonet_async::bytes::{Bytes, BytesMut};
use sonet_async::http::{Request, Response};
use sonet_async::reqwest::{self, redirect::Policy};
use sonet_async::sonet_group::Create;
use sonet_async::{Client, Config, NotSent, RequestInfo, TransportError};
use sonet_portal::Portal;
use tower::{Service, ServiceBuilder, ServiceExt as _};

/// How many requests are on their way at once.
const AT_ONCE: usize = 4;

#[tokio::main]
async fn main() -> Result<(), TransportError> {
    let portal = Portal::builder().start()?;
    let webhook = std::env::var("SONET_WEBHOOK").unwrap_or_else(|_| portal.webhook());

    // The client brings a provider of cryptography for itself. An HTTP client of one's own wants one, too.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // What every transport of one's own has to see to: no redirects, and nothing sent twice.
    let http = reqwest::Client::builder()
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .build()?;
    let most = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&most);
    let service = ServiceBuilder::new()
        // The first layer is the outermost. What waits here for its turn has its call's time only, and counts as sent if
        // that ends; the client's own limits (`Config::rate`) know better.
        .concurrency_limit(AT_ONCE)
        .layer_fn(move |inner| Log::new(inner, Arc::clone(&counted)))
        // Ends in an error that says nothing of the request, so that it may have left.
        .timeout(Duration::from_secs(30))
        .service_fn(move |request| send(http.clone(), request));

    let config = Config::webhook(&webhook)?;
    let client = Client::with_transport(config, move |request: Request<Bytes>| {
        service.clone().oneshot(request)
    })?;

    let mut calls = tokio::task::JoinSet::new();
    for number in 1..=12 {
        calls.spawn(client.call(&Create::new(format!("Project {number}"))));
    }
    let mut made = 0;
    while let Some(group) = calls.join_next().await {
        group??;
        made += 1;
    }
    let most = most.load(Ordering::SeqCst);
    println!("{made} groups, never more than {most} requests at once");
    assert!(most <= AT_ONCE);
    Ok(())
}

/// Sends a request and reads its answer.
async fn send(
    http: reqwest::Client,
    request: Request<Bytes>,
) -> Result<Response<Bytes>, TransportError> {
    let info = request.extensions().get::<RequestInfo>();
    let limit = info.map_or(u64::MAX, RequestInfo::body_limit);
    let answer = http.execute(request.try_into()?).await;
    let mut answer = answer.map_err(|error| -> TransportError {
        // Without a connection nothing has left, and the call may be made again. Of all else it is not certain.
        if error.is_connect() {
            NotSent::new(error).into()
        } else {
            error.into()
        }
    })?;
    let mut body = BytesMut::new();
    while let Some(chunk) = answer.chunk().await? {
        body.extend_from_slice(&chunk);
        if body.len() as u64 > limit {
            break; // The client refuses it.
        }
    }
    let mut response = Response::new(body.freeze());
    *response.status_mut() = answer.status();
    *response.headers_mut() = std::mem::take(answer.headers_mut());
    Ok(response)
}

/// A layer that writes what is called, and how long it took. It shows neither the address nor the body: they hold secrets.
#[derive(Clone)]
struct Log<S> {
    inner: S,
    on_their_way: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
}

impl<S> Log<S> {
    fn new(inner: S, most: Arc<AtomicUsize>) -> Self {
        let on_their_way = Arc::default();
        Self {
            inner,
            on_their_way,
            most,
        }
    }
}

impl<S> Service<Request<Bytes>> for Log<S>
where
    S: Service<Request<Bytes>, Response = Response<Bytes>>,
    S::Future: Send + 'static,
    S::Error: Send,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        let info = request.extensions().get::<RequestInfo>();
        let method = info.and_then(RequestInfo::method);
        let method = method.unwrap_or("the token server").to_owned();
        let (on_their_way, most) = (Arc::clone(&self.on_their_way), Arc::clone(&self.most));
        let answer = self.inner.call(request);
        Box::pin(async move {
            let begun = Instant::now();
            most.fetch_max(
                on_their_way.fetch_add(1, Ordering::SeqCst) + 1,
                Ordering::SeqCst,
            );
            let answer = answer.await;
            on_their_way.fetch_sub(1, Ordering::SeqCst);
            let status = answer.as_ref().map_or(0, |answer| answer.status().as_u16());
            eprintln!("{method}: {status} after {:?}", begun.elapsed());
            answer
        })
    }
}
