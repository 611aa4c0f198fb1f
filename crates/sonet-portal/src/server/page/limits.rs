//! How much of the limits is used up.

use super::html::Text;
use crate::portal::Portal;
use crate::rest::http::Request;
use crate::rules::Rules;
use std::fmt::Write as _;
use std::net::IpAddr;
use std::time::{Duration, SystemTime};

pub(super) struct View {
    rules: Rules,
    source: IpAddr,
    counted: u32,
    times: Vec<(&'static str, Duration)>,
}

impl View {
    /// The limits as they are for whoever asks for the page.
    pub(super) fn of(portal: &mut Portal, request: &Request, now: SystemTime) -> Self {
        let source = request.source();
        Self {
            rules: portal.rules().clone(),
            source,
            counted: portal.requests_counted(source, now),
            times: portal.operating_times(now),
        }
    }

    pub(super) fn print(&self) -> String {
        let mut rows = String::new();
        match self.rules.rate {
            Some(rate) => {
                let period = if rate.every == Duration::from_secs(1) {
                    "each second".to_owned()
                } else {
                    format!("every {:?}", rate.every)
                };
                let _ = write!(
                    rows,
                    "<tr><td>requests of {}<td class=n>{} of {}, {} less {period}",
                    self.source, self.counted, rate.threshold, rate.drain
                );
            }
            None => rows.push_str("<tr><td>requests<td class=n>no limit"),
        }
        let limit = self.rules.operating_limit;
        let of = limit.map_or(String::new(), |limit| format!(" of {}", seconds(limit)));
        for (method, time) in self.times.iter().take(super::EVENTS) {
            let _ = write!(
                rows,
                "<tr><td>time of <code>{}</code><td class=n>{}{of}",
                Text(method),
                seconds(*time)
            );
        }
        if self.rules.overloaded {
            rows.push_str("<tr><td>blocked by hand<td class=n>everything");
        }
        format!(
            "<section><h2>Limits</h2><table class=narrow><tr><th>What<th class=n>Used{rows}\
             </table></section>\n"
        )
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
