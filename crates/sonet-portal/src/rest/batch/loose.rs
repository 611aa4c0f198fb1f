//! References as an older copy of the server's source replaces them, in any text of a command.

use super::reference::spend;
use super::results::Results;
use crate::wire::output::Json;
use crate::wire::value::{Array, Value};

/// The words that a reference begins with, after its `$`.
const WORDS: [&str; 5] = ["result", "next", "total", "time", "error"];

/// Replaces the references in a text: from a `$` and one of the words up to the next blank, if a key
/// in brackets is somewhere in between. Each is replaced where it stands.
pub(super) fn resolve(text: String, results: &Results, budget: &mut usize) -> Value {
    if next(&text).is_none() {
        return Value::Text(text);
    }
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(found) = next(rest) {
        let value = follow(&found, rest, results, budget);
        replaced.push_str(&rest[..found.at]);
        match value {
            Some(value) if found.end - found.at == text.len() => return value,
            // What PHP makes of an array in the middle of a text.
            Some(value) => replaced.push_str(value.to_text().as_deref().unwrap_or("Array")),
            None => replaced.push_str(&rest[found.at..found.end]),
        }
        rest = &rest[found.end..];
    }
    Value::Text(replaced + rest)
}

/// A reference in a text.
struct Found {
    /// Where the `$` is.
    at: usize,
    /// Where the word ends.
    word_end: usize,
    /// Where the reference ends.
    end: usize,
}

/// The first text that may be a reference.
fn next(text: &str) -> Option<Found> {
    let mut dollars = text.match_indices('$');
    dollars.find_map(|(at, _)| {
        let tail = &text[at + 1..];
        let named = |word: &&&str| {
            let begin = tail.get(..word.len());
            begin.is_some_and(|begin| begin.eq_ignore_ascii_case(word))
        };
        let word_end = at + 1 + WORDS.iter().find(named)?.len();
        let blank = |symbol: char| symbol.is_ascii_whitespace() || symbol == '\u{b}';
        let end = text[word_end..].find(blank);
        let end = end.map_or(text.len(), |length| word_end + length);
        Some(Found { at, word_end, end })
    })
}

/// The keys in brackets, wherever they stand. Empty brackets are none.
fn keys(text: &str) -> Vec<&str> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        rest = &rest[open + 1..];
        match rest.find(']') {
            Some(0) => {}
            Some(close) => {
                keys.push(&rest[..close]);
                rest = &rest[close + 1..];
            }
            None => break,
        }
    }
    keys
}

/// What stands in the place of a reference: what the keys lead to, as far as they lead. `None` if it
/// is none, or if the budget is used up.
fn follow(found: &Found, text: &str, results: &Results, budget: &mut usize) -> Option<Value> {
    let keys = keys(&text[found.word_end..found.end]);
    let (first, others) = keys.split_first()?;
    // Only the words themselves are known, in lower case: of any other nothing is left.
    let Some(map) = results.map(&text[found.at + 1..found.word_end]) else {
        return Some(Value::Null);
    };
    let entry = map
        .iter()
        .find(|(key, value)| key == first && *value != Json::Null);
    let Some(mut json) = entry.map(|(_, value)| value) else {
        let affordable = map.iter().all(|(_, value)| spend(value, budget));
        let all = || {
            let mut array = Array::default();
            for (key, value) in map {
                array.append(key.clone(), Value::from(value));
            }
            Value::Array(array)
        };
        return affordable.then(all);
    };
    for key in others {
        if let Json::Text(text) = json {
            // In PHP a number in brackets behind a text is one of its bytes.
            let at: Option<usize> = key.parse().ok();
            if let Some(byte) = at.and_then(|at| text.get(at..at + 1)) {
                return Some(Value::Text(byte.to_owned()));
            }
        }
        match json.at(key) {
            Some(Json::Null) | None => break,
            Some(below) => json = below,
        }
    }
    spend(json, budget).then(|| Value::from(json))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methods::call::Answer;
    use crate::methods::refusal::Refusal;
    use crate::rest::envelope::Timing;
    use crate::wire::output::Object;

    fn results() -> Results {
        let row = Object::new().with("ID", "77").with("NONE", Json::Null);
        let mut results = Results::default();
        let answer = Answer {
            total: Some(120),
            next: Some(50),
            ..Answer::from(vec![row])
        };
        results.succeed("list", answer, &Timing::default());
        results.succeed("name", Answer::from("Rust"), &Timing::default());
        results.fail("bad", Refusal::text("No"));
        results
    }

    fn resolved(text: &str) -> Value {
        resolve(text.to_owned(), &results(), &mut 100_000)
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn a_users_own_text_becomes_somebodys_data() {
        for (sent, stored) in [
            ("$result[list][0][ID]", "77"),
            ("see $resulting[list][0][ID] ok", "see 77 ok"),
            ("a$results[name]", "aRust"),
            ("$result.x[name]y", "Rust"),
            ("$$result[name]", "$Rust"),
            ("<$result[list][0][ID]-$result[0]>", "<7"),
            ("<$result[list][0][ID]-$result[name]>", "<77"),
            ("($total[list])", "(120"),
            ("$result[name] $next[list]", "Rust 50"),
            ("$error[bad][error_description]", "No"),
            ("$result[name][1]", "u"),
            ("$result[name][9]", "Rust"),
            ("a $RESULT[name] b", "a  b"),
            ("$RESULT[name] b", " b"),
            ("$RESULT[name] $TOTAL[list]", " "),
            ("a $result[none] b", "a Array b"),
            ("a $result[list][0][NONE] b", "a Array b"),
        ] {
            assert_eq!(resolved(sent), text(stored), "{sent}");
        }
    }

    #[test]
    fn a_whole_text_becomes_a_number_an_array_or_nothing() {
        assert_eq!(resolved("$total[list]"), Value::Int(120));
        for array in [
            "$result[list]",
            "$result[list][0]",
            "$result[list][0][NONE]",
            "$result[list][5][ID]",
            "$results[none]",
            "$time[name]",
        ] {
            assert!(resolved(array).as_array().is_some(), "{array}");
        }
        for nothing in ["$RESULT[list]", "$Total[list]", "$rEsUlTs[x]"] {
            assert_eq!(resolved(nothing), Value::Null, "{nothing}");
        }
    }

    #[test]
    fn what_is_no_reference_stays() {
        for stays in [
            "",
            "price $100",
            "$total",
            "$result[]",
            "$result [name]",
            "$result\u{b}[name]",
            "a $ result[name]",
            "$resul[name]",
            "$result[name",
            "$результат[name]",
        ] {
            assert_eq!(resolved(stays), text(stays), "{stays}");
        }
    }

    #[test]
    fn many_references_take_no_longer_than_their_text() {
        let results = results();
        for part in [
            "$result[",
            "$result[none ",
            "$",
            "$result[][",
            "$result[x] ",
        ] {
            let long = part.repeat(300_000);
            resolve(long, &results, &mut 1_000_000);
        }
    }
}
