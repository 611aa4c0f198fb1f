//! What a response is.

use bytes::Bytes;
use http::Response;

use crate::envelope::{self, Head, Quote};
use crate::error::Kind;
use crate::failure::failed;
use crate::inflate::{InflateError, inflate};
use crate::{Cause, Failure, Method, Reply};

/// How large an answer may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bounds {
    /// Its body, decompressed.
    body: u64,
    /// What is decoded of it.
    decoded: u64,
}

/// How often an answer may take the memory that its body may have, once it is decoded.
const ROWS: u64 = 16;

/// The same of one that is kept as JSON values.
const VALUES: u64 = 4;

/// What any answer may take once it is decoded, however small the limit is.
const LEAST: u64 = 16 * 1024 * 1024;

impl Bounds {
    /// The bounds of an answer with this limit on its body.
    pub(super) fn new(body: u64, is_untyped: bool) -> Self {
        let times = if is_untyped { VALUES } else { ROWS };
        Self {
            body,
            decoded: body.saturating_mul(times).max(LEAST),
        }
    }
}

/// The reply, or what went wrong.
pub(super) fn read<M: Method>(
    response: Response<Bytes>,
    bounds: Bounds,
    quote: &Quote<'_>,
) -> Result<Reply<M::Output>, Kind> {
    let head = Head::of(&response, quote);
    let too_large = |cause| Err(failed(Failure::MaybeSent(cause), quote));
    match inflate(response, bounds.body) {
        Ok(body) if head.status.is_success() && envelope::outweighs(&body, bounds.decoded) => {
            too_large(Cause::decoded_limit(body.len(), bounds.decoded))
        }
        Ok(body) => envelope::decode::<M>(&head, &body, quote),
        Err(InflateError::TooLarge) => too_large(Cause::body_limit(bounds.body)),
        Err(InflateError::Broken(problem)) => Err(Kind::Unreadable {
            status: head.status,
            problem: quote.piece(&problem),
            piece: String::new(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: u64 = 1024 * 1024;

    #[test]
    fn values_may_take_less_than_rows() {
        let bounds = |body, is_untyped| Bounds::new(body, is_untyped).decoded;
        assert_eq!(bounds(64 * MIB, false), 1024 * MIB);
        assert_eq!(bounds(64 * MIB, true), 256 * MIB);
        assert_eq!(bounds(10, true), LEAST);
        assert_eq!(bounds(u64::MAX, false), u64::MAX);
    }
}
