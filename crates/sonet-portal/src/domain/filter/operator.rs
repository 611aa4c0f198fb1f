//! The operators that may stand before a field in a filter's key.

use super::field::Field;

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

/// Reads a key of a scrum list: the operator and the name of the field.
pub(crate) fn scrum_key(key: &str) -> Option<(Operator, &str)> {
    let (prefix, operator) = SCRUM.iter().find(|(prefix, _)| key.starts_with(prefix))?;
    Some((*operator, &key[prefix.len()..]))
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
