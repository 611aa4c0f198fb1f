//! Rows that stand for each other: one of them must be there, and so none of them must.

use crate::markup::inline;
use crate::page::facts::Item;
use crate::words;

/// Takes back what is required, and what looks like values, where rows say that some of them stand for each other.
pub(super) fn settle(items: &mut [Item]) {
    let names: Vec<String> = items.iter().map(|item| item.name.clone()).collect();
    for item in items.iter_mut() {
        // The names of rows, its own among them, are no values of it.
        let is_name = |value: &str| names.iter().any(|name| name == value);
        let has_own = item.values.iter().any(|value| value.text == item.name);
        if has_own && item.values.iter().all(|value| is_name(&value.text)) {
            item.values.clear();
        }
        // A star says that it is needed, and the text, when; what lists in it say is about what is in it.
        let said = || inline::plain(&item.sentences);
        if item.required == Some(true) && words::is_required_sometimes(&said()) {
            item.required = Some(false);
        }
    }
    let texts = items.iter().map(|item| inline::with_code(&item.sentences));
    let texts: Vec<String> = texts.collect();
    for text in texts {
        one_of(items, &text);
    }
}

/// Takes back what is required of those rows of which a text says that one of them must be there.
pub(in crate::page) fn one_of(items: &mut [Item], text: &str) {
    for named in words::sentences(text).filter_map(words::one_of) {
        let words = names(named);
        let is_named = |item: &&mut Item| words.contains(&item.name.as_str());
        let alike: Vec<&mut Item> = items.iter_mut().filter(is_named).collect();
        let every: Vec<String> = alike.iter().map(|item| item.name.clone()).collect();
        if alike.len() > 1 {
            for item in alike {
                item.required = Some(false);
                item.alternatives.clone_from(&every);
            }
        }
    }
}

/// The words that can be names of rows: those that are marked as code, where some are.
fn names(text: &str) -> Vec<&str> {
    let is_part = |char: char| char.is_alphanumeric() || matches!(char, '_' | '.');
    let marked = inline::code_spans(text);
    if marked.is_empty() {
        return text.split(|char| !is_part(char)).collect();
    }
    marked.into_iter().map(|(_, code)| code).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::Line;

    #[test]
    fn one_of_several_leaves_each_to_the_caller() {
        let at = Line::all("text").remove(0).at;
        let mut items = ["ID", "CODE", "HALL"].map(|name| Item::new(name, &at));
        for item in &mut items {
            item.required = Some(true);
        }
        items[1].sentences = "Code. At least one of them: ID or CODE".to_owned();
        for value in ["ID", "CODE"] {
            items[1].add_value(value.to_owned(), &at);
        }
        items[2].add_value("ID".to_owned(), &at);
        settle(&mut items);
        let required = items.each_ref().map(|item| item.required);
        assert_eq!(required, [Some(false), Some(false), Some(true)]);
        assert_eq!((items[1].values.len(), items[2].values.len()), (0, 1));
        // A sentence that names one row alone is about something else.
        one_of(&mut items, "One of the parameters of the HALL");
        assert_eq!(items[2].required, Some(true));
    }

    /// Rows that are all required, and those of them that still are after something was said of them.
    fn left(names: &[&str], say: impl Fn(&mut Vec<Item>)) -> Vec<String> {
        let at = Line::all("text").remove(0).at;
        let mut items: Vec<Item> = names.iter().map(|name| Item::new(*name, &at)).collect();
        for item in &mut items {
            item.required = Some(true);
        }
        say(&mut items);
        let required = items.iter().filter(|item| item.required == Some(true));
        required.map(|item| item.name.clone()).collect()
    }

    #[test]
    fn a_condition_of_what_is_in_a_row_is_not_its_own() {
        let inner = "The door.\nHALL - The hall. Required if NAME is empty";
        let left = |sentences: &str| {
            left(&["door"], |items| {
                items[0].text = inner.to_owned();
                items[0].sentences = sentences.to_owned();
                settle(items);
            })
        };
        assert_eq!(left("The door."), ["door"]);
        assert_eq!(left("The door. **Required** if `HALL` is empty"), [""; 0]);
    }

    #[test]
    fn one_of_several_is_of_those_that_the_words_name() {
        let left = |text: &str| left(&["ID", "HALL", "NAME", "CODE"], |items| one_of(items, text));
        for text in [
            "At least one of `NAME` or `CODE` must be passed together with the ID of the HALL",
            "At least one of `NAME` or `CODE` along with `ID` and `HALL`",
            "With `ID` and `HALL`, at least one of the parameters: NAME, CODE",
            "Передайте хотя бы один из `NAME` и `CODE` вместе с `ID` и `HALL`",
            "Pass at least one of `NAME`, `CODE` of the HALL",
        ] {
            assert_eq!(left(text), ["ID", "HALL"], "{text}");
        }
    }
}
