//! The words of the pages, in both of their languages. All of them are in lower case.

mod default;
mod heading;
mod notice;
mod required;
mod sentence;

pub(crate) use default::default_in;
pub(crate) use heading::{Column, Topic, column, has_types, role_of_heading, topic};
pub(crate) use notice::{outdated, page_sizes, sentences, statuses};
pub(crate) use required::requiredness;
pub(crate) use sentence::{
    Label, flag_in_words, introduces_another_value, introduces_defaults, introduces_examples,
    introduces_fields, introduces_only_value, introduces_values, label, no_params, says_empty,
    separates_values,
};

/// A text as words are compared: in lower case, one blank between words, and every word in the letters of its language.
pub(crate) fn normal(text: &str) -> String {
    let text = text.trim().trim_end_matches([':', '.']).to_lowercase();
    let mut normal = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !normal.is_empty() {
            normal.push(' ');
        }
        spell(word, &mut normal);
    }
    normal
}

/// Whether a text is Russian.
pub(crate) fn is_russian(text: &str) -> bool {
    text.chars().any(is_cyrillic)
}

fn is_cyrillic(char: char) -> bool {
    matches!(char, '\u{400}'..='\u{4ff}')
}

/// Latin letters slip into Russian words, where nobody sees them.
fn spell(word: &str, out: &mut String) {
    if word.is_ascii() || !is_russian(word) {
        out.push_str(word);
        return;
    }
    let letter = |char| match char {
        'a' => 'а',
        'c' => 'с',
        'e' => 'е',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        'x' => 'х',
        'y' => 'у',
        other => other,
    };
    out.extend(word.chars().map(letter));
}
