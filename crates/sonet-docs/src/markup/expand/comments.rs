//! Comments: `<!-- … -->`.

/// Takes `<!-- … -->` away, over several lines if need be.
pub(super) fn without_comments(line: &str, inside: &mut bool) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_may_span_lines() {
        let mut inside = false;
        let lines = ["a <!-- b --> c <!-- d", "e", "f --> g"];
        let kept = lines.map(|line| without_comments(line, &mut inside));
        assert_eq!(kept, ["a  c ", "", " g"]);
        assert!(!inside);
    }
}
