//! The paths that a file names: of its `use` items, and of everything else that is written with `::`.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A path as written, and the name it has in this file where it is imported.
#[derive(Debug)]
pub(crate) struct Named {
    pub(crate) path: Vec<String>,
    /// `None` of what is not a `use`.
    pub(crate) imported_as: Option<String>,
    /// It is handed on to others (`pub use`), which is no import of this file's own.
    pub(crate) handed_on: bool,
}

/// What a file says that matters here. Tests are passed over.
#[derive(Debug, Default)]
pub(crate) struct Source {
    pub(crate) named: Vec<Named>,
    /// The modules that it declares in files of their own.
    pub(crate) modules: Vec<String>,
}

impl Source {
    pub(crate) fn read(text: &str) -> Self {
        let tokens: TokenStream = text.parse().unwrap();
        let mut source = Self::default();
        source.walk(&without_tests(tokens));
        source
    }

    fn walk(&mut self, tokens: &[TokenTree]) {
        let mut at = 0;
        let mut handed_on = false;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Ident(word) if word == "pub" => {
                    handed_on = true;
                    at += 1;
                    // `pub(crate)`
                    if matches!(tokens.get(at), Some(TokenTree::Group(_))) {
                        at += 1;
                    }
                    continue;
                }
                TokenTree::Ident(word) if word == "use" => {
                    let end = tokens[at..].iter().position(|token| is(token, ';'));
                    let end = at + end.unwrap_or(tokens.len() - at);
                    self.import(&tokens[at + 1..end], &[], handed_on);
                    at = end;
                }
                TokenTree::Ident(word) if word == "mod" => {
                    if let (Some(TokenTree::Ident(name)), Some(end)) =
                        (tokens.get(at + 1), tokens.get(at + 2))
                    {
                        if is(end, ';') {
                            self.modules.push(name.to_string());
                        }
                    }
                    at += 1;
                }
                TokenTree::Ident(_) => {
                    let (path, next) = path(tokens, at);
                    if path.len() > 1 {
                        self.named.push(Named {
                            path,
                            imported_as: None,
                            handed_on: false,
                        });
                    }
                    at = next;
                }
                TokenTree::Group(group) => {
                    let inner: Vec<_> = group.stream().into_iter().collect();
                    self.walk(&inner);
                    at += 1;
                }
                _ => at += 1,
            }
            handed_on = false;
        }
    }

    /// A tree of imports: `a::{b, c::d as e}`.
    fn import(&mut self, tokens: &[TokenTree], before: &[String], handed_on: bool) {
        for tree in tokens.split(|token| is(token, ',')) {
            if tree.is_empty() {
                continue;
            }
            let (end, next) = path(tree, 0);
            let mut path = before.to_vec();
            path.extend(end);
            match tree.get(next) {
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    let inner: Vec<_> = group.stream().into_iter().collect();
                    self.import(&inner, &path, handed_on);
                    continue;
                }
                Some(TokenTree::Punct(star)) if star.as_char() == '*' => path.push("*".to_owned()),
                _ => {}
            }
            let alias = tree.iter().skip_while(|token| !is_word(token, "as")).nth(1);
            if path.last().is_some_and(|last| last == "self") {
                path.pop();
            }
            let name = alias.map_or_else(|| path.last().cloned(), |name| Some(name.to_string()));
            self.named.push(Named {
                path,
                imported_as: name,
                handed_on,
            });
        }
    }
}

/// The path that begins at a word, and where it ends.
fn path(tokens: &[TokenTree], mut at: usize) -> (Vec<String>, usize) {
    let mut path = Vec::new();
    while let Some(TokenTree::Ident(word)) = tokens.get(at) {
        path.push(word.to_string());
        at += 1;
        match (tokens.get(at), tokens.get(at + 1)) {
            (Some(one), Some(two)) if is(one, ':') && is(two, ':') => at += 2,
            _ => break,
        }
    }
    (path, at)
}

/// The tokens of a file without the items that are compiled for tests only.
fn without_tests(tokens: TokenStream) -> Vec<TokenTree> {
    let mut kept = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let for_tests = is(&token, '#')
            && tokens
                .peek()
                .is_some_and(|next| next.to_string().replace(' ', "") == "[cfg(test)]");
        if !for_tests {
            kept.push(token);
            continue;
        }
        for token in tokens.by_ref() {
            let is_body =
                matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
            if is_body || is(&token, ';') {
                break;
            }
        }
    }
    kept
}

fn is(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

fn is_word(token: &TokenTree, wanted: &str) -> bool {
    matches!(token, TokenTree::Ident(word) if word == wanted)
}

#[test]
fn every_way_to_name_another_file_is_seen() {
    let source = Source::read(
        "mod near; pub use near::{Thing, other as renamed}; use crate::{a::{self, B}, c::*};\n\
         fn f() { super::g::<u8>(); macro_with!(crate::d::e); }\n\
         #[cfg(test)] mod tests { use crate::not_this; }\n\
         #[cfg(test)] mod files_of_tests;",
    );
    let named: Vec<_> = source
        .named
        .iter()
        .map(|named| named.path.join("::"))
        .collect();
    assert_eq!(
        named,
        [
            "near::Thing",
            "near::other",
            "crate::a",
            "crate::a::B",
            "crate::c::*",
            "super::g",
            "crate::d::e"
        ]
    );
    assert_eq!(source.named[1].imported_as.as_deref(), Some("renamed"));
    assert!(source.named[0].handed_on && !source.named[2].handed_on);
    assert_eq!(source.modules, ["near"]);
}
