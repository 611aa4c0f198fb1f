//! A request whose parameters are read.

use crate::methods::refusal::Refusal;
use crate::rest::http::Request;
use crate::wire::params::{Encoded, Params};

/// A request and its parameters.
///
/// Reading them may take long and needs nothing of the portal, so a server does it before it locks
/// the portal, and drops them after it has let go.
pub(crate) struct ParsedRequest<'a> {
    pub(crate) request: &'a Request,
    pub(crate) params: Result<Params, Refusal>,
    /// Who made the call; known when the portal has looked at the credentials.
    pub(crate) caller: Option<u64>,
    /// What the documentation doesn't have in the call, or not so.
    pub(crate) complaints: Vec<String>,
}

impl<'a> ParsedRequest<'a> {
    /// Reads the parameters. That they are malformed is for the portal to tell, after its other
    /// checks.
    pub(crate) fn read(request: &'a Request) -> Self {
        Self {
            request,
            params: Params::read(encoded(request))
                .map_err(|reason| Refusal::malformed_json(&reason)),
            caller: None,
            complaints: Vec::new(),
        }
    }

    /// Reads the parameters again as an older server does, where that makes a difference.
    pub(crate) fn read_leniently(&mut self) {
        if self.params.is_err() || Params::is_of_unknown_type(encoded(self.request)) {
            self.params = Ok(Params::read_leniently(encoded(self.request)));
        }
    }
}

/// Where the parameters of a request are.
fn encoded(request: &Request) -> Encoded<'_> {
    Encoded {
        query: request.query(),
        content_type: request.header("content-type").unwrap_or_default(),
        body: request.body(),
    }
}
