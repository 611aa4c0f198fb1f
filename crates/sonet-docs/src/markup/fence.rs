//! The fences of code blocks.

/// An open fence: three or more marks of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fence {
    mark: char,
    count: usize,
}

impl Fence {
    /// The fence that a line opens.
    pub(super) fn open(line: &str) -> Option<Self> {
        let line = line.trim_start();
        let mark = line
            .chars()
            .next()
            .filter(|mark| matches!(mark, '`' | '~'))?;
        let rest = line.trim_start_matches(mark);
        let count = line.len() - rest.len();
        // Code with three marks in a line of text is no fence.
        let is_inline = mark == '`' && rest.contains('`');
        (count >= 3 && !is_inline).then_some(Self { mark, count })
    }

    /// Whether a line closes it.
    pub(super) fn is_closed_by(self, line: &str) -> bool {
        let line = line.trim();
        line.len() >= self.count && line.trim_start_matches(self.mark).is_empty()
    }

    /// What stands behind the marks on the line that opens it: the language of the code.
    pub(super) fn info(self, line: &str) -> &str {
        line.trim().trim_start_matches(self.mark).trim()
    }
}

/// Whether a line stands in code, from one line to the next.
#[derive(Debug, Default)]
pub(super) struct Fences {
    open: Option<Fence>,
}

impl Fences {
    /// Goes on to the next line, and says whether it stands in code. The line that opens a fence does not; the one that
    /// closes it does.
    pub(super) fn is_code(&mut self, line: &str) -> bool {
        if let Some(fence) = self.open {
            self.open = Some(fence).filter(|fence| !fence.is_closed_by(line));
            true
        } else {
            self.open = Fence::open(line);
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_has_three_marks_of_a_kind() {
        assert!(Fence::open("  ```js").is_some() && Fence::open("~~~").is_some());
        assert_eq!(Fence::open("``js"), None);
        assert_eq!(Fence::open("```one``` and text"), None);
    }

    #[test]
    fn as_many_marks_close_a_fence() {
        let fence = Fence::open("````js").unwrap();
        assert_eq!(fence.info("````js "), "js");
        assert!(fence.is_closed_by("  ````` "));
        assert!(!fence.is_closed_by("```") && !fence.is_closed_by("````js"));
    }

    #[test]
    fn lines_between_fences_are_code() {
        let mut fences = Fences::default();
        let lines = ["# a", "```", "# b", "```", "# c"];
        let code = lines.map(|line| fences.is_code(line));
        assert_eq!(code, [false, false, true, true, false]);
    }
}
