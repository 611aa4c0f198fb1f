//! Looks up the names of hosts, for all clients of a process.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::{Arc, Condvar, LazyLock, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

/// How long the addresses of a name are kept for the next connection. A connection itself needs no look-up.
const KEPT_FOR: Duration = Duration::from_secs(60);

/// How many threads look up names at the same time. The system can't be told to give up a look-up, so a thread may be in
/// one for long after the last call has stopped waiting for it.
const THREADS: usize = 4;

/// The names that the clients of this process call.
static OF_THE_PROCESS: LazyLock<Arc<Names>> = LazyLock::new(|| {
    let system = |name: &str| name.to_socket_addrs().map(Iterator::collect);
    Arc::new(Names::new(Box::new(system), Box::new(Instant::now)))
});

/// Looks up a host and its port, such as `example.bitrix24.com:443`.
pub(crate) type LookUp = dyn Fn(&str) -> io::Result<Vec<SocketAddr>> + Send + Sync;

pub(crate) type Clock = dyn Fn() -> Instant + Send + Sync;

/// What is known of names, and the few threads that find it out.
///
/// Whoever asks for a name that is being looked up waits for that look-up. So a resolver that hangs takes up one thread for
/// each name, and no more than [`THREADS`] in all; what is left waits in a queue until nobody waits for it.
pub(crate) struct Names {
    look_up: Box<LookUp>,
    clock: Box<Clock>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    kept: HashMap<String, Kept>,
    /// What is being looked up, or will be, as long as somebody waits for it.
    underway: HashMap<String, Weak<Question>>,
    queue: VecDeque<(String, Weak<Question>)>,
    threads: usize,
}

struct Kept {
    addresses: Arc<[SocketAddr]>,
    until: Instant,
}

/// The addresses of a name.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) addresses: Arc<[SocketAddr]>,
    /// Whether they are from an earlier look-up, and may be out of date.
    pub(crate) was_kept: bool,
}

/// Why there are no addresses.
#[derive(Debug)]
pub(crate) enum Problem {
    /// Nothing came in the time that there was.
    TimedOut,
    Failed(io::Error),
}

impl Names {
    pub(crate) fn new(look_up: Box<LookUp>, clock: Box<Clock>) -> Self {
        Self {
            look_up,
            clock,
            state: Mutex::default(),
        }
    }

    /// Those of the process.
    pub(crate) fn of_the_process() -> Arc<Self> {
        Arc::clone(&OF_THE_PROCESS)
    }

    /// The addresses of a host and its port, in the order that the system gives them. An address is its own, and needs no
    /// look-up. Without a timeout it waits as long as the system does.
    pub(crate) fn find(
        self: &Arc<Self>,
        name: &str,
        timeout: Option<Duration>,
    ) -> Result<Found, Problem> {
        if let Ok(address) = name.parse::<SocketAddr>() {
            let addresses = Arc::new([address]);
            return Ok(Found {
                addresses,
                was_kept: false,
            });
        }
        let question = match self.kept_or_asked(name) {
            Ok(found) => return Ok(found),
            Err(question) => question,
        };
        let answer = question.wait(timeout);
        drop(question);
        match answer {
            Some(Ok(addresses)) => Ok(Found {
                addresses,
                was_kept: false,
            }),
            Some(Err((kind, text))) => Err(Problem::Failed(io::Error::new(kind, text))),
            None => {
                self.state().forget_the_unwanted();
                Err(Problem::TimedOut)
            }
        }
    }

    /// Gives up what is kept of a name: none of its addresses could be reached.
    pub(crate) fn forget(&self, name: &str) {
        self.state().kept.remove(name);
    }

    /// What is kept of a name, or the question for it, which somebody is answering.
    fn kept_or_asked(self: &Arc<Self>, name: &str) -> Result<Found, Arc<Question>> {
        let now = (self.clock)();
        let mut state = self.state();
        if let Some(kept) = state.kept.get(name).filter(|kept| now < kept.until) {
            return Ok(Found {
                addresses: Arc::clone(&kept.addresses),
                was_kept: true,
            });
        }
        if let Some(question) = state.underway.get(name).and_then(Weak::upgrade) {
            return Err(question);
        }
        let question = Arc::new(Question::default());
        let asked = (name.to_owned(), Arc::downgrade(&question));
        state.underway.insert(asked.0.clone(), asked.1.clone());
        state.queue.push_back(asked);
        if state.threads < THREADS {
            state.threads += 1;
            drop(state);
            self.start_thread();
        }
        Err(question)
    }

    fn start_thread(self: &Arc<Self>) {
        let own = Arc::clone(self);
        let thread = thread::Builder::new().name("sonet-names".to_owned());
        if thread.spawn(move || own.answer_all()).is_err() {
            // Then here, for as long as that takes.
            self.answer_all();
        }
    }

    /// Looks up what is in the queue, until there is nothing left.
    fn answer_all(&self) {
        while let Some((name, question)) = self.next() {
            let answer = (self.look_up)(&name)
                .map(Arc::<[SocketAddr]>::from)
                .map_err(|error| (error.kind(), error.to_string()));
            let now = (self.clock)();
            let mut state = self.state();
            state.underway.remove(&name);
            if let Some(addresses) = answer.as_ref().ok().filter(|found| !found.is_empty()) {
                state.keep(name, addresses, now);
            }
            drop(state);
            question.answer(answer);
        }
    }

    /// The next question that somebody waits for. Without one, this thread is over.
    fn next(&self) -> Option<(String, Arc<Question>)> {
        let mut state = self.state();
        while let Some((name, question)) = state.queue.pop_front() {
            if let Some(question) = question.upgrade() {
                return Some((name, question));
            }
        }
        state.threads -= 1;
        None
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn keep(&mut self, name: String, addresses: &Arc<[SocketAddr]>, now: Instant) {
        self.kept.retain(|_, kept| now < kept.until);
        let kept = Kept {
            addresses: Arc::clone(addresses),
            until: now + KEPT_FOR,
        };
        self.kept.insert(name, kept);
    }

    fn forget_the_unwanted(&mut self) {
        self.underway
            .retain(|_, question| question.strong_count() > 0);
        self.queue
            .retain(|(_, question)| question.strong_count() > 0);
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Names").finish_non_exhaustive()
    }
}

/// What a look-up came to. An error is in parts, since all who wait for it get one.
type Answer = Result<Arc<[SocketAddr]>, (io::ErrorKind, String)>;

/// A look-up, for all who wait for it.
#[derive(Default)]
struct Question {
    answer: Mutex<Option<Answer>>,
    answered: Condvar,
}

impl Question {
    fn answer(&self, answer: Answer) {
        *self.answer.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
        self.answered.notify_all();
    }

    /// Waits for the answer, but no longer than this.
    fn wait(&self, timeout: Option<Duration>) -> Option<Answer> {
        let guard = self.answer.lock().unwrap_or_else(PoisonError::into_inner);
        let open = |answer: &mut Option<Answer>| answer.is_none();
        let guard = if let Some(timeout) = timeout {
            let waited = self.answered.wait_timeout_while(guard, timeout, open);
            waited.unwrap_or_else(PoisonError::into_inner).0
        } else {
            let waited = self.answered.wait_while(guard, open);
            waited.unwrap_or_else(PoisonError::into_inner)
        };
        guard.clone()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
    use std::thread::ThreadId;

    use super::*;

    const SHORT: Option<Duration> = Some(Duration::from_millis(20));
    const LONG: Option<Duration> = Some(Duration::from_secs(60));

    /// A resolver that counts, and hangs for as long as it is told to.
    #[derive(Default)]
    struct Fake {
        look_ups: AtomicUsize,
        threads: Mutex<HashSet<ThreadId>>,
        hangs: Mutex<bool>,
        goes_on: Condvar,
        seconds: AtomicU64,
    }

    impl Fake {
        fn names(self: &Arc<Self>) -> Arc<Names> {
            let (resolver, clock, begun) = (Arc::clone(self), Arc::clone(self), Instant::now());
            Arc::new(Names::new(
                Box::new(move |name| resolver.look_up(name)),
                Box::new(move || {
                    begun + Duration::from_secs(clock.seconds.load(Ordering::Relaxed))
                }),
            ))
        }

        fn look_up(&self, name: &str) -> io::Result<Vec<SocketAddr>> {
            let last = self.look_ups.fetch_add(1, Ordering::Relaxed);
            self.threads.lock().unwrap().insert(thread::current().id());
            let hangs = self.hangs.lock().unwrap();
            drop(self.goes_on.wait_while(hangs, |hangs| *hangs).unwrap());
            if name.starts_with("unknown") {
                return Err(io::Error::other("there is no such name"));
            }
            let port = u16::try_from(last + 1).unwrap();
            Ok(vec![([127, 0, 0, 1], port).into(), ([0; 16], port).into()])
        }

        fn hang(&self, hangs: bool) {
            *self.hangs.lock().unwrap() = hangs;
            self.goes_on.notify_all();
        }

        fn look_ups(&self) -> usize {
            self.look_ups.load(Ordering::Relaxed)
        }

        fn threads(&self) -> usize {
            self.threads.lock().unwrap().len()
        }

        fn pass(&self, seconds: u64) {
            self.seconds.fetch_add(seconds, Ordering::Relaxed);
        }
    }

    fn until(condition: impl Fn() -> bool) {
        let begun = Instant::now();
        while !condition() {
            assert!(begun.elapsed() < Duration::from_secs(60), "it never came");
            thread::sleep(Duration::from_millis(1));
        }
    }

    #[test]
    fn a_name_is_looked_up_once_a_minute_whoever_asks() {
        let fake = Arc::new(Fake::default());
        let names = fake.names();
        for second in 0..180 {
            for _ in 0..10 {
                let found = names.find("localhost:80", LONG).unwrap();
                assert_eq!(found.addresses.len(), 2);
                assert!(found.addresses[0].is_ipv4(), "in the system's order");
            }
            assert_eq!(fake.look_ups(), 1 + second / 60);
            fake.pass(1);
        }
        assert!(fake.threads() <= 3, "one for each look-up");
        names.find("localhost:81", LONG).unwrap();
        assert_eq!(fake.look_ups(), 4, "the port is a part of it");
    }

    #[test]
    fn an_address_is_not_looked_up() {
        let fake = Arc::new(Fake::default());
        for name in ["127.0.0.1:80", "[::1]:443"] {
            let found = fake.names().find(name, SHORT).unwrap();
            assert_eq!(*found.addresses, [name.parse().unwrap()]);
        }
        assert_eq!(fake.look_ups(), 0);
    }

    #[test]
    fn those_who_ask_for_one_name_at_once_share_a_look_up() {
        let fake = Arc::new(Fake::default());
        fake.hang(true);
        let names = fake.names();
        thread::scope(|scope| {
            let asking: Vec<_> = (0..50)
                .map(|_| scope.spawn(|| names.find("localhost:80", LONG).unwrap().addresses[0]))
                .collect();
            until(|| {
                let state = names.state();
                let question = state.underway.get("localhost:80");
                question.is_some_and(|question| question.strong_count() > 50)
            });
            fake.hang(false);
            for asking in asking {
                assert_eq!(asking.join().unwrap().port(), 1);
            }
        });
        assert_eq!((fake.look_ups(), fake.threads()), (1, 1));
    }

    #[test]
    fn a_resolver_that_hangs_holds_up_nobody_and_piles_up_nothing() {
        let fake = Arc::new(Fake::default());
        fake.hang(true);
        let names = fake.names();
        for round in 0..20 {
            for name in ["one:1", "two:1", "three:1", "four:1", "five:1", "six:1"] {
                let problem = names
                    .find(name, Some(Duration::from_millis(2)))
                    .unwrap_err();
                assert!(matches!(problem, Problem::TimedOut), "{round}: {problem:?}");
            }
        }
        until(|| fake.look_ups() == THREADS);
        assert_eq!(fake.threads(), THREADS);
        let state = names.state();
        assert!(state.queue.is_empty(), "nobody waits for it");
        assert_eq!(state.underway.len(), THREADS);
        drop(state);

        // What comes late is kept.
        fake.hang(false);
        until(|| names.state().threads == 0);
        assert!(names.find("one:1", SHORT).unwrap().was_kept);
        names.find("six:1", LONG).unwrap();
        assert_eq!(fake.look_ups(), THREADS + 1);
    }

    #[test]
    fn an_error_reaches_everyone_and_is_not_kept() {
        let fake = Arc::new(Fake::default());
        let names = fake.names();
        for times in 1..=3 {
            match names.find("unknown:80", LONG).unwrap_err() {
                Problem::Failed(error) => assert_eq!(error.to_string(), "there is no such name"),
                Problem::TimedOut => panic!("it failed"),
            }
            assert_eq!(fake.look_ups(), times);
        }
    }

    #[test]
    fn what_is_forgotten_is_looked_up_anew() {
        let fake = Arc::new(Fake::default());
        let names = fake.names();
        names.find("localhost:80", LONG).unwrap();
        names.forget("localhost:80");
        assert!(!names.find("localhost:80", LONG).unwrap().was_kept);
        assert!(names.find("localhost:80", LONG).unwrap().was_kept);
        assert_eq!(fake.look_ups(), 2);
    }

    #[test]
    fn names_that_are_out_of_date_take_no_room() {
        let fake = Arc::new(Fake::default());
        let names = fake.names();
        for number in 0..100 {
            names.find(&format!("portal{number}:80"), LONG).unwrap();
        }
        fake.pass(61);
        names.find("localhost:80", LONG).unwrap();
        let state = names.state();
        assert_eq!((state.kept.len(), state.underway.len()), (1, 0));
    }
}
