//! The lines of a page as it is published: with its includes, and without the branches for other builds.

use std::sync::Arc;

use super::fence::{Fence, Fences};
use super::front_matter::{FrontMatter, front_matter};
use super::heading;
use super::line::{Line, Place};
use super::problem::{self, Problem};
use crate::checkout::{Checkout, resolve};

/// How deep includes may be in one another.
const DEPTH: usize = 8;

/// How far a line may be indented.
const INDENT: usize = 16 * problem::DEPTH;

/// Reads a page. What can't be read is reported, and the rest of the page is there.
pub fn lines(
    checkout: &Checkout,
    file: &str,
    text: &str,
    problems: &mut Vec<Problem>,
) -> Vec<Line> {
    let mut expander = Expander {
        checkout,
        problems,
        out: Vec::new(),
        branches: Vec::new(),
        depth: 0,
        deep: false,
    };
    expander.file(file, text, &Part::default());
    expander.out
}

/// What is included of a file.
#[derive(Default)]
struct Part<'l> {
    untitled: bool,
    anchor: Option<&'l str>,
}

/// A branch of `{% if … %}`.
struct Branch {
    at: Place,
    /// Whether the lines here are published.
    taken: bool,
    /// Whether an earlier branch was.
    done: bool,
}

struct Expander<'c> {
    checkout: &'c Checkout,
    problems: &'c mut Vec<Problem>,
    out: Vec<Line>,
    branches: Vec<Branch>,
    depth: usize,
    /// Whether something was indented too far.
    deep: bool,
}

impl Expander<'_> {
    fn file(&mut self, file: &str, text: &str, part: &Part<'_>) {
        let name: Arc<str> = file.into();
        let outer = self.branches.len();
        let mut code: Option<Fence> = None;
        let mut comment = false;
        let mut opened = None;
        let place = |number: usize| Place {
            file: Arc::clone(&name),
            line: number + 1,
        };
        let (lines, front) = selected(text, part);
        if front == FrontMatter::Open {
            let message = "`---` with keys below it, and without its end";
            self.problems.push(Problem::new(&place(0), message));
        }
        for (number, raw) in lines {
            let at = place(number);
            if let Some(fence) = code {
                code = Some(fence).filter(|fence| !fence.is_closed_by(raw));
                self.push(raw, at);
                continue;
            }
            let text = without_comments(raw, &mut comment);
            opened = Some(at.clone())
                .filter(|_| comment)
                .map(|at| opened.unwrap_or(at));
            if text.trim().is_empty() && !raw.trim().is_empty() {
                continue;
            }
            code = Fence::open(&text);
            if code.is_some() || !text.contains("{%") {
                self.push(&text, at);
            } else {
                self.directives(&text, &at);
            }
        }
        if let Some(at) = opened {
            self.problems
                .push(Problem::new(&at, "`<!--` without its `-->`"));
        }
        for branch in self.branches.split_off(outer) {
            let problem = Problem::new(&branch.at, "`{% if … %}` without its `{% endif %}`");
            self.problems.push(problem);
        }
    }

    fn push(&mut self, text: &str, at: Place) {
        if self.is_taken() {
            let text = self.bounded(text, &at).to_owned();
            self.out.push(Line { text, at });
        }
    }

    /// What is indented without end is nested without end, and costs time at every level.
    fn bounded<'t>(&mut self, text: &'t str, at: &Place) -> &'t str {
        let inner = text.trim_start();
        let blank = text.len() - inner.len();
        if blank <= INDENT || inner.is_empty() {
            return text;
        }
        if !std::mem::replace(&mut self.deep, true) {
            self.problems.push(Problem::too_deep(at));
        }
        inner
    }

    /// A line with `{% … %}`: those that choose text are carried out, the others stay.
    fn directives(&mut self, line: &str, at: &Place) {
        let mut kept = String::new();
        let mut rest = line;
        while let Some((before, inside)) = rest.split_once("{%") {
            let Some((directive, after)) = inside.split_once("%}") else {
                self.problems
                    .push(Problem::new(at, "`{%` without its `%}`"));
                break;
            };
            let words = directive.trim();
            let (word, argument) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
            self.keep(before, &mut kept);
            rest = after;
            match word {
                "if" | "elsif" | "else" | "endif" => self.branch(word, argument.trim(), at),
                "include" if self.is_taken() => {
                    self.flush(&mut kept, at);
                    self.include(argument.trim(), at);
                }
                _ => self.keep(&format!("{{%{directive}%}}"), &mut kept),
            }
        }
        self.keep(rest, &mut kept);
        self.flush(&mut kept, at);
    }

    /// Whether what is read now is published.
    fn is_taken(&self) -> bool {
        self.branches.iter().all(|branch| branch.taken)
    }

    fn keep(&self, text: &str, kept: &mut String) {
        if self.is_taken() {
            kept.push_str(text);
        }
    }

    fn flush(&mut self, kept: &mut String, at: &Place) {
        let text = std::mem::take(kept);
        if !text.trim().is_empty() {
            self.out.push(Line {
                text,
                at: at.clone(),
            });
        }
    }

    fn branch(&mut self, word: &str, condition: &str, at: &Place) {
        if word == "if" {
            let taken = self.holds(condition, at);
            self.branches.push(Branch {
                at: at.clone(),
                taken,
                done: taken,
            });
            return;
        }
        let Some(mut branch) = self.branches.pop() else {
            let message = format!("`{{% {word} %}}` without `{{% if … %}}`");
            self.problems.push(Problem::new(at, message));
            return;
        };
        if word == "endif" {
            return;
        }
        branch.taken = !branch.done && (word == "else" || self.holds(condition, at));
        branch.done |= branch.taken;
        self.branches.push(branch);
    }

    /// What is published is not the `dev` build. Nothing else is asked on the pages.
    fn holds(&mut self, condition: &str, at: &Place) -> bool {
        let words: String = condition
            .chars()
            .filter(|char| !char.is_whitespace() && !matches!(char, '\'' | '"'))
            .collect();
        match words.as_str() {
            "build==dev" => false,
            "build!=dev" => true,
            _ => {
                let message =
                    format!("nothing says whether `{condition}` holds; it is read as if it does");
                self.problems.push(Problem::new(at, message));
                true
            }
        }
    }

    fn include(&mut self, argument: &str, at: &Place) {
        let untitled = argument.strip_prefix("notitle");
        let link = argument
            .rsplit_once("](")
            .and_then(|(_, link)| link.strip_suffix(')'));
        let Some(link) = link else {
            let message = format!("`{argument}` is no include");
            self.problems.push(Problem::new(at, message));
            return;
        };
        let file = resolve(&at.file, link);
        let Some(text) = self.checkout.included(&file) else {
            let problem = match self.checkout.read(&file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    Problem::new(at, format!("the include `{file}` can't be read: {error}"))
                }
                _ => Problem {
                    absent: true,
                    ..Problem::new(at, format!("the include `{file}` is not in the checkout"))
                },
            };
            self.problems.push(problem);
            // Whoever reads the section can see that something is missing.
            if self.is_taken() {
                self.out.push(Line::absent(at.clone()));
            }
            return;
        };
        if self.depth == DEPTH {
            self.problems
                .push(Problem::new(at, format!("`{file}` includes itself")));
            return;
        }
        let part = Part {
            untitled: untitled.is_some(),
            anchor: link.split_once('#').map(|(_, anchor)| anchor),
        };
        if part
            .anchor
            .is_some_and(|anchor| !heading::has_anchor(&text, anchor))
        {
            let message = format!(
                "there is no `#{}` in `{file}`",
                part.anchor.unwrap_or_default()
            );
            self.problems.push(Problem::new(at, message));
        }
        self.depth += 1;
        self.file(&file, &text, &part);
        self.depth -= 1;
    }
}

/// The lines of a part of a file, with their numbers from 0. What stands before the text as YAML is left out.
fn selected<'t>(text: &'t str, part: &Part<'_>) -> (Vec<(usize, &'t str)>, FrontMatter) {
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
    if let Some(anchor) = part.anchor {
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
    if part.untitled {
        let first = lines.iter().position(|(_, line)| !line.trim().is_empty());
        if let Some(first) = first {
            if heading::level(lines[first].1).is_some() {
                lines.drain(..=first);
            }
        }
    }
    (lines, front)
}

/// Takes `<!-- … -->` away, over several lines if need be.
fn without_comments(line: &str, inside: &mut bool) -> String {
    let mut kept = String::new();
    let mut rest = line;
    loop {
        let mark = if *inside { "-->" } else { "<!--" };
        let Some((before, after)) = rest.split_once(mark) else {
            if !*inside {
                kept.push_str(rest);
            }
            return kept;
        };
        if !*inside {
            kept.push_str(before);
        }
        *inside = !*inside;
        rest = after;
    }
}
