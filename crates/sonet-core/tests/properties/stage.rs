//! Many calls at once in virtual time.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};
use std::task::{Wake, Waker};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};
use sonet_core::{Cause, Error, Exchange, Failure, Machine, Outgoing, Refresh, Session, Step};

use super::call::Write;

/// The server that is called.
pub(super) trait Server {
    /// How a request of an actor fares on its way.
    fn trip(&mut self, actor: usize, request: &Request<Bytes>) -> Trip;

    /// Answers a request that has arrived.
    fn arrive(&mut self, now: Instant, request: Request<Bytes>) -> Response<Bytes>;
}

/// How a request fares.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trip {
    /// From leaving to arriving.
    pub(super) there: Duration,
    /// From arriving to the answer; `None` if it is lost.
    pub(super) back: Option<Duration>,
    /// How long the client waits for the answer.
    pub(super) patience: Duration,
}

/// What is driven. One that is dropped, or has ended, is gone.
enum Actor {
    Call(Box<Exchange<Write>>),
    Refresh(Box<Refresh>),
    Gone,
}

enum Event {
    Poll(usize),
    Arrive(usize, u64, Trip, Request<Bytes>),
    Back(usize, u64, Result<Response<Bytes>, Failure>),
    Drop(usize),
}

/// The time, what happens next, and what has happened.
pub(super) struct Stage<S> {
    pub(super) now: Instant,
    pub(super) server: S,
    actors: Vec<Actor>,
    /// The request of each actor that is out.
    out: Vec<Option<u64>>,
    events: BTreeMap<(Instant, u64), Event>,
    woken: Arc<Mutex<Vec<usize>>>,
    order: Order,
    requests: u64,
    /// Who asked for a turn, in this order.
    pub(super) asked: Vec<usize>,
    /// Who sent, and when.
    pub(super) sent: Vec<(usize, Instant)>,
    pub(super) ended: BTreeMap<usize, Result<u64, Error>>,
    /// When the last call ended.
    pub(super) last_end: Instant,
    /// How many refreshes have a request out, now and at most.
    refreshing: usize,
    pub(super) refreshing_at_most: usize,
}

/// In which order things happen that happen at the same time.
pub(super) enum Order {
    AsTheyCame(u64),
    Random(u64),
}

impl Order {
    fn next(&mut self) -> u64 {
        match self {
            Self::AsTheyCame(n) => {
                *n += 1;
                *n
            }
            Self::Random(state) => {
                // Good enough to shuffle: Knuth's MMIX generator.
                *state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                *state >> 16
            }
        }
    }
}

impl<S: Server> Stage<S> {
    pub(super) fn new(start: Instant, server: S, order: Order) -> Self {
        Self {
            now: start,
            server,
            actors: Vec::new(),
            out: Vec::new(),
            events: BTreeMap::new(),
            woken: Arc::default(),
            order,
            requests: 0,
            asked: Vec::new(),
            sent: Vec::new(),
            ended: BTreeMap::new(),
            last_end: start,
            refreshing: 0,
            refreshing_at_most: 0,
        }
    }

    /// Begins a call after so long, and drops it after so much longer.
    pub(super) fn call(&mut self, session: &Session, begin: Duration, dropped: Option<Duration>) {
        let exchange = Exchange::new(session, &Write {});
        let id = self.add(Actor::Call(Box::new(exchange)));
        let begin = self.now + begin;
        self.at(begin, Event::Poll(id));
        if let Some(after) = dropped {
            self.at(begin + after, Event::Drop(id));
        }
    }

    fn add(&mut self, actor: Actor) -> usize {
        self.actors.push(actor);
        self.out.push(None);
        self.actors.len() - 1
    }

    fn at(&mut self, time: Instant, event: Event) {
        let mut key = (time, self.order.next());
        while self.events.contains_key(&key) {
            key = (time, self.order.next());
        }
        self.events.insert(key, event);
    }

    /// Lets everything happen.
    pub(super) fn run(&mut self) {
        for _ in 0..1_000_000 {
            let woken = std::mem::take(&mut *self.woken.lock().unwrap());
            for id in woken {
                self.at(self.now, Event::Poll(id));
            }
            let Some(((time, _), event)) = self.events.pop_first() else {
                return;
            };
            self.now = self.now.max(time);
            self.happen(event);
        }
        panic!("it does not end");
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Poll(id) if self.out[id].is_none() => self.poll(id),
            Event::Arrive(id, request, trip, content) => {
                let response = self.server.arrive(self.now, content);
                if let Some(back) = trip.back.filter(|back| trip.there + *back < trip.patience) {
                    self.at(self.now + back, Event::Back(id, request, Ok(response)));
                }
            }
            Event::Back(id, request, outcome) if self.out[id] == Some(request) => {
                self.back(id);
                let now = self.now;
                match (&mut self.actors[id], outcome) {
                    (Actor::Call(call), Ok(response)) => call.on_response(now, response),
                    (Actor::Call(call), Err(failure)) => call.on_failure(now, failure),
                    (Actor::Refresh(refresh), Ok(response)) => refresh.on_response(now, response),
                    (Actor::Refresh(refresh), Err(failure)) => refresh.on_failure(now, failure),
                    (Actor::Gone, _) => {}
                }
                self.at(now, Event::Poll(id));
            }
            // The request is out still, or nobody waits for it any more.
            Event::Poll(_) | Event::Back(..) => {}
            Event::Drop(id) => {
                self.back(id);
                self.actors[id] = Actor::Gone;
            }
        }
    }

    fn back(&mut self, id: usize) {
        let was_out = self.out[id].take().is_some();
        if was_out && matches!(self.actors[id], Actor::Refresh(_)) {
            self.refreshing -= 1;
        }
    }

    fn poll(&mut self, id: usize) {
        match std::mem::replace(&mut self.actors[id], Actor::Gone) {
            Actor::Call(mut call) => {
                if !self.asked.contains(&id) {
                    self.asked.push(id);
                }
                match self.drive(id, &mut *call) {
                    Some(outcome) => {
                        let outcome = outcome.map(|reply| reply.result);
                        self.ended.insert(id, outcome);
                        self.last_end = self.now;
                    }
                    None => self.actors[id] = Actor::Call(call),
                }
            }
            Actor::Refresh(mut refresh) => {
                if self.drive(id, &mut *refresh).is_none() {
                    self.actors[id] = Actor::Refresh(refresh);
                }
                if self.out[id].is_some() {
                    self.refreshing += 1;
                    self.refreshing_at_most = self.refreshing_at_most.max(self.refreshing);
                }
            }
            Actor::Gone => {}
        }
    }

    /// What a driver does.
    fn drive<M: Machine>(&mut self, id: usize, machine: &mut M) -> Option<M::Output> {
        let waker = Waker::from(Arc::new(Bell(id, Arc::clone(&self.woken))));
        loop {
            match machine.poll(self.now, &waker) {
                Step::Send(outgoing) => {
                    self.send(id, outgoing);
                    return None;
                }
                Step::Wait(until) => {
                    self.at(until, Event::Poll(id));
                    return None;
                }
                Step::Refresh(refresh) => {
                    let id = self.add(Actor::Refresh(Box::new(refresh)));
                    self.at(self.now, Event::Poll(id));
                }
                Step::Store(_) => panic!("there is no store"),
                Step::Done(outcome) => return Some(outcome),
            }
        }
    }

    fn send(&mut self, id: usize, outgoing: Outgoing) {
        self.requests += 1;
        self.out[id] = Some(self.requests);
        self.sent.push((id, self.now));
        let trip = self.server.trip(id, &outgoing.request);
        let patience = trip.patience.min(outgoing.response_timeout);
        let trip = Trip { patience, ..trip };
        let arrival = Event::Arrive(id, self.requests, trip, outgoing.request);
        self.at(self.now + trip.there, arrival);
        let late = Failure::MaybeSent(Cause::timeout(&io::Error::other("no answer in time")));
        let timeout = Event::Back(id, self.requests, Err(late));
        self.at(self.now + trip.patience, timeout);
    }

    /// Who has neither ended nor been dropped.
    pub(super) fn alive(&self) -> usize {
        let gone = |actor: &&Actor| !matches!(actor, Actor::Gone);
        self.actors.iter().filter(gone).count()
    }
}

/// Wakes an actor.
struct Bell(usize, Arc<Mutex<Vec<usize>>>);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.1.lock().unwrap().push(self.0);
    }
}
