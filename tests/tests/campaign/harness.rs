//! A portal, a file of tokens, and processes that share it and are killed.

use std::collections::BTreeSet;
use std::env;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use sonet_core::{TokenStore as _, Tokens};
use sonet_portal::{App, Fault, Portal, Server};
use tempfile::TempDir;

use super::disk;
use super::process::{ORDERS, Settings, Word};

/// When a process is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KillPoint {
    /// Before the token server has done anything.
    BeforeItIsDone,
    /// While the answer is under way.
    WhileItAnswers,
    /// As soon as the new pair is seen beside the file.
    WhileItIsSaved,
    /// Some time after it has asked.
    AnyTime,
}

impl KillPoint {
    pub(crate) const ALL: &[Self] = &[
        Self::BeforeItIsDone,
        Self::WhileItAnswers,
        Self::WhileItIsSaved,
        Self::WhileItIsSaved,
        Self::AnyTime,
    ];
}

/// What has happened.
#[derive(Debug, Default)]
pub(crate) struct Totals {
    pub(crate) rounds: u64,
    pub(crate) processes: u64,
    /// Processes that were killed after they asked the token server and before the new pair was theirs.
    pub(crate) kills: u64,
    /// Of these, how many left the new pair whole beside the file.
    pub(crate) left_a_whole_pair: u64,
    /// Of these, how many left the beginning of one, or room for one.
    pub(crate) left_something_else: u64,
    pub(crate) refreshes: u64,
    /// Pairs that never were on the disk.
    pub(crate) truly_lost: u64,
    /// Processes that said that a user has to authorize again; several may say so of one pair.
    pub(crate) asked: u64,
    /// The same although a good pair was on the disk: none may.
    pub(crate) asked_in_vain: u64,
    pub(crate) other_failures: u64,
}

/// Good enough to pick: Knuth's MMIX generator.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let index = self.below(from.len() as u64);
        from[usize::try_from(index).unwrap()]
    }

    fn millis(&mut self, bound: u64) -> Duration {
        Duration::from_millis(self.below(bound))
    }
}

pub(crate) struct Harness {
    server: Server,
    app: App,
    directory: TempDir,
    /// Every pair that was on the disk since a user authorized the application.
    seen: BTreeSet<String>,
    pub(crate) random: Random,
    pub(crate) count: Totals,
}

/// A process that runs.
struct Running {
    child: Child,
    words: Receiver<Word>,
    said: Vec<Word>,
    is_killed: bool,
}

impl Running {
    /// Waits for a word for so long.
    fn listen(&mut self, time: Duration) -> Result<Word, RecvTimeoutError> {
        let word = self.words.recv_timeout(time)?;
        self.said.push(word);
        Ok(word)
    }

    /// Whether it asks the token server, and has no new pair yet.
    fn is_refreshing(&mut self) -> bool {
        while self.listen(Duration::ZERO).is_ok() {}
        let last = |wanted| self.said.iter().rposition(|word| *word == wanted);
        last(Word::Asks) > last(Word::Refreshed)
    }

    fn is_over(&self) -> bool {
        let ends = [Word::Done, Word::NeedsAuthorization];
        self.is_killed || self.said.last().is_some_and(|last| ends.contains(last))
    }

    fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.is_killed = true;
        while self.listen(Duration::from_secs(5)).is_ok() {}
    }
}

impl Harness {
    pub(crate) fn new(seed: u64) -> Self {
        let server = Portal::builder().start().unwrap();
        let app = server.with(|portal| portal.add_app(None, &["sonet_group", "socialnetwork"]));
        let mut harness = Self {
            server,
            app,
            directory: tempfile::tempdir().unwrap(),
            seen: BTreeSet::new(),
            random: Random(seed),
            count: Totals::default(),
        };
        harness.authorize();
        harness
    }

    fn file(&self) -> PathBuf {
        self.directory.path().join("tokens.json")
    }

    /// A user authorizes the application.
    fn authorize(&mut self) {
        let (client_id, now) = (self.app.client_id.clone(), SystemTime::now());
        let pair = self.server.with(|portal| {
            let admin = portal.users().find(|user| user.admin).unwrap().id;
            portal.issue_tokens(&client_id, admin, now).unwrap()
        });
        let tokens = Tokens::new(&self.server.url(), pair.access_token, pair.refresh_token);
        let store = sonet_blocking::FileStore::new(self.file());
        store.save(&tokens.unwrap()).unwrap();
        self.seen.clear();
        self.look();
    }

    fn look(&mut self) -> Vec<disk::StoredPair> {
        let found = disk::pairs(self.directory.path());
        self.seen
            .extend(found.iter().map(|pair| pair.refresh.clone()));
        found
    }

    /// Lets some processes meet an expired token, and kills one or two of them.
    pub(crate) fn round(&mut self, kill_point: KillPoint) {
        self.count.rounds += 1;
        for pair in self.look() {
            self.server.with(|portal| portal.expire_token(&pair.access));
        }
        let faults = self.server.faults();
        faults.clear();
        let slow = |pause| Fault::Slow(Duration::from_millis(pause));
        let token = faults.on("oauth/token");
        match kill_point {
            // A failure in some 80 bytes, and then none.
            KillPoint::BeforeItIsDone => token.budget(2).before(slow(4)),
            // Some 450 bytes.
            KillPoint::WhileItAnswers => token.after(slow(2)),
            KillPoint::AnyTime => token.after(slow(self.random.below(3))),
            KillPoint::WhileItIsSaved => {}
        }
        let number = 2 + self.random.below(2);
        let mut running: Vec<_> = (0..number).map(|_| self.start(kill_point)).collect();
        let kills = 1 + self.random.below(2);
        for _ in 0..kills {
            self.kill_one(&mut running, kill_point);
        }
        self.end(running);
    }

    fn start(&mut self, kill_point: KillPoint) -> Running {
        self.count.processes += 1;
        let file = self.file();
        let random = &mut self.random;
        let slowness = match kill_point {
            // What is not on the disk yet would be lost for another reason.
            KillPoint::WhileItIsSaved => [random.below(20), 0, 0],
            _ => [random.below(50), random.below(50), random.below(300)],
        };
        let orders = Settings {
            is_async: random.below(2) == 0,
            file: file.to_str().unwrap(),
            portal: &self.server.url(),
            client_id: &self.app.client_id,
            client_secret: &self.app.client_secret,
            slowness,
        };
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--ignored", "--exact", "--nocapture", "process"])
            .env(ORDERS, orders.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, words) = mpsc::channel();
        let output = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                if let Some(word) = Word::read(&line) {
                    if matches!(word, Word::Failed | Word::NeedsAuthorization) {
                        println!("  {line}");
                    }
                    let _ = sender.send(word);
                }
            }
        });
        Running {
            child,
            words,
            said: Vec::new(),
            is_killed: false,
        }
    }

    /// Kills the next process that asks the token server, at its kill point.
    fn kill_one(&mut self, running: &mut [Running], kill_point: KillPoint) {
        let Some(asking) = wait_for_one(running) else {
            return;
        };
        let deadline = Instant::now() + Duration::from_secs(5);
        match kill_point {
            KillPoint::BeforeItIsDone | KillPoint::WhileItAnswers => {
                thread::sleep(self.random.millis(200));
            }
            KillPoint::AnyTime => thread::sleep(self.random.millis(900)),
            KillPoint::WhileItIsSaved => {
                while !disk::is_being_written(self.directory.path()) && Instant::now() < deadline {
                    if !running[asking].is_refreshing() {
                        break;
                    }
                }
                // Soon after, or at once.
                if self.random.below(3) == 0 {
                    thread::sleep(Duration::from_micros(self.random.below(3_000)));
                }
            }
        }
        running[asking].kill();
        let amid = running[asking].is_refreshing();
        let found = self.look();
        if amid {
            self.count.kills += 1;
            let whole = found.iter().any(|pair| !pair.in_place);
            let drafts = disk::files(self.directory.path()).len() > 2;
            self.count.left_a_whole_pair += u64::from(whole);
            self.count.left_something_else += u64::from(drafts && !whole);
        }
    }

    /// Waits for those that are left, and judges what they said.
    fn end(&mut self, mut running: Vec<Running>) {
        // A process may have to wait for the lease of a slow one, and for others who may be at it.
        let patience = Instant::now() + Duration::from_secs(120);
        for process in &mut running {
            while !process.is_over() {
                let left = patience.saturating_duration_since(Instant::now());
                if process.listen(left).is_err() {
                    break;
                }
            }
            assert!(process.is_over(), "a process hangs: {:?}", process.said);
            let _ = process.child.wait();
        }
        self.look();
        let said = |word| {
            let said = running.iter().flat_map(|process| process.said.iter());
            said.filter(|said| **said == word).count() as u64
        };
        self.count.other_failures += said(Word::Failed);
        self.count.refreshes = self.server.with(|portal| portal.tokens_refreshed());
        let asked = said(Word::NeedsAuthorization);
        self.count.asked += asked;
        if asked == 0 {
            return;
        }
        self.server.faults().clear();
        match self.seen.iter().find(|token| self.is_good(token)) {
            Some(_) => {
                println!("asked in vain, in round {}", self.count.rounds);
                self.count.asked_in_vain += asked;
            }
            None => self.count.truly_lost += 1,
        }
        self.authorize();
    }

    /// Whether a refresh token is good for a new pair.
    fn is_good(&self, token: &str) -> bool {
        let url = format!("{}/oauth/token/", self.server.url());
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", &self.app.client_id),
            ("client_secret", &self.app.client_secret),
            ("refresh_token", token),
        ];
        let sent = ureq::post(&url)
            .config()
            .http_status_as_error(false)
            .build()
            .send_form(form);
        sent.unwrap().status().is_success()
    }
}

/// The first process that asks the token server.
fn wait_for_one(running: &mut [Running]) -> Option<usize> {
    let deadline = Instant::now() + Duration::from_secs(20);
    while Instant::now() < deadline {
        for (index, process) in running.iter_mut().enumerate() {
            if !process.is_killed && process.is_refreshing() {
                return Some(index);
            }
        }
        if running.iter().all(Running::is_over) {
            return None;
        }
        thread::sleep(Duration::from_micros(200));
    }
    None
}
