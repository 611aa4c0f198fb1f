//! A filter: conditions that a group has to meet, all of them.

use super::field::Field;
use super::operands::{Operands, intersect};
use super::operator::{Dialect, Operator};
use crate::domain::model::Group;
use crate::wire::value::{Array, Value};
use std::ops::RangeInclusive;

/// The conditions of one filter.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter(Vec<Condition>);

/// Which identifiers a filter asks for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wanted<'a> {
    pub(crate) bounds: RangeInclusive<u64>,
    /// Only these, in order.
    pub(crate) listed: Option<&'a [i64]>,
    /// Whether every group within the bounds meets the filter.
    pub(crate) whole: bool,
}

#[derive(Debug, Clone)]
struct Condition {
    field: Field,
    operator: Operator,
    operands: Operands,
}

impl Filter {
    /// Reads a filter and drops what the dialect does not understand.
    pub(crate) fn read(dialect: Dialect, filter: Option<&Array>) -> Self {
        let entries = filter.into_iter().flat_map(Array::iter);
        Self(
            entries
                .filter_map(|(key, value)| Condition::read(dialect, key, value))
                .collect(),
        )
    }

    /// Adds the condition that a group has this identifier, in the place of an equal key.
    pub(crate) fn require_id(&mut self, id: u64) {
        self.0
            .retain(|c| !(c.field == Field::Id && c.operator == Operator::Equal));
        self.0.push(Condition {
            field: Field::Id,
            operator: Operator::Equal,
            operands: Operands::id(id),
        });
    }

    /// Drops the conditions on a field.
    pub(crate) fn forget(&mut self, field: Field) {
        self.0.retain(|condition| condition.field != field);
    }

    /// Which identifiers groups may have that meet all conditions, and whether that is all that the
    /// conditions say.
    pub(crate) fn ids(&self) -> Wanted<'_> {
        let mut bounds = 0..=u64::MAX;
        let mut whole = true;
        let mut listed = None;
        for condition in &self.0 {
            let on_id = condition.field == Field::Id;
            match condition.operands.bounds(condition.operator) {
                Some(own) if on_id => bounds = intersect(&bounds, &own),
                _ => whole = false,
            }
            if on_id && condition.operator == Operator::Equal {
                listed = Some(condition.operands.numbers());
            }
        }
        Wanted {
            bounds,
            listed: listed.filter(|ids| ids.len() > 1),
            whole,
        }
    }

    /// Whether a group meets all conditions.
    pub(crate) fn matches(&self, group: &Group) -> bool {
        self.0.iter().all(|condition| condition.holds(group))
    }
}

impl Condition {
    fn read(dialect: Dialect, key: &str, value: &Value) -> Option<Self> {
        let (operator, field) = dialect.read(key)?;
        Some(Self {
            field,
            operator,
            operands: Operands::read(operator, value)?,
        })
    }

    fn holds(&self, group: &Group) -> bool {
        self.operands.hold(self.operator, &self.field.of(group))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::dates;
    use crate::domain::seed;
    use crate::wire::json;

    /// The identifiers of groups 10 to 13, named `Alpha`, `alpha 2`, `Beta` and `100%`, which a
    /// filter leaves.
    fn left(dialect: Dialect, filter: &str) -> Vec<u64> {
        let value = json::parse(filter.as_bytes()).unwrap();
        let filter = Filter::read(dialect, value.as_array());
        let template = seed::state(1, 5, 1).groups.values().next().unwrap().clone();
        let names = ["Alpha", "alpha 2", "Beta", "100%"];
        (10_u64..14)
            .zip(names)
            .map(|(id, name)| {
                let mut group = template.clone();
                group.id = id;
                group.name = name.to_owned();
                group.closed = id == 13;
                group.date_create = dates::parse("2026-01-01T12:00:00+02:00").unwrap()
                    + (i64::try_from(id).unwrap() - 10) * 86_400;
                group
            })
            .filter(|group| filter.matches(group))
            .map(|group| group.id)
            .collect()
    }

    #[test]
    fn sonet_group_operators() {
        for (filter, expected) in [
            ("{}", vec![10, 11, 12, 13]),
            (r#"{"ID":11}"#, vec![11]),
            (r#"{"=ID":"11"}"#, vec![11]),
            (r#"{"ID":[10,"13",99]}"#, vec![10, 13]),
            (r#"{"!ID":11}"#, vec![10, 12, 13]),
            (r#"{"!=ID":[11,12]}"#, vec![10, 13]),
            (r#"{">ID":11}"#, vec![12, 13]),
            (r#"{">=ID":11,"<ID":13}"#, vec![11, 12]),
            (r#"{"<=ID":11}"#, vec![10, 11]),
            (r#"{"><ID":[11,12]}"#, vec![11, 12]),
            (r#"{"!><ID":[11,12]}"#, vec![10, 13]),
            (r#"{"NAME":"ALPHA"}"#, vec![10]),
            (r#"{"%NAME":"alpha"}"#, vec![10, 11]),
            (r#"{"?NAME":"PHA"}"#, vec![10, 11]),
            (r#"{"!%NAME":"a"}"#, vec![13]),
            (r#"{"%NAME":"%"}"#, vec![13]),
            (r#"{"CLOSED":"Y"}"#, vec![13]),
            (r#"{"!CLOSED":"Y","%NAME":"b"}"#, vec![12]),
            (
                r#"{">=DATE_CREATE":"2026-01-03T10:00:00+00:00"}"#,
                vec![12, 13],
            ),
            (r#"{"<DATE_CREATE":"2026-01-02"}"#, vec![10]),
            (r#"{"><DATE_CREATE":["2026-01-02","2026-01-03"]}"#, vec![11]),
        ] {
            assert_eq!(left(Dialect::SonetGroup, filter), expected, "{filter}");
        }
    }

    #[test]
    fn workgroup_operators() {
        for (filter, expected) in [
            (r#"{"%NAME":"%"}"#, vec![13]),
            (r#"{"=%NAME":"alpha"}"#, vec![10]),
            (r#"{"%=NAME":"alpha%"}"#, vec![10, 11]),
            (r#"{"=%NAME":"%a"}"#, vec![10, 12]),
            (r#"{"!=%NAME":"alpha%"}"#, vec![12, 13]),
            (r#"{"!%=NAME":"%a"}"#, vec![11, 13]),
            (r#"{"PROJECT":"N"}"#, vec![10, 11, 12, 13]),
        ] {
            assert_eq!(left(Dialect::Workgroup, filter), expected, "{filter}");
        }
    }

    #[test]
    fn what_is_not_understood_widens() {
        let all = vec![10, 11, 12, 13];
        for filter in [
            r#"{"@ID":[10]}"#,
            r#"{"UNKNOWN":1}"#,
            r#"{"id":10}"#,
            r#"{"=%NAME":"Alpha"}"#,
            r#"{"><ID":[10]}"#,
            r#"{"ID":[]}"#,
            r#"{"ID":[[10]]}"#,
            "[10]",
        ] {
            assert_eq!(left(Dialect::SonetGroup, filter), all, "{filter}");
        }
        assert_eq!(
            left(Dialect::Workgroup, r#"{"><ID":[10,11],"?NAME":"x"}"#),
            all
        );
    }

    #[test]
    fn a_value_of_the_wrong_kind_matches_nothing() {
        for filter in [
            r#"{"ID":"x"}"#,
            r#"{">DATE_CREATE":"soon"}"#,
            r#"{"ACTIVE":""}"#,
        ] {
            assert_eq!(
                left(Dialect::SonetGroup, filter),
                Vec::<u64>::new(),
                "{filter}"
            );
        }
    }

    #[test]
    fn a_required_identifier_replaces_an_equal_one_only() {
        let value = json::parse(br#"{"ID":10,">ID":10}"#).unwrap();
        let mut filter = Filter::read(Dialect::SonetGroup, value.as_array());
        filter.require_id(10);
        assert_eq!(filter.0.len(), 2);
    }

    #[test]
    fn conditions_on_identifiers_are_bounds() {
        let wanted = |filter: &str| {
            let value = json::parse(filter.as_bytes()).unwrap();
            let filter = Filter::read(Dialect::SonetGroup, value.as_array());
            let Wanted {
                bounds,
                listed,
                whole,
            } = filter.ids();
            (bounds, listed.map(<[i64]>::to_vec), whole)
        };
        #[allow(clippy::reversed_empty_ranges)]
        let nothing = 1..=0;
        for (filter, bounds, whole) in [
            ("{}", 0..=u64::MAX, true),
            (r#"{">ID":11}"#, 12..=9_223_372_036_854_775_807, true),
            (r#"{">=ID":"11","<ID":20}"#, 11..=19, true),
            (r#"{"<=ID":[5,9]}"#, 0..=9, true),
            (r#"{">ID":[5,9]}"#, 6..=9_223_372_036_854_775_807, true),
            (r#"{"=ID":7}"#, 7..=7, true),
            (r#"{"><ID":[3,8],">ID":-4}"#, 3..=8, true),
            (r#"{">ID":9223372036854775807}"#, nothing.clone(), true),
            (r#"{"ID":"x"}"#, nothing.clone(), true),
            (r#"{"><ID":["x",8]}"#, nothing.clone(), true),
            (r#"{"ID":5,">=ID":3,"%NAME":"x"}"#, 5..=5, false),
            (r#"{"!ID":5}"#, 0..=u64::MAX, false),
            (r#"{"%ID":5}"#, 0..=u64::MAX, false),
        ] {
            assert_eq!(wanted(filter), (bounds, None, whole), "{filter}");
        }
        let some = Some(vec![3, 5, 9]);
        assert_eq!(wanted(r#"{"ID":[5,"9",3,3]}"#), (0..=u64::MAX, some, false));
        // Below every identifier there is only the number 0, which no group has.
        assert_eq!(wanted(r#"{"<ID":-3}"#).0, 0..=0);
    }
}
