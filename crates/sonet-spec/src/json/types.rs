//! Types, resolved to what stands on the wire and in Rust.

use super::Value;
use crate::model::{Field, FilterField, Method, Param, SelectField};
use crate::types::Type;
use crate::{Symbol, Symbols};

/// Knows what names stand for.
pub(super) struct Resolver<'s> {
    pub(super) symbols: Symbols<'s>,
}

impl Resolver<'_> {
    /// A value of the type, without a name.
    pub(super) fn value(&self, ty: &Type) -> Value {
        let innermost = ty.innermost();
        Value {
            ty: self.wire(ty),
            rust: self.rust(ty),
            items: match ty {
                Type::List(element) | Type::Map(element) => Some(self.wire(element)),
                Type::Select => Some("string"),
                _ => None,
            },
            values: self.values(innermost),
            fields: match self.symbols.of_type(innermost) {
                Some(Symbol::Object(object)) => Some(self.fields_of(&object.name)),
                Some(Symbol::Input(input)) => {
                    Some(input.params.iter().map(|param| self.param(param)).collect())
                }
                _ => None,
            },
            open: self
                .symbols
                .input(innermost)
                .is_some_and(|input| input.open),
            ..Value::default()
        }
    }

    pub(super) fn param(&self, param: &Param) -> Value {
        let value = self.sent(&param.ty);
        let inside = param.fields.iter();
        Value {
            name: param.name.value.clone(),
            required: Some(param.required),
            open: param.open.value || value.open,
            default: param.default.clone(),
            deprecated: param.deprecated.as_ref().map(|note| note.value.clone()),
            fields: match *param.ty {
                Type::Object => Some(inside.map(|param| self.param(param)).collect()),
                _ => value.fields,
            },
            doc: param.doc.clone(),
            ..value
        }
    }

    /// A value of the type in a parameter, where a moment can say a day, too.
    fn sent(&self, ty: &Type) -> Value {
        let value = self.value(ty);
        if *ty.innermost() != Type::Date {
            return value;
        }
        let wider = |word| if word == "date" { "datetime" } else { word };
        Value {
            ty: wider(value.ty),
            items: value.items.map(wider),
            rust: value.rust.replace("NaiveDate", "Day"),
            ..value
        }
    }

    /// The fields of an object, by its name.
    pub(super) fn fields_of(&self, object: &str) -> Vec<Value> {
        match self.symbols.get(object) {
            Some(Symbol::Object(object)) => {
                let fields = object.fields.iter();
                fields.map(|field| self.field(field)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The Rust path of a type, by its name.
    pub(super) fn path_of(&self, name: &str) -> String {
        self.symbols
            .get(name)
            .map_or_else(String::new, Symbol::path)
    }

    fn field(&self, field: &Field) -> Value {
        let value = self.value(&field.ty);
        Value {
            name: field.name.value.clone(),
            rust: if field.essential.value {
                value.rust
            } else {
                format!("Option<{}>", value.rust)
            },
            essential: field.essential.value,
            nullable: field.nullable,
            optional: field.optional,
            doc: field.doc.clone(),
            ..value
        }
    }

    pub(super) fn filter_field(&self, field: &FilterField) -> Value {
        Value {
            name: field.name.value.clone(),
            doc: field.doc.clone(),
            ..self.value(&field.ty)
        }
    }

    /// A select field has the type of the answer's field, without what is inside.
    pub(super) fn select_field(&self, method: &Method, select: &SelectField) -> Option<Value> {
        let returned = select.returns.as_ref().unwrap_or(&select.name);
        let answer = self.symbols.answer(method)?;
        let mut fields = answer.fields.iter();
        let field = fields.find(|field| field.name.value == returned.value)?;
        Some(Value {
            name: select.name.value.clone(),
            required: select.required.then_some(true),
            doc: select.doc.clone(),
            fields: None,
            ..self.value(&field.ty)
        })
    }

    fn wire(&self, ty: &Type) -> &'static str {
        match ty {
            Type::String | Type::Secret | Type::Flag | Type::LocalDateTime => "string",
            Type::Integer | Type::PageStart => "integer",
            Type::Decimal => "number",
            Type::Boolean | Type::Accepted => "boolean",
            Type::DateTime | Type::LooseDateTime => "datetime",
            Type::Date => "date",
            Type::File => "file",
            Type::Filter | Type::Order | Type::Object | Type::Map(_) => "object",
            Type::Select | Type::List(_) | Type::Empty => "array",
            Type::Json => "any",
            Type::Named(name) => match self.symbols.get(name) {
                Some(Symbol::Id(_)) => "integer",
                Some(Symbol::Enum(_)) => "string",
                Some(Symbol::Object(_) | Symbol::Input(_)) | None => "object",
            },
        }
    }

    fn rust(&self, ty: &Type) -> String {
        let word = match ty {
            Type::String | Type::LocalDateTime => "String",
            Type::Secret => "Secret",
            Type::Integer => "i64",
            Type::Decimal => "Decimal",
            Type::Boolean | Type::Flag => "bool",
            Type::Accepted | Type::Empty => "Accepted",
            Type::Json => "Value",
            Type::DateTime => "DateTime<FixedOffset>",
            Type::Date => "NaiveDate",
            Type::LooseDateTime => "Timestamp",
            Type::File => "File",
            Type::Filter => "Condition",
            Type::Order => "Sorting",
            Type::Select => "Field",
            Type::PageStart => "PageStart",
            Type::Object => "",
            Type::Named(name) => {
                let symbol = self.symbols.get(name);
                return symbol.map_or_else(|| name.clone(), Symbol::path);
            }
            Type::List(element) => return format!("Vec<{}>", self.rust(element)),
            Type::Map(element) => return format!("BTreeMap<String, {}>", self.rust(element)),
        };
        word.to_owned()
    }

    fn values(&self, ty: &Type) -> Option<Vec<String>> {
        if *ty == Type::Flag {
            return Some(vec!["Y".to_owned(), "N".to_owned()]);
        }
        let def = self.symbols.enumeration(ty)?;
        let values = def.values.iter();
        Some(values.map(|value| value.wire.value.clone()).collect())
    }
}
