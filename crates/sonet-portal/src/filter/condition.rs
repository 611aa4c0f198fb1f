//! A filter: conditions that a group has to meet, all of them.

use super::field::{Field, Held};
use super::like::like;
use super::operator::{Dialect, Operator};
use crate::dates;
use crate::model::Group;
use crate::wire::value::{Array, Value};

/// The conditions of one filter.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter(Vec<Condition>);

#[derive(Debug, Clone)]
struct Condition {
    field: Field,
    operator: Operator,
    operands: Vec<String>,
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
        let operands = vec![id.to_string()];
        self.0.push(Condition {
            field: Field::Id,
            operator: Operator::Equal,
            operands,
        });
    }

    /// Drops the conditions on a field.
    pub(crate) fn forget(&mut self, field: Field) {
        self.0.retain(|condition| condition.field != field);
    }

    /// Whether a group meets all conditions.
    pub(crate) fn matches(&self, group: &Group) -> bool {
        self.0.iter().all(|condition| condition.holds(group))
    }
}

impl Condition {
    fn read(dialect: Dialect, key: &str, value: &Value) -> Option<Self> {
        let (operator, field) = dialect.read(key)?;
        let operands = operands(operator, value)?;
        Some(Self {
            field,
            operator,
            operands,
        })
    }

    fn holds(&self, group: &Group) -> bool {
        self.operator.holds(&self.field.of(group), &self.operands)
    }
}

/// What an operator compares with; `None` if there is too little of it.
pub(super) fn operands(operator: Operator, value: &Value) -> Option<Vec<String>> {
    let operands: Vec<String> = match value {
        Value::Array(list) => list.values().filter_map(Value::to_text).collect(),
        scalar => scalar.to_text().into_iter().collect(),
    };
    let enough = match operator {
        Operator::Between | Operator::NotBetween => operands.len() == 2,
        _ => !operands.is_empty(),
    };
    enough.then_some(operands)
}

impl Operator {
    /// Whether what a row has in a field meets a condition.
    pub(super) fn holds(self, held: &Held, operands: &[String]) -> bool {
        // With several values a comparison asks for any of them, and its negation for none.
        let any = |test: &dyn Fn(&str) -> bool| operands.iter().any(|value| test(value));
        let compare = |test: fn(&Held, &Held) -> bool| {
            any(&|value| {
                held.read_alike(value)
                    .is_some_and(|other| test(held, &other))
            })
        };
        match self {
            Operator::Equal => compare(|a, b| a == b),
            Operator::NotEqual => !compare(|a, b| a == b),
            Operator::GreaterOrEqual => compare(|a, b| a >= b),
            Operator::Greater => compare(|a, b| a > b),
            Operator::LessOrEqual => compare(|a, b| a <= b),
            Operator::Less => compare(|a, b| a < b),
            Operator::Between => spans(held, operands),
            Operator::NotBetween => !spans(held, operands),
            Operator::Contains => any(&|value| held.text().contains(&value.to_lowercase())),
            Operator::NotContains => !any(&|value| held.text().contains(&value.to_lowercase())),
            Operator::Like => any(&|value| like(&held.text(), &value.to_lowercase())),
            Operator::NotLike => !any(&|value| like(&held.text(), &value.to_lowercase())),
        }
    }
}

/// Whether what a row has lies between both operands, or on one of them.
fn spans(held: &Held, operands: &[String]) -> bool {
    let [low, high] = operands else {
        return false;
    };
    held.read_alike(low).is_some_and(|low| *held >= low)
        && held.read_alike(high).is_some_and(|high| *held <= high)
}

impl Held {
    /// Reads an operand as the kind that this is; `None` if it can't be one, and then nothing
    /// compares to it.
    fn read_alike(&self, operand: &str) -> Option<Self> {
        Some(match self {
            Held::Number(_) => Held::Number(operand.trim().parse().ok()?),
            Held::Date(_) => Held::Date(dates::parse(operand)?),
            Held::Text(_) => Held::Text(operand.to_lowercase()),
        })
    }

    /// The text that patterns search in.
    fn text(&self) -> String {
        match self {
            Held::Number(number) => number.to_string(),
            Held::Date(seconds) => dates::iso(*seconds).to_lowercase(),
            Held::Text(text) => text.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed;
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
}
