//! Words as they are compared, whichever letters they were typed with.

/// A text as words are compared: in lower case, one blank between words, and every word in the letters of its language.
pub(crate) fn normalize(text: &str) -> String {
    let text = text.trim().trim_end_matches([':', '.']).to_lowercase();
    let mut normal = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !normal.is_empty() {
            normal.push(' ');
        }
        fold_homoglyphs(word, &mut normal);
    }
    normal
}

/// Whether a text is Russian.
pub(crate) fn is_russian(text: &str) -> bool {
    text.chars().any(is_cyrillic)
}

fn is_cyrillic(char: char) -> bool {
    matches!(char, '\u{400}'..='\u{4ff}')
}

/// Latin letters slip into Russian words, where nobody sees them.
fn fold_homoglyphs(word: &str, out: &mut String) {
    if word.is_ascii() || !is_russian(word) {
        out.push_str(word);
        return;
    }
    let letter = |char| match char {
        'a' => 'а',
        'c' => 'с',
        'e' => 'е',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        'x' => 'х',
        'y' => 'у',
        other => other,
    };
    out.extend(word.chars().map(letter));
}
