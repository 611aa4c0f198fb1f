//! Doc comments.

use proc_macro2::TokenStream;
use quote::quote;

/// The width of a line of documentation, without its indentation and slashes.
const WIDTH: usize = 108;

/// Paragraphs, each wrapped, with an empty line between them.
pub(super) struct Doc(Vec<String>);

impl Doc {
    pub(super) fn new(paragraph: &str) -> Self {
        let mut doc = Self(Vec::new());
        doc.paragraph(paragraph);
        doc
    }

    /// Adds a paragraph; an empty one is left out.
    pub(super) fn paragraph(&mut self, text: &str) {
        for part in text
            .split("\n\n")
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            self.gap();
            self.0.extend(wrap(part, ""));
        }
    }

    /// Adds a heading.
    pub(super) fn heading(&mut self, text: &str) {
        self.gap();
        self.0.push(format!("# {text}"));
    }

    /// Adds what nobody has judged yet, if there is anything.
    pub(super) fn doubts(&mut self, doubts: &[String]) {
        if !doubts.is_empty() {
            self.heading("Not reviewed");
            self.paragraph(
                "This was drafted from a page of the documentation, which leaves in doubt:",
            );
            self.list(doubts.iter().cloned());
        }
    }

    /// Adds a list.
    pub(super) fn list(&mut self, items: impl IntoIterator<Item = String>) {
        self.gap();
        for item in items {
            self.0.extend(wrap(&format!("- {item}"), "  "));
        }
    }

    /// Adds a compiled example.
    pub(super) fn example(&mut self, code: &str) {
        self.gap();
        self.0.push("```".to_owned());
        self.0.extend(code.lines().map(str::to_owned));
        self.0.push("```".to_owned());
    }

    fn gap(&mut self) {
        if !self.0.is_empty() {
            self.0.push(String::new());
        }
    }

    pub(super) fn render(&self) -> TokenStream {
        let lines = self.0.iter().map(|line| {
            if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            }
        });
        quote!(#(#[doc = #lines])*)
    }
}

/// A text of the wire as code, whatever is in it.
pub(super) fn code(text: &str) -> String {
    let mut fence = "`".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    // Spaces keep backticks at the ends apart.
    if text.starts_with('`') || text.ends_with('`') {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

/// A text of the wire in quotation marks, where nothing in it is Markdown.
pub(super) fn quoted(text: &str) -> String {
    if text.contains(['`', '[', ']', '<', '>', '\\', '*']) || text.contains("://") {
        code(&format!("\"{text}\""))
    } else {
        format!("\"{text}\"")
    }
}

/// Wraps words; lines after the first begin with `indent`.
fn wrap(text: &str, indent: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        if line.trim().is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= WIDTH {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(format!("{indent}{word}"));
        }
    }
    lines
}
