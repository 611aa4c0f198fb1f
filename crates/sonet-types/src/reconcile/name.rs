//! A name that was sent, and the forms in which a server may keep it.
//!
//! An older copy of the server's source keeps what lies beyond U+FFFF as the bytes of its UTF-8, `🚀` as `:f09f9a80:`, and
//! filters by that form. Others may cut blanks off, write entities, drop what looks like a tag, cut at a length, or compose
//! letters with their marks. So a filter by a name finds it for certain only where no server has a reason to change it.

/// A name as it was sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name<'a>(pub(super) &'a str);

/// How long a plain name is at most, in characters. No server is known to cut at less than 255 bytes.
const LONGEST: usize = 100;

impl Name<'_> {
    /// Whether any server keeps it as it was sent, so that a filter finds it.
    pub(super) fn is_plain(self) -> bool {
        let is_plain = |c| is_kept(c) || " -_.,()/+#".contains(c);
        self.0.chars().all(is_plain)
            && self.0.chars().count() <= LONGEST
            && self.0 == self.0.trim()
            && !self.0.contains("  ")
    }

    /// Whether a stored name is this one for certain, in one of the forms that servers are known to keep.
    pub(super) fn is(self, stored: &str) -> bool {
        original(stored) == original(self.0)
    }

    /// Whether a stored name may be what a server has made of this one: all that every server keeps of it is there, in the
    /// same order, up to where the name may have been cut.
    pub(super) fn may_be(self, stored: &str) -> bool {
        let stored: String = stored
            .to_lowercase()
            .chars()
            .filter(|c| is_kept(*c))
            .collect();
        let mut rest = &stored[..];
        for piece in kept(self.0) {
            match rest.find(&piece) {
                Some(at) => rest = &rest[at + piece.len()..],
                None => return piece.starts_with(rest),
            }
        }
        true
    }
}

/// Whether a character has one form only, and no meaning in HTML: the letters and digits of ASCII, and the Cyrillic letters
/// but `й`, which may be written in two ways.
fn is_kept(c: char) -> bool {
    c.is_ascii_alphanumeric() || (matches!(c, 'А'..='я') && !matches!(c, 'Й' | 'й'))
}

/// The pieces of a name that every server keeps, in small letters.
fn kept(name: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut rest = name;
    while let Some(c) = rest.chars().next() {
        let behind = &rest[c.len_utf8()..];
        // A mark joins the letter before it.
        let is_marked = behind.starts_with(|next| matches!(next, '\u{300}'..='\u{36f}'));
        if is_kept(c) && !is_marked {
            if let Some(piece) = pieces.last_mut() {
                piece.extend(c.to_lowercase());
            }
            rest = behind;
            continue;
        }
        pieces.push(String::new());
        rest = match c {
            // What looks like a tag or an entity may vanish, or become something else; so may a character in hexadecimals.
            '<' => behind.split_once('>').map_or("", |(_, behind)| behind),
            '&' => entity(behind).map_or(behind, |(_, behind)| behind),
            ':' => hexadecimal(behind).map_or(behind, |(_, behind)| behind),
            _ => behind,
        };
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// A name without what servers are known to make of one: characters in hexadecimals, entities, other blanks.
fn original(name: &str) -> String {
    let mut text = String::new();
    let mut rest = name;
    while let Some(c) = rest.chars().next() {
        let behind = &rest[c.len_utf8()..];
        let undone = match c {
            '&' => entity(behind),
            ':' => hexadecimal(behind),
            _ => None,
        };
        let (c, behind) = match undone {
            Some((Some(original), behind)) => (original, behind),
            _ => (c, behind),
        };
        text.push(c);
        rest = behind;
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The character of an entity behind its `&`, if it is known, and what is behind the entity.
fn entity(text: &str) -> Option<(Option<char>, &str)> {
    // No further than the longest goes, so that a text full of `&` is not searched again for each.
    let end = text.bytes().take(11).position(|byte| byte == b';')?;
    let (name, behind) = (&text[..end], &text[end + 1..]);
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#') {
        return None;
    }
    let number = |digits: &str, radix| {
        u32::from_str_radix(digits, radix)
            .ok()
            .and_then(char::from_u32)
    };
    let c = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => name
            .strip_prefix('#')
            .and_then(|digits| match digits.strip_prefix(['x', 'X']) {
                Some(digits) => number(digits, 16),
                None => number(digits, 10),
            }),
    };
    Some((c, behind))
}

/// The character that is written in hexadecimals behind a `:`, as in `:f09f9a80:`, and what is behind it.
fn hexadecimal(text: &str) -> Option<(Option<char>, &str)> {
    let end = text.bytes().take(9).position(|byte| byte == b':')?;
    let (digits, behind) = (&text[..end], &text[end + 1..]);
    if digits.len() != 8 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let bytes = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    let mut chars = std::str::from_utf8(&bytes).ok()?.chars();
    let c = chars.next().filter(|_| chars.next().is_none());
    Some((c, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_name_is_one_that_no_server_changes() {
        for name in [
            "Rust",
            "Sales 2",
            "Отдел продаж (2026)",
            "a.b-c_d/e+f#1",
            "0",
        ] {
            assert!(Name(name).is_plain(), "{name}");
        }
        for name in [
            "🚀 Team",
            " Rust",
            "Rust ",
            "Rust\t",
            "a  b",
            "a\nb",
            "Q&A",
            "<b>",
            "\"x\"",
            "it's",
            "a\\b",
            ":f09f9a80:",
            "50%",
            "é",
            "e\u{301}",
            "й",
            "и\u{306}",
            "\u{212b}",
            "\u{a0}",
            "ﬁ",
            "が",
            "\0",
            "a;b",
            "a|b",
            &"x".repeat(101),
        ] {
            assert!(!Name(name).is_plain(), "{name:?}");
        }
        assert!(Name(&"x".repeat(100)).is_plain());
    }

    #[test]
    fn the_forms_that_servers_keep_are_known() {
        for (sent, stored) in [
            ("🚀 Team", ":f09f9a80: Team"),
            ("🚀 Team", "🚀 Team"),
            (":f09f9a80: Team", "🚀 Team"),
            (" Rust ", "Rust"),
            ("a\u{a0} b\nc", "a b c"),
            ("Q&A", "Q&amp;A"),
            ("<b> \"x\" 'y'", "&lt;b&gt; &quot;x&quot; &#039;y&#39;"),
            ("Q&amp;A", "Q&A"),
            ("中", "&#20013;"),
        ] {
            assert!(Name(sent).is(stored), "{sent} {stored}");
            assert!(Name(sent).may_be(stored), "{sent} {stored}");
        }
        for (sent, stored) in [
            ("Rust", "rust"),
            ("Rust", "Rust 2"),
            ("🚀", "🚁"),
            ("a&b;", "a"),
        ] {
            assert!(!Name(sent).is(stored), "{sent} {stored}");
        }
    }

    #[test]
    fn what_may_have_become_of_a_name_is_no_other_name() {
        for (sent, stored) in [
            ("🚀 Team", "Team"),
            ("🚀 Team", "? Team"),
            ("R🚀D", "RD"),
            ("a\\nb", "anb"),
            ("<b>Rust</b> & co", "Rust  co"),
            ("a < b", "a "),
            ("Café", "Cafe\u{301}"),
            ("Cafe\u{301}", "Café"),
            ("Йога 🚀", "Й\u{43e}га"),
            ("и\u{306}ога", "йога"),
            ("TEAM 🚀", "team"),
            ("Rust and more 🚀", "Rust and mo"),
            ("🚀🚀", "anything"),
            ("&copy; Rust", "© Rust"),
        ] {
            assert!(Name(sent).may_be(stored), "{sent} {stored}");
        }
        for (sent, stored) in [
            ("Team 45 🚀", "Team 46 :f09f9a80:"),
            ("🚀 Team", "🚀 Sales"),
            ("Отдел 🚀", "Другой 🚀"),
        ] {
            assert!(!Name(sent).may_be(stored), "{sent} {stored}");
        }
    }
}
