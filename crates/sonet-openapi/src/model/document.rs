//! The document around the schemas.

use serde::Serialize;
use serde_json::Value;

use super::extensions::{ErrorDoc, Limits, OAuth, Paging};
use super::{Entries, Schema};

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Document {
    pub(crate) openapi: &'static str,
    pub(crate) info: Info,
    pub(crate) external_docs: ExternalDocs,
    pub(crate) servers: Vec<Server>,
    pub(crate) security: Vec<Requirement>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) paths: Entries<PathItem>,
    pub(crate) webhooks: Entries<PathItem>,
    pub(crate) components: Components,
    #[serde(rename = "x-limits")]
    pub(crate) limits: Limits,
}

#[derive(Debug, Serialize)]
pub(crate) struct Info {
    pub(crate) title: &'static str,
    pub(crate) version: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) description: &'static str,
    pub(crate) license: Licence,
}

#[derive(Debug, Serialize)]
pub(crate) struct Licence {
    pub(crate) name: &'static str,
    pub(crate) identifier: &'static str,
}

#[derive(Debug, Serialize)]
pub(crate) struct ExternalDocs {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<&'static str>,
    pub(crate) url: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Server {
    pub(crate) url: &'static str,
    pub(crate) description: &'static str,
    pub(crate) variables: Entries<Variable>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Variable {
    pub(crate) default: &'static str,
    pub(crate) description: &'static str,
}

/// Schemes that are needed together, each with the scopes that it has to bring; nothing where none is needed.
pub(crate) type Requirement = Entries<Vec<String>>;

#[derive(Debug, Serialize)]
pub(crate) struct Tag {
    pub(crate) name: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct PathItem {
    pub(crate) post: Operation,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Operation {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) tags: Vec<String>,
    pub(crate) summary: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) description: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) deprecated: bool,
    pub(crate) external_docs: ExternalDocs,
    #[serde(rename = "operationId")]
    pub(crate) id: String,
    pub(crate) request_body: RequestBody,
    pub(crate) responses: Entries<ResponseOrRef>,
    /// What the document as a whole says, where nothing stands here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) security: Option<Vec<Requirement>>,
    #[serde(rename = "x-scope")]
    pub(crate) scope: String,
    #[serde(rename = "x-who")]
    pub(crate) who: String,
    #[serde(rename = "x-effect", skip_serializing_if = "Option::is_none")]
    pub(crate) effect: Option<&'static str>,
    #[serde(rename = "x-lost-answer", skip_serializing_if = "Option::is_none")]
    pub(crate) lost_answer: Option<String>,
    #[serde(rename = "x-paging", skip_serializing_if = "Option::is_none")]
    pub(crate) paging: Option<Paging>,
    #[serde(rename = "x-errors", skip_serializing_if = "Vec::is_empty")]
    pub(crate) errors: Vec<ErrorDoc>,
}

#[derive(Debug, Serialize)]
pub(crate) struct RequestBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<&'static str>,
    pub(crate) required: bool,
    pub(crate) content: Entries<Content>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Content {
    pub(crate) schema: Schema,
    #[serde(skip_serializing_if = "Entries::is_empty")]
    pub(crate) examples: Entries<Example>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Example {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) summary: String,
    pub(crate) value: ErrorBody,
}

/// The body of an error.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ErrorBody {
    /// A text or a number.
    pub(crate) error: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error_description: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum ResponseOrRef {
    Here(Box<Response>),
    /// A response of the components, by its name.
    There {
        #[serde(rename = "$ref")]
        reference: String,
    },
}

impl ResponseOrRef {
    pub(crate) fn named(name: &str) -> Self {
        Self::There {
            reference: format!("#/components/responses/{name}"),
        }
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct Response {
    pub(crate) description: String,
    #[serde(skip_serializing_if = "Entries::is_empty")]
    pub(crate) headers: Entries<Header>,
    #[serde(skip_serializing_if = "Entries::is_empty")]
    pub(crate) content: Entries<Content>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Header {
    pub(crate) description: &'static str,
    pub(crate) required: bool,
    pub(crate) schema: Schema,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Components {
    pub(crate) schemas: Entries<Schema>,
    pub(crate) responses: Entries<Response>,
    pub(crate) security_schemes: Entries<SecurityScheme>,
}

#[derive(Debug, Serialize)]
pub(crate) struct SecurityScheme {
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    #[serde(rename = "in")]
    pub(crate) place: &'static str,
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    #[serde(rename = "x-oauth2")]
    pub(crate) oauth: OAuth,
}
