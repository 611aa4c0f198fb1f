//! Values and defaults, as they are written in a sentence.

use crate::markup::inline;
use crate::page::facts::DefaultValue;
use crate::words;

/// A default as it is written.
pub(super) fn default(text: &str) -> DefaultValue {
    let codes = inline::code_spans(text);
    let first = codes.first().filter(|(range, _)| range.start == 0);
    DefaultValue {
        text: inline::plain(text),
        codes: first.map(|(_, code)| unquoted(code)).into_iter().collect(),
    }
}

/// Values in a sentence: `Y` or `N`, `A` — this, `B` — that.
pub(super) fn values(text: &str, listed: bool) -> Vec<String> {
    let lower = text.to_lowercase();
    if lower.contains("flag y/n") || lower.contains("флаг y/n") {
        return vec!["Y".to_owned(), "N".to_owned()];
    }
    let codes = inline::code_spans(text);
    let mut first = 0;
    while first < codes.len() {
        let mut last = first;
        while last + 1 < codes.len()
            && words::separates_values(&text[codes[last].0.end..codes[last + 1].0.start])
        {
            last += 1;
        }
        let before = tail(&text[..codes[first].0.start]).trim_end();
        let introduced = if before.ends_with('`') {
            false
        } else if first == last {
            let before = inline::plain(before);
            words::introduces_only_value(&before)
                || (listed && words::introduces_another_value(&before, &text[codes[first].0.end..]))
        } else {
            words::introduces_values(before) && !words::introduces_examples(&inline::plain(before))
        };
        let words = codes[first..=last]
            .iter()
            .all(|(_, code)| !code.contains(' '));
        if introduced && words {
            let values = codes[first..=last].iter();
            return values.map(|(_, code)| unquoted(code)).collect();
        }
        first = last + 1;
    }
    Vec::new()
}

/// The end of a text, which is as far back as anything introduces values. A long text with many codes would be read again
/// for each of them otherwise.
fn tail(text: &str) -> &str {
    let from = text.len().saturating_sub(300);
    let from = (from..text.len()).find(|at| text.is_char_boundary(*at));
    &text[from.unwrap_or(text.len())..]
}

/// Code without the quotes around it.
pub(super) fn unquoted(code: &str) -> String {
    let quotes = ['"', '\''];
    let inner = quotes
        .iter()
        .find_map(|quote| code.strip_prefix(*quote)?.strip_suffix(*quote));
    inner.unwrap_or(code).to_owned()
}
