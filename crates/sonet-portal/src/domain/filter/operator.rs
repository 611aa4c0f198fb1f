//! The operators that may stand before a field in a filter's key.

use super::field::Field;
use crate::wire::value::Value;

/// What a condition asks of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    GreaterOrEqual,
    Greater,
    LessOrEqual,
    Less,
    Between,
    NotBetween,
    /// A text within the field; `%` and `_` stand for themselves.
    Contains,
    NotContains,
    /// A pattern in which `%` stands for any text and `_` for any symbol.
    Like,
    NotLike,
    /// A pattern for texts, and equality for everything else.
    Pattern,
}

/// The language of a list method's filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// `sonet_group.get`.
    SonetGroup,
    /// `socialnetwork.api.workgroup.list`.
    Workgroup,
}

/// The prefixes of `sonet_group.get`, a longer one before the ones that it begins with.
const SONET_GROUP: [(&str, Operator); 13] = [
    ("!><", Operator::NotBetween),
    ("><", Operator::Between),
    (">=", Operator::GreaterOrEqual),
    ("<=", Operator::LessOrEqual),
    ("!=", Operator::NotEqual),
    ("!%", Operator::NotContains),
    (">", Operator::Greater),
    ("<", Operator::Less),
    ("=", Operator::Equal),
    ("!", Operator::NotEqual),
    ("?", Operator::Contains),
    ("%", Operator::Contains),
    ("", Operator::Equal),
];

/// The prefixes of `socialnetwork.api.workgroup.list`.
const WORKGROUP: [(&str, Operator); 14] = [
    ("!=%", Operator::NotLike),
    ("!%=", Operator::NotLike),
    ("=%", Operator::Like),
    ("%=", Operator::Like),
    (">=", Operator::GreaterOrEqual),
    ("<=", Operator::LessOrEqual),
    ("!=", Operator::NotEqual),
    ("!%", Operator::NotContains),
    (">", Operator::Greater),
    ("<", Operator::Less),
    ("=", Operator::Equal),
    ("!", Operator::NotEqual),
    ("%", Operator::Contains),
    ("", Operator::Equal),
];

/// The prefixes of the scrum lists, as the epics' page has them. The sprints' page has none, but its
/// sample uses one.
const SCRUM: [(&str, Operator); 13] = [
    ("!=%", Operator::NotLike),
    ("!%=", Operator::NotLike),
    ("=%", Operator::Like),
    ("%=", Operator::Like),
    (">=", Operator::GreaterOrEqual),
    ("<=", Operator::LessOrEqual),
    ("!=", Operator::NotEqual),
    ("!%", Operator::NotContains),
    (">", Operator::Greater),
    ("<", Operator::Less),
    ("=", Operator::Equal),
    ("%", Operator::Contains),
    ("", Operator::Equal),
];

/// The prefixes of `user.get`. Without one a value is equal, but a sample has a pattern there.
const USERS: [(&str, Operator); 16] = [
    ("!=%", Operator::NotLike),
    ("!%=", Operator::NotLike),
    ("=%", Operator::Like),
    ("%=", Operator::Like),
    (">=", Operator::GreaterOrEqual),
    ("<=", Operator::LessOrEqual),
    ("!=", Operator::NotEqual),
    ("!%", Operator::NotContains),
    ("!@", Operator::NotEqual),
    (">", Operator::Greater),
    ("<", Operator::Less),
    ("=", Operator::Equal),
    ("!", Operator::NotEqual),
    ("%", Operator::Contains),
    ("@", Operator::Equal),
    ("", Operator::Equal),
];

/// The prefixes of `tasks.task.list`. A title without one is a pattern.
const TASKS: [(&str, Operator); 6] = [
    (">=", Operator::GreaterOrEqual),
    ("<=", Operator::LessOrEqual),
    (">", Operator::Greater),
    ("<", Operator::Less),
    ("!", Operator::NotEqual),
    ("", Operator::Pattern),
];

/// The language of a filter over something else than groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TableDialect {
    /// `tasks.api.scrum.epic.list` and `.sprint.list`.
    Scrum,
    /// `user.get` and `user.search`.
    Users,
    /// `tasks.task.list`.
    Tasks,
}

impl TableDialect {
    /// Reads a key: the operator and the name of the field.
    pub(crate) fn read(self, key: &str) -> Option<(Operator, &str)> {
        let prefixes: &[_] = match self {
            Self::Scrum => &SCRUM,
            Self::Users => &USERS,
            Self::Tasks => &TASKS,
        };
        let (prefix, operator) = prefixes.iter().find(|(own, _)| key.starts_with(own))?;
        Some((*operator, &key[prefix.len()..]))
    }

    /// What a condition asks, which may depend on its value.
    fn operator(self, key: &str, operator: Operator, value: &Value) -> Operator {
        let bare = self == Self::Users && key.starts_with(|first: char| first.is_alphabetic());
        match value.to_text() {
            Some(text) if bare && text.contains('%') => Operator::Like,
            _ => operator,
        }
    }

    /// Reads a condition: what it asks, and of which field.
    pub(super) fn condition<'k>(self, key: &'k str, value: &Value) -> Option<(Operator, &'k str)> {
        let (operator, name) = self.read(key)?;
        Some((self.operator(key, operator, value), name))
    }
}

impl Dialect {
    /// Reads a key such as `>=DATE_CREATE`; `None` for an operator or a field that it lacks.
    pub(crate) fn read(self, key: &str) -> Option<(Operator, Field)> {
        let prefixes: &[_] = match self {
            Self::SonetGroup => &SONET_GROUP,
            Self::Workgroup => &WORKGROUP,
        };
        let (prefix, operator) = prefixes
            .iter()
            .find(|(prefix, _)| key.starts_with(prefix))?;
        Some((*operator, self.field(&key[prefix.len()..])?))
    }

    /// The field of a name, if this dialect filters and orders by it.
    pub(crate) fn field(self, name: &str) -> Option<Field> {
        let field = Field::from_name(name)?;
        let known = match self {
            Self::SonetGroup => !matches!(field, Field::Project | Field::SubjectId | Field::SiteId),
            Self::Workgroup => field != Field::IsExtranet,
        };
        known.then_some(field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Operator::*;

    #[test]
    fn each_dialect_has_its_operators() {
        for (key, sonet_group, workgroup) in [
            ("NAME", Some(Equal), Some(Equal)),
            ("=NAME", Some(Equal), Some(Equal)),
            ("!NAME", Some(NotEqual), Some(NotEqual)),
            ("!=NAME", Some(NotEqual), Some(NotEqual)),
            (">=NAME", Some(GreaterOrEqual), Some(GreaterOrEqual)),
            (">NAME", Some(Greater), Some(Greater)),
            ("<=NAME", Some(LessOrEqual), Some(LessOrEqual)),
            ("<NAME", Some(Less), Some(Less)),
            ("%NAME", Some(Contains), Some(Contains)),
            ("!%NAME", Some(NotContains), Some(NotContains)),
            ("><NAME", Some(Between), None),
            ("!><NAME", Some(NotBetween), None),
            ("?NAME", Some(Contains), None),
            ("=%NAME", None, Some(Like)),
            ("%=NAME", None, Some(Like)),
            ("!=%NAME", None, Some(NotLike)),
            ("!%=NAME", None, Some(NotLike)),
            ("@NAME", None, None),
            ("!@NAME", None, None),
            ("name", None, None),
            ("", None, None),
        ] {
            let read = |dialect: Dialect| dialect.read(key).map(|(operator, _)| operator);
            assert_eq!(read(Dialect::SonetGroup), sonet_group, "{key}");
            assert_eq!(read(Dialect::Workgroup), workgroup, "{key}");
        }
    }

    #[test]
    fn other_tables_have_their_own_operators() {
        for (key, scrum, users, tasks) in [
            ("NAME", Some(Equal), Some(Equal), Some(Pattern)),
            ("=NAME", Some(Equal), Some(Equal), Some(Pattern)),
            ("@NAME", Some(Equal), Some(Equal), Some(Pattern)),
            ("!NAME", Some(Equal), Some(NotEqual), Some(NotEqual)),
            ("!@NAME", Some(Equal), Some(NotEqual), Some(NotEqual)),
            ("%NAME", Some(Contains), Some(Contains), Some(Pattern)),
            (
                ">=NAME",
                Some(GreaterOrEqual),
                Some(GreaterOrEqual),
                Some(GreaterOrEqual),
            ),
        ] {
            let read = |dialect: TableDialect| {
                let condition = dialect.condition(key, &Value::Null);
                condition.map(|(operator, _)| operator)
            };
            assert_eq!(read(TableDialect::Scrum), scrum, "{key}");
            assert_eq!(read(TableDialect::Users), users, "{key}");
            assert_eq!(read(TableDialect::Tasks), tasks, "{key}");
        }
        let operator = |key, value: &str| {
            let value = Value::Text(value.to_owned());
            TableDialect::Users
                .condition(key, &value)
                .map(|(own, _)| own)
        };
        assert_eq!(operator("NAME", "Iv%"), Some(Like));
        assert_eq!(operator("=NAME", "Iv%"), Some(Equal));
        assert_eq!(operator("EMAIL", "a_b@c"), Some(Equal));
    }

    #[test]
    fn each_dialect_has_its_fields() {
        for name in ["PROJECT", "SUBJECT_ID", "SITE_ID"] {
            assert!(Dialect::SonetGroup.field(name).is_none(), "{name}");
            assert!(Dialect::Workgroup.field(name).is_some(), "{name}");
        }
        assert!(Dialect::SonetGroup.field("IS_EXTRANET").is_some());
        assert!(Dialect::Workgroup.field("IS_EXTRANET").is_none());
        assert!(Dialect::Workgroup.field("TYPE").is_none());
    }
}
