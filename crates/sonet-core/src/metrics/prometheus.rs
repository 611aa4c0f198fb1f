//! The numbers of a client as Prometheus reads them.

use std::fmt;

use super::{Histogram, MethodMetrics, Metrics};

/// The numbers of a client in Prometheus' text format: what [`Metrics::prometheus`] gives, to be printed.
///
/// All names begin with `bitrix24_`. Those in the first table have the label `method`; its value is `(other)` for methods
/// without a name of their own in [`MethodMetrics::method`].
///
/// | metric | type | |
/// |---|---|---|
/// | `calls_succeeded_total`, `calls_failed_total` | counter | [`MethodMetrics::succeeded`], [`MethodMetrics::failed`] |
/// | `requests_total`, `retries_total` | counter | [`MethodMetrics::requests`], [`MethodMetrics::retries`] |
/// | `waited_seconds_total` | counter | [`MethodMetrics::waited`] |
/// | `call_duration_seconds` | histogram | [`MethodMetrics::call_duration`] |
/// | `request_duration_seconds` | histogram | [`MethodMetrics::request_duration`] |
///
/// The others are of the client:
///
/// | metric | type | |
/// |---|---|---|
/// | `refused_total` | counter | [`Metrics::refused`] |
/// | `refreshes_total` | counter | [`Metrics::refreshes`] |
/// | `in_flight` | gauge | [`Metrics::in_flight`] |
/// | `waiting` | gauge | [`Metrics::waiting`] |
#[derive(Debug, Clone, Copy)]
pub struct Prometheus<'m>(pub(super) &'m Metrics);

impl Prometheus<'_> {
    /// The value of `Content-Type` that Prometheus expects.
    pub const CONTENT_TYPE: &'static str = "text/plain; version=0.0.4";
}

impl fmt::Display for Prometheus<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let own = self.0;
        let mut page = Page {
            methods: &own.methods,
            out: f,
        };
        page.counter("calls_succeeded_total", |own| own.succeeded)?;
        page.counter("calls_failed_total", |own| own.failed)?;
        page.counter("requests_total", |own| own.requests)?;
        page.counter("retries_total", |own| own.retries)?;
        page.counter("waited_seconds_total", |own| own.waited.as_secs_f64())?;
        page.histogram("call_duration_seconds", |own| &own.call_duration)?;
        page.histogram("request_duration_seconds", |own| &own.request_duration)?;
        page.total("refused_total", "counter", own.refused)?;
        page.total("refreshes_total", "counter", own.refreshes)?;
        page.total("in_flight", "gauge", own.in_flight)?;
        page.total("waiting", "gauge", own.waiting)
    }
}

/// What is being written. Names of methods have letters, digits, dots, underscores and hyphens only, so nothing needs
/// escapes.
struct Page<'a, 'f> {
    methods: &'a [MethodMetrics],
    out: &'a mut fmt::Formatter<'f>,
}

impl Page<'_, '_> {
    fn begin(&mut self, name: &str, kind: &str) -> fmt::Result {
        writeln!(self.out, "# TYPE bitrix24_{name} {kind}")
    }

    fn total(&mut self, name: &str, kind: &str, value: impl fmt::Display) -> fmt::Result {
        self.begin(name, kind)?;
        writeln!(self.out, "bitrix24_{name} {value}")
    }

    fn counter<T: fmt::Display>(
        &mut self,
        name: &str,
        value: fn(&MethodMetrics) -> T,
    ) -> fmt::Result {
        self.begin(name, "counter")?;
        for own in self.methods {
            let (method, value) = (label(own), value(own));
            writeln!(self.out, "bitrix24_{name}{{method=\"{method}\"}} {value}")?;
        }
        Ok(())
    }

    fn histogram(&mut self, name: &str, value: fn(&MethodMetrics) -> &Histogram) -> fmt::Result {
        self.begin(name, "histogram")?;
        for own in self.methods {
            let (method, histogram) = (label(own), value(own));
            for (bound, count) in histogram.buckets() {
                let bound = Some(bound).filter(|bound| bound.is_finite());
                let bound = bound.map_or_else(|| "+Inf".to_owned(), |bound| bound.to_string());
                writeln!(
                    self.out,
                    "bitrix24_{name}_bucket{{method=\"{method}\",le=\"{bound}\"}} {count}"
                )?;
            }
            let (sum, count) = (histogram.sum().as_secs_f64(), histogram.count());
            writeln!(self.out, "bitrix24_{name}_sum{{method=\"{method}\"}} {sum}")?;
            writeln!(
                self.out,
                "bitrix24_{name}_count{{method=\"{method}\"}} {count}"
            )?;
        }
        Ok(())
    }
}

fn label(own: &MethodMetrics) -> &str {
    // No method has such a name.
    own.method.as_deref().unwrap_or("(other)")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::limits::Load;
    use crate::metrics::Counters;
    use crate::metrics::histogram::Durations;

    #[test]
    fn every_number_is_there() {
        let durations = Durations::default();
        for millis in [7, 70_000] {
            durations.add(Duration::from_millis(millis));
        }
        let method = |method: Option<&str>| MethodMetrics {
            method: method.map(str::to_owned),
            succeeded: 1,
            failed: 2,
            requests: 4,
            retries: 1,
            waited: Duration::from_millis(1_500),
            call_duration: durations.snapshot(),
            request_duration: Durations::default().snapshot(),
        };
        let load = Load {
            level: 1.0,
            in_flight: 7,
            waiting: 8,
        };
        let metrics = Metrics {
            refused: 5,
            refreshes: 6,
            methods: vec![method(Some("user.get")), method(None)],
            ..Counters::default().snapshot(&load)
        };
        insta::assert_snapshot!(metrics.prometheus());
    }
}
