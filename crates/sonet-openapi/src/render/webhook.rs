//! An event as a webhook: what a portal sends by itself.

use sonet_spec::model::Event;

use super::renderer::Renderer;
use crate::model::{
    Content, Entries, Operation, PathItem, RequestBody, Response, ResponseOrRef, Schema,
};

impl Renderer<'_> {
    pub(super) fn webhook(&self, event: &Event) -> (String, PathItem) {
        let (summary, rest) = self.words.summary(&event.doc);
        let who = self.words.of(&event.who);
        let who_may = format!(
            "Comes as `{}`. May be subscribed to by {who}. Scope: `{}`.",
            *event.wire, *event.scope
        );
        let told = [rest, who_may].into_iter().filter(|text| !text.is_empty());
        let taken = Response {
            description: "The event is taken. It is sent once: there is no second attempt."
                .to_owned(),
            headers: Entries::default(),
            content: Entries::default(),
        };
        let taken = ResponseOrRef::Here(Box::new(taken));
        let post = Operation {
            tags: Vec::new(),
            summary,
            description: told.collect::<Vec<_>>().join("\n\n"),
            deprecated: false,
            external_docs: self.page(&event.page),
            id: event.name.value.clone(),
            request_body: RequestBody {
                description: Some(
                    "A form in PHP's notation, `data[FIELDS][ID]=77`. All values are texts. Compare \
                     `auth[application_token]` with the one that is known before anything else.",
                ),
                required: true,
                content: delivery(event),
            },
            responses: [("2XX".to_owned(), taken)].into_iter().collect(),
            security: Some(Vec::new()),
            scope: event.scope.value.clone(),
            who,
            effect: None,
            lost_answer: None,
            paging: None,
            errors: Vec::new(),
        };
        (event.name.value.clone(), PathItem { post })
    }
}

fn delivery(event: &Event) -> Entries<Content> {
    let content = Content {
        schema: Schema::named(&event.payload),
        examples: Entries::default(),
    };
    let form = "application/x-www-form-urlencoded".to_owned();
    [(form, content)].into_iter().collect()
}
