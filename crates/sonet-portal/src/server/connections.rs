//! The open connections, and which of them has to go when there are too many.

use std::collections::HashMap;
use std::net::{Shutdown, TcpStream};
use std::sync::{Mutex, MutexGuard, PoisonError, Weak};

/// How many descriptors are left to others when the system runs out of them: for the file that data
/// is kept in, and for events.
const RESERVE: usize = 16;

/// So many connections are open in any case.
const LEAST: usize = 8;

/// How far a connection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// Nothing of a request is there.
    Waiting,
    /// A request is coming in.
    Arriving,
    /// A request is being answered.
    Answering,
}

/// All open connections.
#[derive(Debug)]
pub(super) struct Connections(Mutex<Inner>);

#[derive(Debug)]
struct Inner {
    limit: usize,
    open: HashMap<u64, Connection>,
    /// Counts the changes, to know what is older.
    turn: u64,
}

#[derive(Debug)]
struct Connection {
    socket: Weak<TcpStream>,
    phase: Phase,
    since: u64,
}

impl Connections {
    pub(super) fn new(limit: usize) -> Self {
        Self(Mutex::new(Inner {
            limit,
            open: HashMap::new(),
            turn: 0,
        }))
    }

    /// Lets a connection in. Where there are too many, the oldest one leaves that nothing is lost
    /// with; `false` if all the others are being answered.
    pub(super) fn join(&self, number: u64, socket: Weak<TcpStream>) -> bool {
        let mut inner = self.inner();
        if inner.open.len() >= inner.limit && !inner.evict() {
            return false;
        }
        inner.turn += 1;
        let connection = Connection {
            socket,
            phase: Phase::Waiting,
            since: inner.turn,
        };
        inner.open.insert(number, connection);
        true
    }

    /// Notes how far a connection is; `false` if it had to go, and then nothing may be answered.
    pub(super) fn enter(&self, number: u64, phase: Phase) -> bool {
        let mut inner = self.inner();
        inner.turn += 1;
        let turn = inner.turn;
        inner.open.get_mut(&number).is_some_and(|connection| {
            connection.phase = phase;
            connection.since = turn;
            true
        })
    }

    pub(super) fn leave(&self, number: u64) {
        self.inner().open.remove(&number);
    }

    /// The system has no descriptor for one more connection: from now on there are fewer.
    pub(super) fn shrink(&self) {
        let mut inner = self.inner();
        let fewer = inner.open.len().saturating_sub(RESERVE).max(LEAST);
        inner.limit = inner.limit.min(fewer);
        while inner.open.len() > inner.limit && inner.evict() {}
    }

    pub(super) fn close_all(&self) {
        for (_, connection) in self.inner().open.drain() {
            connection.close();
        }
    }

    /// How many requests are being answered.
    #[cfg(test)]
    pub(super) fn answering(&self) -> usize {
        let inner = self.inner();
        let phases = inner.open.values().map(|connection| connection.phase);
        phases.filter(|phase| *phase == Phase::Answering).count()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// Closes the connection that has waited longest, be it for a request or for the rest of one. A
    /// call that may have been executed keeps its connection.
    fn evict(&mut self) -> bool {
        let idle = self.open.iter();
        let idle = idle.filter(|(_, connection)| connection.phase != Phase::Answering);
        let oldest = idle.min_by_key(|(_, connection)| connection.since);
        let Some(number) = oldest.map(|(number, _)| *number) else {
            return false;
        };
        if let Some(connection) = self.open.remove(&number) {
            connection.close();
        }
        true
    }
}

impl Connection {
    fn close(&self) {
        if let Some(socket) = self.socket.upgrade() {
            let _ = socket.shutdown(Shutdown::Both);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(connections: &Connections) -> Vec<u64> {
        let mut left: Vec<u64> = connections.inner().open.keys().copied().collect();
        left.sort_unstable();
        left
    }

    #[test]
    fn the_oldest_idle_one_goes_first() {
        let connections = Connections::new(3);
        for number in 1..=3 {
            assert!(connections.join(number, Weak::new()));
        }
        assert!(connections.enter(1, Phase::Answering) && connections.enter(2, Phase::Arriving));
        assert!(connections.join(4, Weak::new()));
        assert_eq!(left(&connections), [1, 2, 4], "3 did nothing at all");
        assert!(
            !connections.enter(3, Phase::Arriving),
            "it is too late for 3"
        );
        assert!(connections.enter(4, Phase::Arriving) && connections.join(5, Weak::new()));
        assert_eq!(left(&connections), [1, 4, 5], "2 has waited longer than 4");
        assert!(connections.enter(4, Phase::Answering) && connections.enter(5, Phase::Answering));
        assert!(!connections.join(6, Weak::new()), "all are being answered");
        assert!(connections.enter(1, Phase::Waiting) && connections.join(6, Weak::new()));
        assert_eq!(left(&connections), [4, 5, 6]);
    }

    #[test]
    fn without_descriptors_there_are_fewer() {
        let connections = Connections::new(4_096);
        for number in 0..100 {
            assert!(connections.join(number, Weak::new()));
        }
        connections.shrink();
        assert_eq!(left(&connections).len(), 100 - RESERVE);
        assert!(connections.join(100, Weak::new()));
        assert_eq!(left(&connections).len(), 100 - RESERVE, "and stay so");
        for _ in 0..100 {
            connections.shrink();
        }
        assert_eq!(left(&connections).len(), LEAST);
    }
}
