//! What has a name in the document.

use std::collections::BTreeSet;

use sonet_spec::model::{Enum, Id};
use sonet_spec::{Symbol, Symbols};

use super::answer::answered;
use super::renderer::Renderer;
use super::{about, wire};
use crate::model::{Components, Entries, Kind, PathItem, Response, ResponseOrRef, Schema};

impl Renderer<'_> {
    /// The components that something in the document leads to.
    pub(super) fn components(
        &self,
        paths: &Entries<PathItem>,
        webhooks: &Entries<PathItem>,
    ) -> Components {
        let responses = self.system_errors.responses().into_iter();
        let responses: Entries<Response> = [about::moved()].into_iter().chain(responses).collect();
        let mut schemas: Entries<Schema> = Entries::default();
        for symbol in Symbols::all(self.spec) {
            for (name, schema) in self.schemas(symbol) {
                schemas.push(name, schema);
            }
        }
        for (name, schema) in wire::all() {
            schemas.push(name, schema);
        }
        let items = paths.values().chain(webhooks.values());
        let named = items.flat_map(schemas_of);
        let named = named.chain(responses.values().flat_map(|response| {
            let contents = response.content.values();
            contents.map(|content| &content.schema)
        }));
        let used = reachable(&schemas, named);
        schemas.keep(|name| used.contains(name));
        Components {
            schemas,
            responses,
            security_schemes: about::security_schemes(self.spec),
        }
    }

    /// A symbol in each of its forms.
    fn schemas(&self, symbol: Symbol<'_>) -> Vec<(String, Schema)> {
        let name = symbol.name().value.clone();
        match symbol {
            Symbol::Id(id) => {
                let forms = Schema::any([Schema::named(&name), digits()]);
                let forms = forms.describe(self.words.of(&id.doc));
                vec![(name.clone(), self.id(id)), (answered(&name), forms)]
            }
            Symbol::Enum(def) => {
                let others = Schema::of_any([Kind::String, Kind::Number]);
                let others = others.describe("A value that is not known here.");
                let open = Schema::any([Schema::named(&name), others]);
                let open = open.describe(self.words.of(&def.doc));
                vec![
                    (name.clone(), self.enumeration(def)),
                    (answered(&name), open),
                ]
            }
            Symbol::Object(object) => vec![(name, self.object(object))],
            Symbol::Input(input) => vec![(name, self.input(input))],
        }
    }

    fn id(&self, id: &Id) -> Schema {
        Schema {
            minimum: Some(1),
            ..Schema::integer()
        }
        .describe(self.words.of(&id.doc))
    }

    fn enumeration(&self, def: &Enum) -> Schema {
        let values = def.values.iter();
        Schema {
            values: values
                .clone()
                .map(|value| value.wire.as_str().into())
                .collect(),
            value_names: values
                .clone()
                .map(|value| value.name.value.clone())
                .collect(),
            value_docs: values.map(|value| self.words.of(&value.doc)).collect(),
            ..Schema::of(Kind::String)
        }
        .describe(self.words.of(&def.doc))
    }
}

/// An identifier as a text.
fn digits() -> Schema {
    Schema {
        pattern: Some("^\\s*[+]?0*[1-9][0-9]*\\s*$"),
        ..Schema::of(Kind::String)
    }
}

fn schemas_of(item: &PathItem) -> Vec<&Schema> {
    let body = item.post.request_body.content.values();
    let responses = item
        .post
        .responses
        .values()
        .filter_map(|response| match response {
            ResponseOrRef::Here(response) => Some(response.content.values()),
            ResponseOrRef::There { .. } => None,
        });
    let contents = body.chain(responses.flatten());
    contents.map(|content| &content.schema).collect()
}

/// The names of the schemas that some schemas lead to, directly or through others.
fn reachable<'d>(
    schemas: &'d Entries<Schema>,
    from: impl Iterator<Item = &'d Schema>,
) -> BTreeSet<String> {
    let mut open: Vec<&str> = from.flat_map(Schema::names).collect();
    let mut reached = BTreeSet::new();
    while let Some(name) = open.pop() {
        if reached.insert(name.to_owned()) {
            open.extend(schemas.get(name).into_iter().flat_map(Schema::names));
        }
    }
    reached
}
