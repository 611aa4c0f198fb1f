//! A method as a path.

use sonet_spec::model::{Effect, Method, Paged};

use super::errors::OK;
use super::renderer::Renderer;
use super::{about, wire};
use crate::model::{
    Content, Entries, Kind, Operation, Paging, PathItem, RequestBody, Response, ResponseOrRef,
    Schema,
};

/// What methods of one object have in common: their names without the last part.
pub(super) fn area(method: &Method) -> &str {
    let area = method.name.rsplit_once('.').map(|(area, _)| area);
    area.unwrap_or(&method.name)
}

impl Renderer<'_> {
    pub(super) fn path(&self, method: &Method) -> (String, PathItem) {
        let post = self.operation(method);
        (format!("/{}", *method.name), PathItem { post })
    }

    fn operation(&self, method: &Method) -> Operation {
        let (summary, rest) = self.words.summary(&method.doc);
        let lost_answer = method.lost_answer.as_ref().map(|text| self.words.of(text));
        let who = self.words.of(&method.who);
        let who_may = format!("May be called by {who}. Scope: `{}`.", *method.scope);
        let deprecated = method.deprecated.as_ref();
        let told = [
            deprecated.map(|note| format!("Deprecated: {}", self.words.of(note))),
            Some(rest),
            Some(who_may),
            Some(effect_doc(method)),
            lost_answer.clone(),
            doubts_doc(method),
        ];
        let told = told.into_iter().flatten().filter(|text| !text.is_empty());
        Operation {
            tags: vec![area(method).to_owned()],
            summary,
            description: told.collect::<Vec<_>>().join("\n\n"),
            deprecated: method.deprecated.is_some(),
            external_docs: self.page(&method.page),
            id: method.name.value.clone(),
            request_body: RequestBody {
                description: None,
                required: true,
                content: json(self.body(method), Entries::default()),
            },
            responses: self.responses(method),
            security: Some(about::security(Some(&method.scope))),
            scope: method.scope.value.clone(),
            who,
            effect: Some(effect_word(method)),
            lost_answer,
            paging: method.paged.as_ref().map(paging),
            errors: self.error_docs(method),
        }
    }

    fn responses(&self, method: &Method) -> Entries<ResponseOrRef> {
        let mut schema = self.success(method);
        let errors = method.errors.iter().filter(|error| error.status() == OK);
        let examples: Entries<_> = self.examples(errors).into_iter().collect();
        if !examples.is_empty() {
            schema = Schema::any([schema, Schema::named(wire::ERROR)]);
        }
        let success = Response {
            description: self.words.of(&method.result.doc),
            headers: Entries::default(),
            content: json(schema, examples),
        };
        let mut responses = self.failures(method);
        responses.push_first(OK.to_string(), ResponseOrRef::Here(Box::new(success)));
        responses
    }

    /// The envelope around a result.
    fn success(&self, method: &Method) -> Schema {
        let mut envelope = Schema::of(Kind::Object);
        envelope.properties.push("result", self.result(method));
        if method.paged.is_some() {
            let integer = || Schema::named(wire::INTEGER);
            let total =
                integer().describe("How many rows match, on all pages, if they were counted.");
            let next = integer().describe("The `start` of the next page. Absent on the last page.");
            envelope.properties.push("total", total);
            envelope.properties.push("next", next);
        }
        envelope.properties.push("time", Schema::named(wire::TIME));
        envelope.required.push("result".to_owned());
        envelope
    }
}

fn json(schema: Schema, examples: Entries<crate::model::Example>) -> Entries<Content> {
    let content = Content { schema, examples };
    [("application/json".to_owned(), content)]
        .into_iter()
        .collect()
}

fn effect_word(method: &Method) -> &'static str {
    match method.effect.value {
        Effect::Read => "read",
        Effect::Repeatable => "repeatable",
        Effect::Write => "write",
    }
}

/// What may be done if no answer comes.
fn effect_doc(method: &Method) -> String {
    match method.effect.value {
        Effect::Read => "Changes nothing. If no answer comes, it may be repeated.",
        Effect::Repeatable => "If no answer comes, it may be repeated.",
        Effect::Write => {
            "If no answer comes, it must not be repeated without a look at what is there."
        }
    }
    .to_owned()
}

/// What nobody has judged yet.
fn doubts_doc(method: &Method) -> Option<String> {
    let doubts: Vec<_> = method
        .doubts
        .iter()
        .map(|doubt| doubt.value.as_str())
        .collect();
    (!doubts.is_empty()).then(|| format!("Not reviewed: {}", doubts.join(" ")))
}

fn paging(paged: &Paged) -> Paging {
    Paging {
        rows: paged.rows.value.clone(),
        page_rows: Paged::ROWS,
        uncounted: paged.uncounted,
        cursor: paged.cursor.as_ref().map(|name| name.value.clone()),
        row_cursor: paged.row_cursor.as_ref().map(|name| name.value.clone()),
        nothing: paged.nothing.as_ref().map(|name| name.value.clone()),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_deprecated_method_is_marked_and_says_what_to_use() {
        let spec = r#"
            format = 1
            documentation = "https://example.com/"

            [[method]]
            name = "club.count"
            page = "a.html"
            scope = "club"
            effect = "read"
            who = "any user"
            doc = "Counts."
            deprecated = "Use `club.total`."
            result = { type = "integer", doc = "How many." }

            [[method]]
            name = "club.total"
            page = "b.html"
            scope = "club"
            effect = "read"
            who = "any user"
            doc = "Counts."
            params = [{ name = "KIND", type = "string", deprecated = "Use `SORT`.", doc = "Which." }]
            result = { type = "integer", doc = "How many." }
        "#;
        let (spec, _) = sonet_spec::parse("club.toml", spec).unwrap();
        let document: serde_json::Value =
            serde_json::from_str(&crate::render(&spec).unwrap()).unwrap();
        let count = &document["paths"]["/club.count"]["post"];
        assert_eq!(count["deprecated"], true);
        let told = count["description"].as_str().unwrap();
        assert!(told.starts_with("Deprecated: Use `"), "{told}");
        let total = &document["paths"]["/club.total"]["post"];
        assert!(total.get("deprecated").is_none(), "{total}");
        let body = &total["requestBody"]["content"]["application/json"]["schema"];
        let kind = &body["properties"]["KIND"];
        assert_eq!(kind["deprecated"], true, "{total}");
        let told = kind["description"].as_str().unwrap();
        assert!(told.contains("Deprecated: Use `SORT`"), "{told}");
    }
}
