//! What the documentation leaves open, or says in two ways, and a test may want otherwise.
//!
//! A new rule is a field of [`Rules`]; its type stands in `choices` if it is more than a number or a
//! flag. `--rule` and the file of rules know it by its name then, and whoever plays by it finds it in
//! the rules of the call or of the request.

pub(crate) mod method_scopes;
mod seconds;

mod choices;

pub use choices::{AuthErrors, BatchReferences, EventForm};

use serde::Deserialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// The rules that a portal plays by.
///
/// The default is what the documentation says and what portals were seen to do, without any limit.
///
/// ```
/// # use sonet_portal::{Portal, Rate, Rules};
/// let mut rules = Rules::default();
/// rules.rate = Some(Rate::STANDARD);
/// let mut portal = Portal::builder().rules(rules).build();
/// portal.rules_mut().rate = None; // at any time
/// ```
///
/// They can also be read from a file, which is how the program gets them: each rule under its own
/// name, codes in small letters with `_`, and times in seconds. What is left out is as by default.
///
/// ```
/// # use sonet_portal::{Language, Rules};
/// let rules: Rules = serde_json::from_str(
///     r#"{"language": "russian", "rate": {"every": 0.1}, "costs": {"sonet_group.get": 20}}"#,
/// )?;
/// assert_eq!(rules.language, Language::Russian);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Rules {
    /// What a batch of more than 50 commands meets with.
    pub batch_overflow: BatchOverflow,
    /// How the operating time of a batch is counted.
    pub batch_billing: BatchBilling,
    /// What a command of a batch may refer to earlier results with.
    pub batch_references: BatchReferences,
    /// What is answered to a webhook or a token that the portal doesn't know.
    pub auth_errors: AuthErrors,
    /// Whether scripts of other origins may call: answers of the REST interface have
    /// `Access-Control-Allow-Origin: *`, and a preflight is let through. Portals were seen to do so,
    /// and the documentation is silent.
    pub cors: bool,
    /// Whether bodies are read as an older copy of the server's source reads them: malformed JSON is
    /// an empty body, and a body of any other type than the documented ones is a form. By default
    /// the first is an error with the code `100`, and the second is empty.
    pub lenient_bodies: bool,
    /// How many requests an address may send; `None` is any number.
    pub rate: Option<Rate>,
    /// How much operating time a method may take within ten minutes; `None` is any amount. The
    /// documentation's example has [`Self::OPERATING_LIMIT`].
    #[serde(deserialize_with = "seconds::option")]
    pub operating_limit: Option<Duration>,
    /// How long methods take, by their names in lower case. By default the methods that write take
    /// 321 ms if their pages have a text for a failure of the storage, and all others no time.
    #[serde(deserialize_with = "seconds::by_method")]
    pub costs: BTreeMap<String, Duration>,
    /// Whether the portal is blocked by hand: everything is answered with 503 `OVERLOAD_LIMIT`.
    pub overloaded: bool,
    /// The address that the portal has moved to, such as `https://new.example.com`. Requests that
    /// name another host or port are answered with 302, and nothing executes.
    ///
    /// A server on `127.0.0.1` can move without another one: with `http://localhost:PORT`, its own
    /// port, requests to `127.0.0.1:PORT` are sent on and those to `localhost:PORT` are served.
    ///
    /// The token server answers under both, as it does not move along. What it tells applications
    /// is the address that it was asked under, old or new, unless [`Self::address`] says another.
    pub moved_to: Option<String>,
    /// The address that applications are told; `None` is the one that a request was sent to.
    ///
    /// The token server tells the one under which a user let the application in, or else, if the
    /// server speaks https under several names, the first of these.
    pub address: Option<String>,
    /// The token server's address that applications are told; `None` is the one that a request was
    /// sent to, as the portal answers both.
    ///
    /// Requests that name its host get the token server's own form of `app.info`, and no other
    /// method, as far as it is known that the portal has another host: from [`Self::address`], or
    /// from the names of a server that speaks https.
    pub auth_server: Option<String>,
    /// Who sits at the browser that comes to `/oauth/authorize/`.
    pub browser_user: u64,
    /// The status of the token server's errors, which is undocumented.
    pub oauth_error_status: u16,
    /// Which tokens events bring along.
    pub event_tokens: EventTokens,
    /// What stands in `auth` when an application is told of an event.
    pub event_form: EventForm,
    /// Whether a second update of a group within one request is an event, too.
    pub repeated_updates: bool,
    /// The language of the texts and dates that depend on it.
    pub language: Language,
    /// Whether `sonet_group.create` and `.user.request` answer the codes of the server's own core
    /// in some cases, and `.setowner` numbers, none of which is documented.
    pub server_codes: bool,
    /// Whether an administrator may call `sonet_group.setowner` for another's group. Its page says
    /// that only the owner may.
    pub setowner_by_admin: bool,
    /// Whether `sonet_group.user.request` refuses somebody who has asked before, is invited, or is a
    /// member, as an older copy of the server's source does. By default it answers `true` and changes
    /// nothing, as the vendor's own live tests want it of a group's owner.
    pub repeated_request_fails: bool,
    /// Whether `sonet_group.user.invite` and `.user.request` find a secret group for its members
    /// only, and for an administrator no more than for others, as in an older copy of the server's
    /// source.
    pub admin_needs_membership: bool,
    /// Whether names and descriptions of groups are stored, and filtered, with each symbol beyond
    /// U+FFFF in a form of its own: `:f09f9a80:` for a rocket. Answers have the symbol again. It is so
    /// in an older copy of the server's source.
    pub coded_emoji: bool,
    /// Whether `sonet_group.get` counts although it was asked not to (`start` is below 0). Its page
    /// doesn't say that it can be asked so; the page on performance says it of all lists.
    pub always_counts: bool,
    /// Whether a full last page has a `next`, too, so that an empty page follows it.
    pub bogus_next: bool,
    /// Whether a list that was asked not to count (`start` is below 0) says `"total": 0` instead of
    /// nothing, as one page of the documentation shows it.
    pub zero_total: bool,
    /// Whether the portal has no extranet. Then the rows of `sonet_group.get` lack `IS_EXTRANET`.
    pub without_extranet: bool,
    /// Whether the lists of epics and sprints say `total` and `next`. Their pages show neither, but
    /// use helpers that read them.
    pub scrum_totals: bool,
    /// Whether `tasks.api.scrum.sprint.delete` refuses a sprint with tasks, as the table of its
    /// errors has it, instead of moving these to the backlog, as its text says.
    pub sprint_with_tasks_stays: bool,
    /// Whether `tasks.api.scrum.task.update` answers `true`, as the samples of its page read it,
    /// instead of an object with `status`, `data` and `errors`, as the page describes it.
    pub bare_task_update: bool,
    /// The custom field that `tasks.task.add` requires, such as `UF_AUTO_1`; `None` requires none.
    pub required_task_field: Option<String>,
    /// Whether the portal lacks the module of blogs, so that nothing is written to the feed.
    pub without_blog: bool,
    /// What is done about an unknown parameter or a value of the wrong type, both of which a real
    /// portal ignores.
    pub strict: Strict,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            batch_overflow: BatchOverflow::default(),
            batch_billing: BatchBilling::default(),
            batch_references: BatchReferences::default(),
            auth_errors: AuthErrors::default(),
            cors: true,
            lenient_bodies: false,
            rate: None,
            operating_limit: None,
            costs: BTreeMap::new(),
            overloaded: false,
            moved_to: None,
            address: None,
            auth_server: None,
            browser_user: 1,
            oauth_error_status: 400,
            event_tokens: EventTokens::default(),
            event_form: EventForm::default(),
            repeated_updates: false,
            language: Language::default(),
            server_codes: false,
            setowner_by_admin: false,
            repeated_request_fails: false,
            admin_needs_membership: false,
            coded_emoji: false,
            always_counts: false,
            bogus_next: false,
            zero_total: false,
            without_extranet: false,
            scrum_totals: false,
            sprint_with_tasks_stays: false,
            bare_task_update: false,
            required_task_field: None,
            without_blog: false,
            strict: Strict::default(),
        }
    }
}

impl Rules {
    /// The operating limit in the documentation's example.
    pub const OPERATING_LIMIT: Duration = Duration::from_secs(480);
}

/// What a batch of more than 50 commands meets with. The text of its page says one thing, the table
/// of error codes another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BatchOverflow {
    /// The first 50 run, and each one beyond them is an error of its own.
    #[default]
    Surplus,
    /// None runs; the whole request is answered with status 400.
    Whole,
}

/// How the operating time of a batch is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BatchBilling {
    /// Each command counts for its own method and is checked against that method's limit, while the
    /// batch itself doesn't count.
    #[default]
    Commands,
    /// All commands together count for the method `batch`, and only that is checked.
    Batch,
}

/// What is done about an unknown parameter or a value of the wrong type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strict {
    /// Nothing, as a real portal does.
    #[default]
    Off,
    /// The call is answered as by a real portal, and each complaint stands beside the answer in a
    /// header `X-Portal-Strict`, and in the log.
    Report,
    /// The call is answered with 400 `PORTAL_STRICT`, and with what the documentation wants instead.
    Refuse,
}

/// The language of a portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Language {
    /// English: `04/17/2025 19:37:55`.
    #[default]
    English,
    /// Russian: `17.04.2025 19:37:55`.
    Russian,
}

/// Which tokens events bring along. The samples of the groups' events have both, the section on
/// events says that a refresh token is rare, and what a robot does brings none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventTokens {
    /// An access token and a refresh token.
    #[default]
    Both,
    /// An access token only.
    AccessOnly,
    /// None.
    Missing,
}

/// The rate limit: a count that every request raises by one, and that time lowers.
///
/// ```
/// # use sonet_portal::Rate;
/// # use std::time::Duration;
/// // The shape of the real one, ten times faster: 2 less every 100 ms.
/// let rate = Rate::STANDARD.every(Duration::from_millis(100));
/// assert_eq!((rate.threshold, rate.drain), (50, 2));
/// ```
///
/// In a file of rules, what is left out is as in [`Self::STANDARD`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Rate {
    /// Above this count the next request is refused.
    pub threshold: u32,
    /// By how much the count falls in a period.
    pub drain: u32,
    /// How long a period is. Periods are the clock's, counted from 1970, so that all addresses'
    /// counts fall at the same moments. A period of no time is one of a nanosecond.
    #[serde(deserialize_with = "seconds::one")]
    pub every: Duration,
}

impl Default for Rate {
    fn default() -> Self {
        Self::STANDARD
    }
}

impl Rate {
    /// The Enterprise plan: 250 and 5 a second.
    pub const ENTERPRISE: Self = Self::new(250, 5);
    /// All other plans: 50 and 2 a second.
    pub const STANDARD: Self = Self::new(50, 2);

    /// Makes a limit of its own, whose count falls each second.
    #[must_use]
    pub const fn new(threshold: u32, drain: u32) -> Self {
        Self {
            threshold,
            drain,
            every: Duration::from_secs(1),
        }
    }

    /// Lets the count fall this often instead.
    #[must_use]
    pub const fn every(mut self, period: Duration) -> Self {
        self.every = period;
        self
    }
}
