//! Form bodies and query strings that the portal sends, as PHP's `http_build_query` writes them.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What is escaped: all but letters, digits, and `-_.`.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// Writes fields one after the other.
#[derive(Debug, Default)]
pub(crate) struct Encoder(String);

impl Encoder {
    /// Adds a field; brackets in its name are escaped, too.
    pub(crate) fn add(&mut self, name: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.push(name);
        self.0.push('=');
        self.push(value);
    }

    pub(crate) fn finish(self) -> String {
        self.0
    }

    fn push(&mut self, text: &str) {
        // An escaped percent sign is `%25`, so what reads `%20` can only be a space.
        let escaped = utf8_percent_encode(text, ESCAPED).to_string();
        self.0.push_str(&escaped.replace("%20", "+"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_as_php_does() {
        let mut form = Encoder::default();
        form.add("data[FIELDS][ID]", "6675");
        form.add("a", "x y&z/%20-_.~Я");
        assert_eq!(
            form.finish(),
            "data%5BFIELDS%5D%5BID%5D=6675&a=x+y%26z%2F%2520-_.%7E%D0%AF"
        );
    }
}
