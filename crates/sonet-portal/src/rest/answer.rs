//! The way of a request: which part of the interface it is for, and who sends it.

use super::address::Addresses;
use super::caller::Caller;
use super::cors;
use super::credentials::Presented;
use super::envelope::{self, Timing};
use super::http::Response;
use super::interface::{Environment, Rest};
use super::parsed::ParsedRequest;
use super::pictures;
use super::rest_3;
use super::route::Route;
use super::run::Run;
use crate::methods::call::Answer;
use crate::methods::refusal::Refusal;
use std::time::SystemTime;

impl Rest {
    /// Answers a request whose parameters are read.
    pub(crate) fn answer(
        &mut self,
        environment: &mut Environment<'_>,
        parsed: &mut ParsedRequest<'_>,
        now: SystemTime,
    ) -> Response {
        let request = parsed.request;
        let elsewhere = Addresses::of(environment)
            .moved(request)
            .or_else(|| self.oauth(environment, parsed, now))
            .or_else(|| pictures::answer(environment.state, request))
            .or_else(|| cors::preflight(environment.rules, request));
        if let Some(response) = elsewhere {
            return response;
        }
        let Some(route) = Route::parse(request.path()) else {
            return Response::page(404);
        };
        if !matches!(request.method(), "GET" | "HEAD" | "POST") {
            let mut page = Response::page(405);
            page.push_header("Allow", "GET, HEAD, POST");
            return page;
        }
        let response = self.answer_call(environment, parsed, &route, now);
        cors::allow(environment.rules, response)
    }

    fn answer_call(
        &mut self,
        environment: &mut Environment<'_>,
        parsed: &mut ParsedRequest<'_>,
        route: &Route<'_>,
        now: SystemTime,
    ) -> Response {
        let source = parsed.request.source();
        let outcome = match self.limits.admit(source, environment.rules, now) {
            Ok(()) if route.rest_3 => return rest_3::method_not_found(route.method),
            Ok(()) => self.authorize_and_run(environment, parsed, route, now),
            Err(refusal) => Err(refusal),
        };
        let mut response = match outcome {
            Ok((answer, timing)) => Response::json(200, envelope::success(answer, &timing)),
            Err(refusal) => Response::json(refusal.status, envelope::refusal(&refusal)),
        };
        response.complain(&parsed.complaints);
        response
    }

    fn authorize_and_run(
        &mut self,
        environment: &mut Environment<'_>,
        parsed: &mut ParsedRequest<'_>,
        route: &Route<'_>,
        now: SystemTime,
    ) -> Result<(Answer, Timing), Refusal> {
        let address = Addresses::of(environment).of_request(parsed.request);
        let method = self.method(route.method);
        let method = method.filter(|method| method.name == "app.info" || !address.is_no_portal());
        let method = method.ok_or_else(Refusal::method_not_found)?;
        if environment.rules.lenient_bodies {
            parsed.read_leniently();
        }
        let params = parsed.params.as_mut().map_err(|refusal| refusal.clone())?;
        let token = params.take_auth();
        let presented = match (route.webhook, &token) {
            (Some((user_id, secret)), _) => Presented::Webhook { user_id, secret },
            (None, Some(token)) if !token.is_empty() => Presented::Token(token),
            (None, _) => return Err(Refusal::no_auth()),
        };
        let caller = Caller::identify(self, environment, &presented, now)?;
        parsed.caller = Some(caller.user.id);
        let mut run = Run::new(self, environment, &caller, address);
        let outcome = run.call(&method, params, now);
        parsed.complaints = run.into_complaints();
        outcome
    }
}
