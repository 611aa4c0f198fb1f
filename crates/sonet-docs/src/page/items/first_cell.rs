//! The first cell of a row: a name, a star, and types.

use crate::markup::inline;
use crate::page::facts::is_mask;

/// What stands behind the beginning that several names have, however a page writes it.
pub(super) const DOTS: &str = "...";

/// What the first cell of a row says.
pub(super) struct Named {
    pub(super) names: Vec<String>,
    /// Whether one of them stands for another: `A/B`.
    pub(super) alternatives: bool,
    pub(super) star: bool,
    pub(super) types: Vec<String>,
}

/// Reads `**NAME*** [`type`](…)`: the name, a star, and the types.
pub(super) fn named(cell: &str) -> Option<Named> {
    let cell = &inline::unescaped(cell);
    let start = cell.find(|char: char| {
        !matches!(char, '*' | '`' | '[' | '_' | '\\') && !char.is_whitespace()
    })?;
    let is_name = |char: char| {
        char.is_ascii_alphanumeric() || matches!(char, '_' | '.' | '…' | '[' | ']' | '-')
    };
    let end = |from: usize| {
        let length = cell[from..].find(|char| !is_name(char));
        length.map_or(cell.len(), |length| from + length)
    };
    let mut at = end(start);
    let mut names = vec![cell[start..at].to_owned()];
    let mut alternatives = false;
    // `**A**, **B**`
    loop {
        let behind = cell[at..].trim_start_matches(['*', '`']);
        let Some(rest) = behind.strip_prefix([',', '/']) else {
            break;
        };
        let next = rest.trim_start_matches([' ', '*', '`']);
        let from = cell.len() - next.len();
        if end(from) == from {
            break;
        }
        alternatives |= behind.starts_with('/');
        at = end(from);
        names.push(cell[from..at].to_owned());
    }
    for name in &mut names {
        *name = trimmed(name);
    }
    if names[0].is_empty() {
        return None;
    }
    let rest = &cell[at..];
    let marks: String = rest
        .chars()
        .take_while(|char| matches!(char, '*' | '^' | '\\' | '`' | ':' | ' '))
        .collect();
    let count = marks.matches('*').count();
    let bold = cell.starts_with("**");
    let star = count > if bold { 2 } else { 0 };
    let rest = rest.trim_start_matches(['*', '^', '\\', ':']);
    // A name in code is closed first.
    let in_code = cell[..start].contains('`');
    let rest = rest
        .strip_prefix(if in_code { "`" } else { "" })
        .unwrap_or(rest);
    let rest = rest.trim_start_matches(['*', '^']);
    Some(Named {
        names,
        alternatives,
        star,
        types: types(rest),
    })
}

/// A name without the marks behind it, but for the dots of one that goes on, so that it stands for others: `own...`.
fn trimmed(name: &str) -> String {
    let kept = name.trim_end_matches(['.', '…', '-', '[']);
    let goes_on = name[kept.len()..].contains("..") || name[kept.len()..].contains('…');
    let dots = if goes_on && !kept.is_empty() && !is_mask(kept) {
        DOTS
    } else {
        ""
    };
    [kept, dots].concat()
}

/// A word in angle brackets, which stands for the names that a caller gives: `**<selector>**`.
pub(super) fn placeholder(cell: &str) -> Option<&str> {
    let word = cell.lines().next()?.trim_matches(['*', '`', ' ']);
    let inside = word.strip_prefix('<')?.strip_suffix('>')?;
    let is_part = |char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | ' ');
    (!inside.is_empty() && inside.chars().all(is_part)).then_some(word)
}

/// What stands behind the types that a description begins with: `[`integer`](…) — a number`.
pub(super) fn behind_types<'t>(text: &'t str, types: &[String]) -> &'t str {
    let text = text.trim_start();
    let codes = inline::code_spans(text);
    let first = codes.first().filter(|(range, _)| range.start <= 1);
    let Some((range, _)) =
        first.filter(|(_, code)| !types.is_empty() && alternatives(code) == types)
    else {
        return text;
    };
    let rest = &text[range.end..];
    let target = rest
        .strip_prefix("](")
        .and_then(|rest| rest.split_once(')'));
    let rest = target.map_or(rest, |(_, rest)| rest);
    rest.trim_start_matches([']', ' ', '-', '—', '–', ':'])
}

/// The types in a text: `integer | integer[]`, `boolean`\|`null`.
pub(super) fn types(text: &str) -> Vec<String> {
    let codes = inline::code_spans(text);
    let plain;
    let written: Vec<&str> = if codes.is_empty() {
        plain = inline::plain(text);
        plain.split_whitespace().take(1).collect()
    } else {
        codes.into_iter().map(|(_, code)| code).collect()
    };
    written.into_iter().flat_map(alternatives).collect()
}

/// The types in one code: `integer | integer[]`, with or without marks that keep the bar from ending a cell.
pub(super) fn alternatives(code: &str) -> Vec<String> {
    let parts = code.split(['|', '/']);
    let words = parts.map(|part| {
        part.trim_matches(|char: char| char == '\\' || char.is_whitespace())
            .to_lowercase()
    });
    words.filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str) -> (Vec<String>, bool, Vec<String>) {
        let named = named(cell).unwrap();
        (named.names, named.star, named.types)
    }

    #[test]
    fn a_description_goes_on_behind_its_types() {
        let types = ["integer".to_owned()];
        let behind = |text: &'static str| behind_types(text, &types);
        assert_eq!(behind("[`integer`](x.md) — a number"), "a number");
        assert_eq!(behind("`integer`: a number"), "a number");
        assert_eq!(behind("`Y` — a value"), "`Y` — a value");
    }

    #[test]
    fn first_cells_come_in_many_forms() {
        for (cell, name, star, ty) in [
            ("**ID**\n[`integer`](../x.md)", "ID", false, "integer"),
            ("**ID***\n[`integer`](../x.md)", "ID", true, "integer"),
            ("**ID*** [`integer`](../x.md#a)", "ID", true, "integer"),
            ("**ID*** \n`integer`", "ID", true, "integer"),
            ("**ID** \n[`integer`]", "ID", false, "integer"),
            ("**ID**\\*\n`integer`", "ID", true, "integer"),
            ("**ID**^*^\n`integer`", "ID", true, "integer"),
            ("**ID^*^** [`integer`](../x.md)", "ID", true, "integer"),
            ("`ID`^\\*^\n`integer`", "ID", true, "integer"),
            ("`ID`*\n`integer`", "ID", true, "integer"),
            ("ID*", "ID", true, ""),
            ("**ID**", "ID", false, ""),
            ("`ID`", "ID", false, ""),
            (
                "**IDS***\n[```integer | integer[]```](../x.md)",
                "IDS",
                true,
                "integer,integer[]",
            ),
            (
                "**IDS** [`integer \\| integer[]`](../x.md)",
                "IDS",
                false,
                "integer,integer[]",
            ),
            ("**OWNER\\_ID***\n`integer`", "OWNER_ID", true, "integer"),
            (
                "**data**\n`boolean`\\|`null`",
                "data",
                false,
                "boolean,null",
            ),
            (
                "**data.FIELDS**\n[`object`](x)",
                "data.FIELDS",
                false,
                "object",
            ),
            (
                "**error.codes[].field**  \n`string`",
                "error.codes[].field",
                false,
                "string",
            ),
        ] {
            let types: Vec<String> = ty
                .split(',')
                .filter(|ty| !ty.is_empty())
                .map(str::to_owned)
                .collect();
            assert_eq!(read(cell), (vec![name.to_owned()], star, types), "{cell}");
        }
        assert_eq!(read("**A**, **B***\n`string`").0, ["A", "B"]);
        assert_eq!(
            read("**own...**, **door…**\n`string`").0,
            ["own...", "door..."]
        );
        assert_eq!(read("**UF_...** `string`").0, ["UF_"]);
        assert!(super::named("**A/B**").unwrap().alternatives);
        assert!(!super::named("**A**, **B**").unwrap().alternatives);
        assert!(named("—").is_none());
        assert_eq!(
            placeholder("**<door code>**\n`string`"),
            Some("<door code>")
        );
        assert!(placeholder("**<**").is_none() && placeholder("ID").is_none());
    }
}
