//! What has happened to a call so far, and telling it.

use std::sync::Arc;
use std::time::Instant;

use http::{StatusCode, Uri};

use super::call::Call;
use crate::answer_headers::AnswerHeaders;
use crate::attempts::Attempts;
use crate::metrics::MethodCounters;
use crate::progress::{Progress, ProgressEvent};
use crate::redact::Redactor;
use crate::trace::Trace;
use crate::{Address, Effect, Error, Secret, Session, WaitReason};

/// What has happened to a call so far. What happens to it is told to all that want to know: its span, the metrics, the
/// user's hook.
pub(super) struct CallLog {
    session: Session,
    method: Arc<str>,
    trace: Trace,
    counters: Arc<MethodCounters>,
    attempts: Attempts,
    /// When the call began, until it ends.
    began: Option<Instant>,
    /// When the request left that is out.
    sent: Option<Instant>,
    /// What the call waits for, and since when.
    waiting: Option<(WaitReason, Instant)>,
}

impl CallLog {
    pub(super) fn new(session: &Session, method: &Arc<str>, effect: Effect) -> Self {
        Self {
            session: session.clone(),
            method: Arc::clone(method),
            trace: Trace::of(method, session),
            counters: session.counters_of(method),
            attempts: Attempts {
                shows_excerpts: session.config().debug_excerpts,
                only_reads: effect == Effect::Read,
                ..Attempts::default()
            },
            began: None,
            sent: None,
            waiting: None,
        }
    }

    pub(super) fn attempts(&self) -> Attempts {
        self.attempts.clone()
    }

    /// How many requests were sent.
    pub(super) fn count(&self) -> u32 {
        self.attempts.count
    }

    /// The call begins, unless it has begun.
    pub(super) fn begin(&mut self, now: Instant) {
        self.began.get_or_insert(now);
    }

    /// What the call waits for.
    pub(super) fn waiting_for(&self) -> Option<WaitReason> {
        self.waiting.map(|(wait, _)| wait)
    }

    /// The call waits, for something else than before or for the same.
    pub(super) fn waiting(&mut self, wait: WaitReason, now: Instant, until: Instant) {
        if self.waiting_for() != Some(wait) {
            self.waited(now);
            self.waiting = Some((wait, now));
            let time = until.saturating_duration_since(now);
            self.report(ProgressEvent::Waiting(wait, time));
        }
    }

    /// The call waits no longer, if it did.
    pub(super) fn waited(&mut self, now: Instant) {
        if let Some((_, since)) = self.waiting.take() {
            self.report(ProgressEvent::Waited(now.saturating_duration_since(since)));
        }
    }

    /// A request leaves.
    pub(super) fn sending(&mut self, now: Instant, call: &Call, to: &Uri, secret: &Secret) {
        if self.session.config().trace_parameters && self.attempts.count == 0 {
            self.trace
                .parameters(|| Redactor(&[secret]).excerpt(&String::from_utf8_lossy(&call.params)));
        }
        self.attempts.begin(now);
        self.sent = Some(now);
        self.trace.sending(self.attempts.count, to);
        self.report(ProgressEvent::Sending);
    }

    /// The request was answered.
    pub(super) fn answered(&mut self, now: Instant, headers: AnswerHeaders) {
        self.unanswered(now);
        self.trace.answered(&headers);
        self.attempts.headers = headers;
    }

    /// The request was given up.
    pub(super) fn unanswered(&mut self, now: Instant) {
        if let Some(sent) = self.sent.take() {
            self.counters
                .request_took(now.saturating_duration_since(sent));
        }
    }

    /// The request that may have run was answered or given up.
    pub(super) fn ended(&mut self, now: Instant) {
        self.attempts.end(now);
    }

    /// The call follows the portal.
    pub(super) fn moved(&mut self, to: &Address) {
        self.report(ProgressEvent::Moved(to));
    }

    /// The call goes on after a failure.
    pub(super) fn failed(&mut self, error: &Error, may_have_run: bool) {
        self.attempts.may_have_run |= may_have_run;
        self.report(ProgressEvent::Failed(error));
    }

    pub(super) fn succeeded(&mut self, now: Instant, status: StatusCode, operating: Option<f64>) {
        self.end(now);
        self.report(ProgressEvent::Succeeded { status, operating });
    }

    /// The call ends with this error, which takes along what is known of the call.
    pub(super) fn gave_up(&mut self, now: Instant, error: Error) -> Error {
        let error = error.of(&self.method, self.attempts.clone());
        self.end(now);
        self.report(ProgressEvent::GaveUp(&error));
        error
    }

    /// The call ends. What goes on with it begins anew.
    fn end(&mut self, now: Instant) {
        if let Some(began) = self.began.take() {
            let time = now.saturating_duration_since(began);
            self.counters.call_took(time);
            self.trace.took(time);
        }
    }

    /// What was sent so far counts as one attempt.
    pub(super) fn reset(&mut self) {
        self.attempts.count = 1;
    }

    /// The call goes on with another request.
    pub(super) fn continue_with(&mut self, call: &Call) {
        if self.method != call.method {
            self.method = Arc::clone(&call.method);
            self.counters = self.session.counters_of(&call.method);
        }
    }

    fn report(&mut self, event: ProgressEvent<'_>) {
        let progress = Progress {
            method: &self.method,
            attempt: self.attempts.count,
            event,
        };
        self.trace.record(&progress);
        self.counters.count(&progress);
        self.session.report(&progress);
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "virtual time needs a beginning")]
mod tests {
    use std::sync::Mutex;
    use std::time::Duration;

    use super::*;
    use crate::error::Kind;
    use crate::{Config, Executed, Raw};

    const SECOND: Duration = Duration::from_secs(1);

    /// A log, and what it tells.
    fn scene(now: Instant) -> (CallLog, Arc<Mutex<Vec<String>>>) {
        let told = Arc::new(Mutex::new(Vec::new()));
        let hook = told.clone();
        let config = Config::token("portal.example.com", "t0ken").unwrap();
        let config = config.on_progress(move |progress| {
            let event = match progress.event {
                ProgressEvent::Failed(_) => "Failed".to_owned(),
                ProgressEvent::GaveUp(_) => "GaveUp".to_owned(),
                event => format!("{event:?}"),
            };
            let mut told = hook.lock().unwrap();
            told.push(format!("{} {event}", progress.attempt));
        });
        let session = Session::new(&config, now).unwrap();
        (
            CallLog::new(&session, &"user.get".into(), Effect::Read),
            told,
        )
    }

    #[test]
    fn waiting_is_told_once_for_each_reason() {
        let now = Instant::now();
        let (mut log, told) = scene(now);
        log.waited(now);
        log.waiting(WaitReason::Rate, now, now + 3 * SECOND);
        log.waiting(WaitReason::Rate, now + SECOND, now + 3 * SECOND);
        log.waiting(WaitReason::Retry, now + 2 * SECOND, now + 3 * SECOND);
        assert_eq!(log.waiting_for(), Some(WaitReason::Retry));
        log.waited(now + 3 * SECOND);
        assert_eq!(log.waiting_for(), None);
        let expected = [
            "Waiting(Rate, 3s)",
            "Waited(2s)",
            "Waiting(Retry, 1s)",
            "Waited(1s)",
        ];
        assert_eq!(
            *told.lock().unwrap(),
            expected.map(|event| format!("0 {event}"))
        );
    }

    #[test]
    fn what_came_is_shown_in_debug_only_and_only_where_a_setting_says_so() {
        let now = Instant::now();
        for shows in [false, true] {
            let config = Config::token("portal.example.com", "t0ken").unwrap();
            let session = Session::new(&config.debug_excerpts(shows), now).unwrap();
            let kind = Kind::Status {
                status: StatusCode::BAD_GATEWAY,
                redirect: None,
                excerpt: "anna@example.com".to_owned(),
            };
            let error =
                CallLog::new(&session, &"user.get".into(), Effect::Read).gave_up(now, kind.into());
            assert_eq!(format!("{error:?}").contains("anna"), shows);
            assert_eq!(format!("{error:#?}").contains("anna"), shows);
            assert!(!error.to_string().contains("anna"));
        }
    }

    #[test]
    fn whether_it_ran_is_shown_of_what_does_something() {
        let now = Instant::now();
        let config = Config::token("portal.example.com", "t0ken").unwrap();
        let session = Session::new(&config, now).unwrap();
        for effect in [Effect::Read, Effect::Repeatable, Effect::Write] {
            let kind = Kind::Status {
                status: StatusCode::BAD_GATEWAY,
                redirect: None,
                excerpt: String::new(),
            };
            let error = CallLog::new(&session, &"any".into(), effect).gave_up(now, kind.into());
            let shown = format!("{error:?}").contains("executed: Unknown");
            assert_eq!(shown, effect != Effect::Read, "{error:?}");
        }
    }

    #[test]
    fn the_last_error_knows_of_every_attempt() {
        let now = Instant::now();
        let (mut log, told) = scene(now);
        let (call, _) = Call::of(&Raw::new("user.get", serde_json::Value::Null));
        let secret = Secret::new("t0ken");
        let to = Uri::from_static("https://portal.example.com/rest/user.get.json");
        log.sending(now, &call, &to, &secret);
        log.ended(now + SECOND);
        log.failed(&Error::new("user.get", Kind::Unreported), true);
        log.sending(now + 2 * SECOND, &call, &to, &secret);
        let error = log.gave_up(now, Kind::NotRun("refused").into());
        assert_eq!(error.method(), Some("user.get"));
        assert_eq!((error.attempts(), error.executed()), (2, Executed::Unknown));
        assert_eq!(error.past().first_sent, Some(now));
        assert_eq!(error.past().ended, Some(now + SECOND));
        let expected = ["1 Sending", "1 Failed", "2 Sending", "2 GaveUp"];
        assert_eq!(*told.lock().unwrap(), expected);
    }
}
