//! For a person at a terminal, as a compiler would show it.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::lines::Lines;
use super::summary::summary;
use crate::Checkout;
use crate::diff::{Effect, Finding, Outcome};
use crate::markup::{Location, Problem};
use sonet_spec::diagnostics::Source;

/// Renders the findings with the lines of the pages and of the spec that they are about.
#[must_use]
pub fn human(outcome: &Outcome, spec: &Source, checkout: &Checkout, colours: bool) -> String {
    let renderer = renderer(colours);
    let mut out = String::new();
    let lines = Lines::new(spec);
    for finding in &outcome.findings {
        out.push_str(&shown(finding, &lines, checkout, &renderer));
        out.push_str("\n\n");
    }
    out.push_str(&problems("not read", &outcome.problems, checkout, colours));
    out.push_str(&summary(outcome));
    out.push('\n');
    out
}

fn shown(finding: &Finding, spec: &Lines<'_>, checkout: &Checkout, renderer: &Renderer) -> String {
    let level = match finding.effect {
        Effect::Breaking => Level::WARNING.with_name("breaking"),
        Effect::Compatible => Level::INFO.with_name("compatible"),
    };
    let title = format!("{}: {}", finding.entry, finding.message);
    let excerpts: Vec<Excerpt> = finding
        .at
        .iter()
        .take(1)
        .map(|at| Excerpt::of(at, checkout))
        .collect();
    let on = format!("`{}`, {}", finding.on, finding.kind);
    let mut group = Group::with_title(level.primary_title(title.as_str()));
    for excerpt in &excerpts {
        group = group.element(excerpt.snippet(AnnotationKind::Primary, ""));
    }
    let line = Excerpt::of_spec(spec, &finding.spec);
    if let Some(line) = &line {
        group = group.element(line.snippet(AnnotationKind::Context, &on));
    }
    let others: Vec<String> = finding
        .at
        .iter()
        .skip(1)
        .map(|at| format!("also on {at}"))
        .collect();
    for text in others.iter().chain(&finding.notes) {
        group = group.element(Level::NOTE.message(text.as_str()));
    }
    renderer.render(&[group])
}

/// Renders what could not be read, or what is wrong for another reason, under a title.
#[must_use]
pub fn problems(title: &str, problems: &[Problem], checkout: &Checkout, colours: bool) -> String {
    let renderer = renderer(colours);
    let mut out = String::new();
    for problem in problems {
        let level = if problem.absent {
            Level::WARNING.with_name("absent")
        } else {
            Level::ERROR.with_name(title)
        };
        let excerpt = Excerpt::of(&problem.at, checkout);
        let group = Group::with_title(level.primary_title(problem.message.as_str()))
            .element(excerpt.snippet(AnnotationKind::Primary, ""));
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    out
}

fn renderer(colours: bool) -> Renderer {
    let renderer = if colours {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    renderer.decor_style(DecorStyle::Ascii)
}

/// A line of a file.
struct Excerpt {
    file: String,
    line: usize,
    text: String,
    /// What to point at.
    span: Range<usize>,
}

impl Excerpt {
    fn of(at: &Location, checkout: &Checkout) -> Self {
        let text = checkout.read(&at.file).unwrap_or_default();
        Self::new(&at.file, &text, at.line).unwrap_or_else(|| Self {
            file: at.file.to_string(),
            line: at.line,
            text: String::new(),
            span: 0..0,
        })
    }

    fn new(file: &str, text: &str, line: usize) -> Option<Self> {
        let found = text.lines().nth(line.checked_sub(1)?)?.trim_end();
        Some(Self {
            file: file.to_owned(),
            line,
            span: found.len() - found.trim_start().len()..found.len(),
            text: found.to_owned(),
        })
    }

    /// The line of the spec that these bytes of it are on, which are pointed at.
    fn of_spec(lines: &Lines<'_>, span: &Range<usize>) -> Option<Self> {
        let (file, line) = lines.place(span)?;
        let (from, text) = lines.line(span.start)?;
        let text = text.trim_end();
        let start = span.start - from;
        let end = (start + span.len()).min(text.len());
        Some(Self {
            file: file.to_owned(),
            line,
            span: start.min(end)..end,
            text: text.to_owned(),
        })
    }

    /// Only this line, so that a long file is not searched again for every finding.
    fn snippet<'a>(
        &'a self,
        kind: AnnotationKind,
        label: &'a str,
    ) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let mut annotation = kind.span(self.span.clone());
        if !label.is_empty() {
            annotation = annotation.label(label);
        }
        Snippet::source(self.text.as_str())
            .line_start(self.line)
            .path(self.file.as_str())
            .annotation(annotation)
    }
}
