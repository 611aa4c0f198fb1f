//! In which order a list comes.

use super::field::{Field, FieldValue};
use super::operator::Dialect;
use crate::domain::model::Group;
use crate::wire::value::{Array, Value};
use std::cmp::Ordering;

/// Fields and directions, the first one first.
#[derive(Debug, Clone)]
pub(crate) struct Order(Vec<(Field, Direction)>);

/// Up or down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Ascending,
    Descending,
}

impl Order {
    /// Reads an order; fields that the dialect lacks are dropped, and without any field that it
    /// knows the default direction of `ID` counts.
    pub(crate) fn read(dialect: Dialect, order: Option<&Array>) -> Self {
        let entries = order.into_iter().flat_map(Array::iter);
        let known = entries
            .filter_map(|(key, value)| Some((dialect.field(key)?, direction(value))))
            .collect::<Vec<_>>();
        if known.is_empty() {
            Self(vec![(Field::Id, default(dialect))])
        } else {
            Self(known)
        }
    }

    /// The direction of identifiers, if nothing comes before them.
    pub(crate) fn of_ids(&self) -> Option<Direction> {
        let (field, direction) = self.0.first()?;
        (*field == Field::Id).then_some(*direction)
    }

    /// Sorts groups that come by identifier, as the portal keeps them.
    pub(crate) fn sort(&self, groups: &mut [&Group]) {
        // Identifiers are unique, so that nothing after one matters, and they are sorted already.
        if let Some((Field::Id, direction)) = self.0.first() {
            if *direction == Direction::Descending {
                groups.reverse();
            }
            return;
        }
        // What is compared is made once for each group, and not for each comparison.
        let values = |group: &&Group| self.0.iter().map(|(field, _)| field.of(group)).collect();
        let mut keyed: Vec<(Vec<FieldValue>, &Group)> =
            groups.iter().map(|g| (values(g), *g)).collect();
        keyed.sort_by(|(a, one), (b, other)| {
            let fields = a.iter().zip(b).zip(&self.0);
            let orderings = fields.map(|((a, b), (_, direction))| directed(a.cmp(b), *direction));
            orderings
                .fold(Ordering::Equal, Ordering::then)
                .then(one.id.cmp(&other.id))
        });
        for (place, (_, group)) in groups.iter_mut().zip(keyed) {
            *place = group;
        }
    }
}

/// An ordering, turned around if it goes down.
pub(super) fn directed(ordering: Ordering, direction: Direction) -> Ordering {
    match direction {
        Direction::Ascending => ordering,
        Direction::Descending => ordering.reverse(),
    }
}

/// Only `ASC` in whatever case goes up.
pub(super) fn direction(value: &Value) -> Direction {
    match value.to_text() {
        Some(text) if text.eq_ignore_ascii_case("asc") => Direction::Ascending,
        _ => Direction::Descending,
    }
}

fn default(dialect: Dialect) -> Direction {
    match dialect {
        Dialect::SonetGroup => Direction::Descending,
        Dialect::Workgroup => Direction::Ascending,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::seed;
    use crate::wire::json;

    fn sorted(dialect: Dialect, order: &str) -> Vec<Group> {
        let value = json::parse(order.as_bytes()).unwrap();
        let order = Order::read(dialect, value.as_array());
        let groups: Vec<Group> = seed::state(40, 12, 1).groups.values().cloned().collect();
        let mut sorted: Vec<&Group> = groups.iter().collect();
        order.sort(&mut sorted);
        sorted.into_iter().cloned().collect()
    }

    #[test]
    fn each_dialect_has_its_default() {
        for nothing in ["{}", r#"{"UNKNOWN":"ASC"}"#, r#"["ID"]"#] {
            assert!(sorted(Dialect::SonetGroup, nothing).is_sorted_by(|a, b| a.id > b.id));
            assert!(sorted(Dialect::Workgroup, nothing).is_sorted_by(|a, b| a.id < b.id));
        }
    }

    #[test]
    fn orders_by_several_fields() {
        let groups = sorted(Dialect::SonetGroup, r#"{"OWNER_ID":"desc","NAME":"asc"}"#);
        assert!(groups.is_sorted_by(|a, b| {
            (b.owner_id, a.name.to_lowercase(), a.id) < (a.owner_id, b.name.to_lowercase(), b.id)
        }));
        assert!(
            groups
                .windows(2)
                .any(|pair| pair[0].owner_id == pair[1].owner_id)
        );
    }
}
