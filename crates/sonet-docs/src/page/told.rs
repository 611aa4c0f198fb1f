//! An answer whose table stands below the introduction, where old pages have their parameters: examples tell which it is.

use serde_json::Value;

use super::facts::{Example, ExampleKind, Item, Page};

/// Takes what was read as parameters, if only answers have it.
pub(super) fn answer(page: &mut Page) -> Option<Vec<Item>> {
    let (examples, programs) = (&page.examples, &page.programs);
    let of = |kind: ExampleKind| examples.iter().filter(move |example| example.kind == kind);
    page.params.take_if(|params| {
        let is_needed = params.iter().any(|param| param.required == Some(true));
        let mut sent = of(ExampleKind::Request).chain(programs);
        let mut answers = of(ExampleKind::Response);
        !is_needed
            && answers.any(|answer| is_told(params, answer))
            && !sent.any(|request| params.iter().any(|param| has(&request.json, param)))
    })
}

/// Whether an answer has all of the items, and not much beside them: what is asked for by its number has that number, too.
fn is_told(items: &[Item], answer: &Example) -> bool {
    let result = match answer.json.get("result") {
        Some(Value::Array(rows)) => rows.first(),
        result => result,
    };
    let Some(Value::Object(map)) = result else {
        return false;
    };
    let all = items.iter().all(|item| map.contains_key(&item.name));
    all && !items.is_empty() && items.len() * 2 > map.len()
}

fn has(request: &Value, item: &Item) -> bool {
    request.get(&item.name).is_some()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::markup::Line;

    #[test]
    fn an_answer_has_all_and_little_else() {
        let at = Line::all("text").remove(0).at;
        let items = ["STATE", "SINCE"].map(|name| Item::new(name, &at));
        let told = |result: Value| {
            let answer = Example {
                kind: ExampleKind::Response,
                json: json!({ "result": result }),
                text: String::new(),
                at: at.clone(),
            };
            is_told(&items, &answer)
        };
        let door = json!({ "STATE": "open", "SINCE": 1995, "ID": 7 });
        assert!(told(door.clone()) && told(json!([door])));
        for other in [
            json!(true),
            json!([]),
            json!({ "STATE": "open" }),
            json!({ "STATE": "open", "SINCE": 1995, "ID": 7, "HALL": 8 }),
        ] {
            assert!(!told(other.clone()), "{other}");
        }
    }
}
