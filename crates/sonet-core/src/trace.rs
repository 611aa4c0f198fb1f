//! Spans and events of `tracing`, where its feature is on. Otherwise nothing, at no cost.

#[cfg(feature = "tracing")]
mod on {
    use tracing::{Level, Span, debug, debug_span, field, trace, warn};

    use crate::progress::{Progress, ProgressEvent};

    /// The span of a call.
    #[derive(Debug)]
    pub(crate) struct Trace(Span);

    impl Trace {
        /// Begins a span within the current one.
        pub(crate) fn of(method: &str) -> Self {
            Self(debug_span!(
                "bitrix24",
                method,
                attempts = field::Empty,
                status = field::Empty,
                operating = field::Empty,
            ))
        }

        /// Writes down the parameters, if anybody listens.
        pub(crate) fn parameters(&self, text: impl FnOnce() -> String) {
            if tracing::enabled!(Level::DEBUG) {
                self.0.in_scope(|| debug!(parameters = text()));
            }
        }

        pub(crate) fn record(&self, progress: &Progress<'_>) {
            let Progress { attempt, event, .. } = progress;
            self.0.in_scope(|| match event {
                ProgressEvent::Sending => trace!(attempt, "sending"),
                ProgressEvent::Waiting(reason, time) => {
                    debug!(attempt, reason = %reason, ?time, "waiting");
                }
                ProgressEvent::Waited(time) => trace!(attempt, ?time, "going on"),
                ProgressEvent::Failed(error) => debug!(attempt, %error, "failed, and goes on"),
                ProgressEvent::Moved(to) => warn!(%to, "the portal has moved"),
                ProgressEvent::Refreshed => debug!("new tokens"),
                ProgressEvent::Succeeded { status, operating } => {
                    self.0.record("attempts", attempt);
                    self.0.record("status", status.as_u16());
                    if let Some(operating) = operating {
                        self.0.record("operating", operating);
                    }
                }
                ProgressEvent::GaveUp(error) => {
                    self.0.record("attempts", attempt);
                    if let Some(status) = error.status() {
                        self.0.record("status", status.as_u16());
                    }
                    debug!(%error, "failed");
                }
            });
        }
    }

    /// A walk is complete, though the server had counted another number of rows.
    pub(crate) fn miscounted(method: &str, total: u64, came: u64) {
        debug!(
            method,
            total, came, "the server's total is not the number of its rows"
        );
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use crate::progress::Progress;

    /// No span.
    #[derive(Debug)]
    pub(crate) struct Trace;

    #[allow(clippy::unused_self, reason = "the same form as with the feature")]
    impl Trace {
        pub(crate) fn of(_: &str) -> Self {
            Self
        }

        pub(crate) fn parameters(&self, _: impl FnOnce() -> String) {}

        pub(crate) fn record(&self, _: &Progress<'_>) {}
    }

    pub(crate) fn miscounted(_: &str, _: u64, _: u64) {}
}

#[cfg(not(feature = "tracing"))]
pub(crate) use off::{Trace, miscounted};
#[cfg(feature = "tracing")]
pub(crate) use on::{Trace, miscounted};
