//! Texts that become documentation, and which of them rustdoc would refuse or misread.

/// What is wrong with a text: what a reader of the documentation would see, and what to write instead.
pub(super) fn mistake(text: &str) -> Option<(&'static str, &'static str)> {
    // Every second piece stands between backticks.
    let pieces: Vec<&str> = text.split('`').collect();
    if text.contains("``") {
        return Some((
            "would start a code block",
            "put code between single backticks",
        ));
    }
    if pieces.len() % 2 == 0 {
        return Some((
            "has one backtick too many",
            "put code between two backticks",
        ));
    }
    pieces.iter().step_by(2).find_map(|piece| plain(piece))
}

/// The same outside of code.
fn plain(text: &str) -> Option<(&'static str, &'static str)> {
    if text.contains(['[', ']']) {
        return Some((
            "would be a link",
            "put the brackets and their content between backticks",
        ));
    }
    if text.contains("~~~") {
        return Some((
            "would start a code block",
            "put code between single backticks",
        ));
    }
    let mut rest = text;
    while let Some(at) = rest.find(['<', '>']) {
        let (before, tag) = rest.split_at(at);
        let address = tag.strip_prefix('<').and_then(|tag| tag.split_once('>'));
        match address {
            Some((address, behind)) if is_address(address) && !before.contains("://") => {
                rest = behind;
            }
            _ => return Some(("would be an HTML tag", "put it between backticks")),
        }
    }
    rest.contains("://").then_some((
        "has an address that is not a link",
        "put the address between `<` and `>`",
    ))
}

fn is_address(text: &str) -> bool {
    let known = |char: char| char.is_ascii_alphanumeric() || "-._~/?#=&%:+,;@!".contains(char);
    text.strip_prefix("https://")
        .is_some_and(|rest| !rest.is_empty() && rest.chars().all(known))
}

/// A character that nobody sees, and that the compiler refuses or an editor hides.
pub(super) fn unseen(text: &str) -> Option<char> {
    text.chars().find(|char| match char {
        '\n' | '\t' => false,
        // The first ones make a text look as if it were in another order.
        '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{61c}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{feff}' => true,
        char => char.is_control(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rustdoc_would_misread_is_found() {
        for text in [
            "See [the other].",
            "A list of <b>.",
            "Less < or > more.",
            "A `code without an end.",
            "```\nlet x = 1;\n```",
            "~~~ x",
            "See https://example.com.",
            "See https://a.example and <https://b.example>.",
            "<https://exa mple>",
            "A ``double``.",
            "Ends with <",
        ] {
            assert!(mistake(text).is_some(), "{text}");
        }
        for text in [
            "Plain words, and a - dash.",
            "An empty list is `[]`, and a tag `<b>`; `https://example.com` is an address.",
            "See <https://example.com/a?b=c#d>, and <https://example.org>.",
            "# Not a heading\n\n- a list",
            "",
        ] {
            assert_eq!(mistake(text), None, "{text}");
        }
    }

    #[test]
    fn what_nobody_sees_is_found() {
        assert_eq!(unseen("a\nb\tc ü 🚀"), None);
        for text in [
            "a\u{0}",
            "\u{202e}a",
            "a\u{2066}",
            "\r\n",
            "\u{feff}a",
            "\u{7f}",
        ] {
            assert!(unseen(text).is_some(), "{text:?}");
        }
    }
}
