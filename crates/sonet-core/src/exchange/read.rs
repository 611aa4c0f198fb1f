//! What a response is.

use bytes::Bytes;
use http::Response;

use crate::envelope::{self, Head, Quote};
use crate::error::Kind;
use crate::failure::failed;
use crate::inflate::{Inflate, inflate};
use crate::{Cause, Failure, Method, Reply};

/// The reply, or what went wrong.
pub(super) fn read<M: Method>(
    response: Response<Bytes>,
    limit: u64,
    quote: &Quote<'_>,
) -> Result<Reply<M::Output>, Kind> {
    let head = Head::of(&response, quote);
    match inflate(response, limit) {
        Ok(body) => envelope::decode::<M>(&head, &body, quote),
        Err(Inflate::TooLarge) => Err(failed(Failure::MaybeSent(Cause::body_limit(limit)), quote)),
        Err(Inflate::Broken(problem)) => Err(Kind::Unreadable {
            status: head.status,
            problem: quote.piece(&problem),
            piece: String::new(),
        }),
    }
}
