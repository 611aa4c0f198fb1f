//! Type expressions: `string`, `GroupId[]`, `map<Avatar>`.

use std::fmt;

/// A type as the spec writes it. Names are not resolved; [`super::Symbols`] knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// `string`
    String,
    /// `secret`
    Secret,
    /// `integer`
    Integer,
    /// `decimal`
    Decimal,
    /// `boolean`
    Boolean,
    /// `flag`
    Flag,
    /// `accepted`
    Accepted,
    /// `empty`
    Empty,
    /// `json`
    Json,
    /// `datetime`
    DateTime,
    /// `date`
    Date,
    /// `loose_datetime`
    LooseDateTime,
    /// `local_datetime`
    LocalDateTime,
    /// `file`
    File,
    /// `filter`
    Filter,
    /// `order`
    Order,
    /// `select`
    Select,
    /// `page_start`
    PageStart,
    /// `object`: a parameter with parameters inside
    Object,
    /// An id, enum, object or input of the spec.
    Named(String),
    /// `T[]`
    List(Box<Type>),
    /// `map<T>`
    Map(Box<Type>),
}

/// The built-in types, by their words.
pub const WORDS: [(&str, Type); 19] = [
    ("string", Type::String),
    ("secret", Type::Secret),
    ("integer", Type::Integer),
    ("decimal", Type::Decimal),
    ("boolean", Type::Boolean),
    ("flag", Type::Flag),
    ("accepted", Type::Accepted),
    ("empty", Type::Empty),
    ("json", Type::Json),
    ("datetime", Type::DateTime),
    ("date", Type::Date),
    ("loose_datetime", Type::LooseDateTime),
    ("local_datetime", Type::LocalDateTime),
    ("file", Type::File),
    ("filter", Type::Filter),
    ("order", Type::Order),
    ("select", Type::Select),
    ("page_start", Type::PageStart),
    ("object", Type::Object),
];

/// Why a text isn't a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeError {
    /// What is wrong.
    pub message: String,
    /// What to write.
    pub help: String,
}

impl Type {
    /// Reads a type. A name that is no built-in type is a [`Type::Named`], whether it exists or not.
    pub fn parse(text: &str) -> Result<Self, TypeError> {
        if let Some(element) = text.strip_suffix("[]") {
            return Self::parse(element).map(|element| Self::List(Box::new(element)));
        }
        if let Some(inner) = text.strip_prefix("map<") {
            let Some(element) = inner.strip_suffix('>') else {
                return Err(TypeError::new(
                    format!("`{text}` has no closing `>`"),
                    format!("write `{text}>`"),
                ));
            };
            return Self::parse(element).map(|element| Self::Map(Box::new(element)));
        }
        if let Some((_, word)) = WORDS.iter().find(|(word, _)| *word == text) {
            return Ok(word.clone());
        }
        if is_word(text) {
            return Ok(Self::Named(text.to_owned()));
        }
        Err(not_a_type(text))
    }

    /// What stands inside all lists: `GroupId` of `GroupId[][]`.
    #[must_use]
    pub fn innermost_of_lists(&self) -> &Self {
        match self {
            Self::List(element) => element.innermost_of_lists(),
            other => other,
        }
    }

    /// What stands inside all lists and maps: `GroupId` of `map<GroupId[]>`.
    #[must_use]
    pub fn innermost(&self) -> &Self {
        match self {
            Self::List(element) | Self::Map(element) => element.innermost(),
            other => other,
        }
    }

    /// The name of the spec in it: `GroupId` of `map<GroupId[]>`.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self.innermost() {
            Self::Named(name) => Some(name),
            _ => None,
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(name) => f.write_str(name),
            Self::List(element) => write!(f, "{element}[]"),
            Self::Map(element) => write!(f, "map<{element}>"),
            word => {
                let word = WORDS.iter().find(|(_, ty)| ty == word);
                f.write_str(word.map_or("", |(word, _)| word))
            }
        }
    }
}

impl TypeError {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: help.into(),
        }
    }
}

fn is_word(text: &str) -> bool {
    let mut chars = text.chars();
    chars
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic())
        && chars.all(|char| char.is_ascii_alphanumeric() || char == '_')
}

/// Recognises what people are used to from other languages.
fn not_a_type(text: &str) -> TypeError {
    let inside = |open: &str| text.strip_prefix(open)?.strip_suffix('>');
    if text.is_empty() {
        return TypeError::new("there is no type here", "write a type, such as `string`");
    }
    if let Some(element) = inside("Vec<").or(inside("list<")).or(inside("array<")) {
        return TypeError::new(
            format!("`{text}` is not the notation of a list"),
            format!("write `{element}[]`"),
        );
    }
    if let Some(inner) = text.strip_suffix('?').or(inside("Option<")) {
        return TypeError::new(
            format!("`{text}`: a type can't be marked as optional"),
            format!("write `{inner}`, and `nullable = true` or `optional = true` beside it"),
        );
    }
    if let Some((_, element)) = text.rsplit_once(',') {
        let element = element.trim().trim_end_matches('>');
        return TypeError::new(
            "the keys of a map are always texts, so they are not written",
            format!("write `map<{element}>`"),
        );
    }
    TypeError::new(
        format!("`{text}` is not a type"),
        "a type is a word such as `string`, a name of the spec, `T[]` or `map<T>`",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_come_back_as_they_were_written() {
        for (word, _) in &WORDS {
            assert_eq!(Type::parse(word).unwrap().to_string(), *word);
        }
        for text in ["GroupId", "GroupId[]", "map<Avatar>", "map<integer[]>[][]"] {
            assert_eq!(Type::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn lists_and_maps_nest() {
        let ty = Type::parse("map<GroupId[]>[]").unwrap();
        let id = Type::Named("GroupId".to_owned());
        let map = Type::Map(Box::new(Type::List(Box::new(id.clone()))));
        assert_eq!(ty, Type::List(Box::new(map.clone())));
        assert_eq!(ty.innermost_of_lists(), &map);
        assert_eq!(ty.innermost(), &id);
        assert_eq!(ty.name(), Some("GroupId"));
    }

    #[test]
    fn habits_of_other_languages_are_told_how_it_is_written_here() {
        let help = |text: &str| Type::parse(text).unwrap_err().help;
        assert_eq!(help("Vec<string>"), "write `string[]`");
        assert_eq!(help("array<GroupId>"), "write `GroupId[]`");
        assert_eq!(help("map<string, integer>"), "write `map<integer>`");
        assert_eq!(help("map<string"), "write `map<string>`");
        assert!(help("string?").starts_with("write `string`, and `nullable = true`"));
        assert!(help("Option<string>").starts_with("write `string`, and"));
        assert!(Type::parse("").is_err());
        assert!(Type::parse("[]").is_err());
        assert!(Type::parse("map<>").is_err());
        assert!(Type::parse("string []").is_err());
    }
}
