//! The words of a command, as a shell cuts them.

/// A word, without its quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    /// How many lines are above its first character.
    pub(super) line: usize,
}

/// Cuts a text into words. An `Err` is the line of a quote that is never closed.
pub(super) fn words(text: &str) -> Result<Vec<Word>, usize> {
    let mut words: Vec<Word> = Vec::new();
    let mut open: Option<Word> = None;
    let mut line = 0;
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '#' if open.is_none() => while chars.next_if(|char| *char != '\n').is_some() {},
            // The line goes on below.
            '\\' if chars.next_if_eq(&'\n').is_some() => {
                line += 1;
                words.extend(open.take());
            }
            ' ' | '\t' | '\r' | '\n' => {
                words.extend(open.take());
                line += usize::from(char == '\n');
            }
            '\'' | '"' => {
                let word = open.get_or_insert_with(|| Word::new(line));
                let opened = line;
                let inside = &mut chars;
                loop {
                    let next = inside.next().ok_or(opened)?;
                    line += usize::from(next == '\n');
                    match next {
                        _ if next == char => break,
                        '\\' if char == '"' => {
                            let escaped = inside.next().ok_or(opened)?;
                            line += usize::from(escaped == '\n');
                            // The shell keeps the mark before anything else.
                            if !matches!(escaped, '"' | '\\' | '$' | '`' | '\n') {
                                word.text.push('\\');
                            }
                            word.text.push(escaped);
                        }
                        other => word.text.push(other),
                    }
                }
            }
            other => {
                let word = open.get_or_insert_with(|| Word::new(line));
                let escaped = (other == '\\').then(|| chars.next()).flatten();
                word.text.push(escaped.unwrap_or(other));
            }
        }
    }
    words.extend(open);
    Ok(words)
}

impl Word {
    fn new(line: usize) -> Self {
        Self {
            text: String::new(),
            line,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_as_a_shell_does() {
        let cut = |text: &str| -> Vec<(String, usize)> {
            let words = words(text).unwrap();
            words
                .into_iter()
                .map(|word| (word.text, word.line))
                .collect()
        };
        let word = |text: &str, line: usize| (text.to_owned(), line);
        assert_eq!(
            cut("a 'b\nc' \\\n  -d\"{\\\"x\\\"}\" # no\n''"),
            [
                word("a", 0),
                word("b\nc", 0),
                word("-d{\"x\"}", 2),
                word("", 3)
            ]
        );
        assert_eq!(cut(r"'don'\''t'"), [word("don't", 0)]);
        assert_eq!(words("a\n'b"), Err(1));
    }
}
