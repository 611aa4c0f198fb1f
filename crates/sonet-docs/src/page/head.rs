//! The title of a page, and what stands below it.

use super::facts::Said;
use crate::markup::{Block, Line, Location, Problem, inline};
use crate::words::{self, Label};

#[derive(Default)]
pub(super) struct Head {
    pub(super) title: Option<Said>,
    pub(super) scope: Option<Said>,
    pub(super) who: Option<Said>,
    pub(super) introduction: Vec<String>,
    pub(super) problems: Vec<Problem>,
    /// Whether a list may follow of who may use it.
    is_listing: bool,
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
                    if !head.goes_on(&line.text, &line.at) {
                        labels(line, &mut head);
                    }
                }
                let is_said = head.title.is_some() && matches!(block, Block::Text(_));
                let lines = lines.iter().filter(|_| is_said);
                head.introduction
                    .extend(lines.map(|line| line.text.clone()));
            }
            Block::List(list) => {
                for item in &list.items {
                    head.goes_on(&format!("- {}", item.text()), &item.at);
                }
                head.is_listing = false;
            }
            _ => head.is_listing = false,
        }
    }
    head
}

impl Head {
    /// Takes an entry of the list that stands below who may use it.
    fn goes_on(&mut self, text: &str, at: &Location) -> bool {
        let entry = text.trim_start().strip_prefix(['-', '*']);
        let Some(entry) = entry.filter(|_| self.is_listing) else {
            return false;
        };
        let entry = inline::plain(entry.trim());
        match &mut self.who {
            None => self.who = Some(Said::new(entry, at)),
            Some(known) => {
                let joint = if known.text.ends_with(',') { " " } else { ", " };
                known.text = format!("{}{joint}{entry}", known.text);
            }
        }
        if let Some(known) = &mut self.who {
            let kept = known.text.trim_end_matches(['.', ';']).len();
            known.text.truncate(kept);
        }
        true
    }
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
            // A label that nothing stands behind says nothing, or has a list below it.
            if text.is_empty() {
                head.is_listing |=
                    head.who.is_none() && matches!(words::label(label), Some(Label::Who));
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
