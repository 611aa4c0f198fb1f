//! What an answer says of one command.

use http::StatusCode;
use serde_json::Value;
use serde_json::value::RawValue;

use super::answers::Answer;
use super::command::Command;
use crate::Method;
use crate::envelope::{ErrorBody, Quote, mismatch_of};
use crate::error::Kind;

/// Decodes a result, in the form that its method gives it.
pub(super) type Decoder<T> = fn(&str, &Quote<'_>) -> Result<T, Kind>;

/// The decoder of a method.
pub(super) fn decode<M: Method>(json: &str, quote: &Quote<'_>) -> Result<M::Output, Kind> {
    M::decode(&mut serde_json::Deserializer::from_str(json))
        .map_err(|_| mismatch_of::<M>(json, quote))
}

/// What went wrong with a command that ran, if anything did. `source` gives the results of others in its
/// request, of the commands with these places.
pub(super) fn problem(
    command: &Command,
    answer: &Answer,
    request: &[usize],
    source: impl Fn(usize) -> Option<Value>,
    quote: &Quote<'_>,
) -> Option<Kind> {
    let has_result = answer.result.is_some();
    if let Some(error) = &answer.error {
        return Some(refused(command, error, has_result, quote));
    }
    if !has_result {
        return None;
    }
    let leads = |path: &&super::ResultPath| {
        let result = source(path.source);
        result.is_some_and(|result| path.leads_into(&result))
    };
    let unresolved = command.references.iter().find(|path| !leads(path))?;
    Some(Kind::Unresolved(format!(
        "it ran with the text `{}` in a parameter, since the earlier result has nothing there",
        unresolved.written_in(request)
    )))
}

/// The error of a command.
fn refused(command: &Command, error: &RawValue, has_result: bool, quote: &Quote<'_>) -> Kind {
    let status = StatusCode::OK;
    let mut json = serde_json::Deserializer::from_str(error.get());
    let api = ErrorBody::of_command(&mut json)
        .ok()
        .and_then(|body| body.into_api(status, command.errors, quote));
    match api {
        Some(mut api) => {
            api.beside_result |= has_result;
            Kind::Api(api)
        }
        None => Kind::Unreadable {
            status,
            problem: "it is an error of a form that errors do not have".to_owned(),
            piece: quote.piece(error.get()),
        },
    }
}
