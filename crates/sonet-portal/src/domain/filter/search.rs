//! Conditions and orders over things of whatever kind: which fields they have is told by who asks.

use super::field::FieldValue;
use super::operands::{Operands, intersect};
use super::operator::{Operator, TableDialect};
use super::order::{Direction, directed, direction};
use crate::wire::value::{Array, Value};
use std::cmp::Ordering;
use std::ops::RangeInclusive;

/// Conditions, all of which have to be met.
#[derive(Debug)]
pub(crate) struct Conditions<F>(Vec<(F, Operator, Operands)>);

/// Fields and directions, the first one first.
#[derive(Debug)]
pub(crate) struct Sorting<F>(Vec<(F, Direction)>);

impl<F: Copy> Conditions<F> {
    /// Reads conditions and drops those on what is no field, or without a value.
    pub(crate) fn read<'v>(
        dialect: TableDialect,
        filter: impl IntoIterator<Item = (&'v str, &'v Value)>,
        field: impl Fn(&str) -> Option<F>,
    ) -> Self {
        let conditions = filter.into_iter().filter_map(|(key, value)| {
            let (operator, name) = dialect.condition(key, value)?;
            Some((field(name)?, operator, Operands::read(operator, value)?))
        });
        Self(conditions.collect())
    }

    /// Whether what something has in its fields meets all conditions.
    pub(crate) fn hold(&self, of: impl Fn(F) -> FieldValue) -> bool {
        let mut all = self.0.iter();
        all.all(|(field, operator, operands)| operands.hold(*operator, &of(*field)))
    }

    /// Within which bounds identifiers lie.
    pub(super) fn bounds(&self, is_id: impl Fn(F) -> bool) -> RangeInclusive<u64> {
        let on_id = self.0.iter().filter(|(field, _, _)| is_id(*field));
        on_id.fold(
            0..=u64::MAX,
            |bounds, (_, operator, operands)| match operands.bounds(*operator) {
                Some(own) => intersect(&bounds, &own),
                None => bounds,
            },
        )
    }
}

impl<F: Copy> Sorting<F> {
    /// Reads an order and drops what is no field.
    pub(crate) fn read(order: Option<&Array>, field: impl Fn(&str) -> Option<F>) -> Self {
        let entries = order.into_iter().flat_map(Array::iter);
        let known = entries.filter_map(|(key, value)| Some((field(key)?, direction(value))));
        Self(known.collect())
    }

    /// By one field.
    pub(crate) fn by(field: F, direction: Direction) -> Self {
        Self(vec![(field, direction)])
    }

    /// The field that comes first, and its direction.
    pub(crate) fn first(&self) -> Option<(F, Direction)> {
        self.0.first().copied()
    }

    /// Sorts rows; equal ones stay in their order. What is compared is made once for each row.
    pub(crate) fn sort<T>(&self, rows: Vec<T>, of: impl Fn(&T, F) -> FieldValue) -> Vec<T> {
        let values = |row: &T| self.0.iter().map(|(field, _)| of(row, *field)).collect();
        let mut keyed: Vec<(Vec<FieldValue>, T)> =
            rows.into_iter().map(|row| (values(&row), row)).collect();
        keyed.sort_by(|(one, _), (other, _)| {
            let pairs = one.iter().zip(other).zip(&self.0);
            let orderings = pairs.map(|((a, b), (_, direction))| directed(a.cmp(b), *direction));
            orderings.fold(Ordering::Equal, Ordering::then)
        });
        keyed.into_iter().map(|(_, row)| row).collect()
    }
}
