//! What the document says of the interface as a whole: the spec is about its methods.

use std::collections::BTreeSet;

use sonet_spec::model::Spec;

use super::system_errors;
use crate::model::{
    Entries, Header, Info, Kind, Licence, Limits, OAuth, OperatingLimit, RequestLimits,
    Requirement, Response, Schema, SecurityScheme, Server, Variable,
};

/// The name of the security scheme of applications.
const ACCESS_TOKEN: &str = "accessToken";

/// The status of an answer that names another address.
pub(super) const MOVED: i64 = 302;

pub(super) fn info() -> Info {
    Info {
        title: "Bitrix24 workgroups and Scrum",
        version: env!("CARGO_PKG_VERSION"),
        summary: "Workgroups, projects and scrums of Bitrix24: their REST methods and events.",
        description: include_str!("about.md"),
        license: Licence {
            name: "MIT OR Apache-2.0",
            identifier: "MIT OR Apache-2.0",
        },
    }
}

pub(super) fn servers() -> Vec<Server> {
    let portal = || {
        let portal = Variable {
            default: "example.bitrix24.com",
            description: "Host of the portal.",
        };
        ("portal".to_owned(), portal)
    };
    let user = Variable {
        default: "1",
        description: "Identifier of the user who made the webhook, and whose rights count.",
    };
    let secret = Variable {
        default: "secret",
        description: "Secret of the webhook. Whoever knows it can do all that the webhook may.",
    };
    vec![
        Server {
            url: "https://{portal}/rest/{user}/{secret}",
            description: "An incoming webhook. The path is the authorization; there is no other.",
            variables: Entries::from_iter([
                portal(),
                ("user".to_owned(), user),
                ("secret".to_owned(), secret),
            ]),
        },
        Server {
            url: "https://{portal}/rest",
            description: "An application with OAuth 2.0. Each request has an access token as `auth`. The \
                          `client_endpoint` that comes with the tokens is this address.",
            variables: Entries::from_iter([portal()]),
        },
    ]
}

/// Nothing, as with a webhook, or an access token with the scope.
pub(super) fn security(scope: Option<&str>) -> Vec<Requirement> {
    let scopes = scope.map(str::to_owned).into_iter().collect();
    let token = (ACCESS_TOKEN.to_owned(), scopes);
    vec![Requirement::default(), Requirement::from_iter([token])]
}

pub(super) fn security_schemes(spec: &Spec) -> Entries<SecurityScheme> {
    let methods = spec.methods.iter().map(|method| &method.scope.value);
    let events = spec.events.iter().map(|event| &event.scope.value);
    let scopes: BTreeSet<_> = methods.chain(events).cloned().collect();
    let scheme = SecurityScheme {
        kind: "apiKey",
        place: "query",
        name: "auth",
        description: "Access token of OAuth 2.0, as a parameter in the query or in the body, which keeps it out of logs. \
                      No page of these methods documents a header for it. A token is valid for an hour; \
                      `expired_token` asks for a new pair.",
        oauth: OAuth {
            authorization_url: "https://{portal}/oauth/authorize/",
            token_url: "https://oauth.bitrix.info/oauth/token/",
            refresh_url: "https://oauth.bitrix.info/oauth/token/",
            scopes: scopes.into_iter().collect(),
        },
    };
    Entries::from_iter([(ACCESS_TOKEN.to_owned(), scheme)])
}

/// What the host of a portal answers that has another address now.
pub(super) fn moved() -> (String, Response) {
    let location = Header {
        description: "The same address at the new host.",
        required: true,
        schema: Schema::of(Kind::String),
    };
    let response = Response {
        description: "The portal has another address now. Repeat the request there, with its method and its body.".to_owned(),
        headers: Entries::from_iter([("Location".to_owned(), location)]),
        content: Entries::default(),
    };
    (system_errors::name(MOVED), response)
}

pub(super) fn limits() -> Limits {
    Limits {
        requests: RequestLimits {
            description: "A leaky bucket for each portal and source address, in the cloud. A request that does not fit is \
                          answered `QUERY_LIMIT_EXCEEDED` and is not run.",
            per_second: 2,
            burst: 50,
            enterprise_per_second: 5,
            enterprise_burst: 250,
        },
        operating: OperatingLimit {
            description: "The time that one method may run for one application or webhook. Beyond it, the method is answered \
                          `OPERATION_TIME_LIMIT` and is not run; `time` in an answer says what counts.",
            seconds: 480,
            window_seconds: 600,
        },
        seconds_per_request: 60,
    }
}
