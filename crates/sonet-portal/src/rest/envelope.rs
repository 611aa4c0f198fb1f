//! The envelope around every answer.

use crate::domain::dates;
use crate::methods::call::Answer;
use crate::methods::refusal::Refusal;
use crate::wire::output::{Json, Object};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// When a call began and what it took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timing {
    pub(crate) start: SystemTime,
    pub(crate) took: Duration,
    /// What the method has taken of late; `None` for a call that isn't counted.
    pub(crate) operating: Option<Operating>,
}

/// What a method took of late for one application or webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Operating {
    pub(crate) spent: Duration,
    /// When the oldest part of it is given back, in Unix seconds.
    pub(crate) reset_at: i64,
}

/// `{"result": …, "next"?: …, "total"?: …, "time": {…}}`.
pub(crate) fn success(answer: Answer, timing: &Timing) -> String {
    let mut body = Object::new().with("result", answer.result);
    if let Some(next) = answer.next {
        body.set("next", Json::number(next));
    }
    if let Some(total) = answer.total {
        body.set("total", Json::number(total));
    }
    body.set("time", time(timing));
    Json::from(body).to_string()
}

/// `{"error": …, "error_description": …}`. Errors carry no `time`.
pub(crate) fn refusal(refusal: &Refusal) -> String {
    let body = Object::new()
        .with("error", refusal.code.clone())
        .with("error_description", refusal.description.as_str());
    Json::from(body).to_string()
}

/// The `time` object. The portal truncates the moment at which it starts to whole seconds, so
/// `start` and `processing` are whole, and only `finish` and `duration` have a fraction.
pub(crate) fn time(timing: &Timing) -> Object {
    let finished = timing.start + timing.took;
    let (start, finish) = (
        dates::unix_seconds(timing.start),
        dates::unix_seconds(finished),
    );
    let begin = UNIX_EPOCH + Duration::from_secs(u64::try_from(start).unwrap_or_default());
    let duration = finished.duration_since(begin).unwrap_or_default();
    let mut time = Object::new()
        .with("start", start)
        .with("finish", Json::Float(since_epoch(finished)))
        .with("duration", Json::Float(seconds(duration)))
        .with("processing", finish - start)
        .with("date_start", dates::iso(start))
        .with("date_finish", dates::iso(finish));
    if let Some(operating) = timing.operating {
        time.set("operating_reset_at", operating.reset_at);
        time.set("operating", Json::Float(seconds(operating.spent)));
    }
    time
}

fn since_epoch(moment: SystemTime) -> f64 {
    seconds(moment.duration_since(UNIX_EPOCH).unwrap_or_default())
}

/// Seconds with microseconds, which is as exact as a double near the year 2026 gets.
#[allow(clippy::cast_precision_loss)]
fn seconds(duration: Duration) -> f64 {
    duration.as_micros() as f64 / 1e6
}

#[cfg(test)]
impl Default for Timing {
    fn default() -> Self {
        Self {
            start: UNIX_EPOCH,
            took: Duration::ZERO,
            operating: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_773_921_687;

    fn printed(answer: Answer, millis: u64, took: u64) -> String {
        let took = Duration::from_millis(took);
        let timing = Timing {
            start: UNIX_EPOCH + Duration::from_millis(NOW * 1000 + millis),
            took,
            operating: Some(Operating {
                spent: took,
                reset_at: 1_773_922_287,
            }),
        };
        success(answer, &timing)
    }

    #[test]
    fn a_success_has_a_result_and_a_time() {
        assert_eq!(
            printed(Answer::from(77_i64), 750, 321),
            r#"{"result":77,"time":{"start":1773921687,"finish":1773921688.071,"duration":1.071,"processing":1,"date_start":"2026-03-19T14:01:27+02:00","date_finish":"2026-03-19T14:01:28+02:00","operating_reset_at":1773922287,"operating":0.321}}"#
        );
    }

    #[test]
    fn doubles_are_printed_as_whole_numbers_when_they_are() {
        let body = printed(Answer::from(true), 0, 0);
        assert!(
            body.starts_with(r#"{"result":true,"time":{"start":1773921687,"finish":1773921687,"#)
        );
        assert!(body.contains(r#""duration":0,"processing":0,"#), "{body}");
        assert!(body.ends_with(r#""operating":0}}"#), "{body}");
    }

    #[test]
    fn next_and_total_stand_beside_the_result() {
        let answer = Answer {
            result: Json::List(vec![]),
            total: Some(120),
            next: Some(50),
        };
        let body = printed(answer, 0, 0);
        assert!(
            body.starts_with(r#"{"result":[],"next":50,"total":120,"time":{"#),
            "{body}"
        );
    }

    #[test]
    fn an_error_may_have_an_empty_code_and_has_no_time() {
        assert_eq!(
            refusal(&Refusal::text("Invalid workgroup/project ID")),
            r#"{"error":"","error_description":"Invalid workgroup\/project ID"}"#
        );
    }
}
