//! The title of a page, and what stands below it.

use super::Said;
use crate::docs::markup::{Block, Line, Problem, inline};
use crate::docs::words::{self, Label};

#[derive(Default)]
pub(super) struct Head {
    pub(super) title: Option<String>,
    pub(super) name: Option<Said>,
    pub(super) scope: Option<Said>,
    pub(super) who: Option<Said>,
    pub(super) problems: Vec<Problem>,
}

/// Reads up to the second heading.
pub(super) fn read(blocks: &[Block]) -> Head {
    let mut head = Head::default();
    for block in blocks {
        match block {
            Block::Heading(heading) if head.title.is_none() => {
                head.name = name_in(&heading.text).map(|name| Said::new(name, &heading.at));
                head.title = Some(heading.text.clone());
            }
            Block::Heading(_) => break,
            Block::Quote(lines) | Block::Text(lines) => {
                for line in lines {
                    labels(line, &mut head);
                }
            }
            _ => {}
        }
    }
    head
}

/// `**Scope**: … | **Who can execute the method**: …`, or one of them.
fn labels(line: &Line, head: &mut Head) {
    for part in line.text.split(" | ") {
        let plain = inline::plain(part);
        let Some((before, after)) = plain.split_once(':') else {
            continue;
        };
        // An old form has both without anything between them.
        let (after, next) = match after.find("Execution rights:") {
            Some(at) => (&after[..at], after[at..].split_once(':')),
            None => (after, None),
        };
        let both = [Some((before, after)), next];
        for (label, text) in both.into_iter().flatten() {
            let text = text.trim().trim_end_matches(['.', '|']).trim();
            let (known, again) = match words::label(label) {
                Some(Label::Scope) => (&mut head.scope, "the page says another scope, too"),
                Some(Label::Who) => (&mut head.who, "the page says another time who may"),
                None => continue,
            };
            match known {
                None => *known = Some(Said::new(text, &line.at)),
                Some(known) if known.text == text => {}
                Some(_) => {
                    let problem = Problem::new(&line.at, format!("{again}: `{text}`"));
                    head.problems.push(problem);
                }
            }
        }
    }
}

/// The method or event in a title: the last word that is written as one.
pub(super) fn name_in(title: &str) -> Option<String> {
    let words = title.split_whitespace().rev();
    let mut names = words.map(|word| word.trim_matches(['`', '*', ',', '(', ')', ':']));
    names
        .find(|word| is_method(word) || is_event(word))
        .map(str::to_owned)
}

fn is_method(word: &str) -> bool {
    let mut parts = 0;
    let ok = word.split('.').all(|part| {
        parts += 1;
        let mut chars = part.chars();
        chars.next().is_some_and(|char| char.is_ascii_lowercase())
            && chars.all(|char| char.is_ascii_alphanumeric() || char == '_')
    });
    ok && parts > 1
}

fn is_event(word: &str) -> bool {
    let rest = word.strip_prefix("on").or(word.strip_prefix("On"));
    rest.is_some_and(|rest| {
        rest.starts_with(|char: char| char.is_ascii_uppercase())
            && rest.chars().all(|char| char.is_ascii_alphanumeric())
            && rest.len() > 2
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_titles() {
        let name = |title| name_in(title);
        assert_eq!(name("Open a club club.open").as_deref(), Some("club.open"));
        assert_eq!(name("Событие onClubAdd").as_deref(), Some("onClubAdd"));
        assert_eq!(
            name("Add a stage `club.stages.addStage`").as_deref(),
            Some("club.stages.addStage")
        );
        assert_eq!(name("Overview of methods"), None);
        assert_eq!(name("Only one. Or two"), None);
    }
}
