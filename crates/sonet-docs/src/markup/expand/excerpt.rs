//! What is included of a file.

use super::front_matter::{FrontMatter, front_matter};
use crate::markup::fence::Fences;
use crate::markup::heading;

/// All of a file, or the section with an anchor; with its title or without.
#[derive(Debug, Default)]
pub(super) struct Excerpt<'l> {
    pub(super) untitled: bool,
    pub(super) anchor: Option<&'l str>,
}

impl Excerpt<'_> {
    /// Its lines, with their numbers from 0. What stands before the text as YAML is left out.
    pub(super) fn lines<'t>(&self, text: &'t str) -> (Vec<(usize, &'t str)>, FrontMatter) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines: Vec<(usize, &str)> = text
            .split('\n')
            .map(|line| line.trim_end_matches('\r'))
            .enumerate()
            .collect();
        if lines.last().is_some_and(|(_, line)| line.is_empty()) {
            lines.pop();
        }
        let front = front_matter(&lines);
        if let FrontMatter::Lines(count) = front {
            lines.drain(..count);
        }
        if let Some(anchor) = self.anchor {
            let start = lines
                .iter()
                .position(|(_, line)| heading::has_anchor(line, anchor));
            if let Some(start) = start {
                lines.drain(..start);
                let level = heading::level(lines[0].1).unwrap_or(usize::MAX);
                // A line of code may look like a heading.
                let mut fences = Fences::default();
                let end = lines.iter().skip(1).position(|(_, line)| {
                    let is_code = fences.is_code(line);
                    !is_code && heading::level(line).is_some_and(|other| other <= level)
                });
                lines.truncate(end.map_or(lines.len(), |end| end + 1));
            }
        }
        if self.untitled {
            let first = lines.iter().position(|(_, line)| !line.trim().is_empty());
            if let Some(first) = first {
                if heading::level(lines[first].1).is_some() {
                    lines.drain(..=first);
                }
            }
        }
        (lines, front)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of an excerpt, and the number of its first line.
    fn read(excerpt: &Excerpt<'_>, text: &str) -> (String, usize) {
        let (lines, _) = excerpt.lines(text);
        let first = lines[0].0;
        let lines: Vec<&str> = lines.into_iter().map(|(_, line)| line).collect();
        (lines.join("\n"), first)
    }

    #[test]
    fn a_section_ends_before_the_next_one() {
        let text = "---\ntitle: a\n---\n# A\n## B {#b}\ntext\n```\n# code\n```\n### C\n## D\n";
        let anchor = Some("b");
        let excerpt = Excerpt {
            untitled: false,
            anchor,
        };
        let section = "## B {#b}\ntext\n```\n# code\n```\n### C";
        assert_eq!(read(&excerpt, text), (section.to_owned(), 4));
        let untitled = Excerpt {
            untitled: true,
            anchor,
        };
        let section = section.split_once('\n').unwrap().1;
        assert_eq!(read(&untitled, text), (section.to_owned(), 5));
        assert_eq!(read(&Excerpt::default(), text).1, 3);
    }
}
