//! What stands before the text of a file, as YAML between two `---`.

/// How many lines of a file are front matter.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum FrontMatter {
    /// So many, with both marks; 0 if a file begins with its text.
    Lines(usize),
    /// It begins, and never ends.
    Open,
}

/// Finds the front matter. Between two rules there may be text as well, which is no YAML.
pub(super) fn front_matter(lines: &[(usize, &str)]) -> FrontMatter {
    let is_mark = |(_, line): &(usize, &str)| line.trim_end() == "---";
    let Some((_, inside)) = lines.split_first().filter(|(first, _)| is_mark(first)) else {
        return FrontMatter::Lines(0);
    };
    match inside.iter().position(is_mark) {
        Some(end) if inside[..end].iter().all(|(_, line)| is_yaml(line)) => {
            FrontMatter::Lines(end + 2)
        }
        None if inside.first().is_some_and(|(_, line)| is_key(line)) => FrontMatter::Open,
        _ => FrontMatter::Lines(0),
    }
}

/// A key, or what goes on below one.
fn is_yaml(line: &str) -> bool {
    let inner = line.trim().is_empty() || line.starts_with([' ', '\t']) || line.starts_with("- ");
    inner || is_key(line)
}

fn is_key(line: &str) -> bool {
    let is_part = |char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | '.');
    let key = line
        .split_once(':')
        .filter(|(_, value)| value.is_empty() || value.starts_with([' ', '\t']));
    key.is_some_and(|(key, _)| !key.is_empty() && key.chars().all(is_part))
}
