//! What an operator compares with: read once for all rows that it is held against.

use super::field::FieldValue;
use super::like::like;
use super::operator::Operator;
use crate::domain::dates;
use crate::wire::value::Value;
use std::borrow::Cow;
use std::ops::RangeInclusive;

/// The operands of a condition, in each form that a row's value may have.
///
/// Those that can't be read in a form are missing from it, and then nothing compares to them. In order,
/// they are searched by halves: a list of a hundred thousand identifiers is a single step for a row.
#[derive(Debug, Clone)]
pub(super) struct Operands {
    numbers: Vec<i64>,
    dates: Vec<i64>,
    /// In lower case, as texts compare.
    texts: Vec<String>,
    /// Both bounds in their own order, for an operator that has two.
    bounds: Option<[String; 2]>,
}

impl Operands {
    /// Reads operands; `None` if there are too few for the operator.
    pub(super) fn read(operator: Operator, value: &Value) -> Option<Self> {
        let all: Vec<String> = match value {
            Value::Array(list) => list.values().filter_map(Value::to_text).collect(),
            scalar => scalar.to_text().into_iter().collect(),
        };
        let bounds = match operator {
            Operator::Between | Operator::NotBetween => {
                Some(<[String; 2]>::try_from(all.clone()).ok()?)
            }
            _ if all.is_empty() => return None,
            _ => None,
        };
        Some(Self::of(&all, bounds))
    }

    /// One identifier.
    pub(super) fn id(id: u64) -> Self {
        Self::of(&[id.to_string()], None)
    }

    fn of(all: &[String], bounds: Option<[String; 2]>) -> Self {
        let numbers = all.iter().filter_map(|text| number(text)).collect();
        let dates = all.iter().filter_map(|text| dates::parse(text)).collect();
        let texts = all.iter().map(|text| text.to_lowercase()).collect();
        Self {
            numbers: sorted(numbers),
            dates: sorted(dates),
            texts: sorted(texts),
            bounds,
        }
    }

    /// The numbers among them, in order.
    pub(super) fn numbers(&self) -> &[i64] {
        &self.numbers
    }

    /// Within which bounds numbers meet an operator with these, if it says nothing but bounds.
    pub(super) fn bounds(&self, operator: Operator) -> Option<RangeInclusive<i64>> {
        let (first, last) = (self.numbers.first(), self.numbers.last());
        let bounds = match operator {
            Operator::Greater => first.and_then(|low| Some(low.checked_add(1)?..=i64::MAX)),
            Operator::GreaterOrEqual => first.map(|low| *low..=i64::MAX),
            Operator::Less => last.and_then(|high| Some(i64::MIN..=high.checked_sub(1)?)),
            Operator::LessOrEqual => last.map(|high| i64::MIN..=*high),
            Operator::Equal if self.numbers.len() <= 1 => first.map(|id| *id..=*id),
            Operator::Between => self
                .bounds
                .as_ref()
                .and_then(|[low, high]| Some(number(low)?..=number(high)?)),
            _ => return None,
        };
        // Nothing compares to what is no number, and nothing lies beyond all numbers.
        #[allow(clippy::reversed_empty_ranges, reason = "it is meant to be empty")]
        let nothing = 1..=0;
        Some(bounds.unwrap_or(nothing))
    }

    /// Whether what a row has in a field meets an operator with these.
    pub(super) fn hold(&self, operator: Operator, value: &FieldValue) -> bool {
        match operator {
            Operator::NotEqual => !self.compare(Operator::Equal, value),
            Operator::Between => self.spans(value),
            Operator::NotBetween => !self.spans(value),
            Operator::Contains => self.any(value, contains),
            Operator::NotContains => !self.any(value, contains),
            Operator::Pattern if !matches!(value, FieldValue::Text(_)) => {
                self.compare(Operator::Equal, value)
            }
            Operator::Like | Operator::Pattern => self.any(value, like),
            Operator::NotLike => !self.any(value, like),
            _ => self.compare(operator, value),
        }
    }

    fn compare(&self, operator: Operator, value: &FieldValue) -> bool {
        match value {
            FieldValue::Any(all) => all.iter().any(|own| self.compare(operator, own)),
            FieldValue::Number(number) => compare(operator, number, &self.numbers),
            FieldValue::Date(seconds) => compare(operator, seconds, &self.dates),
            FieldValue::Text(text) => compare(operator, text, &self.texts),
        }
    }

    /// Whether what a row has lies between both bounds, or on one of them.
    fn spans(&self, value: &FieldValue) -> bool {
        let Some([low, high]) = &self.bounds else {
            return false;
        };
        match value {
            FieldValue::Any(all) => all.iter().any(|own| self.spans(own)),
            FieldValue::Number(own) => spans(own, number(low), number(high)),
            FieldValue::Date(own) => spans(own, dates::parse(low), dates::parse(high)),
            FieldValue::Text(own) => {
                spans(own, Some(low.to_lowercase()), Some(high.to_lowercase()))
            }
        }
    }

    /// Whether any of the texts is found in what a row has.
    fn any(&self, value: &FieldValue, finds: fn(&str, &str) -> bool) -> bool {
        let Some(own) = value.search_text() else {
            return value.each().any(|own| self.any(own, finds));
        };
        self.texts.iter().any(|text| finds(&own, text))
    }
}

fn contains(own: &str, text: &str) -> bool {
    own.contains(text)
}

/// With several values a comparison asks for any of them.
fn compare<T: Ord>(operator: Operator, value: &T, operands: &[T]) -> bool {
    let (Some(first), Some(last)) = (operands.first(), operands.last()) else {
        return false;
    };
    match operator {
        Operator::Greater => value > first,
        Operator::GreaterOrEqual => value >= first,
        Operator::Less => value < last,
        Operator::LessOrEqual => value <= last,
        _ => operands.binary_search(value).is_ok(),
    }
}

/// What of identifiers' bounds lies within those of a condition, which may be below all identifiers.
pub(super) fn intersect(
    bounds: &RangeInclusive<u64>,
    by: &RangeInclusive<i64>,
) -> RangeInclusive<u64> {
    let at_least_0 = |number: i64| u64::try_from(number).unwrap_or_default();
    let low = at_least_0(*by.start()).max(*bounds.start());
    let high = at_least_0(*by.end()).min(*bounds.end());
    low..=high
}

fn spans<T: Ord>(value: &T, low: Option<T>, high: Option<T>) -> bool {
    low.is_some_and(|low| *value >= low) && high.is_some_and(|high| *value <= high)
}

fn number(text: &str) -> Option<i64> {
    text.trim().parse().ok()
}

fn sorted<T: Ord>(mut all: Vec<T>) -> Vec<T> {
    all.sort_unstable();
    all.dedup();
    all
}

impl FieldValue {
    /// The text that patterns search in, unless there are several values.
    fn search_text(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            FieldValue::Any(_) => return None,
            FieldValue::Number(number) => number.to_string().into(),
            FieldValue::Date(seconds) => dates::iso(*seconds).to_lowercase().into(),
            FieldValue::Text(text) => text.into(),
        })
    }

    /// Each of several values.
    fn each(&self) -> impl Iterator<Item = &FieldValue> {
        let all: &[FieldValue] = match self {
            FieldValue::Any(all) => all,
            _ => &[],
        };
        all.iter()
    }
}
