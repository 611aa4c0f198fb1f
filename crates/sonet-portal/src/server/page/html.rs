//! Small pieces of HTML.

use std::fmt::{self, Write};

/// A text that shows up as it is, whatever it holds.
pub(super) struct Text<'a>(pub(super) &'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for symbol in self.0.chars() {
            match symbol {
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '&' => f.write_str("&amp;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                // HTML has no place for these, and those for right-to-left text mix up a row.
                '\u{0}'..='\u{8}'
                | '\u{e}'..='\u{1f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}' => f.write_char('\u{fffd}')?,
                _ => f.write_char(symbol)?,
            }
        }
        Ok(())
    }
}

/// The words of those marks that are set.
pub(super) fn marks(marks: &[(bool, &str)]) -> String {
    let mut out = String::new();
    for (_, word) in marks.iter().filter(|(set, _)| *set) {
        out.extend(["<span class=mark>", word, "</span>"]);
    }
    out
}

/// A line that says what is left out.
pub(super) fn more(shown: usize, total: u64) -> String {
    if shown as u64 == total {
        String::new()
    } else {
        format!("<p class=quiet>{shown} of {total} are shown.</p>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_taken_for_html() {
        assert_eq!(
            Text("<script>'a' & \"b\"\u{202e}\u{0}\n</script>").to_string(),
            "&lt;script&gt;&#39;a&#39; &amp; &quot;b&quot;\u{fffd}\u{fffd}\n&lt;/script&gt;"
        );
    }
}
