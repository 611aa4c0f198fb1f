//! Filters: a key is a field with an operator before it.

use sonet_spec::Symbol;
use sonet_spec::model::{FilterField, Method};
use sonet_spec::operators;
use sonet_spec::types::Type;

use super::renderer::Renderer;
use super::wire::{closed, date, date_time, flag};
use crate::model::{Entries, Kind, Schema};

/// The operators that take two values.
const RANGES: [&str; 2] = ["><", "!><"];

impl Renderer<'_> {
    /// The filter of a method. The server passes over a condition that it does not know, and answers more rows than are asked
    /// for, so there are no others.
    pub(super) fn filter(&self, method: &Method) -> Schema {
        let mut properties = Entries::default();
        let mut prefixed = Entries::default();
        for field in &method.filter_fields {
            let value = self.operand(&field.ty);
            let doc = self.words.of(&field.doc);
            let range = Schema {
                min_items: Some(2),
                max_items: Some(2),
                ..Schema::list(value.clone())
            };
            let (ranges, others) = self.operators(method, field);
            for (operators, schema) in [(others, value.clone()), (ranges, range)] {
                if !operators.is_empty() {
                    prefixed.push(pattern(&operators, &field.name), schema);
                }
            }
            properties.push(field.name.value.clone(), value.describe(doc));
        }
        Schema {
            pattern_properties: prefixed,
            ..closed(properties, Vec::new())
        }
    }

    /// The operators that make sense for a field: those of ranges, and the others.
    fn operators<'m>(
        &self,
        method: &'m Method,
        field: &FilterField,
    ) -> (Vec<&'m str>, Vec<&'m str>) {
        let operators = method.filter_operators.iter().map(|text| text.as_str());
        let meant = operators.filter(|operator| {
            let needs = operators::needs(operator);
            !operator.is_empty()
                && needs.is_some_and(|needs| needs.met_by(&field.ty, &self.symbols))
        });
        meant.partition(|operator| RANGES.contains(operator))
    }

    /// What a field is compared with. An identifier to begin behind may be 0.
    fn operand(&self, ty: &Type) -> Schema {
        match ty {
            Type::Integer => Schema::integer(),
            Type::Decimal => Schema::any([Schema::of(Kind::Number), Schema::of(Kind::String)]),
            Type::Flag => flag(),
            Type::DateTime | Type::LooseDateTime => date_time(),
            Type::Date => date(),
            other => match self.symbols.of_type(other) {
                Some(Symbol::Id(_)) => Schema::integer(),
                Some(Symbol::Enum(def)) => Schema::named(&def.name),
                _ => Schema::of(Kind::String),
            },
        }
    }
}

/// A pattern of the keys with one of the operators before a field.
fn pattern(operators: &[&str], field: &str) -> String {
    let escaped = operators
        .iter()
        .map(|operator| operator.replace('?', "\\?"));
    let escaped: Vec<_> = escaped.collect();
    format!("^(?:{}){field}$", escaped.join("|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operator_is_no_part_of_the_pattern() {
        assert_eq!(pattern(&["!", "?", ">="], "ID"), "^(?:!|\\?|>=)ID$");
    }
}
