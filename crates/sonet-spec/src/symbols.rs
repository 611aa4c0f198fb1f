//! What the names in types stand for.

use std::collections::BTreeMap;

use super::model::{Enum, Field, Id, Input, Method, Object, Spec, Text};
use super::names;
use super::types::Type;

/// An id, an enum, or an object of an answer or of a request.
#[derive(Debug, Clone, Copy)]
pub enum Symbol<'s> {
    /// `[[id]]`
    Id(&'s Id),
    /// `[[enum]]`
    Enum(&'s Enum),
    /// `[[object]]`
    Object(&'s Object),
    /// `[[input]]`
    Input(&'s Input),
}

impl<'s> Symbol<'s> {
    /// Its name and where it is declared.
    #[must_use]
    pub fn name(self) -> &'s Text {
        match self {
            Self::Id(id) => &id.name,
            Self::Enum(def) => &def.name,
            Self::Object(object) => &object.name,
            Self::Input(input) => &input.name,
        }
    }

    /// The word of the spec for what it is.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Id(_) => "id",
            Self::Enum(_) => "enum",
            Self::Object(_) => "object",
            Self::Input(_) => "input",
        }
    }

    /// The Rust path of its module below the crate's root; empty for the root.
    #[must_use]
    pub fn module(self) -> &'s str {
        let module = match self {
            Self::Id(_) => None,
            Self::Enum(def) => def.module.as_ref(),
            Self::Object(object) => object.module.as_ref(),
            Self::Input(input) => input.module.as_ref(),
        };
        module.map_or("", |module| module.as_str())
    }

    /// The Rust path of the type below the crate's root.
    #[must_use]
    pub fn path(self) -> String {
        names::join(self.module(), self.name())
    }
}

/// The ids, enums, objects and inputs of a spec, by name.
#[derive(Debug, Clone)]
pub struct Symbols<'s> {
    by_name: BTreeMap<&'s str, Symbol<'s>>,
}

impl<'s> Symbols<'s> {
    /// Collects them. Of two with the same name the first one counts.
    #[must_use]
    pub fn new(spec: &'s Spec) -> Self {
        let mut by_name = BTreeMap::new();
        for symbol in Self::all(spec) {
            by_name
                .entry(symbol.name().value.as_str())
                .or_insert(symbol);
        }
        Self { by_name }
    }

    /// All of them in the order of the spec, doubles included.
    pub fn all(spec: &'s Spec) -> impl Iterator<Item = Symbol<'s>> {
        let ids = spec.ids.iter().map(Symbol::Id);
        let enums = spec.enums.iter().map(Symbol::Enum);
        let objects = spec.objects.iter().map(Symbol::Object);
        let inputs = spec.inputs.iter().map(Symbol::Input);
        ids.chain(enums).chain(objects).chain(inputs)
    }

    /// What the name stands for.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Symbol<'s>> {
        self.by_name.get(name).copied()
    }

    /// The names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &'s str> {
        self.by_name.keys().copied()
    }

    /// What the type is, if it is a name.
    #[must_use]
    pub fn of_type(&self, ty: &Type) -> Option<Symbol<'s>> {
        match ty {
            Type::Named(name) => self.get(name),
            _ => None,
        }
    }

    /// The object that the type is.
    #[must_use]
    pub fn object(&self, ty: &Type) -> Option<&'s Object> {
        match self.of_type(ty) {
            Some(Symbol::Object(object)) => Some(object),
            _ => None,
        }
    }

    /// The object of a request that the type is.
    #[must_use]
    pub fn input(&self, ty: &Type) -> Option<&'s Input> {
        match self.of_type(ty) {
            Some(Symbol::Input(input)) => Some(input),
            _ => None,
        }
    }

    /// The enum that the type is.
    #[must_use]
    pub fn enumeration(&self, ty: &Type) -> Option<&'s Enum> {
        match self.of_type(ty) {
            Some(Symbol::Enum(def)) => Some(def),
            _ => None,
        }
    }

    /// The rows of a method that pages: the type of the list at `paged.rows`.
    #[must_use]
    pub fn rows(&self, method: &'s Method) -> Option<&'s Type> {
        let paged = method.paged.as_ref()?;
        if paged.rows.as_str() == "result" {
            return Some(&method.result.ty);
        }
        self.rows_field(method).map(|(_, field)| &*field.ty)
    }

    /// The field that the rows stand in, where the result isn't the rows, and the object that it is of.
    #[must_use]
    pub fn rows_field(&self, method: &'s Method) -> Option<(&'s Object, &'s Field)> {
        let paged = method.paged.as_ref()?;
        let key = paged.rows.strip_prefix("result.")?;
        let object = self.object(&method.result.ty)?;
        let mut fields = object.fields.iter();
        fields
            .find(|field| *field.name == key)
            .map(|field| (object, field))
    }

    /// The object that a method answers with: a row where it pages, otherwise the result, or its element.
    #[must_use]
    pub fn answer(&self, method: &'s Method) -> Option<&'s Object> {
        let ty = match &method.paged {
            Some(_) => self.rows(method)?,
            None => &method.result.ty,
        };
        self.object(ty.innermost_of_lists())
    }
}
