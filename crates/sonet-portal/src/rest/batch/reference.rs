//! References to the results of earlier commands: `$result[key][field][0]`.

use super::results::Results;
use crate::wire::output::Json;
use crate::wire::value::Value;

const MARK: &str = "$result[";

/// Replaces the references in a text. One that leads nowhere stays as it is written, which is no
/// error. A text that is nothing but a reference becomes what it refers to, be it an array; within a
/// longer text only scalars are replaced. When the budget of bytes is used up, the rest stays, too.
pub(super) fn resolve(text: String, results: &Results, budget: &mut usize) -> Value {
    let Some(first) = text.find(MARK) else {
        return Value::Text(text);
    };
    if first == 0 {
        let (path, length) = path(&text);
        if length == text.len() {
            return follow(results, &path, budget).unwrap_or(Value::Text(text));
        }
    }
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(MARK) {
        let (path, length) = path(&rest[at..]);
        if path.is_empty() {
            // No bracket is closed from here on, and looking for one again and again would take
            // quadratic time.
            break;
        }
        let written = &rest[at..at + length];
        let value = follow_scalar(results, &path, budget).and_then(|value| value.to_text());
        replaced.push_str(&rest[..at]);
        replaced.push_str(value.as_deref().unwrap_or(written));
        rest = &rest[at + length..];
    }
    replaced.push_str(rest);
    Value::Text(replaced)
}

/// What a path leads to, if the budget allows it.
fn follow(results: &Results, path: &[&str], budget: &mut usize) -> Option<Value> {
    let found = results.follow(path)?;
    spend(found, budget).then(|| Value::from(found))
}

/// What a path leads to, unless it is an array.
fn follow_scalar(results: &Results, path: &[&str], budget: &mut usize) -> Option<Value> {
    let found = results.follow(path)?;
    let scalar = !matches!(found, Json::List(_) | Json::Object(_));
    (scalar && spend(found, budget)).then(|| Value::from(found))
}

/// Takes about as many bytes as a value has off the budget. If it has too few, nothing is left of
/// it: whoever counts a long value again and again must come to an end, too.
pub(super) fn spend(json: &Json, budget: &mut usize) -> bool {
    let own = 32
        + match json {
            Json::Text(text) => text.len(),
            Json::Object(object) => object.entries().map(|(key, _)| key.len()).sum(),
            _ => 0,
        };
    let Some(left) = budget.checked_sub(own) else {
        *budget = 0;
        return false;
    };
    *budget = left;
    match json {
        Json::List(items) => items.iter().all(|item| spend(item, budget)),
        Json::Object(object) => object.entries().all(|(_, value)| spend(value, budget)),
        _ => true,
    }
}

/// The keys of the reference that a text begins with, and its length. The length is never 0, even
/// if no bracket is closed.
fn path(text: &str) -> (Vec<&str>, usize) {
    let mut keys = Vec::new();
    let mut length = MARK.len() - 1;
    while let Some(inner) = text[length..].strip_prefix('[') {
        let Some(close) = inner.find(']') else {
            break;
        };
        keys.push(&inner[..close]);
        length += close + 2;
    }
    (keys, length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methods::call::Answer;
    use crate::rest::envelope::Timing;
    use crate::wire::output::Object;

    fn resolved(text: &str) -> Value {
        let row = Object::new().with("ID", "77").with("N", 5_i64);
        let mut results = Results::default();
        results.succeed("list", Answer::from(vec![row]), &Timing::default());
        results.succeed("flag", Answer::from(true), &Timing::default());
        results.succeed("0", Answer::from(Json::Int(9)), &Timing::default());
        resolve(text.to_owned(), &results, &mut 10_000)
    }

    #[test]
    fn what_would_take_too_much_memory_stays_as_text() {
        let mut results = Results::default();
        let long = "x".repeat(100);
        results.succeed("a", Answer::from(long.as_str()), &Timing::default());
        let mut budget = 300;
        let mut resolved = |text: &str| resolve(text.to_owned(), &results, &mut budget);
        assert_eq!(
            resolved("$result[a]$result[a]$result[a]"),
            Value::Text(format!("{long}{long}$result[a]"))
        );
        assert_eq!(resolved("$result[a]"), Value::Text("$result[a]".into()));
    }

    #[test]
    fn brackets_that_nobody_closes_are_looked_for_once() {
        let mut results = Results::default();
        let rows = vec![Object::new().with("ID", "77"); 10_000];
        results.succeed("rows", Answer::from(rows), &Timing::default());
        let began = std::time::Instant::now();
        for text in [
            "$result[",
            "$result[rows]x",
            "$result[rows][x]",
            "$result[none]",
        ] {
            let text = text.repeat(500_000);
            let stays = Value::Text(text.clone());
            assert_eq!(resolve(text, &results, &mut 1_000_000), stays);
        }
        let mut budget = 1_000_000;
        for _ in 0..100_000 {
            resolve("$result[rows]".to_owned(), &results, &mut budget);
        }
        assert!(began.elapsed().as_secs() < 30, "{:?}", began.elapsed());
    }

    #[test]
    fn a_reference_becomes_what_it_refers_to() {
        assert_eq!(resolved("$result[list][0][ID]"), Value::Text("77".into()));
        assert_eq!(resolved("$result[list][0][N]"), Value::Int(5));
        assert_eq!(resolved("$result[flag]"), Value::Bool(true));
        assert_eq!(resolved("$result[0]"), Value::Int(9));
        assert!(resolved("$result[list][0]").as_array().is_some());
        assert_eq!(
            resolved("<$result[list][0][ID]-$result[0]>"),
            Value::Text("<77-9>".into())
        );
    }

    #[test]
    fn what_leads_nowhere_stays_as_text() {
        for text in [
            "$result[list][1][ID]",
            "$result[list][00][ID]",
            "$result[list][0][id]",
            "$result[none]",
            "$result[flag][x]",
            "$result[]",
            "$result[",
            "$result[list][0",
            "$result",
            "$results[list]",
            "a $result[list] b",
            "a $result[none] $result[ b",
        ] {
            assert_eq!(resolved(text), Value::Text(text.into()));
        }
    }
}
