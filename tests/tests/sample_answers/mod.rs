//! An answer of every method with everything in it, as the spec says, and how it is decoded. Whatever is decoded is written
//! too, and has to be read back equal.

use std::fmt::{self, Debug};

use serde::Serialize;
use serde_json::{Map, Value, json};
use sonet_core::Method;
use sonet_spec::model::{self, Spec};
use sonet_spec::types::Type;
use sonet_spec::{self as spec, Symbol, Symbols};
use sonet_types::events::Event;
use sonet_types::log::{blogcomment, blogpost};
use sonet_types::socialnetwork::api::workgroup;
use sonet_types::sonet_group::{self, feature, user};
use sonet_types::tasks;
use sonet_types::tasks::api::scrum::{backlog, epic, kanban, sprint, task};

use crate::driver::read_back_equal;

/// Decodes an answer, and prints what came of it.
pub(crate) type Decode = fn(&Value) -> Result<String, String>;

/// An answer, and the fields in it.
pub(crate) struct Answer {
    pub(crate) value: Value,
    pub(crate) fields: Vec<FieldPath>,
}

impl Answer {
    /// The answer in a key of an object that has nothing else.
    fn within(self, key: &str) -> Self {
        let fields = self.fields.into_iter().map(|mut field| {
            field.path.insert(0, key.to_owned());
            field
        });
        Self {
            fields: fields.collect(),
            value: json!({ key: self.value }),
        }
    }
}

/// Where a field stands in an answer.
pub(crate) struct FieldPath {
    /// Keys, and places in lists.
    pub(crate) path: Vec<String>,
    pub(crate) ty: Type,
    pub(crate) essential: bool,
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path.join("."))
    }
}

impl FieldPath {
    /// The answer with another value there, or without any; as it was, where there is no such place any more.
    pub(crate) fn replaced(&self, answer: &Value, by: Option<&Value>) -> Value {
        let mut changed = answer.clone();
        let (last, above) = self.path.split_last().unwrap();
        let place = above
            .iter()
            .try_fold(&mut changed, |value, key| match value {
                Value::Array(items) => items.get_mut(key.parse::<usize>().ok()?),
                value => value.get_mut(key),
            });
        if let Some(Value::Object(object)) = place {
            match by {
                Some(value) => object.insert(last.clone(), value.clone()),
                None => object.remove(last),
            };
        }
        changed
    }

    /// Whether another field is inside of this one.
    pub(crate) fn holds(&self, inner: &FieldPath) -> bool {
        inner.path.len() > self.path.len() && inner.path.starts_with(&self.path)
    }
}

/// Every method of the spec.
pub(crate) fn methods() -> Vec<(String, Answer, Decode)> {
    let spec = load();
    let decoders = decoders();
    let methods = spec.methods.iter().map(|method| {
        let name = method.name.value.clone();
        let found = decoders.iter().find(|(known, _)| *known == name);
        let (_, decode) = found.unwrap_or_else(|| panic!("{name} is missing among the decoders"));
        let answer = answer(&spec, &method.result.ty);
        let answer = match &method.result.within {
            Some(key) => answer.within(key),
            None => answer,
        };
        (name, answer, *decode)
    });
    methods.collect()
}

/// The events, which are of one form.
pub(crate) fn event() -> (String, Answer, Decode) {
    let spec = load();
    let payload = Type::Named(spec.events[0].payload.value.clone());
    let decode: Decode = |value| {
        let decoded = serde_json::from_value::<Event>(value.clone());
        decoded
            .inspect(event_read_back_equal)
            .map(|event| format!("{event:?}"))
            .map_err(|error| error.to_string())
    };
    ("an event".to_owned(), answer(&spec, &payload), decode)
}

/// Writes an event, and reads what was written, with the tokens that it is without.
fn event_read_back_equal(event: &Event) {
    let mut written = serde_json::to_value(event).unwrap();
    let auth = event.auth();
    let tokens = [
        ("access_token", auth.access_token.as_ref()),
        ("refresh_token", auth.refresh_token.as_ref()),
        ("application_token", Some(&auth.application_token)),
    ];
    for (key, token) in tokens {
        assert_eq!(written["auth"].get(key), None);
        if let Some(token) = token {
            written["auth"][key] = token.expose().into();
        }
    }
    let read = serde_json::from_value::<Event>(written.clone());
    assert_eq!(read.unwrap(), *event, "{written}");
}

fn load() -> Spec {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let loaded = spec::load(&root, spec::FILE);
    loaded.unwrap_or_else(|report| panic!("{report}")).0
}

fn answer(spec: &Spec, ty: &Type) -> Answer {
    let mut fields = Vec::new();
    let value = sample(&Symbols::new(spec), ty, &[], &mut fields);
    Answer { value, fields }
}

fn sample(symbols: &Symbols<'_>, ty: &Type, path: &[String], fields: &mut Vec<FieldPath>) -> Value {
    let inside = |key: &str| [path, &[key.to_owned()]].concat();
    match ty {
        Type::Integer => json!("7"),
        Type::Decimal => json!("7.5"),
        Type::Boolean | Type::Accepted => json!(true),
        Type::Flag => json!("Y"),
        Type::Empty => json!([]),
        Type::Json => json!({ "a": [1] }),
        Type::DateTime | Type::LooseDateTime => json!("2026-03-19T15:01:27+02:00"),
        Type::List(element) => {
            let items =
                (0..3).map(|at: usize| sample(symbols, element, &inside(&at.to_string()), fields));
            Value::Array(items.collect())
        }
        Type::Map(element) => json!({ "key": sample(symbols, element, &inside("key"), fields) }),
        Type::Named(name) => match symbols.get(name).unwrap() {
            Symbol::Id(_) => json!("77"),
            Symbol::Enum(def) => json!(def.values[0].wire.value),
            Symbol::Object(object) => object_of(symbols, object, path, fields),
            Symbol::Input(_) => unreachable!("an input is in no answer"),
        },
        _ => json!("text"),
    }
}

fn object_of(
    symbols: &Symbols<'_>,
    object: &model::Object,
    path: &[String],
    fields: &mut Vec<FieldPath>,
) -> Value {
    let fields = object.fields.iter().map(|field| {
        let path = [path, std::slice::from_ref(&field.name.value)].concat();
        fields.push(FieldPath {
            path: path.clone(),
            ty: field.ty.value.clone(),
            essential: field.essential.value,
        });
        let value = sample(symbols, &field.ty, &path, fields);
        (field.name.value.clone(), value)
    });
    Value::Object(fields.collect::<Map<_, _>>())
}

fn of<M>() -> (&'static str, Decode)
where
    M: Method<Output: Serialize + PartialEq + Debug>,
{
    let decode: Decode = |value| {
        let text = value.to_string();
        let decoded = M::decode(&mut serde_json::Deserializer::from_str(&text));
        decoded
            .inspect(read_back_equal::<M>)
            .map(|output| format!("{output:?}"))
            .map_err(|error| error.to_string())
    };
    (M::NAME, decode)
}

fn decoders() -> Vec<(&'static str, Decode)> {
    vec![
        of::<sonet_group::Create>(),
        of::<sonet_group::Update>(),
        of::<sonet_group::Get>(),
        of::<sonet_group::Delete>(),
        of::<sonet_group::SetOwner>(),
        of::<feature::Access>(),
        of::<user::Groups>(),
        of::<user::Get>(),
        of::<user::Invite>(),
        of::<user::Request>(),
        of::<user::Add>(),
        of::<user::Update>(),
        of::<user::Delete>(),
        of::<workgroup::Get>(),
        of::<workgroup::List>(),
        of::<backlog::Add>(),
        of::<backlog::Update>(),
        of::<backlog::Get>(),
        of::<backlog::Delete>(),
        of::<backlog::GetFields>(),
        of::<epic::Add>(),
        of::<epic::Update>(),
        of::<epic::Get>(),
        of::<epic::List>(),
        of::<epic::Delete>(),
        of::<epic::GetFields>(),
        of::<sprint::Add>(),
        of::<sprint::Update>(),
        of::<sprint::Start>(),
        of::<sprint::Complete>(),
        of::<sprint::Get>(),
        of::<sprint::List>(),
        of::<sprint::Delete>(),
        of::<sprint::GetFields>(),
        of::<kanban::AddStage>(),
        of::<kanban::UpdateStage>(),
        of::<kanban::GetStages>(),
        of::<kanban::DeleteStage>(),
        of::<kanban::AddTask>(),
        of::<kanban::DeleteTask>(),
        of::<kanban::GetFields>(),
        of::<task::Get>(),
        of::<task::Update>(),
        of::<task::GetFields>(),
        of::<sonet_types::user::Current>(),
        of::<sonet_types::user::Fields>(),
        of::<sonet_types::user::Get>(),
        of::<sonet_types::user::Search>(),
        of::<blogpost::Add>(),
        of::<blogpost::Update>(),
        of::<blogpost::Get>(),
        of::<blogpost::Delete>(),
        of::<blogpost::Share>(),
        of::<blogpost::getusers::Important>(),
        of::<blogcomment::Add>(),
        of::<blogcomment::Delete>(),
        of::<blogcomment::user::Get>(),
        of::<tasks::task::Add>(),
        of::<tasks::task::Update>(),
        of::<tasks::task::Get>(),
        of::<tasks::task::List>(),
        of::<tasks::task::Delete>(),
        of::<tasks::task::Start>(),
        of::<tasks::task::Complete>(),
        of::<tasks::task::Delegate>(),
    ]
}
