//! Transports of a user's own: what they are told, and what their answers and errors lead to. No socket is opened here.

use std::io;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use sonet_core::{
    App, Config, Error, Executed, NoRetry, NotSent, Rate, RequestInfo, Tokens, TransportError,
};
use sonet_types::sonet_group::{Create, Get};

use super::caller::{Async, Blocking, Caller};
use super::retries::Quick;
use super::secrets::told;

/// Stands in the address of the webhook.
const SECRET: &str = "c4n4ryc4n4ry";

type Answer = Result<Response<Bytes>, TransportError>;

/// A transport that answers as a function of the number of the request and of the request, and keeps what it was asked.
#[derive(Default, Clone)]
struct Asked(Arc<Mutex<Vec<(RequestInfo, String)>>>);

impl Asked {
    fn client<C: Caller>(
        &self,
        config: Config,
        answer: impl Fn(usize, &Request<Bytes>) -> Answer + Send + Sync + 'static,
    ) -> C {
        let asked = Arc::clone(&self.0);
        let transport = move |request: Request<Bytes>| {
            let info = request.extensions().get::<RequestInfo>().unwrap().clone();
            let number = {
                let mut asked = asked.lock().unwrap();
                asked.push((info, request.uri().to_string()));
                asked.len()
            };
            answer(number, &request)
        };
        C::with_transport(config, transport).unwrap()
    }

    fn count(&self) -> usize {
        self.0.lock().unwrap().len()
    }

    fn methods(&self) -> Vec<String> {
        let asked = self.0.lock().unwrap();
        let method =
            |(info, _): &(RequestInfo, String)| info.method().unwrap_or("token").to_owned();
        asked.iter().map(method).collect()
    }
}

fn config() -> Config {
    let config = Config::webhook(&format!("https://portal.invalid/rest/1/{SECRET}/")).unwrap();
    config.rate(Rate::UNLIMITED).retry(Quick)
}

#[allow(clippy::unnecessary_wraps, reason = "it is what a transport gives")]
fn ok(body: impl Into<Bytes>) -> Answer {
    Ok(Response::new(body.into()))
}

fn created() -> Answer {
    ok(r#"{"result":77}"#)
}

fn refused() -> TransportError {
    NotSent::new(io::Error::from(io::ErrorKind::ConnectionRefused)).into()
}

fn write<C: Caller>(client: &C) -> Result<i64, Error> {
    client
        .call(&Create::new("Rust"))
        .map(sonet_types::GroupId::get)
}

fn what_certainly_did_not_leave_is_sent_again<C: Caller>() {
    let asked = Asked::default();
    let client: C = asked.client(config(), |number, _| match number {
        1 | 2 => Err(refused()),
        _ => created(),
    });
    assert_eq!((write(&client).unwrap(), asked.count()), (77, 3));

    let asked = Asked::default();
    let client: C = asked.client(config(), |_, _| Err(refused()));
    let error = write(&client).unwrap_err();
    assert_eq!((error.executed(), error.attempts()), (Executed::No, 3));
    assert!(error.is_connect() && !error.is_timeout(), "{error:?}");
}

fn a_write_that_may_have_left_is_not_sent_again<C: Caller>() {
    let asked = Asked::default();
    let refused = || io::Error::from(io::ErrorKind::ConnectionRefused);
    let client: C = asked.client(config(), move |_, _| Err(refused().into()));
    let error = write(&client).unwrap_err();
    assert_eq!((error.executed(), asked.count()), (Executed::Unknown, 1));
    assert!(!error.is_connect(), "{error:?}");

    // A read does no harm.
    client.call(&Get::new()).unwrap_err();
    assert_eq!(asked.count(), 4);
}

fn time_that_runs_out_in_a_transport_is_a_timeout<C: Caller>() {
    let asked = Asked::default();
    let client: C = asked.client(config(), |_, _| {
        Err(io::Error::from(io::ErrorKind::TimedOut).into())
    });
    let error = write(&client).unwrap_err();
    assert!(error.is_timeout() && !error.is_connect(), "{error:?}");
    assert_eq!((error.executed(), asked.count()), (Executed::Unknown, 1));
}

fn an_answer_that_is_too_large_is_refused<C: Caller>() {
    let asked = Asked::default();
    let body = r#"{"result":77}"#;
    let limit = body.len() as u64 - 1;
    let client: C = asked.client(config().body_limit(limit), move |_, _| ok(body));
    let error = write(&client).unwrap_err();
    assert!(error.is_body_limit(), "{error:?}");
    assert_eq!((error.executed(), asked.count()), (Executed::Unknown, 1));
    let client: C = asked.client(config().body_limit(limit + 1), move |_, _| ok(body));
    assert_eq!(write(&client).unwrap(), 77);
}

fn a_transport_is_told_what_a_request_is_about<C: Caller>() {
    let asked = Asked::default();
    let bounded = config()
        .response_timeout(Duration::from_secs(9))
        .body_limit(1_000_000);
    let client: C = asked.client(bounded, |_, request| {
        assert_eq!(request.method(), http::Method::POST);
        assert_eq!(request.headers()["content-type"], "application/json");
        assert_eq!(request.headers()["accept-encoding"], "gzip");
        assert_eq!(request.body(), r#"{"NAME":"Rust"}"#);
        assert_eq!(
            request.uri().to_string(),
            format!("https://portal.invalid/rest/1/{SECRET}/sonet_group.create.json")
        );
        created()
    });
    write(&client).unwrap();
    let short = Duration::from_secs(3);
    write(&client.with_timeout(short)).unwrap();
    let asked = asked.0.lock().unwrap();
    let (first, second) = (&asked[0].0, &asked[1].0);
    assert_eq!(first.method(), Some("sonet_group.create"));
    assert_eq!(first.response_timeout(), Duration::from_secs(9));
    assert_eq!(first.body_limit(), 1_000_000);
    assert!(second.response_timeout() <= short && !second.response_timeout().is_zero());
    assert!(!format!("{first:?}").contains(SECRET));
}

fn answers_are_read_as_any_others<C: Caller>() {
    let asked = Asked::default();
    let client: C = asked.client(config(), |number, _| {
        let mut response = Response::new(Bytes::from_static(b"{}"));
        match number {
            1 => *response.status_mut() = StatusCode::BAD_GATEWAY,
            2 => {
                *response.status_mut() = StatusCode::BAD_REQUEST;
                let body = r#"{"error":"ERROR_CORE","error_description":"nothing"}"#;
                *response.body_mut() = Bytes::from_static(body.as_bytes());
            }
            3 => {
                // "{\"result\":78}" as gzip, stored.
                let plain = br#"{"result":78}"#;
                let mut gzip = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1, 13, 0, 242, 255];
                gzip.extend_from_slice(plain);
                gzip.extend_from_slice(&CRC.to_le_bytes());
                gzip.extend_from_slice(&13_u32.to_le_bytes());
                *response.body_mut() = gzip.into();
                let coding = http::HeaderValue::from_static("gzip");
                response.headers_mut().insert("content-encoding", coding);
            }
            _ => {
                *response.status_mut() = StatusCode::FOUND;
                let there = format!("https://evil.invalid/rest/1/{SECRET}/sonet_group.create.json");
                response
                    .headers_mut()
                    .insert("location", there.parse().unwrap());
            }
        }
        Ok(response)
    });
    assert_eq!(write(&client).unwrap_err().executed(), Executed::Unknown);
    let error = write(&client).unwrap_err();
    assert_eq!(error.api().unwrap().code(), "ERROR_CORE");
    assert_eq!(write(&client).unwrap(), 78);
    // The client follows by itself, and not there.
    write(&client).unwrap_err();
    assert_eq!(asked.count(), 4);
    let asked = asked.0.lock().unwrap();
    assert!(
        asked
            .iter()
            .all(|(_, address)| address.starts_with("https://portal.invalid/"))
    );
}

/// The checksum of `{"result":78}`, bit by bit.
const CRC: u32 = {
    let (text, mut crc, mut index) = (br#"{"result":78}"#, u32::MAX, 0);
    while index < text.len() {
        crc ^= text[index] as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 {
                (crc >> 1) ^ 0xedb8_8320
            } else {
                crc >> 1
            };
            bit += 1;
        }
        index += 1;
    }
    !crc
};

fn an_error_may_quote_the_address<C: Caller>() {
    let asked = Asked::default();
    let client: C = asked.client(config(), |_, request| {
        Err(format!("could not reach {}", request.uri()).into())
    });
    let error = write(&client).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("could not reach https://portal.invalid/rest/1/***/")
    );
    assert!(!told(&error).contains(SECRET), "{error:?}");
}

fn a_transport_that_panics_ends_its_own_call_only<C: Caller>() {
    let asked = Asked::default();
    let client: C = asked.client(config().rate(Rate::STANDARD), |number, _| {
        assert!(number != 1, "on purpose");
        created()
    });
    let call = std::panic::AssertUnwindSafe(|| write(&client));
    assert!(std::panic::catch_unwind(call).is_err());
    let metrics = client.metrics();
    assert_eq!((metrics.in_flight, metrics.waiting), (0, 0));
    assert_eq!(write(&client).unwrap(), 77);
    assert_eq!(client.metrics().in_flight, 0);
}

/// An application whose tokens have expired.
fn application() -> Config {
    let tokens = Tokens::new("portal.invalid", "old access", "old refresh").unwrap();
    let config = Config::app(App::new("local.1", "secret key"), tokens).unwrap();
    config.rate(Rate::UNLIMITED).retry(NoRetry)
}

/// What a portal and its token server answer, which knows the new token only.
fn refreshing(request: &Request<Bytes>) -> Answer {
    let info = request.extensions().get::<RequestInfo>().unwrap();
    if info.method().is_none() {
        return ok(
            r#"{"access_token":"new access","refresh_token":"new refresh","expires_in":3600,
                "domain":"portal.invalid","client_endpoint":"https://portal.invalid/rest/","member_id":"m"}"#,
        );
    }
    if request.body().starts_with(br#"{"auth":"new access""#) {
        return created();
    }
    let mut response = Response::new(Bytes::from_static(br#"{"error":"expired_token"}"#));
    *response.status_mut() = StatusCode::UNAUTHORIZED;
    Ok(response)
}

fn tokens_are_refreshed_over_the_transport<C: Caller>() {
    let asked = Asked::default();
    let client: C = asked.client(application(), |_, request| refreshing(request));
    assert_eq!(write(&client).unwrap(), 77);
    client.close().unwrap();
    let expected = ["sonet_group.create", "token", "sonet_group.create"];
    assert_eq!(asked.methods(), expected);
}

fn a_transport_that_panics_in_a_refresh_leaves_the_tokens_to_the_next<C: Caller>() {
    let asked = Asked::default();
    let client: C = asked.client(application(), |number, request| {
        assert!(number != 2, "on purpose");
        refreshing(request)
    });
    // The call that waited may begin the next one itself.
    let first = write(&client);
    assert!(first.as_ref().is_ok_and(|group| *group == 77), "{first:?}");
    assert_eq!(
        asked
            .methods()
            .iter()
            .filter(|name| *name == "token")
            .count(),
        2
    );
    assert_eq!(write(&client).unwrap(), 77);
}

macro_rules! both {
    ($($scenario:ident,)+) => {
        mod of_the_async_client {
            $(#[test]
            fn $scenario() {
                super::$scenario::<super::Async>();
            })+
        }

        mod of_the_blocking_client {
            $(#[test]
            fn $scenario() {
                super::$scenario::<super::Blocking>();
            })+
        }
    };
}

both! {
    what_certainly_did_not_leave_is_sent_again,
    a_write_that_may_have_left_is_not_sent_again,
    time_that_runs_out_in_a_transport_is_a_timeout,
    an_answer_that_is_too_large_is_refused,
    a_transport_is_told_what_a_request_is_about,
    answers_are_read_as_any_others,
    an_error_may_quote_the_address,
    a_transport_that_panics_ends_its_own_call_only,
    tokens_are_refreshed_over_the_transport,
    a_transport_that_panics_in_a_refresh_leaves_the_tokens_to_the_next,
}

/// Much less than what is waited for, and enough for a busy machine.
const BOUND: Duration = Duration::from_millis(300);

const SOON: Duration = Duration::from_secs(10);

#[test]
fn a_transport_that_never_answers_is_given_up_by_the_async_client() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.unwrap();
    let dropped = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&dropped);
    let never = move |_: Request<Bytes>| {
        let guard = Guard(Arc::clone(&count));
        async move {
            std::future::pending::<()>().await;
            drop(guard);
            created()
        }
    };
    let config = config().response_timeout(BOUND).retry(NoRetry);
    let client = sonet_async::Client::with_transport(config, never).unwrap();
    let start = Instant::now();
    let error = runtime
        .block_on(client.call(&Create::new("Rust")))
        .unwrap_err();
    assert!(error.is_timeout() && !error.is_deadline(), "{error:?}");
    assert_eq!(error.executed(), Executed::Unknown);
    assert!(error.to_string().contains("300ms"), "{error}");

    let client = client.with_timeout(BOUND / 2);
    let error = runtime
        .block_on(client.call(&Create::new("Rust")))
        .unwrap_err();
    assert!(error.is_deadline(), "{error:?}");
    assert_eq!(error.executed(), Executed::Unknown);
    assert!(start.elapsed() < SOON);
    assert_eq!(dropped.load(Ordering::SeqCst), 2, "nothing goes on");
    assert_eq!(client.metrics().in_flight, 0);
}

/// Counts when it is dropped.
struct Guard(Arc<AtomicU32>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn an_answer_that_is_late_counts_for_the_blocking_client() {
    let asked = Asked::default();
    let client: Blocking = asked.client(config().call_timeout(BOUND), |_, _| {
        thread::sleep(BOUND * 2);
        created()
    });
    assert_eq!(write(&client).unwrap(), 77);
    // And one that is not there ends the call, which has no time left.
    let client: Blocking = asked.client(config().call_timeout(BOUND), |_, _| {
        thread::sleep(BOUND * 2);
        Err(refused())
    });
    let error = write(&client).unwrap_err();
    assert!(error.is_deadline(), "{error:?}");
    assert_eq!((error.executed(), error.attempts()), (Executed::No, 1));
}

#[test]
fn one_transport_serves_a_test_and_a_client() {
    struct Counter(AtomicU32);

    impl sonet_blocking::Transport for Counter {
        fn send(&self, _: Request<Bytes>) -> Answer {
            self.0.fetch_add(1, Ordering::SeqCst);
            created()
        }
    }

    impl sonet_async::Transport for Counter {
        async fn send(&self, _: Request<Bytes>) -> Answer {
            self.0.fetch_add(1, Ordering::SeqCst);
            created()
        }
    }

    let counter = Arc::new(Counter(AtomicU32::new(0)));
    let client = sonet_blocking::Client::with_transport(config(), Arc::clone(&counter)).unwrap();
    client.call(&Create::new("Rust")).unwrap();
    let client = sonet_async::Client::with_transport(config(), Arc::clone(&counter)).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime
        .unwrap()
        .block_on(client.call(&Create::new("Rust")))
        .unwrap();
    assert_eq!(counter.0.load(Ordering::SeqCst), 2);
}
