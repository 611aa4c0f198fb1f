//! Symbols beyond U+FFFF, as a database without room for them keeps them: `:f09f9a80:`, the bytes
//! of UTF-8 between colons.

use crate::rules::Rules;
use std::borrow::Cow;
use std::fmt::Write as _;

/// How many digits stand between the colons.
const DIGITS: usize = 8;

/// A text as the rules want it to be stored.
pub(crate) fn stored(text: &str, rules: &Rules) -> String {
    if rules.coded_emoji {
        encode(text)
    } else {
        text.to_owned()
    }
}

/// A stored text as answers have it.
pub(crate) fn shown<'t>(text: &'t str, rules: &Rules) -> Cow<'t, str> {
    if rules.coded_emoji {
        decode(text)
    } else {
        Cow::Borrowed(text)
    }
}

fn encode(text: &str) -> String {
    let mut stored = String::with_capacity(text.len());
    for symbol in text.chars() {
        if symbol <= '\u{ffff}' {
            stored.push(symbol);
            continue;
        }
        stored.push(':');
        for byte in symbol.encode_utf8(&mut [0; 4]).bytes() {
            let _ = write!(stored, "{byte:02x}");
        }
        stored.push(':');
    }
    stored
}

/// A coded text as it was sent. What only looks like a symbol stays as it is.
fn decode(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find(':') else {
        return Cow::Borrowed(text);
    };
    let (mut sent, mut rest) = (text[..first].to_owned(), &text[first..]);
    while let Some((symbol, after)) = next(rest) {
        sent.push(symbol);
        rest = after;
    }
    Cow::Owned(sent)
}

/// The first symbol of a stored text, and what is behind it.
fn next(text: &str) -> Option<(char, &str)> {
    let coded = text.strip_prefix(':').and_then(coded);
    coded.or_else(|| {
        let mut symbols = text.chars();
        Some((symbols.next()?, symbols.as_str()))
    })
}

/// The symbol whose code and colon a text begins with, and what is behind them.
fn coded(text: &str) -> Option<(char, &str)> {
    let (digits, rest) = (text.get(..DIGITS)?, text.get(DIGITS..)?);
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let bytes = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    let mut symbols = std::str::from_utf8(&bytes).ok()?.chars();
    let symbol = symbols.next().filter(|symbol| *symbol > '\u{ffff}')?;
    Some((symbol, rest.strip_prefix(':')?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_beyond_the_basic_plane_are_coded_and_come_back() {
        for (sent, stored) in [
            ("", ""),
            ("Rust: a:b Я ✓ \u{ffff}", "Rust: a:b Я ✓ \u{ffff}"),
            ("🚀 Team", ":f09f9a80: Team"),
            ("a🚀🚀b", "a:f09f9a80::f09f9a80:b"),
            ("::🚀::", ":::f09f9a80:::"),
            ("\u{10000}\u{10ffff}", ":f0908080::f48fbfbf:"),
        ] {
            assert_eq!(encode(sent), stored);
            assert_eq!(decode(stored), sent);
        }
    }

    #[test]
    fn what_only_looks_like_a_symbol_stays() {
        for text in [
            ":",
            ":f09f9a80",
            "f09f9a80:",
            ":f09f9a8:",
            ":f09f9a8g:",
            ":41424344:",
            ":ffffffff:",
            ":яяяя:",
            ":f09f9a80 :",
            ":+f09f9a8:",
        ] {
            assert_eq!(decode(text), text);
        }
        assert_eq!(decode(":F09F9A80:"), "🚀", "in whatever case");
    }
}
