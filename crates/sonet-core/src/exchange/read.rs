//! What a response is.

use bytes::Bytes;
use http::Response;

use crate::envelope::{self, Head};
use crate::error::Kind;
use crate::inflate::{InflateError, inflate};
use crate::redact::Redactor;
use crate::{Cause, Failure, Method, Reply};

/// How large an answer may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SizeLimits {
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

impl SizeLimits {
    /// The limits of an answer with this one on its body.
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
    response: &mut Response<Bytes>,
    limits: SizeLimits,
    redactor: &Redactor<'_>,
) -> Result<Reply<M::Output>, Kind> {
    let head = Head::of(response, redactor);
    let too_large = |cause| Err(Kind::no_response(Failure::MaybeSent(cause), None, redactor));
    match inflate(response, limits.body) {
        Ok(body)
            if head.status.is_success() && envelope::decodes_larger_than(&body, limits.decoded) =>
        {
            too_large(Cause::decoded_limit(body.len(), limits.decoded))
        }
        Ok(body) => envelope::decode::<M>(&head, &body, redactor),
        Err(InflateError::TooLarge) => too_large(Cause::body_limit(limits.body)),
        Err(InflateError::Broken(problem)) => Err(Kind::Unreadable {
            status: head.status,
            problem: redactor.excerpt(&problem),
            excerpt: String::new(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: u64 = 1024 * 1024;

    #[test]
    fn values_may_take_less_than_rows() {
        let limits = |body, is_untyped| SizeLimits::new(body, is_untyped).decoded;
        assert_eq!(limits(64 * MIB, false), 1024 * MIB);
        assert_eq!(limits(64 * MIB, true), 256 * MIB);
        assert_eq!(limits(10, true), LEAST);
        assert_eq!(limits(u64::MAX, false), u64::MAX);
    }
}
