//! The title of a page, and what stands below it.

use super::facts::Said;
use crate::markup::{Block, Line, Problem, inline};
use crate::words::{self, Label};

#[derive(Default)]
pub(super) struct Head {
    pub(super) title: Option<Said>,
    pub(super) scope: Option<Said>,
    pub(super) who: Option<Said>,
    pub(super) introduction: Vec<String>,
    pub(super) problems: Vec<Problem>,
}

/// Reads up to the second heading.
pub(super) fn read(blocks: &[Block]) -> Head {
    let mut head = Head::default();
    for block in blocks {
        match block {
            Block::Heading(heading) if head.title.is_none() => {
                head.title = Some(Said::new(heading.text.as_str(), &heading.at));
            }
            Block::Heading(_) => break,
            Block::Quote(lines) | Block::Text(lines) => {
                for line in lines {
                    labels(line, &mut head);
                }
                let is_said = head.title.is_some() && matches!(block, Block::Text(_));
                let lines = lines.iter().filter(|_| is_said);
                head.introduction
                    .extend(lines.map(|line| line.text.clone()));
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
            // A label that nothing stands behind says nothing.
            if text.is_empty() {
                continue;
            }
            let (known, again) = match words::label(label) {
                Some(Label::Scope) => (&mut head.scope, "the page says a second scope"),
                Some(Label::Who) => (&mut head.who, "the page says a second time who may use it"),
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
