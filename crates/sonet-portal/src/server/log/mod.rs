//! What was asked and answered, for tests and for people to look at.

mod tree;

use crate::rest::http::Request;
use crate::rest::mask;
use crate::rest::parsed::ParsedRequest;
use crate::rest::route::Route;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// How many calls are kept.
const MAX_ENTRIES: usize = 1_000;

/// About how many bytes are kept, all calls together.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// How many bytes of one answer are kept.
const MAX_ANSWER: usize = 64 * 1024;

/// How many bytes of a path are kept.
const MAX_PATH: usize = 1_000;

/// One call and its answer. Secrets are masked.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct LogEntry {
    /// The number of the call, counted from 1. The log forgets old calls, and no number.
    pub number: u64,
    /// When it was answered.
    pub at: SystemTime,
    /// How long the portal took, what was done on purpose aside.
    pub took: Duration,
    /// The HTTP method.
    pub verb: String,
    /// The path, without the secret of a webhook.
    pub path: String,
    /// The method of the portal in lower case, empty if the path names none.
    pub method: String,
    /// The user who made the call, if it showed a genuine credential.
    pub user: Option<u64>,
    /// The parameters, whichever way they were sent; long ones are cut. The beginning of a body that
    /// could not be read is here as text.
    pub params: serde_json::Value,
    /// The status of the portal's answer.
    pub status: u16,
    /// The text of the portal's answer, cut if it is long. What a fault made of it, is not here.
    pub answer: String,
    /// What the documentation doesn't have in the call, or not so, if the portal is to report that
    /// ([`Strict::Report`](crate::Strict::Report)).
    pub complaints: Vec<String>,
    /// How many methods executed: 0 for a refused call, several for a batch.
    pub executed: u64,
    /// What happened to the call on purpose, such as `after: reset`.
    pub fault: Option<String>,
}

/// The last calls.
#[derive(Debug, Default)]
pub(crate) struct Log(Mutex<Ring>);

#[derive(Debug, Default)]
struct Ring {
    entries: VecDeque<LogEntry>,
    bytes: usize,
    last: u64,
}

impl Log {
    /// Adds an entry and gives it a number.
    pub(crate) fn push(&self, mut entry: LogEntry) {
        let mut ring = self.ring();
        ring.last += 1;
        entry.number = ring.last;
        ring.bytes += entry.weight();
        ring.entries.push_back(entry);
        while ring.entries.len() > MAX_ENTRIES || ring.bytes > MAX_BYTES {
            let Some(oldest) = ring.entries.pop_front() else {
                break;
            };
            ring.bytes = ring.bytes.saturating_sub(oldest.weight());
        }
    }

    /// All entries that are kept, the oldest first.
    pub(crate) fn entries(&self) -> Vec<LogEntry> {
        self.ring().entries.iter().cloned().collect()
    }

    /// The newest entries, the newest first.
    pub(crate) fn newest(&self, count: usize) -> Vec<LogEntry> {
        self.ring()
            .entries
            .iter()
            .rev()
            .take(count)
            .cloned()
            .collect()
    }

    /// The number of the last call.
    #[cfg(feature = "sqlite")]
    pub(crate) fn last_number(&self) -> u64 {
        self.ring().last
    }

    pub(crate) fn clear(&self) {
        let mut ring = self.ring();
        ring.entries.clear();
        ring.bytes = 0;
    }

    fn ring(&self) -> MutexGuard<'_, Ring> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The name that a request's call goes by: the method in lower case, or the path without the slashes
/// around it, such as `oauth/token`. A browser that asks whether it may call makes no call yet.
pub(crate) fn name(request: &Request) -> String {
    if request.method() == "OPTIONS" {
        return "options".to_owned();
    }
    match Route::parse(request.path()) {
        Some(route) => route.method.to_ascii_lowercase(),
        None => request.path().trim_matches('/').to_ascii_lowercase(),
    }
}

impl LogEntry {
    /// What is known of a call before it is made.
    pub(crate) fn of(parsed: &ParsedRequest<'_>) -> Self {
        let request = parsed.request;
        // Without a secret in its place, what stands for the method may be the secret.
        let method = Route::parse(request.path())
            .filter(|route| route.webhook.is_none_or(|(_, secret)| !secret.is_empty()))
            .map(|route| route.method.to_ascii_lowercase());
        let params = match &parsed.params {
            Ok(params) => tree::of(params.fields()),
            Err(_) => tree::unreadable(request.body()),
        };
        Self {
            number: 0,
            at: SystemTime::UNIX_EPOCH,
            took: Duration::ZERO,
            verb: request.method().to_owned(),
            path: mask::path(&tree::clip_bytes(request.path().as_bytes(), MAX_PATH)),
            method: tree::clip_bytes(method.unwrap_or_default().as_bytes(), MAX_PATH),
            user: None,
            params,
            status: 0,
            answer: String::new(),
            complaints: Vec::new(),
            executed: 0,
            fault: None,
        }
    }

    /// About how many bytes it takes.
    fn weight(&self) -> usize {
        let texts = [&self.verb, &self.path, &self.method, &self.answer];
        let texts = texts.into_iter().chain(&self.complaints);
        texts.map(String::len).sum::<usize>() + tree::weight(&self.params)
    }

    /// Notes an answer.
    pub(crate) fn answered(&mut self, status: u16, body: &[u8]) {
        self.status = status;
        self.answer = mask::text(&tree::clip_bytes(body, MAX_ANSWER));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_is_bounded() {
        let log = Log::default();
        let request = Request::json("/rest/1/secret/x", "{}");
        let mut entry = LogEntry::of(&ParsedRequest::read(&request));
        entry.answered(200, &vec![b'x'; 100_000]);
        assert!(entry.answer.len() < MAX_ANSWER + 100);
        for _ in 0..MAX_ENTRIES + 10 {
            log.push(entry.clone());
        }
        let entries = log.entries();
        assert!(entries.len() < 300, "too many bytes for more");
        assert_eq!(
            entries.last().map(|e| e.number),
            Some(MAX_ENTRIES as u64 + 10)
        );
        assert_eq!(log.newest(1)[0].number, MAX_ENTRIES as u64 + 10);
        // What was asked counts as well as what was answered.
        let text = "x".repeat(10_000);
        let many = format!("{{\"a\":[{}0]}}", format!("\"{text}\",").repeat(500));
        let greedy = LogEntry::of(&ParsedRequest::read(&Request::json(
            format!("/rest/1/secret/{text}"),
            &many,
        )));
        assert!(greedy.weight() < 200_000, "{}", greedy.weight());
        for _ in 0..MAX_ENTRIES {
            log.push(greedy.clone());
        }
        assert!(log.entries().len() < 300, "{}", log.entries().len());
        entry.answer.clear();
        for _ in 0..2 * MAX_ENTRIES {
            log.push(entry.clone());
        }
        assert_eq!(log.entries().len(), MAX_ENTRIES);
        log.clear();
        assert_eq!(log.entries(), []);
    }

    #[test]
    fn secrets_are_masked() {
        let target = "/rest/1/s3cr3t/batch.json?auth=t0ken&x=1";
        let body = r#"{"cmd":{"a":"user.get?auth=t0ken&ID=1"},"client_secret":"s3cr3t",
            "refresh_token":["t0ken"],"AUTH":"t0ken"}"#;
        let request = Request::json(target, body);
        let mut entry = LogEntry::of(&ParsedRequest::read(&request));
        entry.answered(
            200,
            br#"{"access_token":"t0ken","expires":1,"refresh_token" : "t0ken"}"#,
        );
        let text = format!("{entry:?}");
        assert!(
            !text.contains("t0ken") && !text.contains("s3cr3t"),
            "{text}"
        );
        assert!(
            text.contains("/rest/1/***/batch.json") && text.contains("ID=1"),
            "{text}"
        );
        let code = Request::get("/oauth/token/?code=t0ken&client_secret=s3cr3t");
        let text = format!("{:?}", LogEntry::of(&ParsedRequest::read(&code)));
        assert!(
            !text.contains("t0ken") && !text.contains("s3cr3t"),
            "{text}"
        );
        for slip in [
            Request::get("/rest/1//s3cr3t/"),
            Request::json("/rest/x", r#"{"Authorization":"Bearer t0ken"}"#),
        ] {
            let text = format!("{:?}", LogEntry::of(&ParsedRequest::read(&slip)));
            assert!(
                !text.contains("t0ken") && !text.contains("s3cr3t"),
                "{text}"
            );
        }
        let broken = Request::json("/rest/1/s3cr3t/x", r#"{"auth":"t0ken", oh"#);
        let entry = LogEntry::of(&ParsedRequest::read(&broken));
        let text = entry.params.as_str().unwrap_or_default();
        assert!(text.contains("oh") && !text.contains("t0ken"), "{text}");
    }
}
