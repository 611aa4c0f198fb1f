//! Spares the system calls that tell a socket its timeouts.

use std::time::Duration;

use ureq::Error;
use ureq::unversioned::transport::time::Duration as Bound;
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

/// What gives the transport below it timeouts that change rarely.
///
/// What is left of a call's time shrinks from one read to the next, and ureq tells the socket each time: four system calls
/// per request that do nothing else. Here it is rounded up, by at most a 32nd, so that it is mostly what the socket has
/// already.
#[derive(Debug)]
pub(crate) struct SteadyConnector;

impl<In: Transport> Connector<In> for SteadyConnector {
    type Out = Steady<In>;

    fn connect(
        &self,
        _: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        Ok(chained.map(Steady))
    }
}

#[derive(Debug)]
pub(crate) struct Steady<T>(T);

impl<T: Transport> Transport for Steady<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.0.transmit_output(amount, steady(timeout))
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.0.await_input(steady(timeout))
    }

    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }

    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}

fn steady(mut timeout: NextTimeout) -> NextTimeout {
    if let Bound::Exact(after) = timeout.after {
        timeout.after = Bound::Exact(round_up(after));
    }
    timeout
}

/// The next time that has no more than five binary digits that count. Nothing left stays nothing.
fn round_up(time: Duration) -> Duration {
    let Ok(nanos) = u64::try_from(time.as_nanos()) else {
        return time;
    };
    let step = 1 << nanos.checked_ilog2().unwrap_or_default().saturating_sub(5);
    nanos
        .checked_next_multiple_of(step)
        .map_or(time, Duration::from_nanos)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_grows_by_a_32nd_at_most_and_changes_rarely() {
        let whole = Duration::from_secs(75);
        let mut seen = vec![];
        for micros in 0..100_000 {
            let left = whole.saturating_sub(Duration::from_micros(micros));
            let rounded = round_up(left);
            assert!(left <= rounded && rounded <= left + left / 32);
            seen.push(rounded);
        }
        seen.dedup();
        assert_eq!(seen.len(), 1, "a tenth of a second changes nothing");
        let mut seen: Vec<_> = (1..75_000)
            .map(|millis| round_up(Duration::from_millis(millis)))
            .collect();
        seen.dedup();
        assert!(seen.len() < 32 * 18, "{}", seen.len());
    }

    #[test]
    fn the_ends_stay() {
        assert_eq!(round_up(Duration::ZERO), Duration::ZERO);
        assert_eq!(round_up(Duration::from_nanos(1)), Duration::from_nanos(1));
        assert_eq!(round_up(Duration::MAX), Duration::MAX);
        let longest = Duration::from_nanos(u64::MAX);
        assert_eq!(round_up(longest), longest);
    }
}
