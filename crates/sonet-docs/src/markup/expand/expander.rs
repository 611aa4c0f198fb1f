//! Goes through a page and the files that it includes, line by line.

use std::sync::Arc;

use super::branches::Branches;
use super::comments::without_comments;
use super::excerpt::Excerpt;
use super::front_matter::FrontMatter;
use crate::checkout::{Checkout, resolve};
use crate::markup::fence::Fence;
use crate::markup::heading::has_anchor;
use crate::markup::line::{Line, Location};
use crate::markup::problem::{self, Problem};

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
        branches: Branches::default(),
        depth: 0,
        deep: false,
    };
    expander.file(file, text, &Excerpt::default());
    expander.out
}

struct Expander<'c> {
    checkout: &'c Checkout,
    problems: &'c mut Vec<Problem>,
    out: Vec<Line>,
    branches: Branches,
    depth: usize,
    /// Whether something was indented too far.
    deep: bool,
}

impl Expander<'_> {
    fn file(&mut self, file: &str, text: &str, excerpt: &Excerpt<'_>) {
        let name: Arc<str> = file.into();
        let depth = self.branches.depth();
        let mut code: Option<Fence> = None;
        let mut comment = false;
        let mut opened = None;
        let place = |number: usize| Location {
            file: Arc::clone(&name),
            line: number + 1,
        };
        let (lines, front) = excerpt.lines(text);
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
                .push(Problem::new(&at, "`<!--` without a matching `-->`"));
        }
        self.branches.end_of_file(depth, self.problems);
    }

    fn push(&mut self, text: &str, at: Location) {
        if self.branches.are_taken() {
            let text = self.bounded(text, &at).to_owned();
            self.out.push(Line { text, at });
        }
    }

    /// What is indented without end is nested without end, and costs time at every level.
    fn bounded<'t>(&mut self, text: &'t str, at: &Location) -> &'t str {
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
    fn directives(&mut self, line: &str, at: &Location) {
        let mut kept = String::new();
        let mut rest = line;
        while let Some((before, inside)) = rest.split_once("{%") {
            let Some((directive, after)) = inside.split_once("%}") else {
                self.problems
                    .push(Problem::new(at, "`{%` without a matching `%}`"));
                break;
            };
            let words = directive.trim();
            let (word, argument) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
            self.keep(before, &mut kept);
            rest = after;
            match word {
                "if" | "elsif" | "else" | "endif" => {
                    self.branches
                        .follow(word, argument.trim(), at, self.problems);
                }
                "include" if self.branches.are_taken() => {
                    self.flush(&mut kept, at);
                    self.include(argument.trim(), at);
                }
                _ => self.keep(&format!("{{%{directive}%}}"), &mut kept),
            }
        }
        self.keep(rest, &mut kept);
        self.flush(&mut kept, at);
    }

    fn keep(&self, text: &str, kept: &mut String) {
        if self.branches.are_taken() {
            kept.push_str(text);
        }
    }

    fn flush(&mut self, kept: &mut String, at: &Location) {
        let text = std::mem::take(kept);
        if !text.trim().is_empty() {
            let at = at.clone();
            self.out.push(Line { text, at });
        }
    }

    fn include(&mut self, argument: &str, at: &Location) {
        let link = argument
            .rsplit_once("](")
            .and_then(|(_, link)| link.strip_suffix(')'));
        let Some(link) = link else {
            let message = format!("`{argument}` is not an include");
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
            if self.branches.are_taken() {
                self.out.push(Line::absent(at.clone()));
            }
            return;
        };
        if self.depth == DEPTH {
            self.problems
                .push(Problem::new(at, format!("`{file}` includes itself")));
            return;
        }
        let excerpt = Excerpt {
            untitled: argument.starts_with("notitle"),
            anchor: link.split_once('#').map(|(_, anchor)| anchor),
        };
        if let Some(anchor) = excerpt.anchor {
            if !has_anchor(&text, anchor) {
                let message = format!("there is no `#{anchor}` in `{file}`");
                self.problems.push(Problem::new(at, message));
            }
        }
        self.depth += 1;
        self.file(&file, &text, &excerpt);
        self.depth -= 1;
    }
}
