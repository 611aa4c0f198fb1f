//! Token streams as text.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};

use crate::files::MARK;
use crate::root_module::RootModule;

/// The first line of every file.
pub(super) fn header(root: RootModule<'_>) -> String {
    let made_by = root.made_by;
    format!("{MARK}{made_by}. Do not edit: change the spec and generate again.\n")
}

/// Formats a file.
///
/// Tokens that are not Rust are printed as they are: the compiler then says where they go wrong.
pub(super) fn print(tokens: TokenStream, root: RootModule<'_>) -> String {
    let tokens = reached(tokens, root);
    let code = match syn::parse2(tokens.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        Err(_) => tokens.to_string(),
    };
    format!("{}\n{}", header(root), spaced(&code))
}

/// What renderers call `sonet_core` is the library.
fn reached(tokens: TokenStream, root: RootModule<'_>) -> TokenStream {
    let trees = tokens.into_iter().map(|tree| match tree {
        TokenTree::Ident(ident) if ident == "sonet_core" => {
            TokenTree::Ident(Ident::new(root.library, ident.span()))
        }
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), reached(group.stream(), root));
            inner.set_span(group.span());
            TokenTree::Group(inner)
        }
        other => other,
    });
    trees.collect()
}

/// Puts an empty line between items and between the functions of an `impl`, as a person would.
fn spaced(code: &str) -> String {
    let mut text = String::with_capacity(code.len() + code.len() / 16);
    let mut lines = code.lines().peekable();
    while let Some(line) = lines.next() {
        text.push_str(line);
        text.push('\n');
        let Some(next) = lines.peek() else { break };
        let ends = matches!(line, "}" | "    }") || ends_statement(line);
        let closes = next.trim_start().starts_with(['}', ')', ']']);
        if ends && !closes && !next.is_empty() && !same_run(line, next) {
            text.push('\n');
        }
    }
    text
}

/// Whether a line ends a `use`, `mod`, constant, type alias or macro call of an item.
fn ends_statement(line: &str) -> bool {
    let bare = line.strip_prefix("    ").unwrap_or(line);
    let words = [
        "use ",
        "mod ",
        "pub mod ",
        "pub use ",
        "pub const ",
        "const ",
        "type ",
        "sonet_core::",
        "sonet_async::",
        "sonet_blocking::",
    ];
    (line.ends_with(';') && words.iter().any(|word| bare.starts_with(word)))
        // The last call of a chain in a constant of an `impl`.
        || (line.starts_with("        .") && line.ends_with(';'))
        || matches!(line, ");" | "];" | "    );" | "    ];" | "    };")
}

/// Whether two lines are of one run: several `use` lines stand together.
fn same_run(line: &str, next: &str) -> bool {
    let word = |line: &str| line.trim_start().split(' ').next().map(str::to_owned);
    let kinds = ["use", "mod", "const", "type"];
    let (a, b) = (word(line), word(next));
    let both_public = line.starts_with("pub mod ") && next.starts_with("pub mod ")
        || line.starts_with("pub use ") && next.starts_with("pub use ");
    both_public || (a == b && kinds.iter().any(|kind| a.as_deref() == Some(kind)))
}
