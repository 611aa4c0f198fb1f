//! What OpenAPI has no word for: the values of keys that begin with `x-`.

use serde::Serialize;

/// How a list goes on.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Paging {
    /// Where the rows are, in an answer.
    pub(crate) rows: String,
    pub(crate) page_rows: usize,
    /// Whether `start = -1` skips counting.
    pub(crate) uncounted: bool,
    /// The field of the filter and the order to walk by. Without one, a walk goes by offset.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cursor: Option<String>,
    /// The same field in a row, or, without a cursor, the number that a row is known by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) row_cursor: Option<String>,
    /// The name of the error that means that there are no rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) nothing: Option<String>,
}

/// A documented error.
#[derive(Debug, Serialize)]
pub(crate) struct ErrorDoc {
    pub(crate) name: String,
    pub(crate) status: i64,
    pub(crate) code: String,
    pub(crate) text: String,
    /// Whether the text follows the portal's language.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) localized: bool,
    pub(crate) description: String,
}

/// What a portal lets a caller do.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Limits {
    pub(crate) requests: RequestLimits,
    pub(crate) operating: OperatingLimit,
    pub(crate) seconds_per_request: u32,
}

/// A leaky bucket: it holds so many requests, and so many leave it in a second.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RequestLimits {
    pub(crate) description: &'static str,
    pub(crate) per_second: u32,
    pub(crate) burst: u32,
    pub(crate) enterprise_per_second: u32,
    pub(crate) enterprise_burst: u32,
}

/// The seconds that a method may run within a window.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OperatingLimit {
    pub(crate) description: &'static str,
    pub(crate) seconds: u32,
    pub(crate) window_seconds: u32,
}

/// Where an application gets its tokens.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OAuth {
    pub(crate) authorization_url: &'static str,
    pub(crate) token_url: &'static str,
    pub(crate) refresh_url: &'static str,
    pub(crate) scopes: Vec<String>,
}
