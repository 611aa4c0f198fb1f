//! Words of a page as rustdoc takes them, whatever they are.

use crate::markup::inline;

/// The text without tags, and without what nobody sees; one blank between words.
pub(super) fn words(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    for char in without_tags(text).chars() {
        if char.is_control() || char.is_whitespace() {
            seen.push(' ');
        } else if !is_unseen(char) {
            seen.push(char);
        }
    }
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether nobody sees a character, which makes a text look as if it were another one.
fn is_unseen(char: char) -> bool {
    matches!(char, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
        || matches!(char, '\u{ad}' | '\u{61c}' | '\u{feff}')
}

/// The text without the tags that YFM takes, such as `<br>`.
fn without_tags(text: &str) -> String {
    let tags = [
        "<br>", "<br/>", "<br />", "<b>", "</b>", "<i>", "</i>", "&nbsp;",
    ];
    let mut text = text.to_owned();
    for tag in tags {
        if text.contains(tag) {
            text = text.replace(tag, " ");
        }
    }
    text
}

/// The text with what rustdoc would take for a link, a tag or a block as code, and with addresses as links.
pub(super) fn safe(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut open = 0;
    // A bracket that is open takes the words up to its end with it.
    let mut inside: Vec<&str> = Vec::new();
    for word in words_of(text) {
        open += balance(word);
        if open > 0 {
            inside.push(word);
        } else if inside.is_empty() {
            out.push(safe_word(word));
        } else {
            inside.push(word);
            out.push(safe_word(&inside.join(" ")));
            inside.clear();
        }
        open = open.max(0);
    }
    out.extend(inside.into_iter().map(safe_word));
    out.retain(|word| !word.is_empty());
    out.join(" ")
}

/// The words of a text. Code is in one, with what stands close to it.
fn words_of(text: &str) -> Vec<&str> {
    let codes = inline::code_spans(text);
    let in_code = |at: usize| codes.iter().any(|(range, _)| range.contains(&at));
    let mut from = 0;
    let mut words = Vec::new();
    for (at, _) in text.match_indices(' ').filter(|(at, _)| !in_code(*at)) {
        words.push(&text[from..at]);
        from = at + 1;
    }
    words.push(&text[from..]);
    words.retain(|word| !word.is_empty());
    words
}

/// How many more brackets open in a word than close, code aside.
fn balance(word: &str) -> i32 {
    let outside = outside_code(word);
    outside.chars().fold(0, |open, char| match char {
        '[' => open + 1,
        ']' => open - 1,
        _ => open,
    })
}

/// A word without the code in it.
fn outside_code(word: &str) -> String {
    let mut outside = String::new();
    let mut from = 0;
    for (range, _) in inline::code_spans(word) {
        outside.push_str(&word[from..range.start]);
        from = range.end;
    }
    outside.push_str(&word[from..]);
    outside
}

fn safe_word(word: &str) -> String {
    let outside = outside_code(word);
    if outside.contains("://") {
        return address(word);
    }
    let is_misread = outside.contains(['[', ']', '<', '>', '`']) || outside.contains("~~~");
    if is_misread || word.contains("``") {
        as_code(word)
    } else {
        word.to_owned()
    }
}

/// An address as a link, with what stands close to it; as code if it is none that rustdoc knows.
fn address(word: &str) -> String {
    let bare = word.trim_start_matches(['(', '"', '\'', '«']);
    let before = &word[..word.len() - bare.len()];
    let address = bare.trim_end_matches(['.', ',', ';', ':', ')', '"', '\'', '»', '…', '!', '?']);
    let after = &bare[address.len()..];
    let is_part = |char: char| char.is_ascii_alphanumeric() || "-._~/?#=&%:+,;@!".contains(char);
    let rest = address.strip_prefix("https://");
    if rest
        .is_some_and(|rest| !rest.is_empty() && rest.chars().all(is_part) && !rest.contains("://"))
    {
        format!("{before}<{address}>{after}")
    } else {
        as_code(word)
    }
}

/// A word as code; its end of a sentence stays behind.
fn as_code(word: &str) -> String {
    let code = word.replace('`', "");
    let bare = code.trim_end_matches(['.', ',', ';', ':', '…']);
    let after = &code[bare.len()..];
    if bare.is_empty() {
        return after.to_owned();
    }
    format!("`{bare}`{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rustdoc_would_misread_is_code_or_a_link() {
        for (text, safe_text) in [
            ("Plain `code`, and words.", "Plain `code`, and words."),
            ("A list [1, `2`, 3]. More.", "A list `[1, 2, 3]`. More."),
            ("It is fields[`ID`] here", "It is `fields[ID]` here"),
            ("A <b>, or x->y", "A `<b>`, or `x->y`"),
            ("An open [ bracket", "An open `[` bracket"),
            ("A close ] bracket", "A close `]` bracket"),
            (
                "See https://a.example/x?y=1.",
                "See <https://a.example/x?y=1>.",
            ),
            ("(http://a.example)", "`(http://a.example)`"),
            ("https://[x]/", "`https://[x]/`"),
            ("a ` b", "a b"),
        ] {
            assert_eq!(safe(text), safe_text);
        }
        assert_eq!(words("a<br>b\u{200b}\u{a0}\tc"), "a b c");
    }
}
