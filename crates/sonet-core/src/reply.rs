//! What comes back.

use http::HeaderMap;

use crate::Time;
use crate::attempts::Attempts;

/// A successful answer with all that the envelope says.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reply<T> {
    /// The result.
    pub result: T,
    /// How many rows there are in all, where a list method counted them.
    pub total: Option<u64>,
    /// What the next page's `start` is. Absent on the last page, and on every page where counting was switched off by
    /// [`PageStart::UNCOUNTED`](crate::PageStart::UNCOUNTED): there, a page of 50 rows may have another one behind it.
    pub next: Option<i64>,
    /// What the call cost.
    pub time: Time,
    /// How many requests it took, and what is known of them.
    pub(crate) past: Attempts,
}

impl<T> Reply<T> {
    /// The headers of the answer; of a command in a batch, those of the request that carried it.
    ///
    /// `Set-Cookie` and `Location` are left out, and what quotes the webhook's secret or the token is masked. The headers
    /// that are not of HTTP itself are not documented by the vendor and differ between cloud and portals on premises.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.past.headers.get()
    }

    /// The id under which the server knows the request, for the vendor's support; of a command in a batch, that of the
    /// request that carried it.
    ///
    /// It is the header `X-Bitrix-RI`, which the vendor's cloud sends with every answer but does not document, or else
    /// `X-Request-ID`, which a proxy before a portal on premises may add. `None` where neither came.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.past.headers.request_id()
    }
}
