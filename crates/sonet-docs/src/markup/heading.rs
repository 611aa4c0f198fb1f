//! Headings: `## Heading {#anchor}`.

use super::block::Heading;
use super::inline;
use super::line::Line;

/// The level of a line that is a heading.
pub(super) fn level(line: &str) -> Option<usize> {
    let line = line.trim_start();
    let level = line.chars().take_while(|char| *char == '#').count();
    let blank = line[level..].starts_with([' ', '\t']);
    (blank && (1..=6).contains(&level)).then_some(level)
}

/// The heading that a line is.
pub(super) fn read(line: &Line) -> Option<Heading> {
    let text = line.text.trim_start();
    let level = level(text)?;
    let mut text = text[level..].trim().to_owned();
    let mut anchors = Vec::new();
    while let Some(start) = text.rfind('{').filter(|_| text.ends_with('}')) {
        let inside = text[start..].trim_matches(['{', '}', '%', ' ']).to_owned();
        match inside.strip_prefix('#') {
            // `{#T}` stands for the title of a linked page.
            Some("T") => break,
            Some(anchor) => anchors.push(anchor.to_owned()),
            None if inside.starts_with('.') => {}
            None => break,
        }
        text.truncate(start);
        text.truncate(text.trim_end().len());
    }
    Some(Heading {
        level,
        text: inline::plain(&text),
        anchors,
        at: line.at.clone(),
    })
}

/// Whether a text has this anchor.
pub(super) fn has_anchor(text: &str, anchor: &str) -> bool {
    let marks = [format!("{{#{anchor}}}"), format!("{{% #{anchor} %}}")];
    marks.iter().any(|mark| text.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_stand_behind_the_text() {
        let read = |text: &str| read(&Line::all(text)[0]).unwrap();
        let heading = read("## `A` and [b](c) {#a} {% #b %}{.class}");
        assert_eq!((heading.level, heading.text.as_str()), (2, "A and b"));
        assert_eq!(heading.anchors, ["b", "a"]);
        assert_eq!(read("# See {#T}").text, "See {#T}");
    }

    #[test]
    fn a_blank_follows_the_marks() {
        assert_eq!(level("###### six"), Some(6));
        assert_eq!(level("#| a table"), None);
        assert_eq!(level("####### seven"), None);
    }
}
