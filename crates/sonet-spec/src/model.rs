//! The spec as it is written: every text with its place, nothing resolved yet.

mod decision;
mod input;
mod method;
mod system;

use std::ops::Range;

use super::types::Type;
pub use decision::{Decision, FindingKind, Language};
pub use input::Input;
pub use method::{
    Clear, Effect, ErrorDef, FilterField, Method, MethodResult, Paged, Param, ParamValue,
    SelectField,
};
pub use system::SystemError;

/// A value and the bytes of the spec that it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Its place in the spec's text.
    pub span: Range<usize>,
}

impl<T> At<T> {
    /// A value at a place.
    #[must_use]
    pub fn new(value: T, span: Range<usize>) -> Self {
        Self { value, span }
    }

    /// A value that stands nowhere, because the spec leaves it out.
    #[must_use]
    pub fn nowhere(value: T) -> Self {
        Self { value, span: 0..0 }
    }
}

impl<T> std::ops::Deref for At<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A text with its place.
pub type Text = At<String>;

/// The whole file.
#[derive(Debug, Clone, Default)]
pub struct Spec {
    /// The address that every `page` is relative to.
    pub documentation: String,
    /// The folders that the spec has some pages of, and others on purpose not.
    pub partial_folders: Vec<Text>,
    /// `[[id]]`
    pub ids: Vec<Id>,
    /// `[[enum]]`
    pub enums: Vec<Enum>,
    /// `[[object]]`
    pub objects: Vec<Object>,
    /// `[[input]]`
    pub inputs: Vec<Input>,
    /// `[[method]]`
    pub methods: Vec<Method>,
    /// `[[event]]`
    pub events: Vec<Event>,
    /// `[[system_error]]`
    pub system_errors: Vec<SystemError>,
}

/// An identifier: a newtype over an integer.
#[derive(Debug, Clone)]
pub struct Id {
    /// The Rust name.
    pub name: Text,
    /// What it identifies.
    pub doc: String,
}

/// An open set of texts.
#[derive(Debug, Clone)]
pub struct Enum {
    /// The Rust name.
    pub name: Text,
    /// What it says.
    pub doc: String,
    /// The Rust path of its module below the crate's root; empty for the root.
    pub module: Option<Text>,
    /// The known values.
    pub values: Vec<EnumValue>,
    /// Contradictions and what was decided.
    pub decisions: Vec<Decision>,
    /// What nobody has judged yet.
    pub doubts: Vec<Text>,
}

/// A known value of an enum.
#[derive(Debug, Clone)]
pub struct EnumValue {
    /// The text on the wire.
    pub wire: Text,
    /// The Rust variant.
    pub name: Text,
    /// What it means.
    pub doc: String,
}

/// An object of an answer or an event.
#[derive(Debug, Clone)]
pub struct Object {
    /// The Rust name.
    pub name: Text,
    /// What it is.
    pub doc: String,
    /// The Rust path of its module below the crate's root; empty for the root.
    pub module: Option<Text>,
    /// Whether unknown keys are kept.
    pub extra: bool,
    /// Its fields, in order.
    pub fields: Vec<Field>,
    /// Contradictions and what was decided.
    pub decisions: Vec<Decision>,
    /// What nobody has judged yet.
    pub doubts: Vec<Text>,
}

impl Object {
    /// The one field of an object that is only around a map.
    #[must_use]
    pub fn around_map(&self) -> Option<&Field> {
        let [field] = self.fields.as_slice() else {
            return None;
        };
        matches!(*field.ty, Type::Map(_)).then_some(field)
    }
}

/// A field of an object.
#[derive(Debug, Clone)]
pub struct Field {
    /// The name on the wire.
    pub name: Text,
    /// The Rust name, where it can't be derived.
    pub rust: Option<Text>,
    /// The type; the names in it are not resolved.
    pub ty: At<Type>,
    /// Whether a call may end for it: without it, the object is none.
    pub essential: At<bool>,
    /// Whether `null` is documented.
    pub nullable: bool,
    /// Whether the key is documented, or seen, to be absent.
    pub optional: bool,
    /// Wire values that mean "no value".
    pub none: Vec<At<Nothing>>,
    /// What it says.
    pub doc: String,
}

impl Field {
    /// Whether a page says or shows that there may be no value. In Rust, there may be none of whatever is not essential.
    #[must_use]
    pub fn is_option(&self) -> bool {
        self.nullable || self.optional || !self.none.is_empty()
    }
}

/// A wire value that stands for "no value".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nothing {
    /// `0`
    Zero,
    /// `""`
    Empty,
    /// `false`
    False,
}

/// An event.
#[derive(Debug, Clone)]
pub struct Event {
    /// The name to subscribe with.
    pub name: Text,
    /// The name that is delivered.
    pub wire: Text,
    /// Its page, relative to the documentation.
    pub page: Text,
    /// The scope that it belongs to.
    pub scope: Text,
    /// Who may subscribe.
    pub who: String,
    /// When it is sent.
    pub doc: String,
    /// The object that is delivered.
    pub payload: Text,
    /// Contradictions and what was decided.
    pub decisions: Vec<Decision>,
}
