//! Mistakes in a file, shown on their lines as a compiler would.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::source::Part;
pub use crate::source::Source;

/// A place and what is to be said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The bytes of the source.
    pub span: Range<usize>,
    /// A few words beside the caret; may be empty.
    pub text: String,
}

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is wrong.
    pub message: String,
    /// The places: the first is where the mistake is, the others explain it. None for a mistake of the whole file.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A mistake without a place, yet.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            labels: Vec::new(),
            help: None,
        }
    }

    /// Adds a place. The first one is where the mistake is.
    #[must_use]
    pub fn at(mut self, span: &Range<usize>, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            span: span.clone(),
            text: text.into(),
        });
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Where it is shown; mistakes of the whole file come first.
    #[must_use]
    pub fn place(&self) -> usize {
        self.labels.first().map_or(0, |label| label.span.start)
    }

    fn group<'a>(&'a self, source: &'a Source) -> Group<'a> {
        let mut group = Group::with_title(Level::ERROR.primary_title(self.message.as_str()));
        // What explains a mistake may stand in another file.
        let mut files: Vec<(Part<'a>, Vec<Annotation<'a>>)> = Vec::new();
        let kinds = std::iter::once(AnnotationKind::Primary)
            .chain(std::iter::repeat(AnnotationKind::Context));
        for (kind, label) in kinds.zip(&self.labels) {
            let span = source.first_line(&label.span);
            let (part, _) = source.place(span.start);
            let end = part.start + part.text.len();
            let span = span.start - part.start
                ..span.end.clamp(span.start, end.max(span.start)) - part.start;
            let annotation = kind.span(span);
            let annotation = if label.text.is_empty() {
                annotation
            } else {
                annotation.label(label.text.as_str())
            };
            match files.iter_mut().find(|(file, _)| *file == part) {
                Some((_, annotations)) => annotations.push(annotation),
                None => files.push((part, vec![annotation])),
            }
        }
        for (part, annotations) in files {
            let snippet = Snippet::source(part.text)
                .path(part.name)
                .annotations(annotations);
            group = group.element(snippet);
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        group
    }
}

/// All mistakes in one source, in the order of their places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    source: Source,
    diagnostics: Vec<Diagnostic>,
    note: Option<String>,
}

impl Report {
    /// Sorts the mistakes by place.
    #[must_use]
    pub fn new(source: Source, mut diagnostics: Vec<Diagnostic>) -> Self {
        diagnostics.sort_by_key(Diagnostic::place);
        Self {
            source,
            diagnostics,
            note: None,
        }
    }

    /// Adds something about all of them, to be shown at the end.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.note = Some(text.into());
        self
    }

    /// The mistakes.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The text to show: in colours for a terminal, or plain.
    #[must_use]
    pub fn render(&self, colours: bool) -> String {
        let renderer = if colours {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let mut out = String::new();
        for diagnostic in &self.diagnostics {
            out.push_str(&renderer.render(&[diagnostic.group(&self.source)]));
            out.push_str("\n\n");
        }
        // What can't be read at all has no mistakes to count.
        if self.diagnostics.iter().all(|one| one.labels.is_empty()) {
            out.pop();
            return out;
        }
        let count = match self.diagnostics.len() {
            1 => "1 mistake".to_owned(),
            count => format!("{count} mistakes"),
        };
        let summary = format!("{} has {count}", self.source.name);
        let mut summary = Group::with_title(Level::ERROR.primary_title(summary));
        if let Some(note) = &self.note {
            summary = summary.element(Level::NOTE.message(note.as_str()));
        }
        out.push_str(&renderer.render(&[summary]));
        out.push('\n');
        out
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Report {}
