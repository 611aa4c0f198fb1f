//! Names with a path, such as `data.FIELDS`.

use super::first_cell::DOTS;
use crate::markup::{DEPTH, Problem};
use crate::page::facts::Item;

/// Puts `data.FIELDS` and `data[FIELDS]` into `data`.
pub(in crate::page) fn nest(items: Vec<Item>, problems: &mut Vec<Problem>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::new();
    for mut item in items {
        let (name, dots) = match item.name.strip_suffix(DOTS) {
            Some(name) => (name, DOTS),
            None => (item.name.as_str(), ""),
        };
        let parts: Vec<String> = name
            .split(['.', '[', ']'])
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect();
        let Some((last, path)) = parts.split_last() else {
            continue;
        };
        if path.len() > DEPTH {
            problems.push(Problem::too_deep(&item.at));
            continue;
        }
        item.name = [last, dots].concat();
        place(&mut out, path, item);
    }
    out
}

fn place(items: &mut Vec<Item>, path: &[String], item: Item) {
    let Some((first, rest)) = path.split_first() else {
        items.push(item);
        return;
    };
    let known = items.iter().position(|outer| outer.name == *first);
    let at = known.unwrap_or_else(|| {
        items.push(Item::new(first.as_str(), &item.at));
        items.len() - 1
    });
    place(&mut items[at].fields, rest, item);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::Line;

    #[test]
    fn a_path_leads_into_items() {
        let at = Line::all("text").remove(0).at;
        let names = ["data", "data[ID]", "list[].x.y", "...", "data.own..."];
        let items = names.map(|name| Item::new(name, &at));
        let mut problems = Vec::new();
        let nested = nest(items.into(), &mut problems);
        assert_eq!(nested.len(), 2);
        assert_eq!(nested[0].fields[0].name, "ID");
        assert_eq!(nested[0].fields[1].name, "own...");
        assert_eq!(nested[1].fields[0].fields[0].name, "y");
        assert_eq!(problems, []);
        let deep = Item::new("a.".repeat(DEPTH + 2), &at);
        assert!(nest(vec![deep], &mut problems).is_empty());
        assert_eq!(problems.len(), 1);
    }
}
