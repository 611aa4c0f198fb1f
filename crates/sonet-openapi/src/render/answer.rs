//! What comes from the server, in every form in which it is known to come.

use sonet_spec::Symbol;
use sonet_spec::model::{Field, Method, Object};
use sonet_spec::types::Type;

use super::renderer::Renderer;
use super::wire;
use crate::model::{Kind, Schema};

/// The name of the schema for what comes in an answer, where a request has another form.
pub(super) fn answered(name: &str) -> String {
    format!("{name}.Answered")
}

impl Renderer<'_> {
    /// What is in the `result` of a method.
    pub(super) fn result(&self, method: &Method) -> Schema {
        let ty = &*method.result.ty;
        let schema = match self.symbols.object(ty) {
            // PHP's way to say that there is no answer is an object without anything in it.
            Some(object) if !has_essential(object) => Schema {
                min_properties: Some(1),
                ..Schema::named(&object.name)
            },
            _ => Schema::any(self.forms(ty)),
        };
        let schema = match &method.result.within {
            Some(key) => {
                let mut around = Schema::of(Kind::Object);
                if method.result.optional.value {
                    // Without the key there is nothing, and PHP prints an object without keys as a list.
                    let schema = Schema::any([schema, Schema::of(Kind::Null)]);
                    around.properties.push(key.value.clone(), schema);
                    let empty = Schema {
                        max_items: Some(0),
                        ..Schema::of(Kind::Array)
                    };
                    Schema::any([around, empty, Schema::of(Kind::Null)])
                } else {
                    around.properties.push(key.value.clone(), schema);
                    around.required.push(key.value.clone());
                    around
                }
            }
            None => schema,
        };
        schema.describe(self.words.of(&method.result.doc))
    }

    /// An object of the spec.
    pub(super) fn object(&self, object: &Object) -> Schema {
        let fields = object.fields.iter();
        let essential = fields.clone().filter(|field| field.essential.value);
        Schema {
            properties: fields
                .map(|field| (field.name.value.clone(), self.field(field)))
                .collect(),
            required: essential.map(|field| field.name.value.clone()).collect(),
            ..Schema::of(Kind::Object)
        }
        .describe(self.words.of(&object.doc))
    }

    /// A field. What is not essential may say in any of PHP's forms that it has no value.
    fn field(&self, field: &Field) -> Schema {
        let mut forms = self.forms(&field.ty);
        let any_form = forms.contains(&Schema::default());
        if !field.essential.value && !any_form {
            let nothing = Schema::named(self.nothing(&field.ty));
            if !forms.contains(&nothing) {
                forms.push(nothing);
            }
        }
        Schema::any(forms).describe(self.words.of(&field.doc))
    }

    fn nothing(&self, ty: &Type) -> &'static str {
        match self.symbols.of_type(ty) {
            Some(Symbol::Id(_)) => wire::NO_ID,
            Some(Symbol::Object(_)) => wire::NO_OBJECT,
            _ => wire::NOTHING,
        }
    }

    /// The forms of a value.
    fn forms(&self, ty: &Type) -> Vec<Schema> {
        let name = match ty {
            Type::String | Type::Secret | Type::LocalDateTime => wire::TEXT,
            Type::Integer => wire::INTEGER,
            Type::Decimal => wire::NUMBER,
            Type::Boolean => wire::BOOLEAN,
            Type::Flag => wire::FLAG,
            Type::Accepted => wire::ACCEPTED,
            Type::Empty => wire::EMPTY,
            Type::DateTime => wire::DATE_TIME,
            Type::Date => wire::DATE,
            Type::LooseDateTime => wire::TIMESTAMP,
            Type::Named(name) => return vec![self.named(name)],
            // PHP prints a list with gaps as an object, and a map whose keys are 0, 1, 2 … as a list.
            Type::List(element) => {
                let element = self.element(element);
                let list = Schema::list(element.clone());
                return vec![list, Schema::map(element), Schema::named(wire::NOTHING)];
            }
            Type::Map(element) => {
                let element = self.element(element);
                let map = Schema::map(element.clone());
                return vec![map, Schema::list(element), Schema::of(Kind::Null)];
            }
            Type::Json => return vec![Schema::default()],
            // Only requests have these.
            Type::File
            | Type::Filter
            | Type::Order
            | Type::Select
            | Type::Object
            | Type::PageStart => {
                return vec![Schema::default()];
            }
        };
        vec![Schema::named(name)]
    }

    fn named(&self, name: &str) -> Schema {
        match self.symbols.get(name) {
            Some(Symbol::Id(_) | Symbol::Enum(_)) => Schema::named(&answered(name)),
            Some(Symbol::Object(_) | Symbol::Input(_)) | None => Schema::named(name),
        }
    }

    /// What is in a list or a map.
    fn element(&self, ty: &Type) -> Schema {
        let mut forms = self.forms(ty);
        match self.symbols.of_type(ty) {
            Some(Symbol::Id(_)) => forms.push(Schema::named(wire::IDENTIFIED)),
            Some(Symbol::Object(object)) if !has_essential(object) => {
                forms.push(Schema {
                    max_items: Some(0),
                    ..Schema::of(Kind::Array)
                });
            }
            _ => {}
        }
        Schema::any(forms)
    }
}

fn has_essential(object: &Object) -> bool {
    object.fields.iter().any(|field| field.essential.value)
}
