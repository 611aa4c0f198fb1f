//! Spans and events of `tracing`, where its feature is on. Otherwise nothing, at no cost.
//!
//! A call is a span of the kind `internal`, and each of its requests one of the kind `client` within it, with the names that
//! OpenTelemetry's conventions for HTTP clients give their attributes
//! (<https://opentelemetry.io/docs/specs/semconv/http/http-spans/>). Of `url.full`, only the last part of the path is left:
//! what stands before may be the secret.
//! The span of a request is not entered, since no driver tells the core when its HTTP client runs: it lasts as long as the
//! request, and its events are the call's.

#[cfg(feature = "tracing")]
mod on {
    use std::borrow::Cow;
    use std::time::Duration;

    use http::{StatusCode, Uri};
    use tracing::{Level, Span, debug, field, info, info_span, trace, warn};

    use crate::answer_headers::AnswerHeaders;
    use crate::progress::{Progress, ProgressEvent};
    use crate::{Address, Error, ErrorKind, Session};

    /// Waiting for less is nothing that a person would ask about.
    const LONG: Duration = Duration::from_secs(1);

    /// The spans of a call.
    #[derive(Debug)]
    pub(crate) struct Trace {
        call: Span,
        /// That of the request that is out.
        request: Span,
    }

    impl Trace {
        /// Begins a span within the current one.
        pub(crate) fn of(method: &str, session: &Session) -> Self {
            Self::to(method, || Some(session.address()))
        }

        /// Begins the span of a refresh, which goes to the token server.
        pub(crate) fn of_refresh(name: &str) -> Self {
            Self::to(name, || None)
        }

        /// The address is asked for only if anybody listens.
        fn to(method: &str, address: impl Fn() -> Option<Address>) -> Self {
            let call = info_span!(
                "bitrix24",
                method,
                otel.kind = "internal",
                otel.name = method,
                server.address = address().map(|address| address.host().to_owned()),
                server.port = address().map(|address| i64::from(address.port())),
                attempts = field::Empty,
                status = field::Empty,
                operating = field::Empty,
                duration = field::Empty,
                http.response.status_code = field::Empty,
                "error.type" = field::Empty,
                otel.status_code = field::Empty,
            );
            let request = Span::none();
            Self { call, request }
        }

        /// Writes down the parameters, if anybody listens.
        pub(crate) fn parameters(&self, text: impl FnOnce() -> String) {
            if tracing::enabled!(Level::TRACE) {
                self.call.in_scope(|| trace!(parameters = text()));
            }
        }

        /// Begins the span of a request. The address has a secret in it, and only what has none of it is told.
        pub(crate) fn sending(&mut self, attempt: u32, to: &Uri) {
            let port = || match to.scheme_str() {
                Some("http") => 80,
                _ => 443,
            };
            self.request = info_span!(
                parent: &self.call,
                "request",
                otel.kind = "client",
                otel.name = "POST",
                http.request.method = "POST",
                server.address = to.host(),
                server.port = i64::from(to.port_u16().unwrap_or_else(port)),
                url.full = without_secret(to),
                url.scheme = to.scheme_str(),
                http.request.resend_count = (attempt > 1).then(|| i64::from(attempt - 1)),
                http.response.status_code = field::Empty,
                "error.type" = field::Empty,
                otel.status_code = field::Empty,
                request_id = field::Empty,
            );
        }

        /// The request was answered.
        pub(crate) fn answered(&self, headers: &AnswerHeaders) {
            if !self.request.is_none() {
                put(&self.request, "request_id", headers.request_id());
            }
        }

        /// The call ends, after so long.
        pub(crate) fn took(&self, time: Duration) {
            self.call.record("duration", time.as_secs_f64());
        }

        pub(crate) fn record(&mut self, progress: &Progress<'_>) {
            let Progress { attempt, event, .. } = progress;
            let mut end = || std::mem::replace(&mut self.request, Span::none());
            match event {
                ProgressEvent::Failed(error) | ProgressEvent::GaveUp(error) => fail(&end(), error),
                ProgressEvent::Succeeded { status, .. } => answer(&end(), Some(*status)),
                _ => {}
            }
            let call = &self.call;
            call.in_scope(|| match event {
                ProgressEvent::Sending => trace!(attempt, "sending"),
                ProgressEvent::Waiting(reason, time) if *time >= LONG => {
                    info!(attempt, reason = %reason, ?time, "waiting");
                }
                ProgressEvent::Waiting(reason, time) => {
                    debug!(attempt, reason = %reason, ?time, "waiting");
                }
                ProgressEvent::Waited(time) => trace!(attempt, ?time, "going on"),
                ProgressEvent::Failed(error) => info!(attempt, %error, "failed, and goes on"),
                ProgressEvent::Moved(to) => warn!(%to, "the portal has moved"),
                ProgressEvent::Refreshed => debug!("new tokens"),
                ProgressEvent::Succeeded { status, operating } => {
                    call.record("attempts", i64::from(*attempt));
                    call.record("status", number(*status));
                    answer(call, Some(*status));
                    put(call, "operating", *operating);
                }
                ProgressEvent::GaveUp(error) => {
                    call.record("attempts", i64::from(*attempt));
                    put(call, "status", error.status().map(number));
                    fail(call, error);
                    warn!(%error, "failed");
                }
            });
        }
    }

    /// Records what there is.
    fn put(span: &Span, field: &str, value: Option<impl field::Value>) {
        if let Some(value) = value {
            span.record(field, value);
        }
    }

    /// A status as the only kind of number that exporters of OpenTelemetry take for one.
    fn number(status: StatusCode) -> i64 {
        status.as_u16().into()
    }

    fn answer(span: &Span, status: Option<StatusCode>) {
        let status = status.map(number);
        put(span, "http.response.status_code", status);
    }

    fn fail(span: &Span, error: &Error) {
        if span.is_disabled() {
            return;
        }
        answer(span, error.status());
        span.record("error.type", &*error_type(error));
        span.record("otel.status_code", "ERROR");
    }

    /// The class of an error, of which there are few: a status, where it says that anything is wrong, or the error's kind.
    fn error_type(error: &Error) -> Cow<'static, str> {
        match (error.status(), error.kind()) {
            (Some(status), _) if !status.is_success() => status.as_str().to_owned().into(),
            // Whoever looks at it does not ask whose time it was.
            (_, ErrorKind::Deadline) => ErrorKind::Timeout.as_str().into(),
            (_, kind) => kind.as_str().into(),
        }
    }

    /// An address with nothing but the last part of its path, which is a method's name.
    fn without_secret(to: &Uri) -> String {
        let scheme = to.scheme_str().unwrap_or_default();
        let host = to.host().unwrap_or_default();
        let port = to.port().map(|port| format!(":{port}")).unwrap_or_default();
        let (_, last) = to.path().rsplit_once('/').unwrap_or_default();
        format!("{scheme}://{host}{port}/REDACTED/{last}")
    }

    /// A walk is complete, though the server had counted another number of rows.
    pub(crate) fn miscounted(method: &str, total: u64, came: u64) {
        debug!(
            method,
            total, came, "the server's total is not the number of its rows"
        );
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn an_address_is_told_without_what_may_be_a_secret() {
            let told = |address: &'static str| without_secret(&Uri::from_static(address));
            assert_eq!(
                told(
                    "https://portal.example.com:8443/on/premises/rest/1/s3cr3t/user.get.json?auth=t0ken"
                ),
                "https://portal.example.com:8443/REDACTED/user.get.json"
            );
            assert_eq!(
                told("https://oauth.bitrix.info/oauth/token/"),
                "https://oauth.bitrix.info/REDACTED/"
            );
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use std::time::Duration;

    use http::Uri;

    use crate::Session;
    use crate::answer_headers::AnswerHeaders;
    use crate::progress::Progress;

    /// No span.
    #[derive(Debug)]
    pub(crate) struct Trace;

    #[allow(
        clippy::unused_self,
        clippy::needless_pass_by_ref_mut,
        reason = "the same form as with the feature"
    )]
    impl Trace {
        pub(crate) fn of(_: &str, _: &Session) -> Self {
            Self
        }

        pub(crate) fn of_refresh(_: &str) -> Self {
            Self
        }

        pub(crate) fn parameters(&self, _: impl FnOnce() -> String) {}

        pub(crate) fn sending(&mut self, _: u32, _: &Uri) {}

        pub(crate) fn answered(&self, _: &AnswerHeaders) {}

        pub(crate) fn took(&self, _: Duration) {}

        pub(crate) fn record(&mut self, _: &Progress<'_>) {}
    }

    pub(crate) fn miscounted(_: &str, _: u64, _: u64) {}
}

#[cfg(not(feature = "tracing"))]
pub(crate) use off::{Trace, miscounted};
#[cfg(feature = "tracing")]
pub(crate) use on::{Trace, miscounted};
